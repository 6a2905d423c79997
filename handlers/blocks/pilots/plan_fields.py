"""The fields of a pilot's plan, each with an example from a classroom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from types import MappingProxyType
from typing import Any

from slack_sdk.models.blocks import (
    DatePickerElement,
    InputBlock,
    Option,
    StaticSelectElement,
    TimePickerElement,
)
from slack_sdk.models.blocks.block_elements import InputInteractiveElement

from handlers.blocks.forms import TextField
from handlers.blocks.members import SCHOOL
from handlers.blocks.practices.choosing import practice_select
from handlers.blocks.text import excerpt, plain
from models.communities import Community
from models.pilots.pilot import Better, Circle, Measure, Rhythm
from models.pilots.plan import LENGTHS
from models.practices.practice import Practice

# Slack's limits for the options of a select, and for the text of one.
OPTIONS_AT_MOST, OPTION_LENGTH = 100, 75

MEASURES: Mapping[str, str] = MappingProxyType(
    {
        Measure.COUNT: "A count: 18 of 26",
        Measure.PERCENT: "A percentage: 69 %",
        Measure.NUMBER: "A number: 12",
        Measure.RATING: "A rating from 1 to 5: 4",
    }
)
BETTER: Mapping[str, str] = MappingProxyType(
    {Better.HIGHER: "Higher is better", Better.LOWER: "Lower is better"}
)
RHYTHMS: Mapping[str, str] = MappingProxyType(
    {
        Rhythm.DAILY: "Every school day",
        Rhythm.TWICE: "Twice a week, Monday and Thursday",
        Rhythm.WEEKLY: "Once a week, on Friday",
        Rhythm.FORTNIGHTLY: "Every second Friday",
        Rhythm.NEVER: "Never, I note values myself",
    }
)
CIRCLES: Mapping[str, str] = MappingProxyType(
    {
        Circle.ME: "Only me",
        Circle.COMMUNITY: "My community, with a card in its channel",
        Circle.NETWORK: "Everyone in this workspace, with that card",
    }
)
# Asked only of those who have not said it yet.
SCHOOL_ONCE = replace(
    SCHOOL,
    label="Your school",
    hint="It stands beside the pilots you share. I ask once; /staffroom settings keeps it.",
)
PRACTICE_NAME = TextField(
    name="practice_name",
    label="What do you try?",
    max_length=LENGTHS["practice_name"],
    placeholder="Exit ticket with a drawing",
)
# How the field is called where a practice can be chosen as well.
OWN_WORDS = TextField(
    name="practice_name",
    label="Or in your own words",
    max_length=LENGTHS["practice_name"],
    placeholder="Exit ticket with a drawing",
    is_optional=True,
)
CHANGE = TextField(
    name="aim",
    label="What do you change this time?",
    max_length=LENGTHS["aim"],
    placeholder="One easier question first, so that everybody can begin.",
    is_long=True,
)
_TEXTS = {
    one.name: one
    for one in (
        PRACTICE_NAME,
        TextField(
            name="with_class",
            label="With which class?",
            max_length=LENGTHS["with_class"],
            placeholder="period 3",
            hint="No students’ names, please.",
            is_optional=True,
        ),
        TextField(
            name="aim",
            label="What is it for?",
            max_length=LENGTHS["aim"],
            placeholder="Know at the end of the lesson who needs help.",
            is_long=True,
        ),
        TextField(
            name="prediction",
            label="What do you think will happen?",
            max_length=LENGTHS["prediction"],
            placeholder="In the third week 20 of 26 write an answer.",
            hint="Your guess, before you look. It stays as it is once there are values.",
            is_long=True,
        ),
        TextField(
            name="measure_name",
            label="What do you note each time?",
            max_length=LENGTHS["measure_name"],
            placeholder="Students who wrote an answer",
        ),
        TextField(
            name="unit",
            label="Counted in",
            max_length=LENGTHS["unit"],
            placeholder="minutes",
            is_optional=True,
        ),
        TextField(
            name="baseline",
            label="Values from before",
            max_length=LENGTHS["baseline"],
            placeholder="14 of 26\n15 of 26",
            hint="One a line, the oldest first. They show where you began.",
            is_long=True,
            is_optional=True,
        ),
        TextField(
            name="goal",
            label="Goal",
            max_length=LENGTHS["goal"],
            placeholder="80 %",
            hint="A line on the chart. A count has a percentage as its goal.",
            is_optional=True,
        ),
        SCHOOL_ONCE,
    )
}
_CHOICES: Mapping[str, tuple[str, Mapping[str, str], str]] = MappingProxyType(
    {
        "measure": ("How do you write it down?", MEASURES, Measure.COUNT),
        "better": ("Which way is better?", BETTER, Better.HIGHER),
        "rhythm": ("How often do I ask you?", RHYTHMS, Rhythm.WEEKLY),
        "circle": ("Who may see it?", CIRCLES, Circle.ME),
    }
)


def plan_fields(names: Sequence[str], typed: Mapping[str, Any]) -> list[InputBlock]:
    """Return the fields of these names, in this order, with what is typed already."""
    return [_drawn(name, typed.get(name)) for name in names]


def practice_field(practice: Practice | None, *, is_optional: bool) -> InputBlock:
    """Return the field in which a practice of the tool belt is chosen; the answer is its id."""
    hint = "Type a few letters to find one in the tool belt."
    return _field("practice_id", "Practice", practice_select(practice), hint, optional=is_optional)


def community_field(communities: Sequence[Community], chosen: object) -> InputBlock:
    """Return the field in which one of several communities is chosen."""
    names = {str(one.id): one.name for one in communities[:OPTIONS_AT_MOST]}
    element = _select("community_id", names, str(chosen or ""), placeholder="Choose a community")
    hint = "Its colleagues see the pilot only if you share it."
    return _field("community_id", "Community", element, hint)


def _drawn(name: str, value: Any) -> InputBlock:
    if name in _TEXTS:
        return _TEXTS[name].drawn(value)
    if name in _CHOICES:
        label, choices, usual = _CHOICES[name]
        chosen = value if value in choices else usual
        return _field(name, label, _select(name, choices, chosen), None)
    return _MOMENTS[name](value)


def _starts_on(value: date | str) -> InputBlock:
    return _field("starts_on", "From", _day("starts_on", value), None)


def _ends_on(value: date | str) -> InputBlock:
    hint = "Two or three weeks are often enough, six are the most."
    return _field("ends_on", "Until", _day("ends_on", value), hint)


def _ask_at(value: time | str) -> InputBlock:
    shown = value if isinstance(value, str) else f"{value:%H:%M}"
    element = TimePickerElement(action_id="ask_at", initial_time=shown)
    return _field("ask_at", "I ask you at", element, "In your community’s time zone.")


_MOMENTS: Mapping[str, Callable[[Any], InputBlock]] = MappingProxyType(
    {"starts_on": _starts_on, "ends_on": _ends_on, "ask_at": _ask_at}
)


def _day(name: str, value: date | str) -> DatePickerElement:
    return DatePickerElement(action_id=name, initial_date=str(value))


def _select(
    name: str, choices: Mapping[str, str], chosen: str, placeholder: str | None = None
) -> StaticSelectElement:
    options = {
        str(value): Option(value=str(value), text=plain(excerpt(text, OPTION_LENGTH)))
        for value, text in choices.items()
    }
    return StaticSelectElement(
        action_id=name,
        placeholder=plain(placeholder) if placeholder else None,
        options=list(options.values()),
        initial_option=options.get(chosen),
    )


def _field(
    name: str,
    label: str,
    element: InputInteractiveElement,
    hint: str | None,
    *,
    optional: bool = False,
) -> InputBlock:
    return InputBlock(
        block_id=name,
        label=plain(label),
        hint=plain(hint) if hint else None,
        element=element,
        optional=optional,
    )
