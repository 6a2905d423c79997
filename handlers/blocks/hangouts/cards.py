"""The invitation to a hangout, as it stands in the channel: to come, called off or over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import ActionsBlock, Block

from handlers.blocks.hangouts.facts import (
    Known,
    Phrase,
    called_off_words,
    coming_words,
    free_words,
    grey_line,
    heading,
    linked,
    number_word,
    phrase,
)
from handlers.blocks.hangouts.own import invitation_buttons
from handlers.blocks.message import Message
from handlers.blocks.text import bullets, first_upper
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Presenting, Signup
from models.hangouts.standings import HangoutStanding


def invitation(
    standing: HangoutStanding, known: Known, now: datetime, opening: Sequence[Phrase] = ()
) -> Message:
    """Return the invitation as it is now; `opening` is what the community says in its own words."""
    hangout = standing.hangout
    if not hangout.is_on:
        first, why = heading(hangout, known.names), phrase(called_off_words(hangout))
        return Message.of([first.text, why.text], [first.block, why.block])
    if hangout.is_over(now):
        return _afterwards(standing, known)
    ours = phrase(heading(hangout, known.names), ". ", what_we_do(hangout))
    lines = list(opening) or [ours]
    agenda = [_presenter(seat, known) for seat in standing.seats]
    where = phrase("We meet at ", linked(hangout.link or "", hangout.link), ".")
    facts = _facts(standing, known, now)
    blocks: list[Block] = [line.block for line in lines]
    if agenda:
        blocks.append(bullets(*[list(line.pieces) for line in agenda]))
    if hangout.link:
        blocks.append(where.block)
    blocks.append(grey_line(facts))
    if hangout.is_ahead(now):
        blocks.append(ActionsBlock(elements=invitation_buttons(hangout)))
    text = [*[line.text for line in lines], *[f"• {line.text}" for line in agenda]]
    text.append(where.text if hangout.link else "")
    return Message.of([*text, phrase(" ".join(facts)).text], blocks)


def what_we_do(hangout: Hangout) -> Phrase:
    """Return what the time is for, such as "We try wait time, then think about two problems."."""
    many = "one problem" if hangout.slots == 1 else f"up to {number_word(hangout.slots)} problems"
    about = f"think about {many}, {hangout.slot_minutes} minutes each."
    if hangout.slots == 1:
        about = f"think about {many}."
    if not hangout.skill:
        return phrase(f"We {about}")
    return phrase("We try ", phrase(hangout.skill, bold=True), f" first, then {about}")


def _presenter(seat: Signup, known: Known) -> Phrase:
    """Return who presents what; a seat that is only offered names nobody."""
    if seat.presenting == Presenting.OFFERED:
        return phrase("This seat is offered to the next one on the list.")
    who, brought = first_upper(known.name(seat.member_id)), known.brought(seat)
    return phrase(f"{who}: ", brought) if brought else phrase(f"{who} presents.")


def _facts(standing: HangoutStanding, known: Known, now: datetime) -> list[str]:
    hangout = standing.hangout
    if not hangout.is_ahead(now):
        return ["It has begun.", coming_words(standing.coming_ids, known.names)]
    facts = [free_words(standing)]
    if waiting := len(standing.waiting):
        facts.append(f"{first_upper(number_word(waiting))} on the waiting list.")
    facts.append(coming_words(standing.coming_ids, known.names))
    facts.append("" if hangout.link else "In this channel’s huddle.")
    return [fact for fact in facts if fact]


def _afterwards(standing: HangoutStanding, known: Known) -> Message:
    hangout = standing.hangout
    brought = [
        phrase(f"{first_upper(known.name(seat.member_id))}: ", known.brought(seat))
        for seat in standing.seats
        if seat.presenting == Presenting.SEAT and known.brought(seat)
    ]
    tried = phrase("We tried ", phrase(hangout.skill, bold=True)) if hangout.skill else phrase()
    match bool(tried), bool(brought):
        case True, True:
            what = phrase(tried, " and thought about:")
        case True, False:
            what = phrase(tried, ".")
        case False, True:
            what = phrase("We thought about:")
        case _:
            what = phrase("It is over.")
    first = phrase(heading(hangout, known.names, is_over=True), ". ", what)
    blocks: list[Block] = [first.block]
    if brought:
        blocks.append(bullets(*[list(line.pieces) for line in brought]))
    return Message.of([first.text, *[f"• {line.text}" for line in brought]], blocks)
