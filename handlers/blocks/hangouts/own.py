"""My own place at a hangout: what I said, what I have of the seats, and what I can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import ButtonElement

from handlers.blocks.hangouts.facts import Known, Phrase, moment_words, ordinal_word, phrase
from handlers.blocks.hangouts.ids import CANNOT, CONFIRM, GIVE_BACK, JOIN, PREPARE, PRESENT, SWAP
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
    leads: bool = False

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
            leads=member_id == standing.hangout.facilitator_id,
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
    """Return what somebody who presents or waits for a seat has, in a sentence for them."""
    brought = known.brought(own.signup) if own.signup is not None else phrase()
    if own.is_offered and own.signup is not None:
        return phrase("A seat to present is yours if you take it until ", _until(own), ".")
    if own.position is not None:
        place = f"You are {ordinal_word(own.position)} on the list for a seat"
        return phrase(f"{place}, with: ", brought) if brought else phrase(f"{place}.")
    return phrase("You present: ", brought) if brought else phrase("You present.")


def own_state(own: Own) -> str:
    """Return where somebody stands in a few words; nothing for who has said nothing."""
    if own.has_seat:
        return "You lead and present" if own.leads else "You present"
    if own.leads:
        return "You lead"
    if own.is_offered:
        return "A seat is kept for you"
    if own.position is not None:
        return f"You are {ordinal_word(own.position)} on the list for a seat"
    if own.is_coming:
        return "You come"
    return "You can’t come" if own.said_no else ""


def own_details(own: Own, known: Known) -> Phrase:
    """Return what goes with the state: what they bring, or until when a seat is kept."""
    if own.is_offered and own.signup is not None:
        return phrase("The seat to present is yours if you take it until ", _until(own), ".")
    brought = known.brought(own.signup) if own.signup is not None else phrase()
    return phrase("You bring: ", brought) if brought else brought


def _until(own: Own) -> Phrase:
    signup = own.signup
    until = (signup.offered_until if signup is not None else None) or own.hangout.starts_at
    return moment_words(until, own.hangout.tz)


def own_buttons(own: Own, now: datetime) -> list[ButtonElement]:
    """Return what somebody in that place can do, in three buttons at most.

    Nothing can be done once it is over or was called off.
    """
    hangout, value = own.hangout, str(own.hangout.id)
    if not hangout.is_on or hangout.is_over(now):
        return []
    if not hangout.is_ahead(now):
        return [] if own.is_coming or own.leads else [_button("Join", JOIN, value)]
    out = _button("Ask someone to lead", SWAP, value) if own.leads else _cannot(value)
    if own.is_offered:
        return [*offer_buttons(hangout), out]
    if own.has_seat or own.is_waiting:
        back = "Give the seat back" if own.has_seat else "Leave the list"
        first = _button("What I bring", PREPARE, value)
        return [first, _button(back, GIVE_BACK, value), out]
    present = _button("Present a problem", PRESENT, value)
    if own.is_coming or own.leads:
        return [present, out]
    join = _button("Join", JOIN, value)
    return [join, present, *([] if own.said_no else [out])]


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
