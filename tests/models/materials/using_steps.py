"""Steps that tests of using, attaching and checking take: what members do, what letters wait."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from models.communities import Community, Membership
from models.database import Database
from models.materials import using
from models.materials.attaching import attach, attached_to
from models.materials.material import About, Material
from models.materials.places import Target, target_of
from models.materials.using import Told
from models.members import Member, Profile
from models.posts import SAID, Post
from models.problems import Problem
from tests.examples import ANA, BEN, CHRIS, NAMES, NOW, a_member


async def people(db: Database, *, gone: Sequence[str] = ()) -> None:
    """Keep Ana, Ben and Chris as members; those who are `gone` have left the workspace."""
    async with db.begin() as session:
        for member_id in (ANA, BEN, CHRIS):
            member = a_member(member_id)
            is_gone = member_id in gone
            member.learn(Profile(name=NAMES[member_id], is_gone=is_gone), NOW)
            session.add(member)


async def facilitates(db: Database, community: Community, *member_ids: str) -> None:
    """Let these members run the community."""
    runs = update(Membership).where(
        Membership.community_id == community.id, Membership.member_id.in_(member_ids)
    )
    async with db.begin() as session:
        await session.execute(runs.values(is_facilitator=True))


async def leaves(db: Database, community: Community, member_id: str) -> None:
    """Let the member leave the community's channel."""
    async with db.begin() as session:
        there = await session.get_one(Community, community.id)
        there.farewell(member_id, NOW)


async def uses(
    db: Database,
    material: Material,
    member_id: str,
    how: str | None = None,
    *,
    pilot_id: int | None = None,
    now: datetime = NOW,
) -> bool:
    """Let the member say that they used it, and return whether that is new."""
    async with db.begin() as session:
        seen = await using.to_use(session, material.id, member_id)
        return await using.use(session, seen, member_id, Told(how, pilot_id), now)


async def letters(db: Database, kind: str) -> Sequence[Post]:
    """Return the letters of that kind, the earliest first."""
    async with db() as session:
        return (
            await session.scalars(select(Post).where(Post.kind == kind).order_by(Post.id))
        ).all()


async def sent(db: Database, post: Post, at: datetime) -> None:
    """Let the letter be said at that moment."""
    async with db.begin() as session:
        row = await session.get_one(Post, post.id)
        row.state, row.said_at = SAID, at


async def now(db: Database, material: Material) -> Material:
    async with db() as session:
        return await session.get_one(Material, material.id)


async def a_kept_problem(db: Database, community: Community, **traits: object) -> Problem:
    """Keep Ben's problem in that community."""
    fields = {
        "community_id": community.id,
        "request_key": "P1",
        "author_id": BEN,
        "title": "Nobody talks in groups",
        "happening": "They wait.",
        "topics": [],
        "shared_at": NOW,
    }
    async with db.begin() as session:
        session.add(problem := Problem(**fields | traits))
    return problem


async def attaches(
    db: Database, material: Material, kind: About, about_id: int, by: str = ANA
) -> Target:
    """Let the member attach the material there."""
    async with db.begin() as session:
        target = await target_of(session, f"{kind}:{about_id}", by)
        await attach(session, material, target, by, NOW)
    return target


async def beside(db: Database, kind: About, about_id: int, reader_id: str = "") -> list[str]:
    """Return the titles of the materials there, as far as the reader sees them."""
    async with db() as session:
        found = await attached_to(session, kind, [about_id], reader_id)
    return [one.title for one in found.get(about_id, [])]


async def member(db: Database, member_id: str) -> Member:
    async with db() as session:
        found = await Member.find(session, member_id)
    assert found is not None
    return found
