"""How the form that plans a series looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    ExternalDataSelectElement,
    InputBlock,
    Option,
    SectionBlock,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
)
from slack_sdk.models.blocks.block_elements import (
    FileInputElement,
    InputInteractiveElement,
    NumberInputElement,
    UrlInputElement,
)
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField, TickField, carried
from handlers.blocks.hangouts.ids import PLAN
from handlers.blocks.text import excerpt, plain
from models.communities import Community
from models.consultancies.protocols import Protocol
from models.hangouts.days_off import written_days
from models.hangouts.rhythm import Rhythm

# What Slack takes in one option of a select.
OPTION_LENGTH, OPTIONS_AT_MOST = 75, 100
_NUMBERS = (
    ("every_weeks", "Every how many weeks?", "2 means every other week."),
    ("minutes", "Minutes together", None),
    ("slots", "How many bring a problem each time?", "Others who want to wait in line."),
    ("slot_minutes", "Minutes for each of them", None),
)
SKILLS = TextField(
    name="skills",
    label="Skills or tools to try together",
    max_length=2000,
    placeholder="Wait time\nExit tickets\nPeer feedback",
    hint="One per line. Each hangout takes the next one.",
    is_long=True,
    is_optional=True,
)
SKIPPED_ON = TextField(
    name="skipped_on",
    label="Dates to leave out",
    max_length=2000,
    placeholder="2026-11-26\n2026-12-21 to 2027-01-01",
    hint="One per line: a date, or the first and last day of a break.",
    is_long=True,
    is_optional=True,
)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What the form begins with, and what it lets one choose from.

    `holidays` is the place chosen before, `school_calendar` the name of the file that is kept.
    `is_known` says whether there is a series to be changed.
    """

    rhythm: Rhythm
    protocols: Sequence[Protocol]
    holidays: Option | None = None
    school_calendar: str | None = None
    is_known: bool = False


def plan_form(proposal: Proposal, community: Community) -> View:
    """Return the form for a community's series."""
    is_known = proposal.is_known
    what_happens = (
        "Whatever is still to come follows what you change here. Everyone who signed up gets a "
        "message."
        if is_known
        else "Plan it once. I post the dates and invite everyone a week before each."
    )
    sentence = f"{what_happens} Everyone in {_place(community)} sees the dates."
    return View(
        type="modal",
        callback_id=PLAN,
        title="Change the hangouts" if is_known else "Plan hangouts",
        submit="Save" if is_known else "Plan",
        close="Not now",
        private_metadata=carried(community_id=community.id),
        blocks=[SectionBlock(text=plain(sentence)), *_fields(proposal)],
    )


def _fields(proposal: Proposal) -> list[Block]:
    rhythm = proposal.rhythm
    return [
        *_times(rhythm, is_known=proposal.is_known),
        *[_number(rhythm, *field) for field in _NUMBERS],
        _protocol(rhythm.protocol, proposal.protocols),
        _link(rhythm.link),
        _facilitators(rhythm.facilitators),
        SKILLS.drawn("\n".join(rhythm.skills)),
        SKIPPED_ON.drawn(written_days(rhythm.skipped_on)),
        _holidays(proposal.holidays),
        *_school_calendar(proposal.school_calendar),
    ]


def _place(community: Community) -> str:
    return f"#{community.channel_name}" if community.channel_name else community.name


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


def _times(rhythm: Rhythm, *, is_known: bool) -> list[Block]:
    first, at = rhythm.first_on.isoformat(), f"{rhythm.at:%H:%M}"
    return [
        _field(
            "first_on",
            "First date",
            DatePickerElement(action_id="first_on", initial_date=first),
            "Change it to restart the rhythm on that day." if is_known else None,
        ),
        _field("at", "Begins at", TimePickerElement(action_id="at", initial_time=at), None),
        _field(
            "tz",
            "Time zone",
            ExternalDataSelectElement(
                action_id="tz",
                min_query_length=2,
                placeholder="Denver",
                initial_option=_option(rhythm.tz, rhythm.tz.replace("_", " ")),
            ),
            f"{at} stays {at}, summer and winter.",
        ),
    ]


def _number(rhythm: Rhythm, name: str, label: str, hint: str | None) -> InputBlock:
    # Without a least value here, so that our own words explain what is too little.
    element = NumberInputElement(
        action_id=name, is_decimal_allowed=False, initial_value=str(getattr(rhythm, name))
    )
    return _field(name, label, element, hint)


def _protocol(chosen: str, protocols: Sequence[Protocol]) -> InputBlock:
    options = [_option(one.key, one.name) for one in protocols[:OPTIONS_AT_MOST]]
    element = StaticSelectElement(
        action_id="protocol",
        options=options,
        initial_option=next((one for one in options if one.value == chosen), options[0]),
    )
    return _field("protocol", "How you think about a problem", element, None)


def _link(link: str | None) -> InputBlock:
    element = UrlInputElement(
        action_id="link", placeholder="https://meet.example.org/math-circle", initial_value=link
    )
    hint = "Left empty, you meet in the channel’s huddle."
    return _field("link", "Video link", element, hint, optional=True)


def _facilitators(facilitators: Sequence[str]) -> InputBlock:
    element = UserMultiSelectElement(
        action_id="facilitators", initial_users=list(facilitators) or None
    )
    return _field("facilitators", "Who leads", element, "Several take turns, in this order.")


def _holidays(chosen: Option | None) -> InputBlock:
    element = ExternalDataSelectElement(
        action_id="holidays",
        min_query_length=2,
        placeholder="Colorado",
        initial_option=chosen,
    )
    hint = "Type a country or region. Left empty, you meet on holidays too."
    return _field("holidays", "Leave out public holidays", element, hint, optional=True)


def _school_calendar(kept: str | None) -> list[Block]:
    hint = "An .ics file of at most 1 MB with the days without school."
    if kept:
        hint = f"{excerpt(kept, 60)} is kept. A new file takes its place."
    element = FileInputElement(action_id="school_calendar", filetypes=["ics"], max_files=1)
    blocks: list[Block] = [
        _field("school_calendar", "School calendar", element, hint, optional=True)
    ]
    if kept:
        tick = TickField(
            name="forget_calendar",
            label="The school calendar that is kept",
            choice="Forget it, and meet on those days too",
        )
        blocks.append(tick.drawn())
    return blocks


def place_option(code: str, label: str) -> Option:
    """Return a country or region, such as "US-CO", as one reads it."""
    return _option(code, label)


def _option(value: str, text: str) -> Option:
    return Option(value=value, text=excerpt(text, OPTION_LENGTH))
