"""Spreading: how a practice went from one teacher to the next, as far as the reader may see it.

[How it spread]    a picture by school and day, with the same in words
"""

from typing import Any

from slack_bolt.async_app import AsyncAck

from handlers.blocks.practices.ids import SPREAD
from handlers.blocks.practices.sparks import spread_message
from handlers.request import Reply
from models.database import Database
from models.practices import finding
from models.practices.lineage import Lineage


def register(app: Any) -> None:
    app.action(SPREAD)(show_spread)


async def show_spread(
    ack: AsyncAck, action: dict[str, Any], member_id: str, db: Database, reply: Reply
) -> None:
    """Show who was inspired by whom; what the reader may not see has never been there."""
    await ack()
    async with db() as session:
        practice = await finding.of(session, action.get("value"))
        lineage = await Lineage.of(session, practice, member_id)
    names = {one.member_id: one.name for one in lineage.trials if one.name}
    await reply(spread_message(lineage, names))
