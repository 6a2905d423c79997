"""Several thanks at the same moment, and who is welcomed by them."""

import asyncio

from handlers.thanks.saying import Request, Said, say
from models.communities import Community
from models.thanks.wording import Wording
from tests.examples import BEN, NOW, a_member
from tests.models.thanks.kindness import DANA, a_circle, people

NEWCOMER = a_member(DANA)


async def says(db, community, key: str) -> Said:
    request = Request(
        giver=NEWCOMER,
        receivers=[a_member(BEN)],
        wording=Wording.of(text="for waiting for me"),
        community_id=community.id,
        is_private=False,
        key=key,
    )
    async with db.begin() as session:
        return await say(session, request, NOW)


async def test_the_first_words_of_a_newcomer_may_be_three_at_once(db):
    circle = await a_circle(db)
    await people(db, BEN, DANA)

    said = await asyncio.gather(*[says(db, circle, f"T{number}") for number in range(3)])

    assert [one.is_new for one in said] == [True, True, True]
    async with db() as session:
        row = await session.get_one(Community, circle.id)
        assert [one.member_id for one in row.memberships].count(DANA) == 1
