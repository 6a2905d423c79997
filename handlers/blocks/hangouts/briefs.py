"""What only facilitators see: the brief of a hangout they lead, and who was not heard lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

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
    Known,
    Phrase,
    coming_words,
    day_and_time,
    grey_line,
    number_word,
    phrase,
)
from handlers.blocks.hangouts.ids import LEAD, SWAP, VOICES
from handlers.blocks.hangouts.letters import (
    FILE_IS_THERE,
    Meeting,
    agenda_of,
    open_button,
    where_words,
)
from handlers.blocks.hangouts.schedule import Lead
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.text import bullets, first_upper, paragraph, plain, words
from models.hangouts.hangout import Hangout
from models.hangouts.voices import Voice

# The switch of the brief, as Member.muted keeps it.
FACILITATING = "hangouts.facilitating"
# Three hangouts of a bi-weekly series; whoever is new is still finding their way for that long.
NOT_HEARD_FOR = timedelta(weeks=6)
# A term without presenting is long where two present every other week.
NOT_PRESENTED_FOR = timedelta(weeks=18)
NAMED_IN_BRIEF, NAMED_IN_ALL = 4, 30
KINDLY = "Only you see this. Silence has many reasons; a personal word often helps most."


@dataclass(frozen=True, kw_only=True)
class Unheard:
    """Who has not been heard for long, each list by name: nobody is first or last in it.

    `is_too_early` says that nobody has been in the community for as long as one looks back.
    """

    not_presented: Sequence[str]
    not_joined: Sequence[str]
    is_too_early: bool = False

    @classmethod
    def among(cls, voices: Sequence[Voice], known: Known, now: datetime) -> Unheard:
        """Return who that is. Whoever came only lately to the community is left in peace."""
        settled = [one for one in voices if now - one.member_since >= NOT_HEARD_FOR]
        not_joined = [one for one in settled if _is_long_ago(one.joined_at, now, NOT_HEARD_FOR)]
        not_presented = [
            one
            for one in settled
            if one not in not_joined and _is_long_ago(one.presented_at, now, NOT_PRESENTED_FOR)
        ]
        return cls(
            not_presented=_by_name(not_presented, known),
            not_joined=_by_name(not_joined, known),
            is_too_early=not settled,
        )

    def lines(self, named: int) -> list[Phrase]:
        """Return a line for each list that is not empty, with at most so many names."""
        return [
            phrase(f"{first}: {_names(who, named)}.")
            for first, who in (
                ("Come, and have not presented for a while", self.not_presented),
                ("Have not been at a hangout for a while", self.not_joined),
            )
            if who
        ]


def _is_long_ago(moment: datetime | None, now: datetime, span: timedelta) -> bool:
    return moment is None or now - moment >= span


def _by_name(voices: Sequence[Voice], known: Known) -> list[str]:
    names = [first_upper(known.name(one.member_id)) for one in voices]
    return sorted(names, key=str.casefold)


def _names(who: Sequence[str], named: int) -> str:
    rest = len(who) - named
    shown = ", ".join(who[:named])
    return f"{shown} and {number_word(rest)} more" if rest > 0 else shown


def voices_answer(unheard: Unheard, community_name: str) -> Message:
    """Return who could be invited in, for a facilitator's eyes."""
    lines = unheard.lines(NAMED_IN_ALL)
    if not lines:
        text = f"In {community_name} everybody was there lately, and nobody waits long to present."
        if unheard.is_too_early:
            text = "Too early to say: I look back six weeks."
        return Message.of([phrase(text).text], [paragraph(words(text))])
    first = phrase(f"Whom a personal invitation may reach, in {community_name}:")
    blocks: list[Block] = [first.block, bullets(*[list(line.pieces) for line in lines])]
    blocks.append(ContextBlock(elements=[plain(KINDLY)]))
    return Message.of([first.text, *[f"• {line.text}" for line in lines], KINDLY], blocks)


def brief(meeting: Meeting, unheard: Unheard | None) -> Message:
    """Return the facilitator's letter a day before.

    `unheard` is None for a substitute, who need not know who was not heard.
    """
    hangout = meeting.hangout
    first = phrase(f"You lead the hangout in {meeting.channel}: ", day_and_time(hangout, bold=True))
    lines = [*agenda_of(meeting), *_people(meeting)]
    to_do = [phrase(line) for line in _checklist(meeting)]
    blocks: list[Block] = [
        phrase(first, ".").block,
        bullets(*[list(line.pieces) for line in lines]),
        phrase("To have at hand:").block,
        bullets(*[list(line.pieces) for line in to_do]),
        where_words(meeting).block,
        *([grey_line([FILE_IS_THERE])] if meeting.has_calendar_file else []),
    ]
    quiet = unheard.lines(NAMED_IN_BRIEF) if unheard is not None else []
    if quiet:
        blocks.append(bullets(*[list(line.pieces) for line in quiet]))
        blocks.append(SectionBlock(text=plain(KINDLY), accessory=_voices_button(hangout)))
    blocks.append(ActionsBlock(elements=[*_buttons(meeting), _menu(hangout)]))
    said = [*lines, *to_do, where_words(meeting), *quiet]
    last = [FILE_IS_THERE if meeting.has_calendar_file else "", KINDLY if quiet else ""]
    return Message.of([f"{first.text}.", *[f"• {line.text}" for line in said], *last], blocks)


def _people(meeting: Meeting) -> list[Phrase]:
    standing, known = meeting.standing, meeting.known
    people = [phrase(coming_words(standing.coming_ids, known.names) or "Nobody has signed up yet.")]
    if standing.waiting:
        names = [first_upper(known.name(one.member_id)) for one in standing.waiting]
        people.append(phrase(f"On the waiting list: {_names(names, NAMED_IN_BRIEF)}."))
    return people


def _checklist(meeting: Meeting) -> list[str]:
    hangout = meeting.hangout
    skill = "Begin with the skill, so that nobody waits for latecomers." if hangout.skill else ""
    lines = [
        "Open the room five minutes early.",
        skill,
        f"At the start I open a thread for each presenter; “{meeting.protocol.name}” leads you "
        "through it with Start and Next step.",
        "Ask somebody to take notes. Afterwards I ask you for them, or type /hangout notes.",
    ]
    return [line for line in lines if line]


def _buttons(meeting: Meeting) -> list[ButtonElement]:
    value = str(meeting.hangout.id)
    swap = ButtonElement(text="Ask someone to lead", action_id=SWAP, value=value)
    return [open_button(meeting), swap, mute_button(FACILITATING)]


def _voices_button(hangout: Hangout) -> ButtonElement:
    return ButtonElement(text="Show all", action_id=VOICES, value=str(hangout.id))


def _menu(hangout: Hangout) -> OverflowMenuElement:
    return OverflowMenuElement(
        action_id=LEAD,
        options=[
            Option(value=Lead.MOVE.about(hangout.id), text="Move it"),
            Option(value=Lead.CALL_OFF.about(hangout.id), text="Call it off"),
        ],
    )
