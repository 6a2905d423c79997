"""Helping: what one can do here, and how things stand."""

from typing import Any

from rapidfuzz import process
from slack_bolt.async_app import AsyncAck

from handlers.blocks.communities import Status, help_text, not_a_word, status_text
from handlers.blocks.text import unescape
from handlers.request import Reply, said_in
from models.communities import Community
from models.database import Database
from models.posts import Post
from models.runs import Run
from models.time import Clock

WORDS = ("help", "setup", "settings", "status", "next", "start", "stop")
# rapidfuzz gives 0 to 100; below this a guess is no help.
NEAR_ENOUGH = 60


def register(app: Any) -> None:
    app.command("/staffroom", "status", alone=True)(show_status)
    app.command("/staffroom")(show_help)


async def show_help(ack: AsyncAck, body: dict[str, Any], db: Database, reply: Reply) -> None:
    """Explain what one can do, or name the nearest right form of an unknown word."""
    await ack()
    typed = unescape(str(body.get("text") or "")).strip()
    if typed and typed.casefold() != "help":
        near = process.extractOne(typed.casefold(), WORDS, score_cutoff=NEAR_ENOUGH)
        await reply(not_a_word(typed[:100], near[0] if near else None))
        return
    async with db() as session:
        here = await Community.of_channel(session, said_in(body) or "")
    await reply(help_text(here))


async def show_status(
    ack: AsyncAck, body: dict[str, Any], db: Database, clock: Clock, reply: Reply
) -> None:
    """Tell how the community, the posts and the ticks stand."""
    await ack()
    async with db() as session:
        community = await Community.of_channel(session, said_in(body) or "")
        waiting = await Post.waiting(session, clock())
        failed = await Post.failed(session, community.channel_id if community else None)
        runs = await Run.latest(session)
    await reply(status_text(Status(community, waiting, failed, runs, clock())))
