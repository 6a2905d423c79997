"""How colleagues answer a problem."""

import asyncio

import pytest

from models.problems import Listing, ResolvedError, Standing
from tests.examples import ANA, BEN, CHRIS, HOUR, NOW
from tests.models.problems.steps import share, standing


async def test_me_too_counts_once_and_can_be_taken_back(db, math_circle):
    problem = await share(db, math_circle)

    async with db.begin() as session:
        counts = [await problem.me_too(session, BEN, NOW + number * HOUR) for number in range(3)]

    assert counts == [True, False, True]
    assert (await standing(db, problem)).interested == 1


async def test_two_presses_at_the_same_moment_count_for_each_person(db, math_circle):
    problem = await share(db, math_circle)

    async def press(member_id):
        async with db.begin() as session:
            await problem.me_too(session, member_id, NOW)

    await asyncio.gather(*(press(member_id) for member_id in (BEN, CHRIS, "U0DAN", "U0EVE")))

    assert (await standing(db, problem)).interested == 4


async def test_offering_help_twice_is_one_offer(db, math_circle):
    problem = await share(db, math_circle)

    async with db.begin() as session:
        news = [await problem.offer_help(session, who, NOW) for who in (BEN, CHRIS, BEN)]

    assert news == [True, True, False]
    assert (await standing(db, problem)).helper_ids == (BEN, CHRIS)


async def test_the_buttons_of_a_resolved_problem_rest(db, math_circle):
    problem = await share(db, math_circle)
    problem.resolve("Waiting helps", NOW)

    async with db.begin() as session:
        with pytest.raises(ResolvedError):
            await problem.me_too(session, BEN, NOW)


async def test_an_event_that_comes_three_times_is_one_reply(db, math_circle):
    problem = await share(db, math_circle)

    async with db.begin() as session:
        new = [await problem.note_reply(session, "1.1", BEN, NOW) for _ in range(3)]

    assert new == [True, False, False]
    assert (await standing(db, problem)).replies == 1


async def test_a_deleted_reply_counts_no_more_even_when_its_news_come_first(db, math_circle):
    problem = await share(db, math_circle)

    async with db.begin() as session:
        await problem.note_reply(session, "1.1", BEN, NOW)
        await problem.note_reply_deleted(session, "1.1", BEN, NOW + HOUR)
        await problem.note_reply_deleted(session, "1.2", BEN, NOW + HOUR)
        await problem.note_reply(session, "1.2", BEN, NOW)

    assert (await standing(db, problem)).replies == 0


async def test_authors_who_reply_to_themselves_are_still_unanswered(db, math_circle):
    problem = await share(db, math_circle)

    async with db.begin() as session:
        await problem.note_reply(session, "1.1", ANA, NOW)

    assert (await standing(db, problem)).is_unanswered
    async with db() as session:
        page = await Standing.listed(session, math_circle.id, BEN, Listing.UNANSWERED)
    assert page.total == 1
