"""The words that all drawings of a hangout share: when it is, who leads, presents and comes.

A `Phrase` is the same few words twice, as rich text for the eye and as mrkdwn for a message's
`text`, so that the two cannot say different things.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from slack_sdk.models.blocks import ContextBlock, RichTextBlock, RichTextElement

from handlers.blocks.problems.facts import facts_line
from handlers.blocks.text import (
    escape,
    first_upper,
    in_words,
    link,
    listed,
    paragraph,
    when,
    when_said,
    words,
)
from models.hangouts.hangout import Hangout
from models.hangouts.occurrences import SKIPPED
from models.hangouts.signup import Signup
from models.hangouts.standings import HangoutStanding
from models.problems import Problem

_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six")


@dataclass(frozen=True)
class Phrase:
    """A few words: `pieces` are rich text, `text` is mrkdwn in which they are escaped."""

    pieces: tuple[RichTextElement, ...]
    text: str

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def block(self) -> RichTextBlock:
        return paragraph(*self.pieces)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known for drawing hangouts: display names by member id, problems and their cards.

    `problems` and `links` are by problem id, as far as everybody in the community may see them.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[int, Problem] = field(default_factory=dict)
    links: Mapping[int, str] = field(default_factory=dict)

    def name(self, member_id: str | None) -> str:
        return name_of(member_id, self.names)

    def brought(self, signup: Signup) -> Phrase:
        """Return what somebody brings, linked to its problem's card, or nothing yet."""
        problem = self.problems.get(signup.problem_id or 0)
        focus = focus_of(signup.question, problem) or ""
        return linked(focus, self.links.get(problem.id) if problem else None)


def phrase(*parts: str | Phrase, bold: bool = False, struck: bool = False) -> Phrase:
    """Return the parts one after the other; what is a plain text there is shown exactly so."""
    made = [_plain(part, bold, struck) if isinstance(part, str) else part for part in parts]
    return Phrase(
        tuple(piece for part in made for piece in part.pieces), "".join(part.text for part in made)
    )


def linked(text: str, url: str | None, *, bold: bool = False) -> Phrase:
    """Return the text as a link, or as it is without an address."""
    return Phrase((link(text, url, bold=bold),), escape(text)) if text else Phrase((), "")


def _plain(text: str, bold: bool, struck: bool) -> Phrase:
    if not text:
        return Phrase((), "")
    return Phrase((words(text, bold=bold, struck=struck),), escape(text))


def moment_words(
    moment: datetime, tz: str | None, *, bold: bool = False, struck: bool = False
) -> Phrase:
    """Return a moment, in each reader's own zone; the fallback names the zone `tz`."""
    return Phrase((when_said(moment, tz, bold=bold, struck=struck),), when(moment, tz))


def day_and_time(hangout: Hangout, *, bold: bool = False) -> Phrase:
    """Return when it starts; struck through when it was called off."""
    return moment_words(hangout.starts_at, hangout.tz, bold=bold, struck=not hangout.is_on)


def local_day_and_time(hangout: Hangout) -> str:
    """Return when it starts as plain words in its own zone, for places that take no date."""
    return in_words(hangout.starts_at, hangout.tz)


def name_of(member_id: str | None, names: Mapping[str, str]) -> str:
    """Return what somebody is called; `names` are display names by member id."""
    return names.get(member_id or "", "a colleague")


def host(hangout: Hangout, names: Mapping[str, str]) -> str:
    """Return who leads it; nobody may, after a facilitator left."""
    return (
        name_of(hangout.facilitator_id, names) if hangout.facilitator_id else "nobody to lead yet"
    )


def heading(hangout: Hangout, names: Mapping[str, str], *, is_over: bool = False) -> Phrase:
    """Return when and with whom, such as "Thursday …: hangout with Ben", struck if called off.

    Of one that `is_over` nobody is wanted to lead it any more.
    """
    led = "" if is_over and not hangout.facilitator_id else led_words(hangout, names)
    who = phrase(f": hangout{led}", struck=not hangout.is_on)
    return phrase(day_and_time(hangout, bold=True), who)


def led_words(hangout: Hangout, names: Mapping[str, str]) -> str:
    """Return who leads it as it follows upon other words, or that somebody to do so is wanted."""
    if not hangout.facilitator_id:
        return ", somebody to lead it is wanted" if hangout.is_on else ""
    return f" with {host(hangout, names)}"


def number_word(number: int) -> str:
    """Return a small number as a word."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def ordinal_word(number: int) -> str:
    """Return a place on a list as a word, such as "first"; from the seventh on "number 7"."""
    return _ORDINALS[number] if 0 < number < len(_ORDINALS) else f"number {number}"


def free_words(standing: HangoutStanding) -> str:
    """Return how many seats to present are free, such as "One of two seats to present is free."."""
    slots, free = standing.hangout.slots, max(0, standing.free_seats)
    if slots == 1:
        return f"The seat to present is {'free' if free else 'taken'}."
    both = "both" if slots == 2 else f"all {number_word(slots)}"
    if free in (0, slots):
        return first_upper(f"{both} seats to present are {'free' if free else 'taken'}.")
    are = "is" if free == 1 else "are"
    return first_upper(f"{number_word(free)} of {number_word(slots)} seats to present {are} free.")


def presenting_words(
    standing: HangoutStanding, names: Mapping[str, str], but: str | None = None
) -> str:
    """Return who holds a seat, such as "Ana presents.", or "" while nobody does.

    `but` is somebody who is left out, because they read it.
    """
    who = [name_of(seat.member_id, names) for seat in standing.seats if seat.member_id != but]
    if not who:
        return ""
    return first_upper(f"{listed(who)} {'presents' if len(who) == 1 else 'present'}.")


def coming_words(member_ids: Iterable[str], names: Mapping[str, str]) -> str:
    """Return who comes, such as "Ana and 3 others come.", or "" while nobody has said so."""
    who = [name_of(one, names) for one in member_ids]
    if not who:
        return ""
    return first_upper(f"{listed(who)} {'comes' if len(who) == 1 else 'come'}.")


def grey_line(sentences: Sequence[str]) -> ContextBlock:
    """Return facts that were written as sentences in one grey line."""
    return facts_line([one.rstrip(".") for one in sentences if one])


def focus_of(question: str | None, problem: Problem | None) -> str | None:
    """Return what somebody brings in one line: their focusing question, else the problem's."""
    return question or (problem.focus if problem is not None else None) or None


def called_off_words(hangout: Hangout) -> str:
    """Return that it does not take place, and why where a reason was given."""
    if hangout.is_off_by_series and hangout.called_off_why == SKIPPED:
        return "No hangout (left out in the plan)"
    why = (hangout.called_off_why or "").rstrip(". ")
    return f"Called off: {why}." if why else "Called off."
