"""At its start a hangout gets one consultancy a seat, once; after its end it is closed."""

from datetime import timedelta
from itertools import pairwise
from time import monotonic

import pytest
from sqlalchemy import insert, inspect, select

from models.consultancies import leading, opening
from models.consultancies.afterwards import NEXT_STEP
from models.consultancies.consultancy import Consultancy
from models.consultancies.protocols import PROTOCOLS
from models.consultancies.telling import HEADLINE, STEP, TIME_IS_UP
from models.errors import NotHereError
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Presenting
from tests.examples import ANA, BEN, CHRIS, DAY, HOUR, NOW
from tests.models.consultancies.leading_steps import MINUTE, a_meeting


@pytest.fixture
async def meeting(db):
    """A hangout that begins now."""
    return await a_meeting(db)


async def due(db, query, limit=10, after=opening.FIRST):
    async with db.everywhere()() as session:
        return [row[2] for row in await opening.a_page(session, query, limit, after)]


async def test_each_seat_gets_one_in_the_order_in_which_they_were_asked_for(meeting):
    await meeting.signs_up(CHRIS, asked_at=NOW - HOUR)
    await meeting.signs_up(ANA, asked_at=NOW - DAY, question="How do I start?")
    await meeting.signs_up(BEN, presenting=None)

    opened = await meeting.opens()

    assert [one.presenter_id for one in opened] == [ANA, CHRIS]
    assert [one.question for one in opened] == ["How do I start?", None]
    assert [one.protocol_name for one in opened] == ["Mini-consultancy"] * 2
    assert [post.about_id for post in await meeting.posts(HEADLINE)] == [one.id for one in opened]


async def test_an_offered_seat_counts_and_whoever_waits_or_does_not_come_has_none(meeting):
    await meeting.signs_up(ANA, Presenting.OFFERED)
    await meeting.signs_up(BEN, Presenting.WAITING)
    await meeting.signs_up(CHRIS, is_coming=False)

    assert [one.presenter_id for one in await meeting.opens()] == [ANA]


async def test_opened_twice_there_is_still_one(meeting):
    await meeting.signs_up(ANA)

    opened = await meeting.opens() + await meeting.opens()

    assert len(opened) == len(await meeting.posts(HEADLINE)) == 1


NOT_OPENED = {
    "it was called off": {"called_off_at": NOW},
    "it is over": {"starts_at": NOW - HOUR, "ends_at": NOW},
    "it is still to come": {"starts_at": NOW + MINUTE},
    "it is closed": {"closed_at": NOW},
}


@pytest.mark.parametrize("why", NOT_OPENED)
async def test_nothing_opens_when(db, why):
    meeting = await a_meeting(db, **NOT_OPENED[why])
    await meeting.signs_up(ANA)

    assert await meeting.opens() == []
    assert await due(db, opening.due_to_open(NOW)) == []


async def test_a_hangout_planned_with_a_protocol_of_days_takes_the_short_one(db):
    meeting = await a_meeting(db, protocol="asynchronous")
    await meeting.signs_up(ANA)

    [opened] = await meeting.opens()

    assert opened.all_steps == PROTOCOLS["mini"].steps


async def test_what_is_due_comes_page_by_page(db):
    ids = [
        (await a_meeting(db.of(team), workspace_id=team)).hangout_id for team in ("T1", "T2", "T3")
    ]

    assert await due(db, opening.due_to_open(NOW), limit=2) == ids[:2]
    assert await due(db, opening.due_to_open(NOW), limit=2, after=(NOW, ids[1])) == ids[2:]


async def test_five_years_of_hangouts_make_no_look_slow(db):
    meeting = await a_meeting(db)
    await meeting.signs_up(ANA)
    async with db.begin() as session:
        first = await Hangout.of(session, meeting.hangout_id)
        past = {
            column.key: getattr(first, column.key)
            for column in inspect(Hangout).column_attrs
            if column.key != "id"
        }
        rows = [
            past
            | {"occurs_on": began.date(), "starts_at": began, "ends_at": began + HOUR}
            | {"opened_at": began, "closed_at": began + HOUR, "uid": f"{number}"}
            for number in range(1, 20_000)
            for began in [NOW - number * DAY]
        ]
        await session.execute(insert(Hangout), rows)

    looks = [opening.due_to_open(NOW), opening.due_to_close(NOW), opening.due_to_finish(NOW)]
    quickest = []
    for query in looks:
        moments = [monotonic()]
        for _ in range(20):
            await due(db, query)
            moments.append(monotonic())
        quickest.append(min(end - begin for begin, end in pairwise(moments)))

    # Walking through them all takes about a hundred times as long.
    assert max(quickest) < 0.02
    assert await due(db, opening.due_to_open(NOW)) == [meeting.hangout_id]


