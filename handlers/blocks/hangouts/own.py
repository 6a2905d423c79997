"""My own place at a hangout: what I said, what I have of the seats, and what I can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import ButtonElement

from handlers.blocks.hangouts.facts import Known, Phrase, moment_words, ordinal_word, phrase
from handlers.blocks.hangouts.ids import CANNOT, CONFIRM, GIVE_BACK, JOIN, PREPARE, PRESENT
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Presenting, Signup
from models.hangouts.standings import HangoutStanding


@dataclass(frozen=True, kw_only=True)
class Own:
    """One member's place, as it was at that moment: a row would follow what they do next.

    `signup` is theirs if they hold a seat or wait for one; `position` on the waiting list counts
    from 1.
    """

    hangout: Hangout
    signup: Signup | None = None
    presenting: str | None = None
    position: int | None = None
    is_coming: bool = False
    said_no: bool = False

    @classmethod
    def of(cls, standing: HangoutStanding, member_id: str) -> Own:
        waiting = [one.member_id for one in standing.waiting]
        place = [one for one in (*standing.seats, *standing.waiting) if one.member_id == member_id]
        return cls(
            hangout=standing.hangout,
            signup=place[0] if place else None,
            presenting=place[0].presenting if place else None,
            position=waiting.index(member_id) + 1 if member_id in waiting else None,
            is_coming=member_id in standing.coming_ids,
            said_no=member_id in standing.cannot_ids,
        )

    @property
    def has_seat(self) -> bool:
        return self.presenting == Presenting.SEAT

    @property
    def is_offered(self) -> bool:
        return self.presenting == Presenting.OFFERED

    @property
    def is_waiting(self) -> bool:
        return self.position is not None


def own_words(own: Own, known: Known) -> Phrase:
    """Return where somebody stands, in words for them; nothing for who has said nothing."""
    brought = known.brought(own.signup) if own.signup is not None else phrase()
    if own.has_seat:
        return phrase("You present: ", brought) if brought else phrase("You present.")
    if own.is_offered and own.signup is not None:
        until = own.signup.offered_until or own.hangout.starts_at
        when = moment_words(until, own.hangout.tz)
        return phrase("A seat to present is yours if you take it until ", when, ".")
    if own.position is not None:
        place = f"You are {ordinal_word(own.position)} on the list for a seat"
        return phrase(f"{place}, with: ", brought) if brought else phrase(f"{place}.")
    if own.is_coming:
        return phrase("You come.")
    return phrase("You said that you can’t come." if own.said_no else "")


def own_buttons(own: Own, now: datetime) -> list[ButtonElement]:
    """Return what somebody in that place can do; nothing once it is over or was called off."""
    hangout, value = own.hangout, str(own.hangout.id)
    if not hangout.is_on or hangout.is_over(now):
        return []
    if not hangout.is_ahead(now):
        return [] if own.is_coming else [_button("Join", JOIN, value)]
    if own.has_seat:
        first = [_button("What I bring", PREPARE, value)]
        return [*first, _button("Give the seat back", GIVE_BACK, value), _cannot(value)]
    if own.is_offered:
        return [*offer_buttons(hangout), _cannot(value)]
    if own.is_waiting:
        first = [_button("What I bring", PREPARE, value)]
        return [*first, _button("Leave the list", GIVE_BACK, value), _cannot(value)]
    present = _button("Present a problem", PRESENT, value)
    if own.is_coming:
        return [present, _cannot(value)]
    join = _button("Join", JOIN, value)
    return [join, present, *([] if own.said_no else [_cannot(value)])]


def invitation_buttons(hangout: Hangout) -> list[ButtonElement]:
    """Return what everybody sees on the invitation."""
    value = str(hangout.id)
    join = ButtonElement(text="Join", action_id=JOIN, value=value, style="primary")
    return [join, _button("Present a problem", PRESENT, value), _cannot(value)]


def offer_buttons(hangout: Hangout) -> list[ButtonElement]:
    """Return the two answers to a seat that is offered."""
    value = str(hangout.id)
    take = ButtonElement(text="Take the seat", action_id=CONFIRM, value=value, style="primary")
    return [take, _button("Not this time", GIVE_BACK, value)]


def _cannot(value: str) -> ButtonElement:
    return _button("Can’t come", CANNOT, value)


def _button(text: str, action_id: str, value: str) -> ButtonElement:
    return ButtonElement(text=text, action_id=action_id, value=value)
