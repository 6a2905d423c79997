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
from models.communities import Community
from models.consultancies.protocols import Protocol
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Presenting, Signup
from models.hangouts.standings import HangoutStanding

# The switch of these letters, as Member.muted keeps it.
REMINDERS = "hangouts.reminders"


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A hangout as its letters need it: who answered, where it meets, by which protocol."""

    standing: HangoutStanding
    community: Community
    protocol: Protocol
    known: Known = field(default_factory=Known)

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
    lines = [_heading(meeting, member_id), _own_part(own, meeting.known)]
    agenda = agenda_of(meeting)
    how = how_words(meeting)
    blocks: list[Block] = [line.block for line in lines if line]
    if wants_a_problem(own):
        blocks.append(ActionsBlock(elements=[prepare_button(meeting.hangout)]))
    blocks += [bullets(*[list(line.pieces) for line in agenda]), where_words(meeting).block]
    blocks += [facts_line([how]), ActionsBlock(elements=_buttons(meeting, member_id))]
    text = [*[line.text for line in lines], *[f"• {line.text}" for line in agenda]]
    return Message.of([*text, where_words(meeting).text, phrase(how).text], blocks)


def soon_letter(meeting: Meeting, member_id: str) -> Message:
    """Remind somebody shortly before: where to go, and what is theirs to do."""
    own = Own.of(meeting.standing, member_id)
    part = _own_part(own, meeting.known)
    if meeting.is_led_by(member_id):
        part = phrase("At the start I open a thread for each presenter.")
    lines = [where_words(meeting), _heading(meeting, member_id), part]
    if not wants_a_problem(own):
        return in_lines(lines, _buttons(meeting, member_id))
    buttons = [prepare_button(meeting.hangout), *_buttons(meeting, member_id)]
    return in_lines(lines, buttons[:3])


def agenda_of(meeting: Meeting) -> list[Phrase]:
    """Return what happens, in order: the skill, then who presents what, then what is free."""
    hangout, known = meeting.hangout, meeting.known
    agenda = []
    if hangout.skill:
        left = hangout.minutes - hangout.slots * hangout.slot_minutes
        time = f", {left} minutes" if left > 0 else ""
        agenda.append(phrase("We try ", phrase(hangout.skill, bold=True), f"{time}."))
    agenda += [_presenter(seat, hangout, known) for seat in meeting.standing.seats]
    if meeting.standing.free_seats:
        agenda.append(phrase(free_words(meeting.standing)))
    return agenda or [phrase(free_words(meeting.standing))]


def _presenter(seat: Signup, hangout: Hangout, known: Known) -> Phrase:
    if seat.presenting == Presenting.OFFERED:
        return phrase("A seat that is offered to the next one on the list.")
    who = f"{first_upper(known.name(seat.member_id))}, {hangout.slot_minutes} minutes"
    brought = known.brought(seat)
    return phrase(f"{who}: ", brought) if brought else phrase(f"{who}; the question is still open.")


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
    """Return the button that leads there. Slack has no address for a huddle, but for a channel."""
    if meeting.hangout.link:
        return ButtonElement(text="Open the link", action_id=OPEN_PLACE, url=meeting.hangout.link)
    community = meeting.community
    url = (
        "https://slack.com/app_redirect"
        f"?channel={community.channel_id}&team={community.workspace_id}"
    )
    return ButtonElement(text="Open the channel", action_id=OPEN_PLACE, url=url)


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
        return phrase("You present. What do you bring? One clear question is plenty.")
    return own_words(own, known) if own.signup is not None else phrase()


def _heading(meeting: Meeting, member_id: str) -> Phrase:
    """Return when, with whom and where it is; the day is "tomorrow" where Slack says so."""
    start = day_and_time(meeting.hangout, bold=True)
    return phrase(start, f": {_company(meeting, member_id)}, {meeting.channel}.")


def _company(meeting: Meeting, member_id: str) -> str:
    """Return who else is there, such as "hangout with Ben and 6 others"."""
    host_id, known = meeting.hangout.facilitator_id, meeting.known
    others = [one for one in meeting.standing.coming_ids if one not in (member_id, host_id)]
    if meeting.is_led_by(member_id):
        names = listed([known.name(one) for one in others]) if others else ""
        return f"you lead the hangout with {names}" if names else "you lead the hangout"
    with_host = f"hangout with {known.name(host_id)}"
    if len(others) == 1:
        return f"{with_host} and {known.name(others[0])}"
    return f"{with_host} and {len(others)} others" if others else with_host


def _buttons(meeting: Meeting, member_id: str) -> list[ButtonElement]:
    value = str(meeting.hangout.id)
    out = ButtonElement(text="Can’t come after all", action_id=CANNOT, value=value)
    if meeting.is_led_by(member_id):
        out = ButtonElement(text="Ask someone to lead", action_id=SWAP, value=value)
    return [open_button(meeting), out, mute_button(REMINDERS)]
