"""What somebody may ask for after `/staffroom digest`.

/staffroom digest             what would be posted now in the community that is meant
/staffroom digest network     leads: what several communities have summed up
"""

from typing import Any

from slack_bolt.async_app import AsyncAck

from handlers.blocks.communities import not_a_word
from handlers.blocks.text import unescape
from handlers.digests.networks import show_networks
from handlers.digests.previewing import show_preview
from handlers.request import Forms, Reply, Where
from models.database import Database
from models.members import Member
from models.time import Clock

OF_NETWORKS = ("network", "networks")


def register(app: Any) -> None:
    app.command("/staffroom", "digest")(answer)


async def answer(
    ack: AsyncAck,
    body: dict[str, Any],
    member: Member,
    where: Where,
    db: Database,
    clock: Clock,
    forms: Forms,
    reply: Reply,
) -> None:
    """Show what is asked for, or name the nearest right form of other words."""
    typed = unescape(str(body.get("text") or "")).strip()
    _, *more = typed.casefold().split()
    if not more:
        await show_preview(ack, member, where, db, clock, reply)
    elif len(more) == 1 and more[0].strip(".!?") in OF_NETWORKS:
        await show_networks(ack, member, db, forms, reply)
    else:
        await ack()
        near = "digest network" if more[0] in OF_NETWORKS else "digest"
        await reply(not_a_word(typed[:100], near))
