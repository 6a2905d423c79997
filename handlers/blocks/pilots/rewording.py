"""What is said when a message changes that a value came with."""

from __future__ import annotations

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from handlers.blocks.hangouts.facts import phrase
from handlers.blocks.message import Message
from handlers.blocks.pilots.observations import EDIT_VALUE, UNDO_VALUE, value_line
from models.pilots.observation import Observation
from models.pilots.pilot import Pilot


def value_stays(pilot: Pilot, observation: Observation, why: str) -> Message:
    """Tell that a value stays although the message it came with is not the same any more."""
    told = phrase(
        f"{why} Your value for ",
        phrase(pilot.own_name, bold=True),
        " stays: ",
        value_line(pilot, observation),
        ".",
    )
    buttons = [
        ButtonElement(text="Edit", action_id=EDIT_VALUE, value=str(observation.id)),
        ButtonElement(text="Take it back", action_id=UNDO_VALUE, value=str(observation.id)),
    ]
    return Message.of(
        [told.text], [told.block, ActionsBlock(block_id=UNDO_VALUE, elements=buttons)]
    )
