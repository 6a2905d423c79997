"""What becomes of each week's network digest: said once, on its day, or noted why not."""

import asyncio
from datetime import UTC, datetime, timedelta

from models.digests import issuing, network_issuing
from models.digests.ledger import Fate
from models.digests.network_news import news_of
from models.digests.posted import NETWORK, NETWORK_MISSED
from models.digests.telling import redraw_digests
from models.members import Member
from models.posts import MISSED as WAS_MISSED
from models.posts import Post
from tests.examples import DAY, HOUR, NOW, a_member, a_pilot, a_series
from tests.models.digests.network_steps import (
    DANA,
    OFFICE,
    a_network,
    issued,
    leads_choose,
    news,
    weeks,
)
from tests.models.digests.weekly_steps import FRIDAY, WEEK, asks
from tests.models.thanks.belonging import letters

MONDAY = "2026-11-16"


async def north_schools(db, *names):
    """Two communities, in the first of which Ana asked something, and their digest."""
    communities = await a_network(db, *(names or ("Math", "Science")))
    await asks(db, communities[0])
    return await leads_choose(db), communities


async def test_it_comes_at_its_hour_by_the_clocks_of_its_lead_and_again_a_week_later(db):
    network, (_, science) = await north_schools(db)
    await asks(db, science, FRIDAY + DAY)

    moments = [FRIDAY - HOUR, FRIDAY, FRIDAY + HOUR, FRIDAY + WEEK]
    fates = [await issued(db, network, one) for one in moments]

    assert fates == [[], [Fate.POSTED], [], [Fate.POSTED]]
    first, second = await letters(db, NETWORK)
    assert (first.key, first.place_id) == (f"{NETWORK}:{network.id}:{MONDAY}", OFFICE)
    assert (first.about_id, first.cause_id) == (network.id, DANA)
    # The last second of that Friday in Denver.
    assert first.useful_until == datetime(2026, 11, 21, 6, 59, 59, tzinfo=UTC)
    assert second.due_at == FRIDAY + WEEK


async def test_two_replicas_at_the_same_moment_issue_one(db):
    network, _ = await north_schools(db)

    fates = await asyncio.gather(issued(db, network, FRIDAY), issued(db, network, FRIDAY))

    assert sorted(fates) == [[], [Fate.POSTED]]
    assert len(await letters(db, NETWORK)) == 1


async def test_a_week_without_news_anywhere_has_none(db):
    await a_network(db, "Math", "Science")
    network = await leads_choose(db)

    assert await issued(db, network, FRIDAY) == [Fate.NOTHING]
    assert await letters(db, NETWORK) == []


async def test_late_on_its_day_it_is_made_up_for_and_later_the_lead_is_told(db):
    network, (math, _) = await north_schools(db)
    await asks(db, math, FRIDAY + DAY)

    late = await issued(db, network, FRIDAY + 9 * HOUR)
    missed = await issued(db, network, FRIDAY + WEEK + DAY)

    assert (late, missed) == ([Fate.POSTED], [Fate.MISSED])
    assert await weeks(db) == [(MONDAY, "posted"), ("2026-11-23", "missed")]
    # On Monday at 8:00 where she is: it became known on a Saturday.
    [letter] = await letters(db, NETWORK_MISSED)
    by_day = FRIDAY + WEEK + 2 * DAY + 18 * HOUR
    assert (letter.place_id, letter.due_at) == (DANA, by_day)


async def test_once_who_set_it_up_leads_no_more_all_leads_are_told(db):
    network, _ = await north_schools(db)
    async with db.begin() as session:
        (await Member.find(session, DANA)).is_lead = False
        session.add(a_member("U0EVE", name="Eve", is_lead=True))

    await issued(db, network, FRIDAY + DAY)

    assert [one.place_id for one in await letters(db, NETWORK_MISSED)] == ["U0EVE"]


async def test_a_missed_day_without_news_troubles_nobody(db):
    await a_network(db, "Math")
    network = await leads_choose(db)

    assert await issued(db, network, FRIDAY + DAY) == [Fate.MISSED]
    assert await letters(db, NETWORK_MISSED) == []


