"""Where tests of thanks take place, and thanks that are there already."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from models.communities import Community
from models.database import Database
from models.posts import SAID, Post
from models.thanks import telling
from models.thanks.thanks import Receiver, Second, Thanks
from tests.examples import BEN, NOW, a_community, a_member, a_thanks

DANA = "U0DANA"


async def a_circle(db: Database, **traits: Any) -> Community:
    """Keep the math circle of Ana, Ben and Chris, or another community."""
    async with db.begin() as session:
        session.add(community := a_community(**traits))
    return community


async def a_kept_thanks(
    db: Database, community: Community, *, to: Sequence[str] = (BEN,), **traits: Any
) -> Thanks:
    """Keep Ana's thanks to Ben, or others, and all that is to be said of them."""
    number = traits.pop("number", 1)
    traits = {"community_id": community.id, "request_key": f"T{number}"} | traits
    async with db.begin() as session:
        session.add(thanks := a_thanks(**traits))
        await session.flush()
        for member_id in to:
            session.add(Receiver(thanks_id=thanks.id, member_id=member_id))
            await session.flush()
        await telling.announce(session, thanks, community, NOW)
    return thanks


async def people(db: Database, *member_ids: str, **traits: Any) -> None:
    """Let the bot know these people by name."""
    async with db.begin() as session:
        session.add_all(a_member(one, **traits) for one in member_ids)


async def now(db: Database, thanks: Thanks) -> Thanks:
    async with db() as session:
        return await session.get_one(Thanks, thanks.id)


async def posts(db: Database) -> dict[str, Post]:
    """Return everything that is to be said, by its key."""
    async with db() as session:
        return {post.key: post for post in await session.scalars(select(Post).order_by(Post.id))}


async def all_said(db: Database) -> None:
    """Let everything that is to be said stand in Slack."""
    async with db.begin() as session:
        for post in await session.scalars(select(Post)):
            post.was_said(post.place_id, f"{post.id}.0", drawn=post.wanted, now=NOW)
            assert post.state == SAID


async def seconders(db: Database, thanks: Thanks) -> list[tuple[str, str]]:
    """Return who seconds it and how."""
    query = select(Second).where(Second.thanks_id == thanks.id).order_by(Second.id)
    async with db() as session:
        return [(one.member_id, one.by) for one in await session.scalars(query)]


async def receivers(db: Database, thanks: Thanks) -> list[str]:
    query = select(Receiver.member_id).where(Receiver.thanks_id == thanks.id)
    async with db() as session:
        return list(await session.scalars(query.order_by(Receiver.id)))
