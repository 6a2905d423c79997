"""What tests of the tool belt do first, and where they look afterwards."""

from typing import Any

from sqlalchemy import select

from models.database import Database
from models.practices import editing, finding
from models.practices.practice import Practice
from models.practices.stocking import stock
from models.practices.wording import PracticeWording
from tests.examples import ANA, NOW
from tests.world import WORKSPACE


def a_practice_wording(**typed: Any) -> PracticeWording:
    """Return the words of a practice as somebody types them into the form."""
    return PracticeWording.of(
        **{
            "name": "Ticket out",
            "what": "One question at the end of the lesson.",
            "steps": "Ask one question.\nCollect the slips.",
        }
        | typed
    )


async def add(db: Database, key: str = "V1", by: str = ANA, **typed: Any) -> Practice:
    async with db.begin() as session:
        return await editing.add(
            session, a_practice_wording(**typed), member_id=by, request_key=key, now=NOW
        )


async def stocked(db: Database) -> None:
    async with db.begin() as session:
        await stock(session, WORKSPACE, NOW)


async def all_practices(db: Database) -> list[Practice]:
    async with db() as session:
        return list(await session.scalars(select(Practice).order_by(Practice.id)))


async def named(db: Database, words: str) -> list[str]:
    """Return what a name leads to: one practice, or those it may be."""
    async with db() as session:
        found = await finding.by_name(session, words)
    return [found.name] if isinstance(found, Practice) else [f"{one.name}?" for one in found]


async def found(db: Database, words: str) -> list[str]:
    async with db() as session:
        page = await finding.found(session, words, 0)
    return [one.name for one in page.practices]
