"""Pictures: how a message gets the chart that belongs into it, if Slack can have it now."""

from typing import Protocol

from handlers.blocks.message import Message, Picture


class Pictures(Protocol):
    """Brings pictures into messages; bot/pictures.py does so."""

    async def shown_in(self, message: Message) -> Message:
        """Return the message with its picture, or without when it cannot be had. Never raises."""

    async def was_refused(self, picture: Picture) -> None:
        """Send the picture up anew next time, for Slack did not take a message with it."""
