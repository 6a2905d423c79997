"""Who helped, told to the one they helped."""

from datetime import UTC, datetime

from models.consultancies import opening
from models.hangouts.hangout import Hangout
from models.problems import Problem
from models.thanks import suggesting
from models.thanks.posted import SUGGESTION, SUGGESTION_OF_PROBLEM
from models.thanks.suggesting import SUGGESTED_AT_MOST
from models.thanks.thanks import About
from tests.examples import ANA, BEN, CHRIS, DAY, NOW, a_member
from tests.models.thanks.belonging import (
    a_circle,
    a_hangout_of,
    a_shared_problem,
    answers,
    letters,
    replies,
    thanks_said,
)


async def suggested(db, problem, reader_id=ANA):
    async with db() as session:
        problem = await session.get_one(Problem, problem.id)
        return await suggesting.for_problem(session, problem, reader_id)


async def for_presenter(db, hangout):
    async with db() as session:
        return await suggesting.for_hangout(session, hangout, ANA)


async def closed(db, hangout, now=NOW):
    async with db.begin() as session:
        held = await Hangout.of(session, hangout.id, for_update=True)
        await opening.close(session, held, now)


async def test_those_who_wrote_along_are_suggested_to_the_author_alone(db):
    circle = await a_circle(db)
    problem = await a_shared_problem(db, circle)
    await replies(db, problem, ANA, CHRIS, BEN)

    found = await suggested(db, problem)

    assert found.member_ids == (CHRIS, BEN)
    assert (found.about_kind, found.about_id, found.is_private) == (
        About.PROBLEM,
        problem.id,
        False,
    )
    assert await suggested(db, problem, BEN) is None


async def test_helpers_of_a_problem_without_a_name_are_thanked_in_private_and_without_a_link(db):
    circle = await a_circle(db)
    problem = await a_shared_problem(db, circle, author_id=None)
    await replies(db, problem, BEN)

    found = await suggested(db, problem)

    assert (found.about_kind, found.about_id, found.is_private) == (None, None, True)


async def test_whom_the_author_thanked_since_is_not_suggested(db):
    circle = await a_circle(db)
    problem = await a_shared_problem(db, circle)
    await replies(db, problem, BEN, CHRIS)

    await thanks_said(db, circle, BEN)

    assert (await suggested(db, problem)).member_ids == (CHRIS,)


async def test_no_more_than_five_are_named(db):
    people = [f"U0TEACHER{number}" for number in range(SUGGESTED_AT_MOST + 1)]
    circle = await a_circle(db, memberships=[])
    async with db.begin() as session:
        community = await session.get_one(type(circle), circle.id)
        for one in people:
            community.welcome(one, NOW)
        session.add_all(a_member(one, name=one) for one in people)
    problem = await a_shared_problem(db, circle)
    await replies(db, problem, *people)

    assert (await suggested(db, problem)).member_ids == tuple(people[:SUGGESTED_AT_MOST])


async def test_an_author_hears_of_helpers_when_a_colleague_resolves_it_once(db):
    circle = await a_circle(db)
    problem = await a_shared_problem(db, circle)
    await replies(db, problem, CHRIS)

    for by in (BEN, ANA, BEN):
        async with db.begin() as session:
            kept = await session.get_one(Problem, problem.id)
            await suggesting.after_resolving(session, kept, by, NOW)

    assert [one.place_id for one in await letters(db, SUGGESTION_OF_PROBLEM)] == [ANA]


async def test_where_nobody_helped_nothing_is_suggested(db):
    circle = await a_circle(db)
    problem = await a_shared_problem(db, circle)

    async with db.begin() as session:
        kept = await session.get_one(Problem, problem.id)
        await suggesting.after_resolving(session, kept, BEN, NOW)

    assert await letters(db, SUGGESTION_OF_PROBLEM) == []


async def test_after_a_hangout_each_presenter_has_one_letter_by_day(db):
    circle = await a_circle(db)
    hangout = await a_hangout_of(db, circle, ANA, CHRIS, presenter=ANA)

    await closed(db, hangout)
    await closed(db, hangout)

    [letter] = await letters(db, SUGGESTION)
    assert (letter.place_id, letter.about_id) == (ANA, hangout.id)
    # It was on a Sunday.
    assert letter.due_at == datetime(2026, 11, 16, 15, tzinfo=UTC)


async def test_who_was_there_is_suggested_to_who_presented(db):
    circle = await a_circle(db)
    hangout = await a_hangout_of(db, circle, ANA, CHRIS, presenter=ANA)

    async with db() as session:
        found = await suggesting.for_hangout(session, hangout, ANA)
        for_a_guest = await suggesting.for_hangout(session, hangout, CHRIS)

    assert found.member_ids == (BEN, CHRIS)
    assert (found.about_kind, found.about_id) == (About.HANGOUT, hangout.id)
    assert found.is_certain
    assert for_a_guest is None


async def test_who_only_signed_up_may_have_been_there_until_they_say_they_were_not(db):
    circle = await a_circle(db)
    hangout = await a_hangout_of(db, circle, ANA, CHRIS, presenter=ANA, say_so=None)
    before = await for_presenter(db, hangout)

    await answers(db, hangout, CHRIS, came=False)
    after = await for_presenter(db, hangout)

    # Ben led it, which is known.
    assert (before.member_ids, before.is_certain) == ((BEN, CHRIS), False)
    assert (after.member_ids, after.is_certain) == ((BEN,), True)
    await answers(db, hangout, ANA, came=False)
    assert await for_presenter(db, hangout) is None


async def test_of_a_hangout_that_was_called_off_or_long_ago_nobody_is_told(db):
    circle = await a_circle(db)
    off = await a_hangout_of(db, circle, ANA, presenter=ANA, called_off_at=NOW - 3 * DAY)
    await closed(db, off)
    async with db.begin() as session:
        held = await session.get_one(Hangout, off.id)
        held.called_off_at, held.closed_at = None, None

    await closed(db, off, NOW + 30 * DAY)

    assert await letters(db, SUGGESTION) == []
