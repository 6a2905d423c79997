"""Reminders of a hangout: a day before with the agenda, shortly before with the link first."""

from __future__ import annotations

from dataclasses import dataclass, field

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.blocks.hangouts.answers import in_lines
from handlers.blocks.hangouts.facts import (
    Known,
    Phrase,
    day_and_time,
    free_words,
    linked,
    phrase,
)
from handlers.blocks.hangouts.ids import CANNOT, OPEN_PLACE, PREPARE, SWAP
from handlers.blocks.hangouts.own import Own, own_words
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.problems.facts import facts_line
from handlers.blocks.text import bullets, first_upper, listed
from handlers.blocks.wordings.filling import facts_of, own_opening
from models.communities import Community
from models.consultancies.protocols import Protocol
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Presenting, Signup
from models.hangouts.standings import HangoutStanding

# The switch of these letters, as Member.muted keeps it.
REMINDERS = "hangouts.reminders"
FILE_IS_THERE = "A calendar file is in the thread."
ASKED = "What do you bring? One clear question is plenty."


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A hangout as its letters need it: who answered, where it meets, by which protocol.

    `has_calendar_file` says that a file for calendars follows in the letter's thread. `own_words`
    are what the community says the day before, instead of our first line.
    """

    standing: HangoutStanding
    community: Community
    protocol: Protocol
    known: Known = field(default_factory=Known)
    has_calendar_file: bool = False
    own_words: str | None = None

    @property
    def hangout(self) -> Hangout:
        return self.standing.hangout

    @property
    def channel(self) -> str:
        name = self.community.channel_name
        return f"#{name}" if name else self.community.name

    def is_led_by(self, member_id: str) -> bool:
        return self.hangout.facilitator_id == member_id


def day_before_letter(meeting: Meeting, member_id: str) -> Message:
    """Remind somebody a day before: who comes, what they present, and the agenda."""
    own = Own.of(meeting.standing, member_id)
    opening, agenda = _opening(meeting, member_id), agenda_of(meeting, member_id)
    facts = [how_words(meeting), FILE_IS_THERE if meeting.has_calendar_file else ""]
    # What they present is on the agenda; whoever has not said it is asked where the button is.
    last = phrase() if own.has_seat else _own_part(own, meeting.known)
    if wants_a_problem(own):
        last = phrase(ASKED)
    blocks: list[Block] = [
        *[line.block for line in opening],
        bullets(*[list(line.pieces) for line in agenda]),
        where_words(meeting).block,
        *[facts_line([fact]) for fact in facts if fact],
        *([last.block] if last else []),
        ActionsBlock(elements=_buttons(meeting, member_id)),
    ]
    text = [line.text for line in opening] + [f"• {line.text}" for line in agenda]
    text.append(where_words(meeting).text)
    return Message.of([*text, *[phrase(fact).text for fact in facts], last.text], blocks)


def _opening(meeting: Meeting, member_id: str) -> list[Phrase]:
    """Return when, with whom and where it is, in the community's own words if it has some."""
    facts = facts_of(meeting.standing, meeting.known, meeting.community)
    facts = {**facts, "company": _company(meeting, member_id)}
    ours = _heading(meeting, member_id)
    return own_opening(meeting.own_words, facts, ours) or [ours]


def soon_letter(meeting: Meeting, member_id: str) -> Message:
    """Remind somebody shortly before: when, where to go, and what is theirs to do."""
    own = Own.of(meeting.standing, member_id)
    lines = [_heading(meeting, member_id), where_words(meeting)]
    if meeting.is_led_by(member_id):
        lines.append(phrase("At the start I open a thread for each presenter."))
    lines.append(_own_part(own, meeting.known))
    return in_lines(lines, _buttons(meeting, member_id))


def agenda_of(meeting: Meeting, reader_id: str | None = None) -> list[Phrase]:
    """Return what happens, in order: the skill, then who presents what, then what is free.

    Whoever reads it is "you" there.
    """
    hangout, known = meeting.hangout, meeting.known
    agenda = []
    if hangout.skill:
        left = hangout.minutes - hangout.slots * hangout.slot_minutes
        time = f", {left} minutes" if left > 0 else ""
        agenda.append(phrase("We try ", phrase(hangout.skill, bold=True), f"{time}."))
    agenda += [_presenter(seat, hangout, known, reader_id) for seat in meeting.standing.seats]
    if meeting.standing.free_seats:
        agenda.append(phrase(free_words(meeting.standing)))
    return agenda or [phrase(free_words(meeting.standing))]


