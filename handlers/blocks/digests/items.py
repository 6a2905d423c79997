"""The lines of a digest: an open question, the next hangout, a pilot, a word of thanks, a material.

Each is one sentence with a link to its message.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import RichTextElement, RichTextElementParts

from handlers.blocks.hangouts.facts import (
    Phrase,
    led_words,
    linked,
    moment_words,
    name_of,
    number_word,
    phrase,
)
from handlers.blocks.materials.facts import a_kind
from handlers.blocks.pilots.chart_signals import verdict
from handlers.blocks.pilots.chart_words import short_words
from handlers.blocks.pilots.facts import decision_words
from handlers.blocks.text import day, excerpt, first_upper
from handlers.blocks.thanks.facts import plain_words_of
from models.digests.digest import Digest, Meeting
from models.hangouts.posted import INVITATION, SCHEDULE
from models.materials.material import Material
from models.materials.posted import CARD as MATERIAL_CARD
from models.pilots.pilot import Pilot
from models.pilots.posted import CARD as PILOT_CARD
from models.problems import Problem
from models.problems.posted import CARD as PROBLEM_CARD
from models.thanks.posted import CARD as THANKS_CARD
from models.thanks.thanks import Thanks

# Characters of what members wrote: in the channel, and on a page where there is room.
SHORT, LONG = 48, 140
# After so many names the others are only mentioned; nobody counts who is thanked.
THANKED_NAMED = 3
NAME_LENGTH = 40
# Characters in a line of a bulleted list on a common phone.
PHONE_WIDTH = 42
# "December 3, 2026 at 4:00 PM"
DATE_WIDTH, MENTION_WIDTH = 28, 12


@dataclass(frozen=True)
class Section:
    """What there is of one kind; `heading` names it where all of it is shown."""

    heading: str
    lines: Sequence[Phrase]


def sections_of(digest: Digest, length: int) -> list[Section]:
    """Return what there is, the open questions first; members' words are cut to `length`.

    In the channel only the latest of those questions stand that an earlier digest told of.
    """
    lines = _Lines(digest, length)
    questions = digest.first_questions if length == SHORT else digest.questions
    meetings = [digest.meeting] if digest.meeting else []
    return [
        Section("Waiting for a first answer", [lines.question(one) for one in questions]),
        Section("Next hangout", [lines.meeting(one) for one in meetings]),
        Section("Pilots", [lines.pilot(one) for one in digest.pilots]),
        Section("Thanks", [lines.thanks(one) for one in digest.thanks]),
        Section("New materials", [lines.material(one) for one in digest.materials]),
    ]


def phone_lines(said: Phrase) -> int:
    """Return how many lines it takes on a phone, at least."""
    return math.ceil(sum(_width(piece) for piece in said.pieces) / PHONE_WIDTH)


def _width(piece: RichTextElement) -> int:
    match piece:
        case RichTextElementParts.Text() | RichTextElementParts.Link():
            return len(piece.text or piece.to_dict().get("url", ""))
        case RichTextElementParts.Date():
            return DATE_WIDTH
        case _:
            return MENTION_WIDTH


@dataclass(frozen=True)
class _Lines:
    digest: Digest
    length: int

    def question(self, problem: Problem) -> Phrase:
        """Say which problem it is, whose, and since when; who asked without a name has none here.

        It is called by its title, as wherever it is one of a list.
        """
        who = "without a name" if problem.is_without_name else self._name(problem.author_id)
        asked = day(problem.shared_at, self.digest.community.tz, self.digest.at)
        return phrase(
            "Open question: ",
            self._linked(problem.title, PROBLEM_CARD, problem.id),
            f" · {who}, {asked}",
        )

    def meeting(self, meeting: Meeting) -> Phrase:
        """Say when it is, who leads it, and whether somebody can still present."""
        hangout, links = meeting.hangout, self.digest.links
        link = links.get((INVITATION, hangout.id)) or links.get((SCHEDULE, hangout.series_id))
        return phrase(
            "Hangout: ",
            moment_words(hangout.starts_at, hangout.tz),
            f"{led_words(hangout, self.digest.names)} · ",
            linked(seats_words(meeting), link),
        )

    def pilot(self, pilot: Pilot) -> Phrase:
        """Say who tried what, what they decided, and what the values showed so far."""
        decided = decision_words(pilot)
        who = self._name(pilot.member_id)
        return phrase(
            "Pilot: ",
            self._linked(pilot.name, PILOT_CARD, pilot.id),
            f" · {who} {decided} · " if decided else f" · {who} · ",
            self._shown_by(pilot),
        )

    def thanks(self, thanks: Thanks) -> Phrase:
        """Say who thanks whom, and how it begins."""
        who = [self._name(one) for one in self.digest.receivers.get(thanks.id, ())]
        return phrase(
            self._linked(
                f"{self._name(thanks.giver_id)} thanks {_thanked(who)}", THANKS_CARD, thanks.id
            ),
            f": {plain_words_of(thanks, self.length)}",
        )

    def material(self, material: Material) -> Phrase:
        return phrase(
            "New: ",
            self._linked(material.title, MATERIAL_CARD, material.id),
            f" · {a_kind(material)} from {self._name(material.owner_id)}",
        )

    def _shown_by(self, pilot: Pilot) -> str:
        evidence = self.digest.evidence.get(pilot.id)
        if evidence is None or not evidence.observed:
            return "no values were noted" if pilot.finished_at is not None else "no values yet"
        return verdict(evidence.chart) if self.length == SHORT else short_words(evidence)

    def _linked(self, text: str, kind: str, about_id: int) -> Phrase:
        return linked(excerpt(text, self.length), self.digest.links.get((kind, about_id)))

    def _name(self, member_id: str | None) -> str:
        return excerpt(first_upper(name_of(member_id, self.digest.names)), NAME_LENGTH)


def _thanked(names: Sequence[str]) -> str:
    """Return whom somebody thanks, by name and never by number."""
    if len(names) > THANKED_NAMED:
        return f"{', '.join(names[:THANKED_NAMED])} and others"
    *before, last = names or ["a colleague"]
    return f"{', '.join(before)} and {last}" if before else last


def seats_words(meeting: Meeting) -> str:
    """Return which seats to present are free, such as "one of two seats to present free"."""
    slots, free = meeting.hangout.slots, meeting.free_seats
    if slots == 1:
        return f"the seat to present is {'free' if free else 'taken'}"
    if not free:
        return "all seats to present taken"
    return f"{number_word(free)} of {number_word(slots)} seats to present free"
