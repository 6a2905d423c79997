"""The schedule as it stands in the channel, and what a facilitator sees who planned it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    Option,
    OverflowMenuElement,
    SectionBlock,
)

from handlers.blocks.hangouts.facts import (
    Phrase,
    called_off_words,
    day_and_time,
    free_words,
    host,
    linked,
    phrase,
)
from handlers.blocks.hangouts.ids import COMING, LEAD
from handlers.blocks.message import Message
from handlers.blocks.text import bullets, escape, paragraph, plain, words
from models.communities import Community
from models.hangouts.hangout import NOBODY, Hangout
from models.hangouts.occurrences import SERIES_ENDED
from models.hangouts.series import Series
from models.hangouts.standings import HangoutStanding

# How many dates the schedule shows: with one every other week, the next three months.
DATES_SHOWN = 6
# How many of them the answer to whoever planned them names.
DATES_NAMED = 4


class Lead(StrEnum):
    """What the menu of facilitators offers. Everyone sees it; who may is asked on the press."""

    PLAN = "plan"
    MOVE = "move"
    # The same where the menu is about all of them and the form asks which one.
    MOVE_ANY = "move_any"
    CALL_OFF = "call_off"
    RESTORE = "restore"
    SWAP = "swap"

    def about(self, row_id: int) -> str:
        """Return the value of this choice for a hangout or, to plan, for a community."""
        return f"{self}:{row_id}"


def lead_chosen(value: str) -> tuple[Lead | None, str]:
    """Return what was chosen in the menu and the id; a forged choice is None."""
    choice, _, row_id = value.partition(":")
    return (Lead(choice) if choice in list(Lead) else None), row_id


def schedule_card(
    standings: Sequence[HangoutStanding],
    series: Series,
    community: Community,
    names: Mapping[str, str],
) -> Message:
    """Return the schedule as it is now; `standings` are those of the next dates, soonest first."""
    if series.ended_at is not None:
        return _ended(standings)
    title = phrase(phrase("Hangouts", bold=True), f" of {community.name}, {_every(series)}. ")
    title = phrase(title, _place(series))
    lines = [_line(standing, names) for standing in standings]
    if not lines:
        lines = [phrase("No date is planned at the moment.")]
    how = "Join or present from the invitation a week before each, or type /hangout at any time."
    blocks: list[Block] = [
        title.block,
        bullets(*[list(line.pieces) for line in lines]),
        ContextBlock(elements=[plain(how)]),
        _buttons([one.hangout for one in standings], community),
    ]
    return Message.of([title.text, *[f"• {line.text}" for line in lines], how], blocks)


def _ended(standings: Sequence[HangoutStanding]) -> Message:
    """Return the schedule of a series that is over: what is cancelled stays listed."""
    first = phrase("These hangouts have ended.")
    after = phrase("Facilitators plan new ones with /hangout plan.")
    lines = [_off_line(one.hangout) for one in standings if not one.hangout.is_on]
    listed = [bullets(*[list(line.pieces) for line in lines])] if lines else []
    text = [first.text, *[f"• {line.text}" for line in lines], after.text]
    return Message.of(text, [first.block, *listed, after.block])


def _off_line(hangout: Hangout) -> Phrase:
    """Return when it was to be, struck through, and why it is not; the end needs no reason."""
    if hangout.is_off_by_series and hangout.called_off_why == SERIES_ENDED:
        return day_and_time(hangout)
    return phrase(day_and_time(hangout), f" · {called_off_words(hangout)}")


def _every(series: Series) -> str:
    weeks = series.every_weeks
    often = {1: "every week", 2: "every other week"}.get(weeks, f"every {weeks} weeks")
    return f"{often}, {series.minutes} minutes"


def _place(series: Series) -> Phrase:
    if not series.link:
        return phrase("We meet in this channel’s huddle.")
    return phrase("We meet at ", linked(series.link, series.link), ".")


def _line(standing: HangoutStanding, names: Mapping[str, str]) -> Phrase:
    hangout = standing.hangout
    if not hangout.is_on:
        return _off_line(hangout)
    facts = [_leader(hangout, names)]
    if hangout.skill:
        facts.append(f"we try {hangout.skill}")
    seats = free_words(standing).rstrip(".")
    facts.append(seats[:1].lower() + seats[1:])
    return phrase(day_and_time(hangout, bold=True), f" · {' · '.join(facts)}")


def _buttons(hangouts: Sequence[Hangout], community: Community) -> ActionsBlock:
    coming = ButtonElement(text="What is coming", action_id=COMING, value=str(community.id))
    return ActionsBlock(elements=[coming, lead_menu(hangouts, community)])


def lead_menu(hangouts: Sequence[Hangout], community: Community) -> OverflowMenuElement:
    """Return what facilitators can do: about the next hangout that takes place, and the plan.

    Each form asks which one is meant, with that one chosen.
    """
    options = [Option(value=Lead.PLAN.about(community.id), text="Change the plan")]
    on = next((one for one in hangouts if one.is_on), None)
    off = next((one for one in hangouts if not one.is_on), None)
    if on is not None:
        options += [
            Option(value=Lead.MOVE_ANY.about(on.id), text="Move a hangout"),
            Option(value=Lead.CALL_OFF.about(on.id), text="Call one off"),
            Option(value=Lead.SWAP.about(on.id), text="Ask someone to lead"),
        ]
    if off is not None:
        options.append(Option(value=Lead.RESTORE.about(off.id), text="Hold one after all"))
    return OverflowMenuElement(action_id=LEAD, options=options)


def planned(
    coming: Sequence[Hangout], community: Community, names: Mapping[str, str], *, is_new: bool
) -> Message:
    """Return what a facilitator sees after planning: the next dates, and what comes next."""
    dates = [_date_line(hangout, names) for hangout in coming[:DATES_NAMED]]
    first = "The hangouts are planned." if is_new else "The plan is kept."
    first += " The next ones:" if dates else " All the dates of the next weeks are left out."
    channel = f"<#{community.channel_id}>"
    after = (
        f"The schedule stands in {channel} and stays true by itself. A week before each I invite "
        "everyone there. `/hangout skip`, `/hangout move` and `/hangout swap` change a single one."
    )
    button = ButtonElement(text="What is coming", action_id=COMING, value=str(community.id))
    shown: list[Block] = [paragraph(words(first))]
    if dates:
        shown.append(bullets(*[list(line.pieces) for line in dates]))
    shown += [SectionBlock(text=after), ActionsBlock(elements=[button])]
    return Message.of([escape(first), *[f"• {line.text}" for line in dates], after], shown)


def _date_line(hangout: Hangout, names: Mapping[str, str]) -> Phrase:
    if not hangout.is_on:
        return _off_line(hangout)
    return phrase(day_and_time(hangout), f" · {_leader(hangout, names)}")


def _leader(hangout: Hangout, names: Mapping[str, str]) -> str:
    if hangout.facilitator_id == NOBODY:
        return "somebody to lead it is wanted"
    return f"with {host(hangout, names)}"
