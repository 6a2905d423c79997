"""Remixing: the letter to whoever made what somebody else has built upon."""

from __future__ import annotations

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from handlers.blocks.hangouts.facts import phrase
from handlers.blocks.materials.facts import Known
from handlers.blocks.materials.ids import SHOW
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from models.materials.material import Material
from models.materials.posted import NEWS


def remixed_letter(remix: Material, origin: Material, known: Known) -> Message:
    """Thank the owner in the name of whoever built on their material, and lead there."""
    lines = [
        phrase(
            known.person(remix.owner_id),
            " thanks you: your ",
            known.title(origin),
            " has become ",
            known.title(remix, bold=True),
            ".",
        ),
        phrase("Its card says what it was built on."),
    ]
    buttons = [
        ButtonElement(text="Look closer", action_id=SHOW, value=str(remix.id)),
        mute_button(NEWS),
    ]
    return Message.of(
        [line.text for line in lines],
        [*(line.block for line in lines), ActionsBlock(elements=buttons)],
    )
