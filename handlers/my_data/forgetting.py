"""What becomes of things after somebody had everything about them deleted.

(soon)                              letters to colleagues that told of them are taken out of Slack
(days later, by lot and by day)     each thing they shared without their name goes, or all but the
                                    title where colleagues answered
"""

import logging
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.message import Message
from handlers.blocks.posts import deleted_since
from handlers.posts import PostKind
from models.database import Database
from models.my_data.forgetting import letters, problems
from models.my_data.forgetting.letters import FORGOTTEN
from models.posts import Post
from models.time import Clock

logger = logging.getLogger(__name__)


async def forget_nameless(db: Database, clock: Clock, _: AsyncWebClient) -> str:
    """Forget each whose time has come; what goes wrong with one holds up no other.

    How many that were is not said: leads read it, and would know that somebody had all deleted.
    """
    async with db.everywhere()() as session:
        waiting = await problems.waiting(session, clock())
    async with db.everywhere().begin() as session:
        await letters.rename_settled(session)
    failed = 0
    for problem_id, workspace_id in waiting.items():
        try:
            async with db.of(workspace_id).begin() as session:
                await problems.forget_nameless(session, problem_id, clock())
        except Exception:
            logger.exception("Could not forget problem %s", problem_id)
            failed += 1
    return f"{failed} failed" if failed else "done"


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when the words of such a problem go next."""
    return await problems.next_moment(session, now)


async def draw_forgotten(_: AsyncSession, post: Post, __: datetime) -> Message | None:
    """Draw what takes a letter away that named somebody who had everything deleted."""
    return deleted_since() if post.ts is not None else None


POSTS = {FORGOTTEN: PostKind(draw_forgotten, is_optional=True)}
