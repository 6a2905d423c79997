"""The forms for a pilot's plan: to start one, to go into the next cycle, to edit and to delete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement
from slack_sdk.models.views import View

from handlers.blocks.forms import carried
from handlers.blocks.pilots.plan_fields import (
    BETTER,
    CHANGE,
    OWN_WORDS,
    community_field,
    plan_fields,
    practice_field,
)
from handlers.blocks.problems.fields import form, plain_section, warning
from handlers.blocks.text import excerpt
from models.communities import Community
from models.pilots.measures import goal_written, written
from models.pilots.origin import NOWHERE, Origin
from models.pilots.pilot import Circle, Measure, Pilot
from models.pilots.plan import ASK_AT, USUALLY, answers_of, baseline_of
from models.student_data import Suspicion

# What comes back when a form is sent.
START_FORM = "pilots.start_form"
EDIT_FORM = "pilots.edit_form"
DELETE_FORM = "pilots.delete_form"
# Shows the fields that have sensible answers already.
MORE_CHOICES = "pilots.more_choices"

FIRST_FIELDS = ("with_class", "aim", "prediction", "measure_name", "measure", "better", "baseline")
TITLE_LENGTH = 75
DAYS, ALL_DAYS = ("ends_on", "rhythm"), ("starts_on", "ends_on", "rhythm", "ask_at")
_WRITTEN_AS = {
    Measure.COUNT: "as a count such as 18 of 26",
    Measure.PERCENT: "as a percentage",
    Measure.NUMBER: "as a number",
    Measure.RATING: "as a rating from 1 to 5",
}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What the form for a new pilot shows.

    `typed` are answers by field, `facts` what the form carries along. `communities` are there to
    choose from, none when it is clear. `today` is the community's. With `is_full` every field is
    shown; `notes` are sentences above them.
    """

    today: date
    origin: Origin = NOWHERE
    typed: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    communities: Sequence[Community] = ()
    is_full: bool = False
    asks_school: bool = False
    notes: Sequence[str] = ()
    suspicions: Sequence[Suspicion] = ()


def start_form(sheet: Sheet) -> View:
    """Return the form for a new pilot, or for the next cycle of one."""
    earlier = sheet.origin.adapts
    happens = _next_happens(earlier) if earlier else _start_happens(sheet)
    shown = _usual_days(sheet.today) | dict(sheet.typed)
    blocks = [
        *[plain_section(one) for one in (*sheet.notes, happens, *_comes_from(sheet.origin))],
        *warning(sheet.suspicions, shown),
        *_communities(sheet),
        *(_next_fields(sheet, shown) if earlier else _start_fields(sheet, shown)),
        *([] if sheet.is_full else [_more_choices()]),
    ]
    metadata = carried(**(dict(sheet.facts) | {"is_full": 1 if sheet.is_full else None}))
    return form(START_FORM, "Next cycle" if earlier else "Start a pilot", "Start", blocks, metadata)


def edit_form(
    pilot: Pilot,
    *,
    is_settled: bool,
    asked_in: str | None = None,
    typed: Mapping[str, Any] | None = None,
    suspicions: Sequence[Suspicion] = (),
) -> View:
    """Return the form with the pilot's plan, or with what was `typed` in its place.

    Once it `is_settled`, what values are held against is shown but not asked. `asked_in` is the
    conversation where it was opened.
    """
    shown = answers_of(pilot) | dict(typed or {})
    who = "Only you see it." if pilot.circle == Circle.ME else "Whoever sees the pilot sees this."
    blocks = [
        plain_section(f"This changes the plan of “{pilot.own_name}”. {who}"),
        *([plain_section(_settled_words(pilot))] if is_settled else []),
        *warning(suspicions, shown),
        *plan_fields(_editable(pilot, is_settled), shown),
    ]
    metadata = carried(pilot_id=pilot.id, asked_in=asked_in)
    return form(EDIT_FORM, "Edit the plan", "Save", blocks, metadata)


