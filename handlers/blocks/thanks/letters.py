"""Letters about thanks: to whoever is thanked, and to the giver when these stay between them."""

from __future__ import annotations

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    InteractiveElement,
    OverflowMenuElement,
)

from handlers.blocks.hangouts.facts import Phrase, grey_line, phrase
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.thanks.cards import More
from handlers.blocks.thanks.facts import Facts, line_of, pointed_of, receivers_of
from handlers.blocks.thanks.ids import KEEP_PRIVATE, MORE, thank_button
from models.thanks.posted import RECEIVING


def received_letter(facts: Facts, place: str) -> Message:
    """Tell the reader of `facts` who thanks them, and for what.

    `place` is what the community's channel is called.
    """
    lines = [line_of(facts), *pointed_of(facts)]
    known = [one for one in (facts.thanks.reason or "", seen_words(facts, place)) if one]
    return Message.of(
        [*(line.text for line in lines), phrase(" · ".join(known)).text],
        [*(line.block for line in lines), grey_line(known), _buttons(facts)],
    )


def seen_words(facts: Facts, place: str) -> str:
    """Return who sees these thanks, for one of those whom they are between."""
    if not facts.thanks.is_private:
        return f"everybody in {place} sees this"
    people = [facts.thanks.giver_id, *facts.receiver_ids]
    others = [facts.name(one) for one in people if one != facts.reader_id]
    if len(others) == 1:
        return "only you two see this"
    return f"only you, {', '.join(others[:-1])} and {others[-1]} see this"


def kept_private_letter(facts: Facts) -> Message:
    """Tell the giver kindly that their thanks are not shown to others any more.

    Of several receivers it does not say whose wish it was.
    """
    if len(facts.receiver_ids) == 1:
        told = phrase(receivers_of(facts), " would rather keep your thanks between the two of you.")
    else:
        told = phrase(
            "Your thanks to ",
            receivers_of(facts),
            " stay between you all from now on: some of us like it quiet.",
        )
    after = phrase("The words arrived, and stay with you all. The channel shows them no more.")
    return _told([told, line_of(facts), after])


def _told(lines: list[Phrase]) -> Message:
    return Message.of([line.text for line in lines], [line.block for line in lines])


def _buttons(facts: Facts) -> ActionsBlock:
    thanks = facts.thanks
    elements: list[InteractiveElement] = [
        thank_button(
            "Thank back",
            receiver_ids=[thanks.giver_id],
            back_of_id=thanks.id,
            community_id=thanks.community_id,
            is_private=thanks.is_private,
        )
    ]
    if not thanks.is_private:
        keep = ButtonElement(text="Keep private", action_id=KEEP_PRIVATE, value=str(thanks.id))
        elements.append(keep)
    delete = OverflowMenuElement(action_id=MORE, options=[More.DELETE.option(thanks.id)])
    return ActionsBlock(elements=[*elements, mute_button(RECEIVING), delete])
