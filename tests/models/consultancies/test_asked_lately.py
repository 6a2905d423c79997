"""What somebody was asked about their next steps, for their own page."""

import pytest

from models.consultancies.afterwards import FOLLOW_UP, asked_lately
from models.posts import Post
from tests.examples import ANA, BEN, DAY, NOW
from tests.models.digests.week import a_circle


async def a_question(db, member_id, number, asked_at):
    async with db.begin() as session:
        key = f"{FOLLOW_UP}:{number}:0"
        post = await Post.add(
            session, key, member_id, kind=FOLLOW_UP, due_at=asked_at, about_id=number
        )
        post.was_said("D1", f"{number}.1", drawn=0, now=asked_at)


@pytest.mark.parametrize(("limit", "shown"), [(1, [4]), (9, [4, 1])])
async def test_my_own_questions_of_the_last_two_weeks_come_newest_first(db, limit, shown):
    await a_circle(db)
    for number, (member_id, days) in enumerate([(ANA, 9), (BEN, 1), (ANA, 15), (ANA, 2)], 1):
        await a_question(db, member_id, number, NOW - days * DAY)

    async with db() as session:
        posts = await asked_lately(session, ANA, NOW, limit)

    assert [one.about_id for one in posts] == shown
