"""A shower: who is invited, who learns nothing, and what becomes of the notes."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from models.communities import Community
from models.errors import NotAllowedError, NotHereError, RuleError
from models.posts import Post
from models.thanks import arriving, inviting, showering
from models.thanks.arriving import NOTES_A_LETTER
from models.thanks.inviting import AT_ONCE
from models.thanks.posted import SHOWER, SHOWER_EMPTY, SHOWER_INVITATION
from models.thanks.shower import Shower
from models.thanks.sight import is_seen_by
from models.thanks.thanks import Thanks
from tests.examples import ANA, BEN, CHRIS, DAY, NOW, a_member
from tests.models.thanks.belonging import a_circle, a_note, a_shower, change, invited, letters

# 15:00 in Denver on Thursday.
ARRIVAL = datetime(2026, 11, 19, 22, tzinfo=UTC)


async def seen(db, member_id, now):
    async with db() as session:
        query = select(Thanks.text).where(is_seen_by(member_id, now)).order_by(Thanks.id)
        return list(await session.scalars(query))


async def arrives(db, shower):
    async with db.begin() as session:
        return await arriving.arrive(session, await arriving.held(session, shower.id), ARRIVAL)


async def test_everybody_is_invited_but_the_one_it_is_for(db):
    circle = await a_circle(db)

    shower = await a_shower(db, circle)
    at_once = await letters(db, SHOWER_INVITATION)
    async with db() as session:
        assert await arriving.next_moment(session, NOW) == NOW

    assert sorted(await invited(db, shower)) == [ANA, BEN]
    # Whoever opened it can call it off at once; thousands of letters would keep them waiting.
    assert [one.place_id for one in at_once] == [BEN]
    assert shower.arrives_at == ARRIVAL
    async with db() as session:
        assert await arriving.next_moment(session, NOW) == ARRIVAL
        everything = (await session.scalars(select(Post))).all()
    assert CHRIS not in {one.place_id for one in everything}


async def test_who_has_left_is_not_invited(db):
    circle = await a_circle(db)
    await change(db, ANA, left_at=NOW)

    shower = await a_shower(db, circle)

    assert await invited(db, shower) == [BEN]


async def test_who_joins_while_colleagues_write_is_invited_and_nobody_twice(db):
    circle = await a_circle(db)
    shower = await a_shower(db, circle)
    await invited(db, shower)
    async with db.begin() as session:
        (await session.get_one(Community, circle.id)).welcome("U0DANA", NOW)

    assert sorted(await invited(db, shower)) == sorted([ANA, BEN, "U0DANA"])
    async with db() as session:
        assert await inviting.to_fill(session, NOW) == []


async def test_nobody_is_invited_to_what_is_over(db):
    circle = await a_circle(db)
    shower = await a_shower(db, circle)

    assert await invited(db, shower, ARRIVAL) == [BEN]

    async with db.begin() as session:
        await arriving.call_off(session, await arriving.held(session, shower.id), NOW)
    assert await invited(db, shower) == [BEN]


async def test_a_large_community_is_invited_a_part_at_a_time(db):
    circle = await a_circle(db)
    async with db.begin() as session:
        community = await session.get_one(Community, circle.id)
        for number in range(AT_ONCE):
            community.welcome(f"U0TEACHER{number}", NOW)
    shower = await a_shower(db, circle)

    first, second = len(await invited(db, shower)), len(await invited(db, shower))

    # All but Chris, and Ben’s own letter came first.
    assert (first, second) == (AT_ONCE + 1, AT_ONCE + 2)


async def test_a_shower_opened_twice_by_one_request_is_one(db):
    circle = await a_circle(db)

    first, again = await a_shower(db, circle), await a_shower(db, circle)

    assert first.id == again.id
    assert len(await letters(db, SHOWER_INVITATION)) == 1


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        ({"member_id": BEN}, "member_id"),
        ({"member_id": "U0STRANGER"}, "member_id"),
        ({"member_id": None}, "member_id"),
        ({"on_date": (NOW - DAY).date()}, "on_date"),
        ({"on_date": (NOW + 200 * DAY).date()}, "on_date"),
        ({"on_date": None}, "on_date"),
        ({"occasion": "x" * 151}, "occasion"),
    ],
)
async def test_what_does_not_fit_is_told_at_its_field(db, plan, field):
    circle = await a_circle(db)

    with pytest.raises(RuleError) as told:
        await a_shower(db, circle, **plan)

    assert told.value.field == field


async def test_the_one_it_is_for_finds_no_shower_and_no_note_before(db):
    circle = await a_circle(db)
    shower = await a_shower(db, circle)
    await a_note(db, shower, ANA)

    async with db.begin() as session:
        for look in (showering.to_write_for, showering.to_call_off):
            with pytest.raises(NotHereError):
                await look(session, str(shower.id), CHRIS, NOW)

    assert await seen(db, CHRIS, NOW) == []
    # The hour has come, but not the letter: a journal tells nothing before it.
    assert await seen(db, CHRIS, ARRIVAL) == []
    await arrives(db, shower)
    assert await seen(db, CHRIS, ARRIVAL) == ["your calm"]
    # Colleagues see each other's notes neither before nor after.
    assert await seen(db, BEN, ARRIVAL) == []


async def test_who_is_not_in_the_community_finds_no_shower(db):
    circle = await a_circle(db)
    shower = await a_shower(db, circle)
    async with db.begin() as session:
        (await session.get_one(Community, circle.id)).farewell(ANA, NOW)

    async with db.begin() as session:
        with pytest.raises(NotHereError):
            await showering.to_write_for(session, shower.id, ANA, NOW)


async def test_notes_arrive_together_in_as_few_letters_as_fit(db):
    circle = await a_circle(db)
    shower = await a_shower(db, circle)
    for number in range(NOTES_A_LETTER + 1):
        await a_note(db, shower, ANA, f"reason {number}", number)

    assert (await arrives(db, shower), await arrives(db, shower)) == (True, False)

    kept = await letters(db, SHOWER)
    assert [(one.place_id, arriving.letter_in(one)) for one in kept] == [(CHRIS, 0), (CHRIS, 1)]
    assert {one.due_at for one in kept} == {ARRIVAL}


async def test_without_a_note_only_whoever_opened_it_hears_of_it(db):
    circle = await a_circle(db)
    shower = await a_shower(db, circle)

    await arrives(db, shower)

    assert [one.place_id for one in await letters(db, SHOWER_EMPTY)] == [BEN]
    assert await letters(db, SHOWER) == []


async def test_a_late_note_is_refused(db):
    circle = await a_circle(db)
    shower = await a_shower(db, circle)

    async with db.begin() as session:
        with pytest.raises(showering.ShowerOverError):
            await showering.to_write_for(session, shower.id, ANA, ARRIVAL)


async def test_only_whoever_opened_it_calls_it_off(db):
    circle = await a_circle(db)
    shower = await a_shower(db, circle)

    async with db.begin() as session:
        with pytest.raises(NotAllowedError):
            await showering.to_call_off(session, shower.id, ANA, NOW)
        held = await showering.to_call_off(session, shower.id, BEN, NOW)

    assert held.id == shower.id


async def test_what_is_called_off_arrives_no_more(db):
    circle = await a_circle(db)
    shower = await a_shower(db, circle)
    note = await a_note(db, shower, ANA)

    async with db.begin() as session:
        held = await arriving.held(session, shower.id)
        given_back = await arriving.call_off(session, held, NOW)
        assert [one.id for one in given_back] == [note.id]

    async with db() as session:
        assert await arriving.due(session, ARRIVAL) == []
        assert await arriving.next_moment(session, NOW) is None
    assert await arrives(db, shower) is False


async def test_one_person_has_one_shower_at_a_time(db):
    circle = await a_circle(db)
    await a_shower(db, circle)

    async with db.begin() as session:
        community = await session.get_one(Community, circle.id)
        plan = showering.Plan.of(member_id=CHRIS, on_date=ARRIVAL.date(), occasion=None)
        with pytest.raises(showering.ShoweredError):
            await showering.open_shower(
                session,
                plan,
                community=community,
                by=a_member(ANA),
                request_key="another",
                now=NOW,
            )

    async with db() as session:
        assert len((await session.scalars(select(Shower))).all()) == 1