async def test_holidays_of_one_community_do_not_matter_but_those_of_all_do(db):
    network, (math, science) = await north_schools(db)
    for number, community in enumerate((math, science)):
        # A break that begins a week earlier in the first of them.
        first = f"2026-11-{20 if community is math else 27}"
        async with db.begin() as session:
            off = [[first, "2026-11-29", "Fall break"]]
            session.add(a_series(id=number + 1, community_id=community.id, school_days=off))
    await asks(db, science, FRIDAY + DAY)

    fates = [await issued(db, network, FRIDAY + number * WEEK) for number in range(3)]

    assert fates == [[Fate.POSTED], [Fate.SKIPPED], [Fate.POSTED]]


async def test_one_that_slack_never_took_is_missed_and_its_news_comes_with_the_next(db):
    network, (math, _) = await north_schools(db)
    async with db.begin() as session:
        shared = {"circle": "network", "started_at": NOW, "shared_at": NOW}
        session.add(a_pilot(community_id=math.id, **shared))
    await issued(db, network, FRIDAY)
    async with db.begin() as session:
        (await Post.keyed(session, f"{NETWORK}:{network.id}:{MONDAY}")).ends(WAS_MISSED)

    async with db.begin() as session:
        [post] = await issuing.unsaid(session, FRIDAY + DAY)
        first = await network_issuing.note_unsaid(session, post, FRIDAY + DAY)
        again = await network_issuing.note_unsaid(session, post, FRIDAY + DAY)
        left = await issuing.unsaid(session, FRIDAY + DAY)

    assert (first, again, left) == (True, False, [])
    assert await weeks(db) == [(MONDAY, "missed")]
    assert len(await letters(db, NETWORK_MISSED)) == 1
    [chapter] = (await news(db, network, FRIDAY + WEEK)).chapters
    assert len(chapter.pilots) == 1


async def test_no_news_is_told_twice_and_a_question_that_waits_is_none(db):
    network, (math, _) = await north_schools(db)
    async with db.begin() as session:
        long_ago = {"circle": "network", "started_at": NOW, "shared_at": NOW}
        session.add(a_pilot(community_id=math.id, **long_ago))
    await issued(db, network, FRIDAY)
    await was_said(db, network)
    nothing = await news(db, network, FRIDAY + WEEK)
    await asks(db, math, FRIDAY + DAY)

    [chapter] = (await news(db, network, FRIDAY + WEEK)).chapters

    assert nothing.chapters == []
    assert [one.shared_at for one in chapter.first_questions] == [FRIDAY + DAY, NOW]
    assert chapter.pilots == []


async def test_what_is_taken_back_is_drawn_anew_where_its_community_is_summed_up(db):
    communities = await a_network(db, "Math", "Science")
    math, science = communities
    await asks(db, math)
    of_math = await leads_choose(db, chosen=[str(math.id)])
    of_science = await leads_choose(db, channel_id="C0SCIENCE", chosen=[str(science.id)])
    await asks(db, science, NOW - HOUR)
    for network in (of_math, of_science):
        await issued(db, network, FRIDAY)
        await was_said(db, network)

    async with db.begin() as session:
        await redraw_digests(session, math.id, NOW, FRIDAY + HOUR)

    assert [one.wanted for one in await letters(db, NETWORK)] == [1, 0]


async def was_said(db, network):
    async with db.begin() as session:
        post = await Post.keyed(session, f"{NETWORK}:{network.id}:{MONDAY}")
        post.was_said(str(network.channel_id), f"1700.{network.id}", drawn=0, now=FRIDAY)


async def test_its_first_digest_tells_of_the_week_before_it(db):
    network, (math, _) = await north_schools(db)
    async with db.begin() as session:
        old = FRIDAY - WEEK - timedelta(minutes=1)
        session.add(a_pilot(community_id=math.id, circle="network", started_at=old, shared_at=old))

    await issued(db, network, FRIDAY)

    async with db() as session:
        row = await network_issuing.IssuedNetworkDigest.of(
            session, network.id, datetime(2026, 11, 16, tzinfo=UTC).date()
        )
        [chapter] = (await news_of(session, network, row)).chapters
    assert chapter.pilots == []
