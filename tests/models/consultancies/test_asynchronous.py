"""A consultancy over some days follows working days, and says no step twice or too late."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from models.communities import Community
from models.consultancies import asynchronous, moving_on
from models.consultancies.afterwards import FOLLOW_UP, NEXT_STEP
from models.consultancies.asynchronous import UnderWayError
from models.consultancies.consultancy import Consultancy
from models.consultancies.moving_on import ASYNC_STEP, QUESTIONS
from models.consultancies.protocols import PROTOCOLS, ProtocolCopy
from models.errors import RuleError
from models.posts import Post
from models.problems import Problem, ResolvedError, WantedHelp, Wording
from models.problems.posted import RETURN, card_key
from tests.examples import ANA, BEN, DAY, NOW, a_wording
from tests.models.consultancies.days_steps import Thread, a_thread, at
from tests.models.problems.steps import everything_kept

TUESDAY = at("2026-11-17 09:00")
WEDNESDAY = at("2026-11-18 08:00")
THURSDAY = at("2026-11-19 08:00")
FRIDAY = at("2026-11-20 08:00")
NEXT_TUESDAY = at("2026-11-24 08:00")
NEXT_WEDNESDAY = at("2026-11-25 08:00")
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def thread(db) -> Thread:
    """What Ana shared on a Tuesday at 9:00 in Denver."""
    return await a_thread(db)


@pytest.fixture
async def nameless(db) -> Thread:
    """What Ana shared without her name."""
    return await a_thread(db, is_named=False)


async def change(thread: Thread, step) -> None:
    """Do something with the problem in a transaction of its own."""
    async with thread.db.begin() as session:
        await step(session, await session.get_one(Problem, thread.problem.id))


async def test_it_begins_at_once_by_day_in_the_problems_own_thread(thread):
    consultancy = await thread.begins(TUESDAY)

    [post] = await thread.posts(ASYNC_STEP)
    assert post.thread_of == card_key(thread.problem.id)
    assert (post.due_at, post.useful_until) == (TUESDAY, WEDNESDAY)
    assert (consultancy.step, consultancy.started_at) == (0, TUESDAY)
    assert consultancy.presenter_id == ANA
    assert consultancy.protocol_name == PROTOCOLS["asynchronous"].name


async def test_shared_at_night_it_begins_in_the_morning(thread):
    consultancy = await thread.begins(at("2026-11-20 22:00"))
    await thread.looks(at("2026-11-22 12:00"))
    assert (consultancy.step, await thread.said()) == (None, [])

    await thread.looks(at("2026-11-23 08:00"))

    assert await thread.said() == ["0"]


async def test_each_step_is_said_once_however_often_one_looks(thread):
    await thread.begins(TUESDAY)

    for moment in (WEDNESDAY, THURSDAY, FRIDAY, NEXT_TUESDAY, NEXT_WEDNESDAY):
        await thread.looks(moment - MINUTE)
        await thread.looks(moment)
        await thread.looks(moment + MINUTE)

    assert await thread.said() == ["0", "1", "2", "3", "4", "end"]
    [consultancy] = await thread.all()
    assert consultancy.finished_at == NEXT_WEDNESDAY


async def test_the_discussion_goes_on_over_the_weekend(thread):
    await thread.begins(TUESDAY)

    for moment in (FRIDAY, FRIDAY + DAY, FRIDAY + 2 * DAY, FRIDAY + 3 * DAY):
        await thread.looks(moment)

    assert await thread.said() == ["0", "3"]


async def test_after_three_days_without_the_bot_it_is_at_the_right_step(thread):
    await thread.begins(TUESDAY)

    await thread.looks(FRIDAY + MINUTE)

    assert await thread.said() == ["0", "3"]
    [consultancy] = await thread.all()
    assert (consultancy.step, consultancy.step_ends_at) == (3, NEXT_TUESDAY)


async def test_questions_of_steps_nobody_moved_on_from_come_in_one_letter(thread):
    await thread.begins(TUESDAY)

    await thread.looks(FRIDAY + MINUTE)

    [letter] = await thread.posts(QUESTIONS)
    assert (letter.place_id, letter.key.rpartition(":")[2]) == (ANA, "1-2")


async def test_the_presenter_gets_a_letter_after_each_step_for_questions(thread):
    await thread.begins(TUESDAY)

    for moment in (WEDNESDAY, THURSDAY, FRIDAY, NEXT_TUESDAY):
        await thread.looks(moment)

    letters = await thread.posts(QUESTIONS)
    assert [letter.due_at for letter in letters] == [THURSDAY, FRIDAY]
    assert {letter.place_id for letter in letters} == {ANA}


async def test_an_end_that_is_long_over_is_not_told(thread):
    await thread.begins(TUESDAY)

    await thread.looks(NEXT_WEDNESDAY + 30 * DAY)

    assert await thread.said() == ["0"]
    [consultancy] = await thread.all()
    assert consultancy.finished_at is not None
    assert await thread.posts(NEXT_STEP) == []


async def test_one_that_never_began_ends_without_a_word(thread):
    await thread.begins(at("2026-11-20 22:00"))

    await thread.looks(at("2026-12-01 09:00"))

    assert await thread.said() == []


async def test_a_clock_that_was_set_back_says_nothing_again(thread):
    await thread.begins(TUESDAY)
    await thread.looks(THURSDAY)

    async with thread.db.begin() as session:
        held = await moving_on.held(session, 1)
        await moving_on.move_on(session, held, WEDNESDAY)

    assert await thread.said() == ["0", "2"]


async def test_two_replicas_that_look_at_once_say_each_step_once(thread):
    await thread.begins(TUESDAY)

    await asyncio.gather(*(thread.looks(WEDNESDAY) for _ in range(5)))

    assert await thread.said() == ["0", "1"]


async def test_whoever_resolves_while_the_tick_looks_waits_for_nobody(thread):
    await thread.begins(TUESDAY)

    async def resolve(session, _):
        problem = await Problem.visible_to(session, thread.problem.id, BEN, to_change=True)
        problem.resolve("Writing first helps.", WEDNESDAY)
        await asynchronous.end(session, problem, WEDNESDAY)

    await asyncio.gather(thread.looks(WEDNESDAY), change(thread, resolve))

    [consultancy] = await thread.all()
    assert consultancy.finished_at == WEDNESDAY


async def test_a_problem_has_one_at_a_time_and_may_have_another_later(thread):
    first = await thread.begins(TUESDAY)
    again = await thread.begins(WEDNESDAY)
    assert again.id == first.id

    await thread.looks(NEXT_WEDNESDAY)
    second = await thread.begins(NEXT_WEDNESDAY + DAY)

    assert (first.key, second.key) == ("problem:1:0", "problem:1:1")
    assert await thread.said() == ["0", "end", "0"]


async def test_what_would_happen_is_only_told_where_it_can(thread):
    async with thread.db() as session:
        plan = await asynchronous.plan(session, thread.problem, thread.community, TUESDAY)
    assert plan.moments[-1] == NEXT_WEDNESDAY

    await thread.begins(TUESDAY)

    async with thread.db() as session:
        with pytest.raises(UnderWayError):
            await asynchronous.plan(session, thread.problem, thread.community, TUESDAY)


async def test_a_resolved_problem_has_none_until_it_is_opened_again(thread):
    await thread.is_resolved(TUESDAY)

    with pytest.raises(ResolvedError, match="reopens it"):
        await thread.begins(TUESDAY)


@pytest.mark.parametrize("is_told", [True, False])
async def test_a_resolved_problem_ends_it_without_a_word_and_reopened_it_rests(thread, is_told):
    await thread.begins(TUESDAY)
    await thread.is_resolved(TUESDAY + MINUTE)
    if is_told:
        assert await thread.ends(TUESDAY + MINUTE)
    await thread.looks(WEDNESDAY)

    async def reopen(_, problem):
        problem.reopen()

    await change(thread, reopen)
    await thread.looks(THURSDAY)

    assert await thread.said() == ["0"]
    assert not await thread.ends(THURSDAY)


async def test_a_channel_that_is_archived_hears_nothing(thread):
    await thread.begins(TUESDAY)
    async with thread.db.begin() as session:
        (await session.get_one(Community, 1)).archived_at = TUESDAY

    await thread.looks(WEDNESDAY)

    assert await thread.said() == ["0"]
    [consultancy] = await thread.all()
    assert consultancy.finished_at == WEDNESDAY
    with pytest.raises(RuleError, match="archived"):
        await thread.begins(THURSDAY)


async def test_without_a_name_only_the_letters_know_whose_it_is(nameless, database):
    consultancy = await nameless.begins(TUESDAY)
    for moment in (WEDNESDAY, THURSDAY, NEXT_WEDNESDAY):
        await nameless.looks(moment)

    assert consultancy.presenter_id is None
    kept = await everything_kept(database)
    assert {name for name, rows in kept.items() if ANA in rows} == {
        "hidden_authors",
        "memberships",
        "posts",
    }
    async with nameless.db() as session:
        hers = await session.scalars(select(Post.kind).where(Post.place_id == ANA))
        assert set(hers) == {QUESTIONS, NEXT_STEP, FOLLOW_UP}
        assert list(await session.scalars(select(Post).where(Post.cause_id == ANA))) == []


@pytest.mark.parametrize("is_named", [True, False])
async def test_of_a_withdrawn_problem_nothing_is_kept(db, database, is_named):
    thread = await a_thread(db, is_named=is_named)
    await thread.begins(TUESDAY)
    await thread.looks(THURSDAY)

    async def withdraw(session, problem):
        await problem.withdraw(session, FRIDAY)
        await asynchronous.forget(session, problem, FRIDAY)

    await change(thread, withdraw)
    await thread.looks(FRIDAY)

    [consultancy] = await thread.all()
    assert (consultancy.presenter_id, consultancy.question) == (None, None)
    assert consultancy.finished_at == FRIDAY
    assert await thread.posts(QUESTIONS) == []
    assert [post.wanted > 0 for post in await thread.posts(ASYNC_STEP)] == [True, True]


async def test_at_its_end_the_presenter_is_asked_for_a_next_step(thread):
    await thread.begins(TUESDAY)
    await thread.looks(NEXT_TUESDAY)

    await thread.looks(NEXT_WEDNESDAY)

    assert [post.place_id for post in await thread.posts(NEXT_STEP)] == [ANA]


async def test_a_community_has_its_own_way(thread):
    steps = [step.to_dict() | {"days": 2} for step in PROTOCOLS["asynchronous"].steps[:2]]
    async with thread.db.begin() as session:
        session.add(
            ProtocolCopy(
                community_id=1,
                name="In two steps",
                based_on="asynchronous",
                steps=steps,
                is_asynchronous=True,
                changed_by=BEN,
                changed_at=NOW,
            )
        )

    consultancy = await thread.begins(TUESDAY)

    assert (consultancy.protocol_name, len(consultancy.steps)) == ("In two steps", 2)
    assert consultancy.step_ends_at == THURSDAY


async def test_while_colleagues_think_the_question_is_not_brought_back(thread):
    await thread.begins(TUESDAY)

    [post] = await thread.posts(RETURN)
    assert post.due_at == at("2026-11-27 08:00")


async def test_only_what_is_due_is_looked_at_in_any_workspace(thread):
    elsewhere = await a_thread(thread.db, tz="Europe/London", workspace_id="T0OTHER")
    await thread.begins(TUESDAY)
    await elsewhere.begins(TUESDAY)

    async with thread.db.everywhere()() as session:
        early = await moving_on.due(session, WEDNESDAY - MINUTE, 10)
        both = await moving_on.due(session, WEDNESDAY, 10)
        first = await moving_on.due(session, WEDNESDAY, 1)

    assert [one.workspace_id for one in early] == ["T0OTHER"]
    assert len(both) == 2
    assert [one.workspace_id for one in first] == ["T0OTHER"]


async def test_the_next_moment_is_when_the_next_step_comes(thread):
    async with thread.db() as session:
        assert await moving_on.next_change(session, TUESDAY) is None
    await thread.begins(TUESDAY)

    async with thread.db() as session:
        assert await moving_on.next_change(session, TUESDAY) == WEDNESDAY


def wording(wanted: WantedHelp) -> Wording:
    return a_wording(wanted_help=wanted)


async def test_an_edit_that_wishes_for_one_begins_it_and_one_that_does_not_ends_it(thread):
    async def wish(wanted, now):
        async def edit(session, problem):
            before = problem.wanted_help
            problem.edit(wording(wanted), now)
            community = await session.get_one(Community, 1)
            await asynchronous.follow_wish(session, problem, community, before, now)

        await change(thread, edit)

    await wish(WantedHelp.ASYNCHRONOUS, TUESDAY)
    await wish(WantedHelp.ASYNCHRONOUS, TUESDAY + MINUTE)
    assert [one.finished_at for one in await thread.all()] == [None]

    await wish(WantedHelp.IDEAS, TUESDAY + 2 * MINUTE)
    await thread.looks(WEDNESDAY)

    [consultancy] = await thread.all()
    assert consultancy.finished_at == TUESDAY + 2 * MINUTE
    assert await thread.said() == ["0"]


async def test_begun_from_the_menu_it_is_what_would_help(thread):
    await thread.begins(TUESDAY)

    async with thread.db() as session:
        problem = await session.get_one(Problem, thread.problem.id)
        running = await asynchronous.running_for(session, [problem.id, 999])
    assert problem.wanted_help == WantedHelp.ASYNCHRONOUS
    assert [one.step for one in running.values()] == [0]


async def test_one_that_is_erased_meanwhile_is_not_held(thread):
    await thread.begins(TUESDAY)
    async with thread.db.begin() as session:
        await session.delete(await session.get_one(Consultancy, 1))

    async with thread.db.begin() as session:
        assert await moving_on.held(session, 1) is None
