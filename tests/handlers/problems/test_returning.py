"""A problem nobody answered is brought back once, kindly and by day."""

from datetime import UTC, datetime, timedelta

from handlers.blocks.problems.cards import More
from tests.handlers.problems.steps import TITLE, choose, posts, resolve, settle, share, words_of

DAY = timedelta(days=1)


async def until(world, moment: datetime) -> None:
    """Let time pass to a moment."""
    await world.moves(moment - world.clock())
    await settle(world)


def denver(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of November 2026 in Denver, where it is UTC-7 then. The 17th is a Tuesday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) + timedelta(hours=7)


async def test_after_two_days_it_is_brought_back_once(world, anas_problem):
    await until(world, denver(19, 8, 50))
    assert posts(world, "problems.return") == []

    await until(world, denver(19, 9, 10))
    await until(world, denver(27, 12))

    [reminder] = posts(world, "problems.return")
    assert "Ana’s question from Tuesday is still open" in words_of(reminder)
    assert "One sentence of what worked for you is plenty." in words_of(reminder)
    assert anas_problem.ts.replace(".", "") in str(reminder["blocks"])


async def test_a_weekend_is_let_pass(ana, world, circle):
    await until(world, denver(19, 17))
    await share(ana, world)

    await until(world, denver(22, 20))
    assert posts(world, "problems.return") == []
    await until(world, denver(23, 8, 5))

    [reminder] = posts(world, "problems.return")
    assert "Ana’s question from Thursday" in words_of(reminder)


async def test_a_night_is_let_pass(ana, world, circle):
    await until(world, denver(17, 22))
    await share(ana, world)

    await until(world, denver(20, 7, 50))
    assert posts(world, "problems.return") == []
    await until(world, denver(20, 8, 5))

    assert len(posts(world, "problems.return")) == 1


async def test_an_answered_one_is_not_brought_back(ben, world, anas_problem):
    await ben.types("math-circle", "Wait time.", thread_ts=anas_problem.ts)
    await settle(world)

    await world.moves(3 * DAY)

    assert posts(world, "problems.return") == []


async def test_the_authors_own_words_are_no_answer(ana, world, anas_problem):
    await ana.types("math-circle", "It is period 3.", thread_ts=anas_problem.ts)
    await settle(world)

    await world.moves(3 * DAY)

    assert len(posts(world, "problems.return")) == 1


async def test_an_answer_that_was_deleted_is_none(ben, world, anas_problem):
    reply = await ben.types("math-circle", "Wait time.", thread_ts=anas_problem.ts)
    await ben.deletes(reply.message)
    await settle(world)

    await world.moves(3 * DAY)

    assert len(posts(world, "problems.return")) == 1


async def test_a_resolved_one_is_not_brought_back(ana, world, anas_problem):
    await resolve(ana, world, anas_problem)

    await world.moves(3 * DAY)

    assert posts(world, "problems.return") == []


async def test_a_deleted_one_is_not_brought_back(ana, world, anas_problem):
    await ana.submits(await choose(ana, world, anas_problem, More.DELETE))
    await settle(world)

    await world.moves(3 * DAY)

    assert posts(world, "problems.return") == []


async def test_nobody_is_reminded_of_what_is_long_ago(world, anas_problem):
    await world.moves(8 * DAY)

    assert posts(world, "problems.return") == []


async def test_a_reply_under_the_reminder_counts_on_the_card(ben, world, anas_problem):
    await world.moves(timedelta(hours=49))
    [reminder] = posts(world, "problems.return")

    await ben.types("math-circle", "Wait time.", thread_ts=reminder["ts"])
    await settle(world)

    assert "1 answer" in anas_problem.words


async def test_the_reminder_says_what_became_of_it(ana, ben, world, anas_problem):
    await world.moves(timedelta(hours=49))
    [reminder] = posts(world, "problems.return")

    await ben.types("math-circle", "Wait time.", thread_ts=reminder["ts"])
    await settle(world)
    assert "has its first answer" in words_of(posts(world, "problems.return")[0])
    await resolve(ana, world, anas_problem, "Writing first helps.")

    [reminder] = posts(world, "problems.return")
    assert "question from Tuesday is resolved" in words_of(reminder)
    assert "What was learned: Writing first helps." in words_of(reminder)


async def test_questions_are_brought_back_an_hour_apart(ana, world, anas_problem):
    await share(ana, world, title="Exit tickets nobody reads")

    await world.moves(timedelta(hours=48, minutes=10))
    assert len(posts(world, "problems.return")) == 1
    await world.moves(timedelta(hours=1))

    assert len(posts(world, "problems.return")) == 2


async def test_without_a_name_the_reminder_has_none(world, nameless_problem):
    await world.moves(timedelta(hours=49))

    [reminder] = posts(world, "problems.return")
    assert f"A question from Tuesday is still open: {TITLE}" in reminder["text"]
    assert "Ana" not in words_of(reminder)
