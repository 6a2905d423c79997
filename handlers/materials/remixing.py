"""Remixing: something new is made of a material, and its owner hears of it.

[Remix]             the form to save a material, which then says what it was built on
(it is saved)       whoever made what it was built on is thanked for it, if they may see it
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.materials.checking import withdrawn_letter
from handlers.blocks.materials.ids import REMIX, SAVE, save_value
from handlers.blocks.materials.remixing import remixed_letter
from handlers.blocks.message import Message
from handlers.materials.drawing import known_of
from handlers.posts import PostKind
from handlers.request import Again
from models.database import Database
from models.materials.finding import seen_by
from models.materials.posted import NEWS, REMIXED
from models.materials.remixing import told_remix
from models.posts import Post


def register(app: Any) -> None:
    app.action(REMIX)(remix)


async def remix(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    member_id: str,
    db: Database,
    again: Again,
) -> None:
    """Open the form to save what was made of it, as if its own button had been pressed."""
    await ack()
    async with db() as session:
        material = await seen_by(session, action.get("value"), member_id)
    kept = {name: action[name] for name in ("block_id", "action_ts") if name in action}
    value = save_value(remix_of_id=material.id)
    pressed = kept | {"type": "button", "action_id": SAVE, "value": value}
    await again(body | {"actions": [pressed]})


async def draw_remixed(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the thanks, unless either is gone or out of its reader's sight by now."""
    told = await told_remix(session, post)
    if told is None:
        return withdrawn_letter() if post.ts is not None else None
    new, origin = told
    return remixed_letter(new, origin, await known_of(session, [new, origin], post.place_id))


POSTS = {REMIXED: PostKind(draw_remixed, switch=NEWS)}
