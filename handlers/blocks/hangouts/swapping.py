"""Swapping: the letter that asks somebody to lead a hangout, and the answers to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from handlers.blocks.hangouts.facts import Phrase, day_and_time, name_of, phrase
from handlers.blocks.hangouts.ids import ACCEPT_SWAP, COMING, DECLINE_SWAP, SWAP
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.text import first_upper
from models.hangouts.hangout import Hangout
from models.hangouts.swaps import Swap, SwapState
from models.my_data import nobody

# The switch of these letters, as Member.muted keeps it.
FACILITATING = "hangouts.facilitating"


def asked_letter(swap: Swap, hangout: Hangout, place: str, names: Mapping[str, str]) -> Message:
    """Ask somebody to lead a hangout; once that is settled, say how.

    `place` is the community's channel, such as #math-circle.
    """
    who, when = first_upper(name_of(swap.asker_id, names)), day_and_time(hangout, bold=True)
    first = phrase(f"{who} asks whether you could lead the hangout in {place} on ", when, ".")
    if swap.state != SwapState.ASKED or not hangout.is_on:
        settled = {
            SwapState.ACCEPTED: "You lead it. Thank you.",
            SwapState.DECLINED: "You can’t this time. That is fine.",
        }.get(SwapState(swap.state), "This was settled in the meantime.")
        return _said([first, phrase(settled)], [])
    more = phrase("If you can’t, that is fine: it stays as it is.")
    value = str(swap.id)
    buttons = [
        ButtonElement(text="I can do it", action_id=ACCEPT_SWAP, value=value, style="primary"),
        ButtonElement(text="I can’t", action_id=DECLINE_SWAP, value=value),
        mute_button(FACILITATING),
    ]
    return _said([first, more], buttons)


def answered_letter(swap: Swap, hangout: Hangout, place: str, names: Mapping[str, str]) -> Message:
    """Tell whoever asked, or was to lead, what the answer is."""
    who = first_upper(name_of(swap.substitute_id, names))
    when = day_and_time(hangout, bold=True)
    if swap.state == SwapState.ACCEPTED:
        line = phrase(f"{who} leads the hangout in {place} on ", when, ".")
        return _said([line], [mute_button(FACILITATING)])
    line = phrase(f"{who} can’t lead the hangout in {place} on ", when, ".")
    again = ButtonElement(text="Ask someone else", action_id=SWAP, value=str(hangout.id))
    return _said([line], [again, mute_button(FACILITATING)])


def leader_wanted_letter(hangout: Hangout, place: str, gone: str) -> Message:
    """Ask who leads from this hangout on; `gone` is the name of who left the channel `place`."""
    left = f"{first_upper(gone)} has left {place}."
    if gone == nobody.NAME:
        left = f"Whoever was to lead in {place} is not here any more."
    first = phrase(
        f"{left} Who leads the hangout of ",
        day_and_time(hangout, bold=True),
        "?",
    )
    more = phrase("/hangout plan sets who leads all those after it.")
    ask = ButtonElement(text="Ask someone to lead", action_id=SWAP, value=str(hangout.id))
    return _said([first, more], [ask, mute_button(FACILITATING)])


def asked(hangout: Hangout, substitute_id: str, names: Mapping[str, str]) -> Message:
    """Return what whoever asked sees."""
    who = first_upper(name_of(substitute_id, names))
    line = phrase(
        f"{who} is asked to lead the hangout on ",
        day_and_time(hangout, bold=True),
        ". I’ll tell you the answer; until then nothing changes.",
    )
    return _said([line], [_coming(hangout)])


def taken_over(hangout: Hangout) -> Message:
    """Return what whoever leads it now sees: a substitute, or a facilitator who took it over."""
    line = phrase("Thank you. You lead the hangout on ", day_and_time(hangout, bold=True), ".")
    more = phrase("The day before I send you who presents what.")
    return _said([line, more], [_coming(hangout)])


def declined() -> Message:
    return _said([phrase("That is fine. I’ll tell whoever asked.")], [])


def _coming(hangout: Hangout) -> ButtonElement:
    return ButtonElement(text="What is coming", action_id=COMING, value=str(hangout.community_id))


def _said(lines: Sequence[Phrase], buttons: Sequence[ButtonElement]) -> Message:
    row = [ActionsBlock(elements=list(buttons))] if buttons else []
    return Message.of([line.text for line in lines], [*[line.block for line in lines], *row])
