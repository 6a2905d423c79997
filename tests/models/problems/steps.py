"""What many tests of problems do first, and where they look afterwards."""

from typing import Any

from sqlalchemy import select

from models.communities import Community
from models.database import Base, Database
from models.problems import Author, Problem, Standing
from tests.examples import ANA, NOW, a_wording

HIDDEN_ANA = Author(ANA, is_named=False)


async def share(
    db: Database, community: Community, author: Author | None = None, key: str = "V1", **fields: Any
) -> Problem:
    """Share a problem as Ana, unless it is by somebody else; `fields` are its words and `now`."""
    now = fields.pop("now", NOW)
    async with db.begin() as session:
        return await Problem.share(
            session,
            a_wording(**fields),
            author=author or Author(ANA),
            community=community,
            request_key=key,
            now=now,
        )


async def standing(db: Database, problem: Problem) -> Standing:
    async with db() as session:
        return await Standing.of(session, problem)


async def everything_kept(database: Database) -> dict[str, str]:
    """Return the content of every table of the database, by its name."""
    async with database.engine.connect() as connection:
        return {
            table.name: repr((await connection.execute(select(table))).all())
            for table in Base.metadata.sorted_tables
        }
