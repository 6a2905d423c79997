"""What a member is told in private: that they come, what they have of the seats, what is next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.blocks.hangouts.calendars import calendar_button
from handlers.blocks.hangouts.facts import (
    Known,
    Phrase,
    day_and_time,
    free_words,
    host,
    ordinal_word,
    phrase,
)
from handlers.blocks.hangouts.own import Own, own_buttons
from handlers.blocks.message import Message
from handlers.blocks.text import first_upper
from models.hangouts.standings import HangoutStanding

HOW_A_SEAT_IS_OFFERED = "If one frees up I offer it to you and give you time to answer."


def in_lines(lines: Sequence[Phrase], buttons: Sequence[ButtonElement]) -> Message:
    """Return a few lines, and the buttons below them; empty lines are left out."""
    said = [line for line in lines if line]
    blocks: list[Block] = [line.block for line in said]
    if buttons:
        blocks.append(ActionsBlock(elements=list(buttons)))
    return Message.of([line.text for line in said], blocks)


def coming_noted(standing: HangoutStanding, own: Own, known: Known, now: datetime) -> Message:
    """Tell somebody that they are expected, and whether a seat to present is free."""
    hangout = standing.hangout
    first = phrase("You come: ", day_and_time(hangout), f", with {host(hangout, known.names)}.")
    if own.leads:
        first = phrase("You lead: ", day_and_time(hangout), ".")
    is_told_of_seats = own.signup is None and hangout.is_ahead(now)
    seats = phrase(free_words(standing) if is_told_of_seats else "")
    calendar = [calendar_button(hangout)] if is_told_of_seats else []
    return in_lines([first, seats], [*own_buttons(own, now), *calendar])


def place_noted(standing: HangoutStanding, own: Own, known: Known, now: datetime) -> Message:
    """Tell somebody who asked to present what they have: a seat, or a place on the list."""
    return in_lines(
        [place_words(standing, own), _what_is_brought(own, known)], own_buttons(own, now)
    )


def place_words(standing: HangoutStanding, own: Own) -> Phrase:
    """Return what somebody has of the seats of a hangout, and how it goes on."""
    hangout = standing.hangout
    if own.position is None:
        return phrase("You have a seat to present: ", day_and_time(hangout), ".")
    return phrase(
        f"{free_words(standing)} You are {ordinal_word(own.position)} on the list for ",
        day_and_time(hangout),
        f". {HOW_A_SEAT_IS_OFFERED}",
    )


def _what_is_brought(own: Own, known: Known) -> Phrase:
    brought = known.brought(own.signup) if own.signup is not None else phrase()
    if brought:
        return phrase("You bring: ", brought)
    return phrase("What you bring can wait a little; one clear question is the best start.")


def prepared(
    standing: HangoutStanding, own: Own, known: Known, now: datetime, *, is_shared: bool
) -> Message:
    """Tell somebody that what they bring is kept; `is_shared` says whether it is a new problem."""
    where = "Everyone sees it on the invitation."
    if own.position is not None:
        where = "Everyone sees it once a seat is yours."
    if is_shared:
        where += " It has a card in the channel as well, so thoughts may come before the hangout."
    lines = [place_words(standing, own), _what_is_brought(own, known), phrase(where)]
    return in_lines(lines, own_buttons(own, now))


def no_noted(before: Own, own: Own, now: datetime) -> Message:
    """Tell somebody that it is noted that they can't come; `before` is what they had."""
    first = phrase("Noted that you can’t come: ", day_and_time(own.hangout), ".")
    more = "Should that change, you are welcome at any time."
    if own.leads:
        more = "You still lead it, until somebody else takes it over."
    if before.has_seat or before.is_offered:
        more = "Your seat goes on to the next one. " + more
    return in_lines([first, phrase(more)], own_buttons(own, now))


def given_back(before: Own, own: Own, now: datetime) -> Message:
    """Tell somebody who holds no seat any more that they still come."""
    if before.has_seat:
        first = "Your seat is free for a colleague. You still come:"
    elif before.is_offered:
        first = "Thank you for saying so; the seat goes on. You still come:"
    elif before.is_waiting:
        first = "You are off the list for a seat. You still come:"
    else:
        first = "You have no seat there. " + ("You come:" if own.is_coming else "It is on:")
    return in_lines([phrase(f"{first} ", day_and_time(own.hangout), ".")], own_buttons(own, now))


def signed_up(standing: HangoutStanding, own: Own, who: str) -> Message:
    """Tell a facilitator what the colleague they signed up has now; `who` is that colleague."""
    hangout, name = standing.hangout, first_upper(who)
    if own.has_seat or own.is_offered:
        first = phrase(f"{name} has a seat to present: ", day_and_time(hangout), ".")
    elif own.position is not None:
        place = f"{free_words(standing)} {name} is {ordinal_word(own.position)} on the list for "
        first = phrase(place, day_and_time(hangout), ".")
    else:
        first = phrase(f"{name} is expected: ", day_and_time(hangout), ".")
    return in_lines([phrase(first, " I tell them.")], [])
