"""How a nudge looks: what two colleagues did together, and a way to say thanks, or not."""

from __future__ import annotations

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from handlers.blocks.hangouts.answers import in_lines
from handlers.blocks.hangouts.facts import Phrase, grey_line, linked, phrase
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.text import excerpt
from handlers.blocks.thanks.ids import thank_button
from models.thanks.colleagues import Colleague
from models.thanks.pointing import Pointer
from models.thanks.posted import IDEAS
from models.thanks.thanks import About

NOT_NOW = "thanks.not_now"
TITLE_LENGTH = 80
ASKED = "Is there something you would like to thank {name} for? One sentence is plenty."
PRIVATELY = "Only you see this."


def nudge_letter(
    colleague: Colleague, name: str, pointer: Pointer | None, nudge_id: int
) -> Message:
    """Name one colleague and what was done together; `pointer` leads to it where it can be seen."""
    lines = [_together(colleague, name, pointer), phrase(ASKED.format(name=name))]
    start = thank_button(
        receiver_ids=[colleague.member_id],
        about_kind=colleague.why_kind if pointer else None,
        about_id=colleague.why_id if pointer else None,
        community_id=colleague.community_id,
    )
    later = ButtonElement(text="Not now", action_id=NOT_NOW, value=str(nudge_id))
    return Message.of(
        [*(line.text for line in lines), PRIVATELY],
        [
            *(line.block for line in lines),
            grey_line([PRIVATELY]),
            ActionsBlock(elements=[start, later, mute_button(IDEAS)]),
        ],
    )


def _together(colleague: Colleague, name: str, pointer: Pointer | None) -> Phrase:
    who = phrase(name, bold=True)
    if pointer is None:
        return phrase("You and ", who, " have worked together lately.")
    what = linked(excerpt(pointer.title, TITLE_LENGTH), pointer.url)
    match colleague.why_kind:
        case About.PROBLEM:
            return phrase(who, " thought along with your problem ", what, ".")
        case About.HANGOUT:
            return phrase("You and ", who, " were both at the ", what, ".")
        case About.PILOT:
            return phrase(who, "’s pilot ", what, " inspired one of yours.")
        case About.MATERIAL:
            return phrase("You used ", who, "’s material ", what, ".")


def left_in_peace() -> Message:
    """Tell that nothing more comes of it; whom it was about is no matter for an answer."""
    return in_lines([phrase("All right. I leave it there.")], [])
