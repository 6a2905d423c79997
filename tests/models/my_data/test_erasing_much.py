"""Many years' work is erased as a whole, not piece by piece: meanwhile nobody else can write."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models.database import Database
from models.hangouts.series import Series
from models.hangouts.signup import Signup
from models.my_data.erasing import erase
from models.pilots.pilot import Pilot
from models.posts import SAID, Post
from models.problems import Reply
from models.thanks.thanks import Receiver
from tests.examples import (
    ANA,
    BEN,
    CHRIS,
    NOW,
    a_community,
    a_hangout,
    a_material,
    a_member,
    a_pilot,
    a_problem,
    a_series,
    a_thanks,
)
from tests.models.digests.weekly_steps import questions_counted

FEW, MANY = 2, 12
# What cannot be done for many at once: what an answered problem is found by, a material's lineage,
# a pilot's later cycles and those that it inspired.
AT_MOST_FOR_EACH = {"problems": 5, "pilots": 2, "thanks": 0, "materials": 1, "hangouts": 0}


async def share(db: Database, kind: str, numbers: dict[str, int]) -> None:
    """Let each have shared so many things of one kind, with a card each that stands in Slack."""
    async with db.begin() as session:
        session.add_all([*(a_member(one) for one in (ANA, BEN, CHRIS)), circle := a_community()])
        await session.flush()
        session.add(series := a_series(community_id=circle.id))
        await session.flush()
        all_of = [who for who, number in numbers.items() for _ in range(number)]
        for count, who in enumerate(all_of):
            key = f"card:{count}"
            row = _made(kind, who, series, count)
            session.add(row)
            await session.flush()
            session.add_all(_beside(kind, who, row))
            post = await Post.add(
                session, key, circle.channel_id, kind=_CARDS[kind], due_at=NOW, about_id=row.id
            )
            post.state, post.said_at = SAID, NOW


_CARDS = {
    "problems": "problems.card",
    "pilots": "pilots.card",
    "thanks": "thanks.card",
    "materials": "materials.card",
    "hangouts": "hangouts.invitation",
}


def _made(kind: str, who: str, series: Series, count: int) -> Any:
    facts: dict[str, Any] = {"community_id": series.community_id, "request_key": f"form:{count}"}
    if kind == "problems":
        return a_problem(**facts, id=None, author_id=who, shared_at=NOW)
    if kind == "pilots":
        return a_pilot(**facts, member_id=who, circle="community", shared_at=NOW)
    if kind == "thanks":
        return a_thanks(**facts, giver_id=who, thanked_at=NOW)
    if kind == "materials":
        return a_material(**facts, owner_id=who, same_key=str(count), is_announced=True)
    starts_at = NOW - timedelta(weeks=1 + count)
    return a_hangout(community_id=series.community_id, series_id=series.id, starts_at=starts_at)


def _beside(kind: str, who: str, row: Any) -> list[Any]:
    """Return what belongs to it: a colleague's answer, whom it was for, that they came."""
    if kind == "problems" and row.id % 2:
        return [Reply(problem_id=row.id, member_id=BEN, ts=f"1.{row.id}", replied_at=NOW)]
    if kind == "thanks":
        return [Receiver(thanks_id=row.id, member_id=BEN)]
    if kind == "hangouts":
        return [Signup(hangout_id=row.id, member_id=who, is_coming=True, answered_at=NOW)]
    return []


async def erased(db: Database, who: str) -> int:
    """Erase all of somebody's, and return how many statements that took."""
    with questions_counted(db) as asked:
        async with db.begin() as session:
            await erase(session, who, request_key=f"form:{who}", now=NOW)
    return len(asked)


@pytest.mark.parametrize("kind", _CARDS)
async def test_ten_more_of_a_kind_take_hardly_more_statements(db, kind):
    await share(db, kind, {ANA: FEW, CHRIS: MANY})

    of_few, of_many = await erased(db, ANA), await erased(db, CHRIS)

    assert of_many - of_few <= AT_MOST_FOR_EACH[kind] * (MANY - FEW)


@pytest.mark.parametrize("kind", _CARDS)
async def test_each_of_many_cards_is_drawn_anew(db, kind):
    await share(db, kind, {ANA: MANY})

    await erased(db, ANA)

    async with db() as session:
        cards = (await session.scalars(select(Post).where(Post.kind == _CARDS[kind]))).all()
        pilots = (await session.scalars(select(Pilot.deleted_at))).all()
    assert [(one.wanted, one.redraw_at) for one in cards] == [(1, NOW)] * MANY
    assert None not in pilots
