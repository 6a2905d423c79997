"""Someone in the workspace: they type, press, fill in forms, come and go."""

from __future__ import annotations

from bot.sandbox.filling import Filling
from bot.sandbox.hands import Reply
from bot.sandbox.moving import Moving
from bot.sandbox.pressing import Pressing
from bot.sandbox.writing import Writing

__all__ = ["Person", "Reply"]


class Person(Writing, Pressing, Filling, Moving):
    """A person with hands; all they do reaches the bot over its real socket.

    What Slack's own window would not let them do raises Refused; what goes wrong afterwards is in
    the Reply.
    """
