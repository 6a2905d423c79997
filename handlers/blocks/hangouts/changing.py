"""Changing a hangout: its small forms, and what their sender sees."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    DateTimePickerElement,
    InputBlock,
    Option,
    SectionBlock,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField
from handlers.blocks.hangouts.facts import (
    Phrase,
    day_and_time,
    local_day_and_time,
    number_word,
    phrase,
)
from handlers.blocks.hangouts.ids import CALL_OFF, COMING, GIVE_IT_AGAIN, MOVE, SWAP
from handlers.blocks.message import Message
from handlers.blocks.text import excerpt, first_upper, plain
from models.hangouts.hangout import WHY_LENGTH, Hangout

OPTION_LENGTH, OPTIONS_AT_MOST = 75, 100
WHY = TextField(
    name="called_off_why",
    label="Why?",
    max_length=WHY_LENGTH,
    placeholder="Parent evening at two of our schools",
    hint="Everyone reads it beside the date. It may stay empty.",
    is_optional=True,
)


def move_form(hangouts: Sequence[Hangout], chosen: Hangout, *, is_sure: bool = False) -> View:
    """Return the form that moves one of the hangouts; `chosen` is the one it begins with.

    With `is_sure` it is about that one alone and begins with its time. Otherwise no time is given:
    that of the hangout that was chosen first would stay for another one.
    """
    start = int(chosen.starts_at.timestamp()) if is_sure else None
    when = InputBlock(
        block_id="starts_at",
        label="New day and time",
        hint=plain("As your own clock shows it. Everyone else sees it by theirs."),
        element=DateTimePickerElement(action_id="starts_at", initial_date_time=start),
    )
    return _form(
        MOVE, "Move a hangout", "Move", [_which([chosen] if is_sure else hangouts, chosen), when]
    )


def call_off_form(hangouts: Sequence[Hangout], chosen: Hangout) -> View:
    """Return the form that calls one of the hangouts off."""
    return _form(
        CALL_OFF, "Call a hangout off", "Call off", [_which(hangouts, chosen), WHY.drawn()]
    )


def swap_form(hangouts: Sequence[Hangout], chosen: Hangout, substitute_id: str | None) -> View:
    """Return the form that asks somebody to lead one of the hangouts."""
    who = InputBlock(
        block_id="substitute_id",
        label="Who could lead it?",
        hint=plain("They can accept or decline. Until they accept, nothing changes."),
        element=UserSelectElement(action_id="substitute_id", initial_user=substitute_id),
    )
    return _form(SWAP, "Ask someone to lead", "Ask", [_which(hangouts, chosen), who])


_SENTENCES = {
    MOVE: "The schedule shows the new time at once, and everyone who signed up gets a message.",
    CALL_OFF: "It stays on the schedule, struck through. Everyone who signed up gets a message.",
    SWAP: "Only the person you ask gets a message. Once they accept, everyone who signed up does.",
}


def _form(callback_id: str, title: str, submit: str, blocks: Sequence[Block]) -> View:
    return View(
        type="modal",
        callback_id=callback_id,
        title=title,
        submit=submit,
        close="Not now",
        blocks=[SectionBlock(text=plain(_SENTENCES[callback_id])), *blocks],
    )


def _which(hangouts: Sequence[Hangout], chosen: Hangout) -> InputBlock:
    options = [_option(hangout) for hangout in hangouts[:OPTIONS_AT_MOST]]
    element = StaticSelectElement(
        action_id="hangout_id", options=options, initial_option=_option(chosen)
    )
    return InputBlock(block_id="hangout_id", label="Which hangout?", element=element)


def _option(hangout: Hangout) -> Option:
    return Option(value=str(hangout.id), text=excerpt(local_day_and_time(hangout), OPTION_LENGTH))


def moved(hangout: Hangout, told: int) -> Message:
    """Return what whoever moved it sees; `told` is how many others get a message."""
    first = phrase("Moved to ", day_and_time(hangout, bold=True), ". ", _told(told))
    return _answer(first, [_coming(hangout)])


def called_off(hangout: Hangout, told: int) -> Message:
    """Return what whoever called it off sees, with the way back."""
    first = phrase(day_and_time(hangout), " is called off. It stays listed. ", _told(told))
    return _answer(first, [restore_button(hangout), _coming(hangout)])


def restored(hangout: Hangout, told: int) -> Message:
    """Return what whoever gave it back sees."""
    first = phrase(day_and_time(hangout, bold=True), " takes place after all. ", _told(told))
    return _answer(first, [_coming(hangout)])


def restore_button(hangout: Hangout) -> ButtonElement:
    """Return the button that lets a hangout which was called off take place after all."""
    return ButtonElement(text="Hold it after all", action_id=GIVE_IT_AGAIN, value=str(hangout.id))


def _told(count: int) -> str:
    if not count:
        return "Nobody else had signed up, so nobody gets a message."
    who = first_upper(number_word(count))
    return f"{who} {'colleague gets' if count == 1 else 'colleagues get'} a message."


def _coming(hangout: Hangout) -> ButtonElement:
    return ButtonElement(text="What is coming", action_id=COMING, value=str(hangout.community_id))


def _answer(first: Phrase, buttons: Sequence[ButtonElement]) -> Message:
    return Message.of([first.text], [first.block, ActionsBlock(elements=list(buttons))])
