"""Network digests: what leads may choose, whom they sum up, and what never gets into one."""

import asyncio
from datetime import time

import pytest

from models.digests import networks
from models.digests.networks import (
    ALL,
    NetworkDigest,
    NetworkNameError,
    NetworkPlan,
    NoCommunitiesError,
    open_communities,
)
from models.digests.weekly import DigestPlaceError, DigestTimeError
from models.errors import NotHereError, RuleError
from tests.examples import (
    ANA,
    BEN,
    DAY,
    HOUR,
    NOW,
    a_community,
    a_hangout,
    a_material,
    a_pilot,
    a_series,
)
from tests.models.digests.network_steps import (
    OFFICE,
    a_network,
    change_community,
    issued,
    leads_choose,
    news,
)
from tests.models.digests.weekly_steps import FRIDAY, WEEK, a_busy_week, asks, questions_counted
from tests.models.thanks.belonging import thanks_said

# With the network digest's own: the communities and their members, and when it told last.
QUESTIONS_AT_MOST = 18


def a_choice(**traits):
    facts = {"name": "North", "channel_id": OFFICE, "chosen": [ALL], "weekday": 4, "at": time(14)}
    return NetworkPlan.of([a_community(id=1), a_community(id=2)], **facts | traits)


@pytest.mark.parametrize(
    ("traits", "error", "field"),
    [
        ({"name": " "}, NetworkNameError, "name"),
        ({"name": "N" * 81}, NetworkNameError, "name"),
        ({"channel_id": None}, DigestPlaceError, "channel_id"),
        ({"chosen": []}, NoCommunitiesError, "community_ids"),
        # A forged number, or one that was made private meanwhile.
        ({"chosen": ["7", "x", "9" * 30]}, NoCommunitiesError, "community_ids"),
        ({"weekday": 7}, DigestTimeError, "weekday"),
        ({"weekday": None}, RuleError, "weekday"),
        ({"at": None}, DigestTimeError, "at"),
    ],
)
def test_a_choice_that_does_not_fit_names_its_field(traits, error, field):
    with pytest.raises(error) as refused:
        a_choice(**traits)

    assert refused.value.field == field


def test_some_communities_are_chosen_by_number_and_all_stay_all():
    assert a_choice(chosen=["2", "7"]).community_ids == [2]
    assert a_choice(chosen=["2", ALL]).community_ids is None


async def test_one_of_all_sums_up_those_to_come_by_name_and_never_a_private_one(db):
    science, _, gone = await a_network(db, "science", "Math", "Gone")
    network = await leads_choose(db)
    await change_community(db, gone, bot_left_at=NOW)
    async with db.begin() as session:
        session.add(a_community(channel_id="C0NEW", name="Arts"))
        session.add(a_community(channel_id="C0SECRET", name="Secret", is_private=True))
    async with db() as session:
        told = [one.name for one in await open_communities(session)]

    assert told == ["Arts", "Math", "science"]
    assert network.sums_up(science.id)


async def test_each_community_tells_its_own_news_by_name_and_a_quiet_one_nothing(db):
    science, math, _ = await a_network(db, "Science", "Math", "Quiet")
    network = await leads_choose(db)
    await asks(db, science, NOW - HOUR)
    await a_busy_week(db, math)

    told = await news(db, network)

    assert [one.community.name for one in told.chapters] == ["Math", "Science"]
    first, second = told.chapters
    assert first.meeting.free_seats == 2
    assert second.meeting is None
    assert [one.community_id for one in second.questions] == [science.id]
    assert told.has_news


async def test_what_only_members_see_is_never_in_it(db):
    math, secret = await a_network(db, "Math", "Secret")
    network = await leads_choose(db, chosen=[str(math.id), str(secret.id)])
    await change_community(db, secret, is_private=True)
    await asks(db, secret)
    await thanks_said(db, math, BEN, thanked_at=NOW)
    async with db.begin() as session:
        here = {"community_id": math.id, "circle": "community"}
        session.add(a_pilot(**here, started_at=NOW, shared_at=NOW))
        session.add(a_material(**here, owner_id=ANA, is_announced=True))
        mine = {"community_id": math.id, "circle": "me", "request_key": "V2"}
        session.add(a_pilot(**mine, started_at=NOW, finished_at=NOW))

    assert not (await news(db, network)).chapters


