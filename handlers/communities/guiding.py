"""Guiding: from a channel that was just set up to a community that runs, a form after another.

(a channel is set up)    a letter to whoever did it: hangouts, the digest, thanks
[Later]                  the next step; what is chosen shows in the letter by itself
"""

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.communities.guiding import guide_letter
from handlers.blocks.communities.ids import LATER
from handlers.blocks.message import Message
from handlers.looking_after import looked_after
from handlers.posts import PostKind
from models import guides
from models.communities import Community
from models.database import Database
from models.errors import NotHereError
from models.guides import GUIDE, Step
from models.members import Member
from models.posts import Post
from models.time import Clock

TO_GUIDE = "choose how the community runs"


def register(app: Any) -> None:
    app.action(LATER)(put_off)


async def put_off(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, clock: Clock
) -> None:
    """Go on with the next step; the letter shows it."""
    await ack()
    number, _, step = str(action.get("value") or "").partition(":")
    if step not in list(Step):
        raise NotHereError("I do not know that step. /staffroom settings shows all there is.")
    async with db.begin() as session:
        community = await looked_after(session, number, member, TO_GUIDE)
        await guides.put_off(session, community.id, Step(step), clock())


async def draw_guide(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the letter as things are now."""
    community = await session.get(Community, post.about_id or 0)
    if community is None or community.archived_at is not None:
        return None
    return guide_letter(await guides.guide_of(session, community))


POSTS = {GUIDE: PostKind(draw_guide)}
