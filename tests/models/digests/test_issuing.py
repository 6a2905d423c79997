"""What becomes of each week's digest: said once, on its day, or noted why not."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from models.communities import Community
from models.digests import issuing
from models.digests.ledger import Fate, IssuedDigest
from models.digests.posted import MISSED, WEEKLY
from models.posts import MISSED as WAS_MISSED
from models.posts import SAID, Post
from models.thanks.changing import keep_private
from tests.examples import BEN, DAY, HOUR, MATH_CIRCLE, NOW, a_series
from tests.models.digests.weekly_steps import (
    FRIDAY,
    WEEK,
    asks,
    change_community,
    issued,
    ledger,
    next_at,
    questions_counted,
    wants,
)
from tests.models.thanks.belonging import a_circle, letters, thanks_said

MONDAY = "2026-11-16"


@pytest.fixture
async def circle(db):
    """The math circle in a week in which Ana asked something."""
    circle = await a_circle(db)
    await asks(db, circle)
    return circle


async def test_a_digest_comes_at_its_hour_and_again_a_week_later(db, circle):
    chosen = await wants(db, circle)
    await asks(db, circle, FRIDAY + DAY)

    moments = (FRIDAY - HOUR, FRIDAY, FRIDAY + HOUR, FRIDAY + WEEK)
    fates = [await issued(db, chosen, one) for one in moments]

    assert fates == [[], [Fate.POSTED], [], [Fate.POSTED]]
    kept = await letters(db, WEEKLY)
    assert [one.key for one in kept] == [
        f"{WEEKLY}:{circle.id}:{MONDAY}",
        f"{WEEKLY}:{circle.id}:2026-11-23",
    ]
    assert kept[0].place_id == MATH_CIRCLE
    # The last second of that Friday in Denver.
    assert kept[0].useful_until == datetime(2026, 11, 21, 6, 59, 59, tzinfo=UTC)


async def test_a_week_without_news_has_no_digest_and_the_next_hangout_alone_is_none(db):
    circle = await a_circle(db)
    async with db.begin() as session:
        session.add(a_series(community_id=circle.id))
    chosen = await wants(db, circle)

    assert await issued(db, chosen, FRIDAY) == [Fate.NOTHING]
    assert await letters(db, WEEKLY) == []


async def test_a_question_that_waits_is_news_once_and_then_stands_beside_what_is_new(db, circle):
    chosen = await wants(db, circle)

    alone = [await issued(db, chosen, FRIDAY + number * WEEK) for number in range(2)]
    await asks(db, circle, FRIDAY + WEEK + DAY)

    assert alone == [[Fate.POSTED], [Fate.NOTHING]]
    assert await issued(db, chosen, FRIDAY + 2 * WEEK) == [Fate.POSTED]
    async with db() as session:
        community = await session.get_one(Community, circle.id)
        row = await IssuedDigest.of(session, circle.id, date(2026, 11, 30))
        digest = await issuing.digest_of(session, community, row)
    assert [one.shared_at for one in digest.first_questions] == [FRIDAY + WEEK + DAY, NOW]


@pytest.mark.parametrize("weeks", [1, 2])
async def test_a_question_of_a_missed_week_is_news_in_the_next_digest(db, circle, weeks):
    chosen = await wants(db, circle)

    fates = [await issued(db, chosen, one) for one in (FRIDAY + DAY, FRIDAY + weeks * WEEK)]

    assert fates[1][-1] == Fate.POSTED


async def test_two_replicas_at_the_same_moment_issue_one(db, circle):
    chosen = await wants(db, circle)

    fates = await asyncio.gather(issued(db, chosen, FRIDAY), issued(db, chosen, FRIDAY))

    assert sorted(fates) == [[], [Fate.POSTED]]


async def test_what_was_missed_at_its_hour_comes_late_on_the_same_day(db, circle):
    chosen = await wants(db, circle)

    assert await issued(db, chosen, FRIDAY + 9 * HOUR) == [Fate.POSTED]


async def test_a_day_that_went_by_is_noted_and_told_to_whoever_looks_after_it(db, circle):
    chosen = await wants(db, circle)

    assert await issued(db, chosen, FRIDAY + DAY) == [Fate.MISSED]

    assert await ledger(db) == [(MONDAY, "missed")]
    assert await letters(db, WEEKLY) == []
    [letter] = await letters(db, MISSED)
    assert (letter.place_id, letter.due_at) == (BEN, FRIDAY + 2 * DAY + 18 * HOUR)  # Monday, 8:00


async def test_the_first_digest_when_missed_was_to_tell_of_the_week_before_its_own_day(db):
    circle = await a_circle(db)
    await asks(db, circle, FRIDAY - 7 * DAY + HOUR)
    chosen = await wants(db, circle)

    assert await issued(db, chosen, FRIDAY + 2 * DAY) == [Fate.MISSED]
    assert len(await letters(db, MISSED)) == 1


async def test_of_three_weeks_of_silence_each_is_noted_and_one_letter_is_written(db, circle):
    chosen = await wants(db, circle)

    await issued(db, chosen, FRIDAY + 2 * WEEK + HOUR)

    assert [fate for _, fate in await ledger(db)] == ["missed", "missed", "posted"]
    assert len(await letters(db, MISSED)) == 1
    assert await next_at(db, chosen) == FRIDAY + 3 * WEEK


async def test_a_missed_day_without_news_troubles_nobody(db):
    chosen = await wants(db, await a_circle(db))

    assert await issued(db, chosen, FRIDAY + DAY) == [Fate.MISSED]
    assert await letters(db, MISSED) == []


async def test_a_day_off_has_no_digest_and_the_next_one_tells_of_both_weeks(db, circle):
    chosen = await wants(db, circle)
    async with db.begin() as session:
        holidays = [["2026-11-20", "2026-11-22", "Fall break"]]
        session.add(a_series(community_id=circle.id, school_days=holidays))
    await thanks_said(db, circle, BEN)

    fates = [await issued(db, chosen, one) for one in (FRIDAY, FRIDAY + WEEK)]

    assert fates == [[Fate.SKIPPED], [Fate.POSTED]]
    async with db() as session:
        community = await session.get_one(Community, circle.id)
        digest = await issuing.digest_now(session, community, FRIDAY - HOUR)
    assert len(digest.thanks) == 1


async def test_a_day_that_is_off_or_over_is_known_by_its_date_before_anything_is_collected(db):
    circle = await a_circle(db)
    chosen = await wants(db, circle)
    async with db.begin() as session:
        holidays = [["2026-11-20", "2026-11-22", "Fall break"]]
        session.add(a_series(community_id=circle.id, school_days=holidays))

    with questions_counted(db) as on_a_day_off:
        assert await issued(db, chosen, FRIDAY) == [Fate.SKIPPED]
    with questions_counted(db) as on_a_school_day:
        assert await issued(db, chosen, FRIDAY + WEEK) == [Fate.NOTHING]

    assert len(on_a_day_off) + 5 < len(on_a_school_day)


@pytest.mark.parametrize("gone", ["archived_at", "bot_left_at"])
async def test_where_the_bot_cannot_speak_nothing_is_said_or_noted(db, circle, gone):
    chosen = await wants(db, circle)
    await change_community(db, circle, **{gone: NOW})

    assert await issued(db, chosen, FRIDAY) == []
    assert await ledger(db) == []
    assert await next_at(db, chosen) == FRIDAY + WEEK


async def test_another_channel_gets_it_but_not_that_of_a_private_community(db, circle):
    chosen = await wants(db, circle, channel_id="C0STAFF")
    await asks(db, circle, FRIDAY + DAY)
    await issued(db, chosen, FRIDAY)
    await change_community(db, circle, is_private=True)
    await issued(db, chosen, FRIDAY + WEEK)

    assert [one.place_id for one in await letters(db, WEEKLY)] == ["C0STAFF", MATH_CIRCLE]
    assert [one.cause_id for one in await letters(db, WEEKLY)] == [BEN, None]


async def test_one_that_slack_never_took_is_missed_and_its_news_comes_with_the_next(db, circle):
    chosen = await wants(db, circle)
    await thanks_said(db, circle, BEN)
    await issued(db, chosen, FRIDAY)
    async with db.begin() as session:
        (await Post.keyed(session, f"{WEEKLY}:{circle.id}:{MONDAY}")).ends(WAS_MISSED)

    async with db.begin() as session:
        [post] = await issuing.unsaid(session, FRIDAY + DAY)
        first = await issuing.note_unsaid(session, post, FRIDAY + DAY)
        again = await issuing.note_unsaid(session, post, FRIDAY + DAY)
        left = await issuing.unsaid(session, FRIDAY + DAY)

    assert (first, again, left) == (True, False, [])
    assert await ledger(db) == [(MONDAY, "missed")]
    assert len(await letters(db, MISSED)) == 1
    async with db() as session:
        community = await session.get_one(Community, circle.id)
        assert (await issuing.digest_now(session, community, FRIDAY + WEEK)).thanks


async def test_no_news_is_told_twice_and_none_falls_between_two_digests(db, circle):
    chosen = await wants(db, circle)
    await thanks_said(db, circle, BEN, text="before", thanked_at=FRIDAY - HOUR)
    await issued(db, chosen, FRIDAY)
    async with db.begin() as session:
        (await Post.keyed(session, f"{WEEKLY}:{circle.id}:{MONDAY}")).state = SAID
    after = FRIDAY + timedelta(seconds=1)
    await thanks_said(db, circle, BEN, text="between", request_key="T2", thanked_at=after)

    async with db() as session:
        community = await session.get_one(Community, circle.id)
        digest = await issuing.digest_now(session, community, FRIDAY + WEEK)

    assert [one.text for one in digest.thanks] == ["between"]


async def test_what_is_kept_private_later_leaves_the_digest_that_told_of_it_and_no_other(
    db, circle
):
    thanks = await thanks_said(db, circle, BEN, thanked_at=FRIDAY - HOUR)
    for when in (FRIDAY - WEEK, FRIDAY):
        await was_said(db, circle, when)

    async with db.begin() as session:
        await keep_private(session, thanks.id, BEN, FRIDAY + DAY)

    assert [one.wanted for one in await letters(db, WEEKLY)] == [0, 1]


async def was_said(db, circle, at):
    async with db.begin() as session:
        post = await Post.add(
            session, f"{WEEKLY}:{at}", MATH_CIRCLE, kind=WEEKLY, due_at=at, about_id=circle.id
        )
        post.was_said(MATH_CIRCLE, f"{at.timestamp()}", drawn=0, now=at)