async def test_a_hangout_alone_is_told_of_when_it_is_near_but_is_no_news(db):
    near, far = await a_network(db, "Near", "Far")
    network = await leads_choose(db)
    async with db.begin() as session:
        for community, days in ((near, 2), (far, 20)):
            session.add(series := a_series(id=community.id, community_id=community.id))
            await session.flush()
            meets = {"community_id": community.id, "starts_at": NOW + days * DAY}
            session.add(a_hangout(id=None, series_id=series.id, **meets))

    told = await news(db, network)

    assert [one.community.name for one in told.chapters] == ["Near"]
    assert not told.has_news


async def test_twelve_communities_ask_as_many_questions_as_one(db):
    busy = await a_network(db, *(f"Circle {number:02}" for number in range(12)))
    one = await leads_choose(db, chosen=[str(busy[0].id)])
    every = await leads_choose(db, channel_id="C0ALL")
    for number, community in enumerate(busy):
        await a_busy_week(db, community, NOW - number * HOUR)

    with questions_counted(db) as of_one:
        assert len((await news(db, one)).chapters) == 1
    with questions_counted(db) as of_all:
        assert len((await news(db, every)).chapters) == 12

    assert len(of_all) == len(of_one) <= QUESTIONS_AT_MOST


async def test_of_a_community_with_very_much_the_newest_are_told_and_others_lose_nothing(db):
    loud, calm = await a_network(db, "Loud", "Calm")
    network = await leads_choose(db)
    await asks(db, calm, NOW - 5 * DAY)
    for number in range(51):
        await asks(db, loud, NOW - number * HOUR)

    first, second = (await news(db, network)).chapters

    assert (len(first.questions), len(second.questions)) == (1, 50)
    assert second.questions[0].shared_at == NOW
    assert second.questions[-1].shared_at == NOW - 49 * HOUR


async def test_to_keep_the_same_twice_makes_one_and_another_in_that_channel_is_refused(db):
    await a_network(db, "Math")

    first, second = await asyncio.gather(leads_choose(db), leads_choose(db))

    assert first.id == second.id
    with pytest.raises(DigestPlaceError, match="North schools comes in that channel already"):
        await leads_choose(db, name="South schools")


async def test_one_is_changed_and_moves_but_not_into_the_channel_of_another(db):
    [math] = await a_network(db, "Math")
    north, south = await leads_choose(db), await leads_choose(db, channel_id="C0SOUTH")

    moved = await leads_choose(db, north.id, channel_id="C0NORTH", chosen=[str(math.id)])

    assert (moved.id, moved.channel_id, moved.community_ids) == (north.id, "C0NORTH", [math.id])
    with pytest.raises(DigestPlaceError):
        await leads_choose(db, south.id, channel_id="C0NORTH")
    with pytest.raises(NotHereError):
        await leads_choose(db, 999)


async def test_one_that_was_ended_comes_no_more_and_begins_again_in_its_channel(db):
    [math] = await a_network(db, "Math")
    await asks(db, math)
    network = await leads_choose(db)
    await issued(db, network, FRIDAY)
    for _ in range(2):
        async with db.begin() as session:
            await networks.end(session, network.id, FRIDAY + HOUR)

    assert await issued(db, network, FRIDAY + WEEK) == []
    async with db() as session:
        assert await NetworkDigest.living(session) == []
        assert await NetworkDigest.next_moment(session, NOW) is None
    again = await leads_choose(db, now=FRIDAY + 2 * HOUR, at=time(18))
    assert again.id == network.id
    # It came this week.
    assert again.next_at == FRIDAY + WEEK + 4 * HOUR


async def test_the_channel_of_one_that_was_ended_can_be_taken_over(db):
    await a_network(db, "Math")
    ended, other = await leads_choose(db), await leads_choose(db, channel_id="C0SOUTH")
    async with db.begin() as session:
        await networks.end(session, ended.id, NOW)

    moved = await leads_choose(db, other.id)

    assert (moved.id, moved.channel_id) == (other.id, OFFICE)
    async with db() as session:
        assert (await NetworkDigest.of(session, ended.id)).channel_id is None
