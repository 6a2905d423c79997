"""A Slack on this computer, for tests, the demo and anyone who develops."""

from bot.sandbox.people import Person, Reply
from bot.sandbox.places import Channel, User
from bot.sandbox.refusals import Refused
from bot.sandbox.workspace import Workspace

__all__ = ["Channel", "Person", "Refused", "Reply", "User", "Workspace"]
