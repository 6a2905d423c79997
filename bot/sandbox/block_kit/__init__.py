"""What Slack would refuse of a message, a form or a home, said before anyone sees it."""

from bot.sandbox.block_kit.manners import check_manners
from bot.sandbox.block_kit.messages import check_message, check_suggestions
from bot.sandbox.block_kit.schema import Fault
from bot.sandbox.block_kit.views import check_view

__all__ = ["Fault", "check_manners", "check_message", "check_suggestions", "check_view"]
