"""Letters about change: what is different about a hangout one comes to or leads, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from handlers.blocks.hangouts.answers import in_lines
from handlers.blocks.hangouts.facts import (
    Phrase,
    called_off_words,
    day_and_time,
    host,
    linked,
    moment_words,
    number_word,
    phrase,
)
from handlers.blocks.hangouts.ids import CANNOT, COMING, GIVE_BACK, JOIN, SWAP
from handlers.blocks.hangouts.own import Own
from handlers.blocks.members import mute_button
from handlers.blocks.message import Attachment, Message
from handlers.blocks.text import bullets
from models.hangouts.hangout import NOBODY, Hangout

# The switch of these letters, as Member.muted keeps it.
CHANGES = "hangouts.changes"


@dataclass(frozen=True, kw_only=True)
class Change:
    """A hangout that was changed, as the letter to one member needs it.

    `place` is the community's channel, such as #math-circle; `protocol` what the hangout's is
    called.
    """

    own: Own
    place: str
    protocol: str
    names: Mapping[str, str]

    @property
    def hangout(self) -> Hangout:
        return self.own.hangout


def change_letter(change: Change, following: Hangout | None, now: datetime) -> Message:
    """Tell somebody who comes or leads what is different now.

    `following` is the next hangout that takes place, offered when this one does not.
    """
    hangout = change.hangout
    if not hangout.is_on:
        return _call_off_letter(change, following)
    lines = [phrase(f"The hangout in {change.place} {_news(change)}.")]
    if hangout.last_change == ["facilitator_id"] and change.own.leads:
        lines = [phrase(f"You lead the hangout in {change.place} now.")]
    if hangout.moved_from is not None and "starts_at" in hangout.last_change:
        was = moment_words(hangout.moved_from, hangout.tz, struck=True)
        lines.append(phrase("Before: ", was))
    lines.append(phrase("Now: ", day_and_time(hangout, bold=True), f"{_leader(change)}."))
    lines.append(_where(change))
    return in_lines(lines, [*_ways_out(change.own, now), mute_button(CHANGES)])


def replanned_letter(changes: Sequence[Change], now: datetime) -> Message:
    """Tell somebody in one letter what a change of the plan changed about several hangouts."""
    place, hangouts = changes[0].place, [one.hangout for one in changes]
    first = phrase(f"The plan of the hangouts in {place} has changed.")
    if not any(one.is_on for one in hangouts):
        first = phrase(f"These hangouts in {place} do not take place.")
    lines = [_line(one) for one in changes]
    moves = [one for one in changes if one.hangout.is_on and "link" in one.hangout.last_change]
    where = _where(moves[0]) if moves else phrase()
    coming = str(hangouts[0].community_id)
    row = [ButtonElement(text="What is coming", action_id=COMING, value=coming)]
    led = [one.hangout for one in changes if one.own.leads and one.hangout.is_ahead(now)]
    if led:
        row.append(_ask_to_lead(led[0]))
    row.append(mute_button(CHANGES))
    blocks = [first.block, bullets(*[list(line.pieces) for line in lines])]
    return Message.of(
        [first.text, *[f"• {line.text}" for line in lines], where.text],
        [*blocks, *([where.block] if where else []), ActionsBlock(elements=row)],
    )


def replanned_calendar(changes: Sequence[Change], content: bytes) -> Message:
    """Return the file that brings calendars in line with a changed plan."""
    place, number = changes[0].place, number_word(len(changes))
    many = "hangout" if len(changes) == 1 else f"{number} hangouts"
    text = f"For your calendar: the {many} in {place}. Opening it adds, updates or takes them out."
    return Message(phrase(text).text, (), Attachment("hangouts.ics", "Hangouts", content))


def _line(change: Change) -> Phrase:
    hangout = change.hangout
    if not hangout.is_on:
        return phrase(day_and_time(hangout), f" · {called_off_words(hangout)}")
    was = phrase()
    if hangout.moved_from is not None and "starts_at" in hangout.last_change:
        before = moment_words(hangout.moved_from, hangout.tz, struck=True)
        was = phrase(" Before: ", before, ".")
    leads = " You lead it." if change.own.leads else ""
    return phrase(day_and_time(hangout, bold=True), f" {_news(change)}.{leads}", was)


def _news(change: Change) -> str:
    """Return what is different, as it follows upon "The hangout …"; what matters most is first."""
    hangout = change.hangout
    changed = set(hangout.last_change or ())
    seats = f"{number_word(hangout.slots)} seat{'s' * (hangout.slots != 1)} to present"
    led = f"is led by {'you' if change.own.leads else host(hangout, change.names)} now"
    news = {
        "called_off_at": "takes place after all",
        "starts_at": "was moved",
        "facilitator_id": "has nobody yet to lead it" if _is_led_by_nobody(hangout) else led,
        "link": "meets at another place",
        "minutes": f"takes {hangout.minutes} minutes",
        "slots": f"has {seats}",
        "slot_minutes": f"gives each presenter {hangout.slot_minutes} minutes",
        "protocol": f"follows “{change.protocol}”",
        "skill": f"tries {hangout.skill}" if hangout.skill else "tries no skill",
    }
    told = [words for name, words in news.items() if name in changed] or ["has changed"]
    return " and ".join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else told[0]


def _is_led_by_nobody(hangout: Hangout) -> bool:
    return hangout.facilitator_id == NOBODY


def _leader(change: Change) -> str:
    """Return who leads it, as it follows upon the time."""
    if _is_led_by_nobody(change.hangout):
        return ""
    return ". You lead it" if change.own.leads else f", with {host(change.hangout, change.names)}"


def _where(change: Change) -> Phrase:
    link = change.hangout.link
    if not link:
        return phrase(f"You meet in the huddle of {change.place}.")
    return phrase("You meet at ", linked(link, link), ".")


def _ways_out(own: Own, now: datetime) -> list[ButtonElement]:
    """Return what somebody can press whom the change does not suit."""
    hangout, value = own.hangout, str(own.hangout.id)
    if not hangout.is_ahead(now):
        return []
    back = ButtonElement(text="Give the seat back", action_id=GIVE_BACK, value=value)
    cannot = ButtonElement(text="Can’t come", action_id=CANNOT, value=value)
    return [
        *([back] if own.has_seat else []),
        *([cannot] if own.is_coming and not own.leads else []),
        *([_ask_to_lead(hangout)] if own.leads else []),
    ]


def _ask_to_lead(hangout: Hangout) -> ButtonElement:
    return ButtonElement(text="Ask someone to lead", action_id=SWAP, value=str(hangout.id))


def _call_off_letter(change: Change, following: Hangout | None) -> Message:
    hangout, mute = change.hangout, mute_button(CHANGES)
    when = day_and_time(hangout)
    lines = [
        phrase(f"The hangout in {change.place} on ", when, " does not take place."),
        phrase(called_off_words(hangout)),
    ]
    if following is None:
        return in_lines(lines, [mute])
    who = "" if _is_led_by_nobody(following) else f", with {host(following, change.names)}"
    lines.append(phrase("The next one is ", day_and_time(following), f"{who}."))
    join = ButtonElement(text="Join the next one", action_id=JOIN, value=str(following.id))
    return in_lines(lines, [join, mute])