def delete_form(pilot: Pilot, asked_in: str | None = None) -> View:
    """Return the question whether it is meant, because deleting cannot be undone."""
    sentence = "Its plan, its values and everything you wrote are deleted for good."
    if pilot.shared_at is not None:
        sentence += " The card in the channel only says that it was taken back."
    blocks = [plain_section(sentence), plain_section(pilot.own_name)]
    metadata = carried(pilot_id=pilot.id, asked_in=asked_in)
    return form(DELETE_FORM, "Delete the pilot?", "Delete", blocks, metadata)


def _editable(pilot: Pilot, is_settled: bool) -> list[str]:
    """Return the fields of a plan that may change; later cycles note the same as the first."""
    names = ["practice_name", "with_class", "aim"]
    if not is_settled:
        names += ["prediction", "measure_name", "measure", "better", "unit", "baseline", "goal"]
    elif pilot.cycle == 1:
        names += ["measure_name", "unit"]
    return [*names, *ALL_DAYS]


def _start_happens(sheet: Sheet) -> str:
    who = (
        "Only those you choose below see it."
        if sheet.is_full
        else "Only you see it until you share it."
    )
    return f"A small test with one class, for you to learn from. {who}"


def _comes_from(origin: Origin) -> list[str]:
    """Return what it begins with, and when others hear of that."""
    sentences = []
    if origin.inspired_by is not None:
        sentences.append(
            "A colleague’s pilot inspired it; they hear of yours only if you share it."
        )
    if origin.problem is not None and origin.problem.is_without_name:
        sentences.append("Nobody is told that it began with a problem without a name.")
    elif origin.problem is not None:
        title = excerpt(origin.problem.title, TITLE_LENGTH)
        sentences.append(
            f"It begins with the problem “{title}”, whose thread hears of it only if you share it."
        )
    return sentences


def _next_happens(earlier: Pilot) -> str:
    facts = [earlier.measure_name, _WRITTEN_AS[Measure(earlier.measure)], BETTER[earlier.better]]
    if earlier.goal is not None:
        facts.append(f"goal {goal_written(earlier.goal, earlier.measure, earlier.unit)}")
    same = ", ".join([*facts[:2], *[one.lower() for one in facts[2:]]])
    return (
        f"The cycle after cycle {earlier.cycle} of “{earlier.name}”. You note the same as before: "
        f"{same}. Both stand on one chart. Only you see this cycle until you share it."
    )


def _settled_words(pilot: Pilot) -> str:
    kind = _WRITTEN_AS[Measure(pilot.measure)]
    goal = ""
    if pilot.goal is not None:
        goal = f", goal {goal_written(pilot.goal, pilot.measure, pilot.unit)}"
    values = ", ".join(written(one, pilot.measure) for one in baseline_of(pilot))
    before = f" Values from before: {values}." if values else ""
    return (
        "These stay as they were planned, so that you can compare: "
        f"{pilot.measure_name}, {kind}, {BETTER[pilot.better].lower()}{goal}.{before} "
        f"Your prediction: “{pilot.prediction}”"
    )


def _usual_days(today: date) -> dict[str, Any]:
    return {"starts_on": today, "ends_on": today + USUALLY, "ask_at": ASK_AT}


def _communities(sheet: Sheet) -> list[Block]:
    if not sheet.communities:
        return []
    return [community_field(sheet.communities, sheet.typed.get("community_id"))]


def _start_fields(sheet: Sheet, shown: Mapping[str, Any]) -> list[Block]:
    practice = sheet.origin.practice
    has_own_words = practice is None or sheet.is_full
    own = [OWN_WORDS.drawn(shown.get("practice_name"))] if has_own_words else []
    rest = ("unit", "goal", *ALL_DAYS, "circle") if sheet.is_full else DAYS
    return [
        practice_field(practice, is_optional=has_own_words),
        *own,
        *plan_fields((*FIRST_FIELDS, *rest), shown),
        *plan_fields(("school",) if sheet.asks_school else (), shown),
    ]


def _next_fields(sheet: Sheet, shown: Mapping[str, Any]) -> list[Block]:
    days = (*ALL_DAYS, "circle") if sheet.is_full else DAYS
    change = CHANGE.drawn(shown.get("aim"))
    return [change, *plan_fields(("prediction", *days), shown)]


def _more_choices() -> ActionsBlock:
    return ActionsBlock(elements=[ButtonElement(text="More choices", action_id=MORE_CHOICES)])