async def test_the_next_moment_is_a_start_or_an_end_still_ahead(db):
    meeting = await a_meeting(db, starts_at=NOW + HOUR)

    async def asked(now):
        async with db() as session:
            return await opening.next_moment(session, now)

    assert await asked(NOW) == NOW + HOUR
    assert await asked(NOW + HOUR) == NOW + 2 * HOUR
    assert await asked(NOW + 2 * HOUR) is None
    async with db.begin() as session:
        hangout = await Hangout.of(session, meeting.hangout_id)
        hangout.opened_at = hangout.closed_at = NOW
    assert await asked(NOW) is None


async def test_a_hangout_that_is_over_is_closed_once(db, meeting):
    async def closes(now):
        async with db.begin() as session:
            hangout = await Hangout.of(session, meeting.hangout_id, for_update=True)
            return await opening.close(session, hangout, now)

    assert [await closes(NOW), await closes(NOW + HOUR), await closes(NOW + DAY)] == [
        False,
        True,
        False,
    ]
    assert await due(db, opening.due_to_close(NOW + DAY)) == []


async def test_what_nobody_ends_ends_two_hours_after_the_hangout(db, meeting):
    await meeting.signs_up(ANA)
    [opened] = await meeting.opens()
    over = NOW + HOUR

    assert await due(db, opening.due_to_finish(over + 2 * HOUR - MINUTE)) == []
    assert await due(db, opening.due_to_finish(over + 2 * HOUR)) == [opened.id]
    ended = await meeting.led(opening.finish_by_itself, opened.id, over + 2 * HOUR)

    assert ended.finished_at == over + 2 * HOUR
    assert await due(db, opening.due_to_finish(over + DAY)) == []
    # It was never started, so there is nothing to ask the presenter about.
    assert await meeting.posts(NEXT_STEP) == []


async def test_a_press_keeps_one_prompt_a_step_and_one_word_for_each_end(meeting):
    await meeting.signs_up(ANA)
    [opened] = await meeting.opens()
    started = await meeting.led(leading.start, opened.id, meeting.community, NOW)
    end = started.step_end

    for _ in range(2):
        await meeting.led(leading.start, opened.id, meeting.community, NOW)
        await meeting.led(leading.extend, opened.id, meeting.community, (0, end), NOW)
        await meeting.led(leading.go_on, opened.id, meeting.community, 0, NOW + MINUTE)

    steps = await meeting.posts(STEP)
    assert [post.key for post in steps] == [f"{STEP}:{opened.id}:{number}" for number in (0, 1)]
    assert [post.thread_of for post in steps] == [f"{HEADLINE}:{opened.id}"] * 2
    assert [post.due_at for post in await meeting.posts(TIME_IS_UP)] == [
        NOW + 5 * MINUTE,
        NOW + 7 * MINUTE,
        NOW + MINUTE + 3 * MINUTE,
    ]


async def test_whoever_presented_is_asked_for_a_next_step_however_it_ended(meeting):
    await meeting.signs_up(ANA)
    await meeting.signs_up(CHRIS)
    one, two = await meeting.opens()
    for opened in (one, two):
        await meeting.led(leading.start, opened.id, meeting.community, NOW)

    for step in range(len(one.steps)):
        await meeting.led(leading.go_on, one.id, meeting.community, step, NOW)
    await meeting.led(leading.finish, two.id, NOW)

    assert [post.place_id for post in await meeting.posts(NEXT_STEP)] == [ANA, CHRIS]


async def test_a_private_community_s_consultancy_is_not_there_for_others(db):
    meeting = await a_meeting(db)
    await meeting.signs_up(ANA)
    [opened] = await meeting.opens()
    async with db.begin() as session:
        community = await session.merge(meeting.community)
        community.is_private = True

    async with db() as session:
        assert (await Consultancy.seen_by(session, str(opened.id), ANA)).id == opened.id
        for forged in ("U0STRANGER", "U0NOBODY"):
            with pytest.raises(NotHereError):
                await Consultancy.seen_by(session, opened.id, forged)
        for ident in ("", "5:0", "-1", "9" * 40):
            with pytest.raises(NotHereError):
                await Consultancy.of(session, ident)
        assert (await session.scalar(select(Consultancy.id))) == opened.id


async def test_a_step_s_time_counts_with_its_seconds(meeting):
    await meeting.signs_up(ANA)
    [opened] = await meeting.opens()
    odd = NOW + timedelta(seconds=7, microseconds=500)

    started = await meeting.led(leading.start, opened.id, meeting.community, odd)

    assert started.step_end == int((odd + 5 * MINUTE).timestamp())
