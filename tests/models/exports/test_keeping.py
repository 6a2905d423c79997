"""Records are kept as long as leads have chosen; nothing goes before all of them were told."""

from datetime import UTC, datetime, time

import pytest
from sqlalchemy import select

from models.errors import NotAllowedError, RuleError
from models.exports import keeping
from models.exports.keeping import months_before
from models.exports.posted import REMOVAL_NEAR
from models.members import Member
from models.posts import Post
from models.workspaces import Workspace
from tests.examples import ANA, BEN, DAY, NOW, a_community, a_member, a_thanks
from tests.world import WORKSPACE

LEAD = {"is_lead": True, "tz": "America/Denver"}


async def a_network(db, thanked_at=NOW):
    """Keep a workspace that Ben leads, a community, and thanks said then."""
    async with db.begin() as session:
        session.add(Workspace(id=WORKSPACE, first_seen_at=NOW))
        session.add_all([community := a_community(), ben := a_member(BEN, **LEAD)])
        await session.flush()
        session.add(a_thanks(community_id=community.id, thanked_at=thanked_at))
    return ben


async def letters(session):
    query = select(Post).where(Post.kind == REMOVAL_NEAR).order_by(Post.id)
    return (await session.scalars(query)).all()


@pytest.mark.parametrize(
    ("moment", "months", "then"),
    [
        ("2026-11-17T16:00", 3, "2026-08-17T16:00"),
        ("2026-05-31T00:00", 3, "2026-02-28T00:00"),
        ("2026-01-31T00:00", 12, "2025-01-31T00:00"),
        ("2026-01-31T00:00", 14, "2024-11-30T00:00"),
    ],
)
def test_months_are_counted_back_by_the_calendar(moment, months, then):
    utc = datetime.fromisoformat(moment).replace(tzinfo=UTC)

    assert months_before(utc, months) == datetime.fromisoformat(then).replace(tzinfo=UTC)


@pytest.mark.parametrize("months", [0, 2, 121])
async def test_a_time_too_short_or_too_long_is_refused_at_the_field(db, months):
    ben = await a_network(db)
    async with db.begin() as session:
        with pytest.raises(RuleError, match="between 3 and 120 months") as refused:
            await keeping.choose(session, ben, months, NOW)

    assert refused.value.field == "keeps_months"


async def test_a_teacher_chooses_nothing(db):
    await a_network(db)
    async with db.begin() as session:
        session.add(ana := a_member())
        await session.flush()
        with pytest.raises(NotAllowedError, match="Ask Ben"):
            await keeping.choose(session, ana, 12, NOW)


async def test_while_nothing_is_nearly_too_old_nobody_is_told_and_nothing_goes(db):
    ben = await a_network(db)
    async with db.begin() as session:
        rule = await keeping.choose(session, ben, 12, NOW)

        assert await letters(session) == []
        assert keeping.removes_from(rule) is None
        assert not await keeping.announce(session, rule, NOW + 300 * DAY)


async def test_all_leads_are_told_once_a_month_before_the_first_goes(db):
    ben = await a_network(db)
    async with db.begin() as session:
        session.add(a_member("U0DANA", name="Dana", **LEAD))
        rule = await keeping.choose(session, ben, 12, NOW)
        soon = NOW + 340 * DAY

        told = [await keeping.announce(session, rule, moment) for moment in (soon, soon + DAY)]

        assert told == [True, False]
        assert [one.place_id for one in await letters(session)] == [BEN, "U0DANA"]
        assert keeping.removes_from(rule) == soon + keeping.TOLD_BEFORE


async def test_the_letter_waits_for_the_end_of_quiet_hours(db):
    await a_network(db, thanked_at=NOW - 400 * DAY)
    async with db.begin() as session:
        [ben] = await Member.leads(session)
        ben.keep_quiet(time(8), time(18))
        await keeping.choose(session, ben, 12, NOW)

        [letter] = await letters(session)

    # 9:00 in Denver when it was chosen, 18:00 when it is said.
    assert letter.due_at - NOW == DAY * 9 / 24


async def test_a_shorter_time_is_announced_anew_and_a_longer_one_is_not(db):
    ben = await a_network(db, thanked_at=NOW - 800 * DAY)
    async with db.begin() as session:
        rule = await keeping.choose(session, ben, 12, NOW)
        first = keeping.removes_from(rule)
        longer = keeping.removes_from(await keeping.choose(session, ben, 24, NOW + DAY))
        shorter = keeping.removes_from(await keeping.choose(session, ben, 6, NOW + 2 * DAY))
        never = keeping.removes_from(await keeping.choose(session, ben, None, NOW + 3 * DAY))

        assert first == longer == NOW + keeping.TOLD_BEFORE
        assert shorter == first + 2 * DAY
        assert never is None
        assert [await keeping.is_still_so(session, one) for one in await letters(session)] == [
            None,
            None,
        ]


async def test_choosing_the_same_again_changes_nothing(db):
    ben = await a_network(db, thanked_at=NOW - 800 * DAY)
    async with db.begin() as session:
        await keeping.choose(session, ben, 12, NOW)
        rule = await keeping.choose(session, ben, 12, NOW + DAY)

        assert (rule.keeps_changed_at, rule.keeps_told_at) == (NOW, NOW)
        [letter] = await letters(session)
        assert await keeping.is_still_so(session, letter) is rule


async def test_where_nobody_leads_nothing_goes(db):
    ben = await a_network(db, thanked_at=NOW - 800 * DAY)
    async with db.begin() as session:
        rule = await keeping.rule_of(session)
        rule.keeps_months = 12
        (await session.merge(ben)).left_at = NOW
        await session.flush()

        assert not await keeping.announce(session, rule, NOW)
        assert keeping.removes_from(rule) is None


async def test_the_next_moment_is_when_the_first_may_go(db):
    ben = await a_network(db, thanked_at=NOW - 800 * DAY)
    async with db.begin() as session:
        before = await keeping.next_moment(session, NOW)
        await keeping.choose(session, ben, 12, NOW)
        await session.flush()

        assert before is None
        assert await keeping.next_moment(session, NOW) == NOW + keeping.TOLD_BEFORE
        assert await keeping.next_moment(session, NOW + keeping.TOLD_BEFORE) is None
        assert list(await keeping.with_a_rule(session)) == [WORKSPACE]
        assert ANA not in [one.place_id for one in await letters(session)]
