"""Drawing a digest: one that stands is drawn also where its community rests."""

from datetime import timedelta

import pytest

from handlers.digests.weekly import draw_digest
from models.digests.posted import WEEKLY
from models.my_data.erasing import erase
from models.posts import Post
from tests.examples import ANA, HOUR
from tests.models.digests.week import a_circle, posts_of
from tests.models.digests.weekly_steps import FRIDAY, asks, change_community, issued, wants


@pytest.mark.parametrize("stands", [True, False])
async def test_a_digest_elsewhere_forgets_who_is_gone_though_its_community_is_archived(db, stands):
    circle = await a_circle(db, tz="America/Denver")
    chosen = await wants(db, circle, channel_id="C0LOUNGE")
    await asks(db, circle, title="Named heron")
    await issued(db, chosen, FRIDAY)
    [post] = await posts_of(db, WEEKLY)
    if stands:
        async with db.begin() as session:
            row = await session.get_one(Post, post.id)
            row.was_said("C0LOUNGE", "1.5", drawn=0, now=FRIDAY)
    await change_community(db, circle, archived_at=FRIDAY + HOUR)

    async with db.begin() as session:
        await erase(session, ANA, request_key="form:1", now=FRIDAY + timedelta(days=1))

    async with db() as session:
        row = await session.get_one(Post, post.id)
        drawn = await draw_digest(session, row, FRIDAY + timedelta(days=2))
    assert (row.redraw_at is not None) is stands
    assert (drawn is not None) is stands
    assert drawn is None or "heron" not in drawn.text
