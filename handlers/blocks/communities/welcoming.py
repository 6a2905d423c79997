"""How the welcome looks: one short private letter to somebody new, with three things to try."""

from __future__ import annotations

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from handlers.blocks.communities.setting_up import SHARE
from handlers.blocks.hangouts.facts import grey_line
from handlers.blocks.hangouts.ids import COMING
from handlers.blocks.message import Message
from handlers.blocks.text import escape, section
from handlers.blocks.thanks.ids import thank_button
from models.communities import Community

THINGS = (
    "Bring a question from your classroom, such as _How do I get quiet students to talk?_ One "
    "sentence is enough.",
    "See when colleagues meet next, and say that you come.",
    "Thank somebody for something small, in public or just between you.",
)
PRIVATELY = (
    "Only you see this, and I write it once. Say stop and I write nothing unasked; "
    "/staffroom settings chooses what I may write"
)


def welcome(community: Community) -> Message:
    """Return the welcome to somebody who has just come to that community."""
    text = (
        f"Welcome to *{escape(community.name)}* (<#{community.channel_id}>). I help colleagues "
        "there think about their teaching together. Three things to try, whenever you like:\n"
        + "\n".join(f"• {thing}" for thing in THINGS)
    )
    coming = ButtonElement(text="What is coming", action_id=COMING, value=str(community.id))
    buttons = [
        ButtonElement(text="Share a problem", action_id=SHARE, value=""),
        coming,
        thank_button(community_id=community.id),
    ]
    return Message.of(
        [text, PRIVATELY], [section(text), ActionsBlock(elements=buttons), grey_line([PRIVATELY])]
    )
