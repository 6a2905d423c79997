"""How helpers are suggested: their names, and one button that opens the form for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from handlers.blocks.hangouts.facts import Phrase, grey_line, linked, name_of, phrase
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.text import excerpt
from handlers.blocks.thanks.facts import joined
from handlers.blocks.thanks.ids import thank_button
from models.thanks.pointing import Pointer
from models.thanks.posted import IDEAS
from models.thanks.suggesting import Suggestion
from models.thanks.thanks import About

# Opens the form for those who were at a hangout; its value is the hangout's number.
FOR_HANGOUT = "thanks.for_hangout"
TITLE_LENGTH = 80
YOU_CHOOSE = "Nothing is sent before you write it; take out in the form whom you do not mean."


def after_hangout(
    suggestion: Suggestion, names: Mapping[str, str], pointer: Pointer | None
) -> Message:
    """Name who was there when this member presented, as far as that is known."""
    what = (
        linked(excerpt(pointer.title, TITLE_LENGTH), pointer.url) if pointer else phrase("hangout")
    )
    people = _people(suggestion, names)
    first = phrase(people, " thought along with you at the ", what, ".")
    if not suggestion.is_certain:
        first = phrase("You presented at the ", what, ". ", people, " may have thought along.")
    return _letter(first, suggestion)


def nobody_to_thank() -> Message:
    """Answer a presenter who is a little late, or was not there after all."""
    line = phrase(
        "As far as I know there is nobody left to thank for that hangout. `/thanks` says a kind "
        "word to anybody, at any time."
    )
    return Message.of([line.text], [line.block])


def after_resolving(
    suggestion: Suggestion, names: Mapping[str, str], title: str, url: str | None
) -> Message:
    """Name who helped with a problem of this member that a colleague resolved."""
    about = linked(excerpt(title, TITLE_LENGTH), url)
    first = phrase(_people(suggestion, names), " thought along with your problem ", about, ".")
    return _letter(first, suggestion)


def helped_line(suggestion: Suggestion, names: Mapping[str, str]) -> Phrase:
    """Return who helped, for the answer to whoever resolved their own problem."""
    return phrase(_people(suggestion, names), " thought along with you.")


def helpers_button(suggestion: Suggestion) -> ButtonElement:
    """Return the button that opens the form for all of them.

    Who was at a hangout is asked once more on the press: many say so only after the letter.
    """
    if suggestion.about_kind == About.HANGOUT:
        return ButtonElement(
            text="Say thanks", action_id=FOR_HANGOUT, value=str(suggestion.about_id)
        )
    return thank_button(
        "Say thanks" if len(suggestion.member_ids) == 1 else "Thank those who helped",
        receiver_ids=suggestion.member_ids,
        about_kind=suggestion.about_kind,
        about_id=suggestion.about_id,
        community_id=suggestion.community_id,
        is_private=suggestion.is_private,
    )


def _letter(first: Phrase, suggestion: Suggestion) -> Message:
    asked = phrase("Would you like to say thanks? One sentence is plenty.")
    lines: Sequence[Phrase] = [first, asked]
    return Message.of(
        [*(line.text for line in lines), YOU_CHOOSE],
        [
            *(line.block for line in lines),
            grey_line([YOU_CHOOSE]),
            ActionsBlock(elements=[helpers_button(suggestion), mute_button(IDEAS)]),
        ],
    )


def _people(suggestion: Suggestion, names: Mapping[str, str]) -> Phrase:
    return joined([phrase(name_of(one, names), bold=True) for one in suggestion.member_ids])
