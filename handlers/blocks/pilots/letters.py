"""Letters to the teacher of a pilot: how did it go, what do you decide, and their switches."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    InteractiveElement,
    Option,
    OverflowMenuElement,
)

from handlers.blocks.hangouts.facts import Phrase, phrase
from handlers.blocks.members import MUTE, mute_button
from handlers.blocks.message import Message
from handlers.blocks.pilots.buttons import OF_LETTERS
from handlers.blocks.pilots.entering import log_button
from handlers.blocks.pilots.ids import EDIT, FINISH, MORE, PAUSE, RESUME, STOP_ASKING
from handlers.blocks.problems.facts import facts_line
from handlers.blocks.text import excerpt, plain
from models.pilots.measures import EXAMPLES
from models.pilots.pilot import Measure, Pilot, Rhythm
from models.pilots.posted import ASKS

QUOTED = 200
_SINCE = MappingProxyType(
    {
        Rhythm.DAILY: "today",
        Rhythm.TWICE: "since last time",
        Rhythm.WEEKLY: "this week",
        Rhythm.FORTNIGHTLY: "in these two weeks",
    }
)
_COUNT_EXAMPLE = "{} of {}"


def ask_letter(pilot: Pilot, summary: str, total: int | None) -> Message:
    """Ask for a value; a reply with a number is enough.

    `summary` is what was noted so far, `total` the last count's, so that the example fits.
    """
    since = _since(pilot, is_first=not summary)
    asked = phrase("How did ", phrase(pilot.own_name, bold=True), f" go{since}?")
    example = _example(pilot, total)
    how = phrase("Answer with something like ", phrase(example, bold=True), ", or press Log.")
    facts = [excerpt(pilot.measure_name, QUOTED), *([summary] if summary else [])]
    buttons = [
        log_button(pilot),
        ButtonElement(text="Pause", action_id=PAUSE, value=str(pilot.id)),
        _fewer_letters(pilot),
    ]
    return _letter([asked, how], facts, buttons)


def finish_letter(pilot: Pilot, summary: str) -> Message:
    """Ask what was found and what becomes of it, once the last day is over."""
    over = phrase(phrase(pilot.own_name, bold=True), " has reached its last day.")
    expected = phrase("You expected: ", f"“{excerpt(pilot.prediction, QUOTED)}”")
    decide = phrase("Kept, changed or dropped: each is a result. What should the next person know?")
    buttons = [
        ButtonElement(text="Finish", action_id=FINISH, value=str(pilot.id), style="primary"),
        log_button(pilot, "One more value"),
        ButtonElement(text="Go on longer", action_id=EDIT, value=str(pilot.id)),
        mute_button(ASKS),
    ]
    # Only one button is the main one.
    buttons[1].style = None
    return _letter([over, expected, decide], [summary] if summary else [], buttons)


def paused(pilot: Pilot) -> Message:
    """Tell that nothing is asked for now."""
    told = phrase(
        "I ask for nothing about ",
        phrase(pilot.own_name, bold=True),
        " until you resume. You can note values all the same.",
    )
    return _answer(told, ButtonElement(text="Resume", action_id=RESUME, value=str(pilot.id)))


def resumed(pilot: Pilot) -> Message:
    """Tell that values are asked for again, and how often."""
    when = _RHYTHMS.get(Rhythm(pilot.rhythm), "")
    told = phrase("I ask about ", phrase(pilot.own_name, bold=True), f" again{when}.")
    return _answer(told, ButtonElement(text="Pause", action_id=PAUSE, value=str(pilot.id)))


def stopped(pilot: Pilot) -> Message:
    """Tell that nothing is asked for any more, and how to note values all the same."""
    told = phrase(
        "I ask for nothing about ",
        phrase(pilot.own_name, bold=True),
        " any more. ",
        phrase("/pilot log", bold=True),
        " notes values, ",
        phrase("/pilot finish", bold=True),
        " your decision.",
    )
    return _answer(told, ButtonElement(text="Ask me again", action_id=RESUME, value=str(pilot.id)))


_RHYTHMS = MappingProxyType(
    {
        Rhythm.DAILY: ", every school day",
        Rhythm.TWICE: ", on Mondays and Thursdays",
        Rhythm.WEEKLY: ", on Fridays",
        Rhythm.FORTNIGHTLY: ", every other Friday",
        Rhythm.NEVER: ", for your decision at the end",
    }
)


def _since(pilot: Pilot, *, is_first: bool) -> str:
    if is_first and pilot.rhythm == Rhythm.TWICE:
        return ""
    return f" {_SINCE.get(Rhythm(pilot.rhythm), 'so far')}"


def _fewer_letters(pilot: Pilot) -> OverflowMenuElement:
    """Return the menu of what is said once: about this pilot, or about none, I ask no more."""
    about = {STOP_ASKING: str(pilot.id), MUTE: ASKS}
    options = [
        Option(value=f"{choice}:{value}", text=plain(OF_LETTERS[choice]))
        for choice, value in about.items()
    ]
    return OverflowMenuElement(action_id=MORE, options=options)


def _example(pilot: Pilot, total: int | None) -> str:
    if pilot.measure == Measure.COUNT and total:
        return _COUNT_EXAMPLE.format(max(1, round(total * 0.7)), total)
    return EXAMPLES[pilot.measure]


def _letter(
    lines: Sequence[Phrase], facts: Sequence[str], buttons: Sequence[InteractiveElement]
) -> Message:
    grey = [facts_line(list(facts))] if facts else []
    return Message.of(
        [*[line.text for line in lines], *[phrase(fact).text for fact in facts]],
        [*[line.block for line in lines], *grey, ActionsBlock(elements=buttons)],
    )


def _answer(told: Phrase, button: ButtonElement) -> Message:
    return Message.of([told.text], [told.block, ActionsBlock(elements=[button])])