def _presenter(seat: Signup, hangout: Hangout, known: Known, reader_id: str | None) -> Phrase:
    if seat.presenting == Presenting.OFFERED:
        return phrase("A seat that is offered to the next one on the list.")
    is_mine = seat.member_id == reader_id
    who = "You present" if is_mine else first_upper(known.name(seat.member_id))
    who = f"{who}, {hangout.slot_minutes} minutes"
    brought = known.brought(seat)
    return phrase(f"{who}: ", brought) if brought else phrase(f"{who} (question to follow).")


def how_words(meeting: Meeting) -> str:
    """Return the protocol in a few words, such as "Mini-consultancy: Present · Clarifying …"."""
    steps = " · ".join(step.name for step in meeting.protocol.steps)
    return f"How: {meeting.protocol.name}. {steps}"


def where_words(meeting: Meeting) -> Phrase:
    """Return where to go: the video link, or the huddle of the channel."""
    link = meeting.hangout.link
    if link:
        return phrase("We meet at ", linked(link, link), ".")
    return phrase(f"We meet in the huddle of {meeting.channel}.")


def open_button(meeting: Meeting) -> ButtonElement:
    """Return the button that leads there."""
    text = "Open the link" if meeting.hangout.link else "Open the channel"
    return ButtonElement(text=text, action_id=OPEN_PLACE, url=place_url(meeting))


def place_url(meeting: Meeting) -> str:
    """Return where it meets. Slack has no address for a huddle, but for its channel."""
    community = meeting.community
    return meeting.hangout.link or (
        "https://slack.com/app_redirect"
        f"?channel={community.channel_id}&team={community.workspace_id}"
    )


def prepare_button(hangout: Hangout) -> ButtonElement:
    """Return the button for a presenter who has not said yet what they bring."""
    return ButtonElement(
        text="Say what I bring", action_id=PREPARE, value=str(hangout.id), style="primary"
    )


def wants_a_problem(own: Own) -> bool:
    """Say whether somebody presents and has not said yet what."""
    signup = own.signup
    return own.has_seat and signup is not None and not (signup.problem_id or signup.question)


def _own_part(own: Own, known: Known) -> Phrase:
    """Return what is theirs to do; whoever just comes knows that they do."""
    if wants_a_problem(own):
        return phrase(f"You present. {ASKED}")
    return own_words(own, known) if own.signup is not None else phrase()


def _heading(meeting: Meeting, member_id: str) -> Phrase:
    """Return when, with whom and where it is."""
    start = day_and_time(meeting.hangout, bold=True)
    return phrase(start, f": {_company(meeting, member_id)}, {meeting.channel}.")


def _company(meeting: Meeting, member_id: str) -> str:
    """Return who else is there, such as "hangout with Ben, Ana and 6 others"."""
    host_id, known = meeting.hangout.facilitator_id, meeting.known
    others = [one for one in meeting.standing.coming_ids if one not in (member_id, host_id)]
    if meeting.is_led_by(member_id):
        names = listed([known.name(one) for one in others]) if others else ""
        return f"you lead the hangout with {names}" if names else "you lead the hangout"
    return f"hangout with {listed([known.name(one) for one in (host_id, *others)])}"


def _buttons(meeting: Meeting, member_id: str) -> list[ButtonElement]:
    """Return the buttons of a letter, four at most: a channel is found without one."""
    value, buttons = str(meeting.hangout.id), [open_button(meeting)]
    if wants_a_problem(Own.of(meeting.standing, member_id)):
        is_found = meeting.hangout.link is None
        buttons = [prepare_button(meeting.hangout), *([] if is_found else buttons)]
    out = ButtonElement(text="Can’t come after all", action_id=CANNOT, value=value)
    if meeting.is_led_by(member_id):
        out = ButtonElement(text="Ask someone to lead", action_id=SWAP, value=value)
    return [*buttons, out, mute_button(REMINDERS)]
