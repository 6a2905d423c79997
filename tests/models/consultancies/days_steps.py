"""Steps that tests of consultancies over some days take, and where they look afterwards."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models.communities import Community
from models.consultancies import asynchronous, moving_on
from models.consultancies.consultancy import Consultancy
from models.database import Database
from models.posts import Post
from models.problems import Author, Problem
from models.problems.posted import post_card
from tests.examples import ANA, MATH_CIRCLE, a_community
from tests.models.problems.steps import share
from tests.world import WORKSPACE


def at(local: str, tz: str = "America/Denver") -> datetime:
    """Return a moment from its local date and time, such as 2026-11-17 09:00."""
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(tz))


@dataclass(frozen=True)
class Thread:
    """A problem with its thread, in which colleagues think over some days."""

    db: Database
    problem: Problem
    community: Community

    async def begins(self, now: datetime) -> Consultancy:
        async with self.db.begin() as session:
            problem = await session.get_one(Problem, self.problem.id)
            community = await session.get_one(Community, self.community.id)
            return await asynchronous.begin(session, problem, community, now)

    async def looks(self, now: datetime) -> None:
        """Do what the tick does for what is due."""
        async with self.db.everywhere()() as session:
            found = await moving_on.due(session, now, 10)
        for one in found:
            async with self.db.of(one.workspace_id).begin() as session:
                if (held := await moving_on.held(session, one.id)) is not None:
                    await moving_on.move_on(session, held, now)

    async def ends(self, now: datetime) -> bool:
        async with self.db.begin() as session:
            problem = await session.get_one(Problem, self.problem.id)
            return await asynchronous.end(session, problem, now)

    async def is_resolved(self, now: datetime) -> None:
        async with self.db.begin() as session:
            problem = await session.get_one(Problem, self.problem.id)
            problem.resolve("Writing first helps.", now)

    async def posts(self, kind: str) -> list[Post]:
        async with self.db() as session:
            query = select(Post).where(Post.kind == kind).order_by(Post.id)
            return list(await session.scalars(query))

    async def said(self) -> list[str]:
        """Return which steps the thread was to hear, in this order."""
        return [post.key.rpartition(":")[2] for post in await self.posts(moving_on.ASYNC_STEP)]

    async def all(self) -> list[Consultancy]:
        async with self.db() as session:
            return list(await session.scalars(select(Consultancy).order_by(Consultancy.id)))


async def a_thread(
    db: Database,
    *,
    tz: str = "America/Denver",
    is_named: bool = True,
    workspace_id: str = WORKSPACE,
) -> Thread:
    """Return a problem of Ana with its card, in a community of that zone."""
    db = db.of(workspace_id)
    async with db.begin() as session:
        community = await Community.of_channel(session, MATH_CIRCLE)
        if community is None:
            session.add(community := a_community(tz=tz, workspace_id=workspace_id))
    problem = await share(db, community, Author(ANA, is_named=is_named), key=f"V{is_named}")
    async with db.begin() as session:
        await post_card(session, problem, community)
    return Thread(db, problem, community)
