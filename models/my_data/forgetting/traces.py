"""Traces: letters to and about somebody, drafts, and who changed a setting last."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.digests.customs import DigestCustoms
from models.digests.networks import NetworkDigest
from models.drafts import Draft
from models.my_data.forgetting.letters import FORGOTTEN, take_away
from models.my_data.nobody import put_somebody
from models.posts import Post
from models.wordings.wording import OwnWords

# Keys hold ids between signs that no id has.
_BETWEEN_IDS = re.compile(r"[^A-Za-z0-9]+")


async def forget_traces(session: AsyncSession, member_id: str, now: datetime) -> Counter[str]:
    """Forget what is left besides the things themselves; what is on its way is not sent."""
    drafts = delete(Draft).where(Draft.member_id == member_id).returning(Draft.id)
    gone = Counter({Draft.__tablename__: len((await session.scalars(drafts)).all())})
    gone[Post.__tablename__] = await _forget_letters(session, member_id, now)
    await session.execute(
        update(Post).where(Post.cause_id == member_id).values(cause_id=None),
        execution_options={"synchronize_session": False},
    )
    await put_somebody(
        session,
        *(DigestCustoms.changed_by, OwnWords.changed_by),
        *(NetworkDigest.set_up_by, NetworkDigest.changed_by),
        instead_of=member_id,
    )
    return gone


async def _forget_letters(session: AsyncSession, member_id: str, now: datetime) -> int:
    """Forget letters to them, and take those to others away whose keys name them."""
    # Those forgotten already keep their key as long as they are to be found in Slack by it.
    named = select(Post.id, Post.key).where(
        Post.key.contains(member_id, autoescape=True), Post.kind != FORGOTTEN
    )
    ids = [
        post_id
        for post_id, key in await session.execute(named)
        if member_id in _BETWEEN_IDS.split(key)
    ]
    mine = delete(Post).where(Post.place_id == member_id).returning(Post.id)
    gone = (await session.scalars(mine)).all()
    return len(gone) + await take_away(session, Post.id.in_(ids), now)
