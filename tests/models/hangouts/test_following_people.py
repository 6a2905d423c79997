"""Changing a series: who leads, and the seats to present."""

from datetime import UTC, datetime

from models.communities import Community
from models.hangouts import planning, posted
from models.hangouts.hangout import NOBODY, Hangout
from models.hangouts.standings import HangoutStanding
from models.hangouts.swaps import Swap
from tests.examples import ANA, BEN, CHRIS, NOW, a_member
from tests.models.hangouts.planning_steps import (
    hangouts,
    joins,
    plans,
    posts,
    told,
)

# Between the first hangout and the second one.
LATER = datetime(2026, 12, 8, 16, tzinfo=UTC)


async def test_a_substitute_stays_when_the_rotation_changes(db, math_circle):
    await plans(db, math_circle, facilitators=[BEN, ANA])
    [first, *_] = await hangouts(db)
    async with db.begin() as session:
        community = await session.get_one(Community, math_circle.id)
        locked = await Hangout.of(session, first.id, for_update=True)
        swap = await Swap.ask(session, locked, community, a_member(BEN), CHRIS, NOW)
        await swap.accept(session, locked, CHRIS, NOW)

    await plans(db, math_circle, facilitators=[ANA])

    assert [one.facilitator_id for one in await hangouts(db)] == [CHRIS, ANA, ANA, ANA, ANA]


async def test_who_left_is_followed_by_the_next_in_turn_and_who_comes_hears(db, math_circle):
    await plans(db, math_circle, facilitators=[ANA, BEN])
    [first, *_] = await hangouts(db)
    await joins(db, first, CHRIS)
    async with db.begin() as session:
        (await session.get_one(Community, math_circle.id)).farewell(ANA, NOW)

    await plans(db, math_circle, facilitators=[ANA, BEN])

    assert {one.facilitator_id for one in await hangouts(db)} == {BEN}
    assert (await told(db))[first.id, CHRIS] == 1


async def test_what_somebody_was_to_lead_is_led_by_the_next_once_they_left(db, math_circle):
    await plans(db, math_circle, facilitators=[ANA, BEN])
    [first, *_] = before = await hangouts(db)
    await joins(db, first, CHRIS)

    for _ in range(2):
        async with db.begin() as session:
            community = await session.get_one(Community, math_circle.id)
            community.farewell(ANA, NOW)
            await planning.replace_departed(session, community, by=ANA, now=NOW)

    after = await hangouts(db)
    assert {one.facilitator_id for one in after} == {BEN}
    assert await told(db) == {(one.id, BEN): 1 for one in before[::2]} | {(first.id, CHRIS): 1}
    briefs = [post.about_id for post in await posts(db, posted.BRIEF) if post.place_id == BEN]
    assert sorted(briefs) == sorted(one.id for one in after)


async def test_a_new_rotation_begins_after_who_led_last(db, math_circle):
    await plans(db, math_circle, facilitators=[BEN])

    await plans(db, math_circle, now=LATER, facilitators=[BEN, ANA, CHRIS])

    led = [one.facilitator_id for one in await hangouts(db)]
    assert led == [BEN, ANA, CHRIS, BEN, ANA]


async def test_fewer_seats_than_are_taken_take_none_away(db, math_circle):
    await plans(db, math_circle, slots="3", slot_minutes="15")
    [first, second, *_] = await hangouts(db)
    await joins(db, first, ANA, BEN, presents=True)

    await plans(db, math_circle, slots="1", slot_minutes="15")

    after = await hangouts(db)
    assert [one.slots for one in after[:2]] == [2, 1]
    async with db() as session:
        standing = await HangoutStanding.of(session, after[0])
    assert len(standing.seats) == 2
    assert second.slots == 3


async def test_more_seats_are_offered_to_who_waits(db, math_circle):
    await plans(db, math_circle, slots="1")
    [first, *_] = await hangouts(db)
    await joins(db, first, ANA, CHRIS, presents=True)

    await plans(db, math_circle, slots="2")

    assert [post.place_id for post in await posts(db, posted.OFFER)] == [CHRIS]


async def leaves(db, community, member_id, *, again=True):
    """Let somebody leave the channel, which Slack may say twice."""
    for _ in range(2 if again else 1):
        async with db.begin() as session:
            found = await session.get_one(Community, community.id)
            found.farewell(member_id, NOW)
            await planning.replace_departed(session, found, by=member_id, now=NOW)


async def test_when_the_only_facilitator_leaves_the_leads_are_asked_once(db, math_circle):
    await plans(db, math_circle)
    [first, *_] = await hangouts(db)
    await joins(db, first, CHRIS)
    async with db.begin() as session:
        session.add_all([a_member("U0DANA", is_lead=True), a_member(BEN), a_member(CHRIS)])

    await leaves(db, math_circle, BEN)

    assert {one.facilitator_id for one in await hangouts(db)} == {NOBODY}
    wanted = await posts(db, posted.LEADER_WANTED)
    assert [(post.place_id, post.about_id) for post in wanted] == [("U0DANA", first.id)]
    assert posted.gone_in(wanted[0].key) == BEN
    assert await told(db) == {(first.id, CHRIS): 1}


async def test_who_left_gets_no_letter_about_leading(db, math_circle):
    await plans(db, math_circle, first_on="2026-11-19")
    during = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)

    async with db.begin() as session:
        community = await session.get_one(Community, math_circle.id)
        community.farewell(BEN, during)
        await planning.replace_departed(session, community, by=BEN, now=during)

    for kind in (posted.BRIEF, posted.SOON, posted.NOTES_WANTED, posted.CALENDAR):
        assert [post.place_id for post in await posts(db, kind)] == []


async def test_of_a_private_community_no_lead_outside_it_is_asked(db, math_circle):
    await plans(db, math_circle)
    async with db.begin() as session:
        session.add_all([a_member("U0DANA", is_lead=True), a_member(CHRIS, is_lead=True)])
        (await session.get_one(Community, math_circle.id)).is_private = True

    await leaves(db, math_circle, BEN)

    assert [post.place_id for post in await posts(db, posted.LEADER_WANTED)] == [CHRIS]


async def test_a_new_plan_gives_them_to_who_leads_now(db, math_circle):
    await plans(db, math_circle)
    await leaves(db, math_circle, BEN)

    await plans(db, math_circle, facilitators=[ANA], by=CHRIS)

    assert {one.facilitator_id for one in await hangouts(db)} == {ANA}
    assert {post.place_id for post in await posts(db, posted.BRIEF)} == {ANA}
