"""Letters about seats: one is free for you, it went on to the next, a colleague signed you up."""

from __future__ import annotations

from datetime import datetime

from handlers.blocks.hangouts.answers import in_lines
from handlers.blocks.hangouts.facts import (
    Known,
    day_and_time,
    host,
    moment_words,
    ordinal_word,
    phrase,
)
from handlers.blocks.hangouts.own import Own, offer_buttons, own_buttons
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.text import first_upper
from models.hangouts.hangout import Hangout

# The switches of these letters, as Member.muted keeps them.
SEATS, CHANGES = "hangouts.seats", "hangouts.changes"


def offer_letter(own: Own, until: datetime, known: Known) -> Message:
    """Offer somebody the seat that was freed, and say until when it is kept for them."""
    hangout = own.hangout
    brought = known.brought(own.signup) if own.signup is not None else phrase()
    lines = [
        phrase(
            "A seat to present is free for you: ",
            day_and_time(hangout, bold=True),
            f", with {host(hangout, known.names)}.",
        ),
        phrase("You wanted to bring: ", brought) if brought else phrase(),
        phrase("I keep it for you until ", moment_words(until, hangout.tz), "."),
    ]
    return in_lines(lines, [*offer_buttons(hangout), mute_button(SEATS)])


def offer_answered(own: Own) -> Message:
    """Return what stands in place of an offer that was answered, or that has run out."""
    hangout = own.hangout
    if not hangout.is_on:
        said = phrase("This hangout was called off: ", day_and_time(hangout), ".")
    elif own.has_seat:
        said = phrase("You took the seat to present: ", day_and_time(hangout), ".")
    else:
        said = phrase("A seat was free for you and went on: ", day_and_time(hangout), ".")
    return in_lines([said], [])


def lapse_letter(own: Own, now: datetime) -> Message:
    """Tell somebody that the seat they did not confirm went on; they still come."""
    line = phrase(
        "The seat I kept for you went on to the next one, because the time was up. "
        "You still come: ",
        day_and_time(own.hangout),
        ".",
    )
    return in_lines([line], [*own_buttons(own, now), mute_button(SEATS)])


def signed_up_letter(own: Own, known: Known, by: str, now: datetime) -> Message:
    """Tell somebody that a facilitator signed them up; `by` is who did."""
    hangout: Hangout = own.hangout
    who = first_upper(known.name(by))
    if own.has_seat:
        what = f"{who} signed you up to present: "
    elif own.position is not None:
        what = f"{who} put you {ordinal_word(own.position)} on the list for a seat to present: "
    else:
        what = f"{who} signed you up for a hangout: "
    brought = known.brought(own.signup) if own.signup is not None else phrase()
    lines = [
        phrase(what, day_and_time(hangout), "."),
        phrase("With: ", brought) if brought else phrase(),
        phrase("If that does not suit you, one press is enough."),
    ]
    return in_lines(lines, [*own_buttons(own, now), mute_button(CHANGES)])
