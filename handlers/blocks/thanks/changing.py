"""Changing thanks: the form for other words, the question before deleting, and short answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import InputBlock, Option, StaticSelectElement
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField, TickField, carried
from handlers.blocks.hangouts.facts import phrase
from handlers.blocks.message import Message
from handlers.blocks.problems.fields import form, plain_section, warning
from handlers.blocks.request import with_kept
from handlers.blocks.text import plain
from handlers.blocks.thanks.facts import Facts, plain_words_of
from models.student_data import Suspicion
from models.thanks.changing import Deletion, Part
from models.thanks.thanks import Thanks
from models.thanks.wording import EFFECT_LENGTH, TEXT_LENGTH

# What comes back when a form is sent.
EDIT_FORM = "thanks.edit_form"
DELETE_FORM = "thanks.delete_form"

QUOTED = 300
TEXT = TextField(
    name="text",
    label="What for?",
    max_length=TEXT_LENGTH,
    placeholder="for covering my class on Tuesday",
    is_long=True,
)
EFFECT = TextField(
    name="effect",
    label="Because",
    max_length=EFFECT_LENGTH,
    placeholder="I could be with my son",
    hint="What it meant to you, if you like.",
    is_long=True,
    is_optional=True,
)
KEEP_BETWEEN = TickField(
    name="is_private",
    label="Who sees it",
    choice="Keep it between us",
    hint="The channel shows it no more. This stays so.",
)


def edit_form(
    thanks: Thanks,
    reasons: Sequence[str],
    asked_in: str | None,
    typed: Mapping[str, Any] | None = None,
    suspicions: Sequence[Suspicion] = (),
) -> View:
    """Return the form with the words as they are, or with those typed in their place.

    `reasons` are the community's; `asked_in` is the conversation in which somebody asked for it.
    """
    words = {"text": thanks.text, "effect": thanks.effect, "reason": thanks.reason}
    shown = words if typed is None else typed
    who = (
        "Only you and those you thank see it."
        if thanks.is_private
        else "The card and the letters change in place; everybody there sees the new words."
    )
    blocks = [
        plain_section(who),
        *warning(suspicions, shown),
        TEXT.drawn(shown.get("text")),
        EFFECT.drawn(shown.get("effect")),
        _reason([*reasons, thanks.reason or ""], shown.get("reason")),
    ]
    if not thanks.is_private:
        blocks.append(KEEP_BETWEEN.drawn(is_ticked=bool(shown.get("is_private"))))
    metadata = carried(thanks_id=thanks.id, asked_in=asked_in)
    return form(EDIT_FORM, "Say it otherwise", "Save", blocks, metadata)


def _reason(reasons: Sequence[str], chosen: str | None) -> InputBlock:
    """Return the choice among the reasons; one that was taken off the list can stay."""
    options = {one: Option(value=one, text=plain(one)) for one in reasons if one}
    select = StaticSelectElement(
        action_id="reason",
        placeholder=plain("Choose one, or none"),
        options=list(options.values()),
        initial_option=options.get(chosen or ""),
    )
    return InputBlock(block_id="reason", label=plain("Reason"), optional=True, element=select)


def delete_form(deletion: Deletion, asked_in: str | None) -> View:
    """Return the question whether it is meant, because deleting cannot be undone."""
    if deletion.part == Part.OWN:
        told = "You are taken out of these thanks, in your journal as well. The others keep them."
    else:
        told = "These words are deleted for good, in every journal and wherever they stand."
    blocks = [plain_section(told), plain_section(plain_words_of(deletion.thanks, QUOTED))]
    metadata = carried(thanks_id=deletion.thanks.id, asked_in=asked_in)
    return form(DELETE_FORM, "Delete these thanks?", "Delete", blocks, metadata)


def edited(thanks: Thanks, *, was_private: bool) -> Message:
    """Tell the giver where the new words stand."""
    if thanks.is_private and not was_private:
        return _note("Saved. It is between you now; the channel shows it no more.")
    return _note("Saved. Everybody who reads it sees the new words.")


def undone(written: str) -> Message:
    """Tell the giver that nobody reads it any more, and give the words back."""
    told = "Taken back: nobody reads it any more. This is what you wrote."
    return with_kept(_note(told), written)


def deleted(deletion: Deletion) -> Message:
    """Tell whoever deleted it what is gone."""
    if deletion.part == Part.OWN:
        return _note("Done. You are not named in these thanks any more.")
    return _note("Deleted. These words are nowhere any more.")


def kept_private(facts: Facts) -> Message:
    """Tell whoever is thanked that nobody else sees it now."""
    giver = facts.name(facts.thanks.giver_id)
    return _note(
        f"Kept between you. The channel shows nothing of it any more, and {giver} knows, kindly."
    )


def seconded(*, stands: bool) -> Message:
    """Tell a colleague that their name stands on the card, or not any more."""
    if stands:
        return _note("Your name stands on the card. Press once more to take it back.")
    return _note("Taken back: your name is not on the card any more.")


def _note(text: str) -> Message:
    told = phrase(text)
    return Message.of([told.text], [told.block])
