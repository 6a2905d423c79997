"""Whatever goes wrong, the person who caused it hears what happened and what to do."""

import logging
import re

import pytest
from sqlalchemy import text

from tests.handlers.problems.steps import (
    HAPPENING,
    TITLE,
    answers_to,
    cards,
    check_all_that_was_shown,
    last_answer,
    open_form,
    problems_kept,
    settle,
    share,
    words_of,
)

REFERENCE = re.compile(r"tell your lead the number ([0-9A-F]{4})\.")


@pytest.fixture(autouse=True)
async def good_manners(slack):
    """Errors are told as kindly and as correctly as everything else."""
    yield
    check_all_that_was_shown(slack)


@pytest.fixture
async def anas_problem(ana, world, circle):
    """What Ana shared with her name."""
    return await share(ana, world)


@pytest.fixture
def impatient(world):
    """Slack, which waits a moment for the answer to an event that meets a fault, not seconds."""
    world.slack.socket.ack_seconds = 0.3


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.WARNING)
    return caplog


async def rename(database, old: str, new: str) -> None:
    """Take a table away from under the bot, or give it back."""
    async with database.engine.begin() as connection:
        await connection.execute(text(f'ALTER TABLE "{old}" RENAME TO "{new}"'))


@pytest.fixture
async def broken(database, circle, world):
    """The table of problems is gone."""
    await rename(database, "problems", "lost")


def said_and_logged(words: str, log) -> bool:
    """Say whether the number that was told is the one in the log."""
    [number] = set(REFERENCE.findall(words))
    return f"Unexpected error {number}" in log.text


async def test_the_unexpected_has_a_number_that_is_in_the_log(ana, world, broken, log):
    await ana.types("math-circle", "/problem list")
    await settle(world)

    assert "not your fault" in last_answer(ana)
    assert said_and_logged(last_answer(ana), log)
    assert "Traceback" in log.text


async def test_a_form_stays_open_with_all_that_was_filled_in(ana, world, database, broken, log):
    form = await open_form(ana, world)

    await ana.submits(form, title=TITLE, happening=HAPPENING)
    await settle(world)

    assert "What you filled in stays here." in ana.top_view["errors"]["title"]
    assert said_and_logged(ana.top_view["errors"]["title"], log)
    assert HAPPENING in str(ana.top_view["state"])

    await rename(database, "lost", "problems")
    await ana.submits(ana.top_view)
    await settle(world)

    assert HAPPENING in cards(world)[0].words
    assert len(await problems_kept(world)) == 1


async def test_a_command_gives_the_text_back(ana, world, database, circle, log):
    await rename(database, "memberships", "lost")
    words = "How do I *really* get <quiet> students & others to talk?"

    await ana.types("staff-lounge", f"/problem {words}")
    await settle(world)

    answer = words_of(answers_to(ana, "staff-lounge")[-1])
    assert "Your text is kept below." in answer
    assert words in answer
    assert said_and_logged(answer, log)


async def test_a_direct_message_gives_the_text_back(ana, world, impatient, database, circle, log):
    await rename(database, "seen_events", "lost")

    await ana.types(world.slack.direct_message("UANA"), f"problem {TITLE}")
    await settle(world)

    answer = words_of(world.letters("UANA")[-1])
    assert TITLE in answer
    assert said_and_logged(answer, log)


async def test_a_mention_is_answered_where_it_was_said(
    ana, world, impatient, database, circle, log
):
    await rename(database, "seen_events", "lost")

    await ana.types("math-circle", f"<@{world.slack.bot_user_id}> list")
    await settle(world)

    assert said_and_logged(last_answer(ana), log)


async def test_what_nobody_asked_for_bothers_nobody(
    ben, world, impatient, database, anas_problem, log
):
    await rename(database, "seen_events", "lost")

    await ben.types("math-circle", "Wait time.", thread_ts=anas_problem.ts)
    await settle(world)

    assert "Unexpected error" in log.text
    assert answers_to(ben) == []
    assert world.letters("UBEN") == []


async def test_a_press_is_answered_too(ben, world, database, anas_problem, log):
    await rename(database, "problem_interests", "lost")

    await ben.presses("problems.me_too", message=anas_problem.message)
    await settle(world)

    assert said_and_logged(last_answer(ben), log)


async def test_a_form_without_fields_closes_and_a_letter_tells(ana, world, database, anas_problem):
    await ana.presses(
        "problems.more", message=anas_problem.message, option=f"delete:{anas_problem.problem_id}"
    )
    await settle(world)
    await rename(database, "problem_helpers", "lost")

    await ana.submits(ana.top_view)
    await settle(world)

    assert REFERENCE.search(world.letters("UANA")[-1]["text"])
    assert "filled in" not in world.letters("UANA")[-1]["text"]
    await rename(database, "lost", "problem_helpers")


async def test_the_log_has_neither_the_words_nor_who_wrote_them(ana, world, database, circle, log):
    form = await open_form(ana, world)
    await rename(database, "hidden_authors", "lost")

    await ana.submits(form, title=TITLE, happening=HAPPENING, without_name="yes")
    await settle(world)

    assert "hidden_authors" in log.text
    assert TITLE not in log.text
    assert "UANA" not in log.text


async def test_what_slack_refuses_is_said_in_plain_words_and_the_text_is_kept(ana, world, circle):
    for code, sentence in (
        ("missing_scope", "A lead can add it"),
        ("user_not_found", "I can’t find that person"),
        ("not_in_channel", "/invite @Staffroom"),
    ):
        world.slack.faults.fail("views.open", code)

        await ana.types("math-circle", f"/problem {TITLE}")
        await settle(world)

        assert sentence in last_answer(ana)
        assert TITLE in last_answer(ana)


async def test_a_refusal_we_have_no_words_for_has_a_number(ana, world, circle, log):
    world.slack.faults.fail("views.open", "team_access_not_granted")

    await ana.types("math-circle", f"/problem {TITLE}")
    await settle(world)

    assert said_and_logged(last_answer(ana), log)
    assert TITLE in last_answer(ana)


async def test_an_error_right_after_the_answer_takes_nothing_back(chris, world, anas_problem):
    for _ in range(5):
        reply = await chris.presses(
            "problems.more", message=anas_problem.message, option=f"edit:{anas_problem.problem_id}"
        )
        await settle(world)

        assert reply.acked
        assert reply.seconds < 1


async def test_when_even_the_answer_does_not_get_through_the_log_has_it(ana, world, circle, log):
    world.slack.faults.next("@respond", status=500, times=10)
    world.slack.faults.fail("chat.postEphemeral", "fatal_error", times=10)
    world.slack.faults.fail("chat.postMessage", "fatal_error", times=10)

    reply = await ana.types("math-circle", "/problem find")
    await settle(world)
    world.slack.faults.clear()

    assert reply.acked
    assert "Could not tell the member what went wrong" in log.text
