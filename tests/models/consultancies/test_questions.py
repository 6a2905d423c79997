"""What is asked in the steps for questions is gathered, as it stands in the thread now."""

from itertools import permutations

import pytest

from models.consultancies import asynchronous
from models.consultancies.questions import Gathered, Question, asked_in
from models.problems import Problem
from tests.examples import ANA, BEN, CHRIS, HOUR, NOW
from tests.models.consultancies.days_steps import Thread, a_thread, at

TUESDAY = at("2026-11-17 09:00")
WEDNESDAY = at("2026-11-18 08:00")


@pytest.fixture
async def thread(db) -> Thread:
    """A problem of Ana that colleagues think about over some days."""
    thread = await a_thread(db)
    await thread.begins(TUESDAY)
    return thread


def a_question(text="How many students?", ts="1.1", member_id=BEN):
    return Question(consultancy_id=1, ts=ts, member_id=member_id, step=1, text=text, asked_at=NOW)


async def happens(thread: Thread, *news: tuple[str, Question]) -> list[str]:
    """Let news of messages arrive, each by itself, and return what is gathered then."""
    for change, question in news:
        async with thread.db.begin() as session:
            match change:
                case "new":
                    await question.keep(session)
                case "changed":
                    await question.reword(session)
                case "deleted":
                    await question.take_back(session, NOW)
    async with thread.db() as session:
        return [one.text for one in await Question.of(session, 1)]


@pytest.mark.parametrize(
    "text", ["Why?", "¿Cuántos son?", "どうして\uff1f", "لماذا\u061f", "Why? No."]
)
def test_a_question_mark_makes_a_question(text):
    assert asked_in(text) == text


@pytest.mark.parametrize(
    "text", ["Try wait time.", "See https://example.org/?page=2", "", "  ", "!!!"]
)
def test_without_one_nothing_is_asked(text):
    assert asked_in(text) == ""


async def test_questions_are_kept_in_the_order_in_which_they_were_written(thread):
    news = [
        ("new", a_question("Second?", ts="2.0")),
        ("new", a_question("First?", ts="1.0")),
        ("new", a_question("Try wait time.", ts="3.0")),
    ]

    assert await happens(thread, *news) == ["First?", "Second?"]


async def test_delivered_twice_it_counts_once(thread):
    assert await happens(thread, ("new", a_question()), ("new", a_question())) == [
        "How many students?"
    ]


@pytest.mark.parametrize("order", list(permutations(["new", "changed"])))
async def test_an_edit_holds_in_whatever_order_the_news_comes(thread, order):
    told = {"new": "How many?", "changed": "How many, and since when?"}

    gathered = await happens(thread, *((one, a_question(told[one])) for one in order))

    assert gathered == ["How many, and since when?"]


@pytest.mark.parametrize("order", list(permutations(["new", "changed"])))
async def test_a_question_edited_into_advice_is_none_any_more(thread, order):
    told = {"new": "How many?", "changed": "Try wait time."}

    assert await happens(thread, *((one, a_question(told[one])) for one in order)) == []


async def test_advice_edited_into_a_question_is_one(thread):
    news = [("new", a_question("Try it.")), ("changed", a_question("Did you try it?"))]

    assert await happens(thread, *news) == ["Did you try it?"]


@pytest.mark.parametrize("order", list(permutations(["new", "changed", "deleted"])))
async def test_what_was_deleted_is_gone_in_whatever_order_the_news_comes(thread, order):
    assert await happens(thread, *((one, a_question()) for one in order)) == []


async def test_only_the_steps_for_questions_gather_them(thread):
    moments = {
        TUESDAY + HOUR: None,
        WEDNESDAY - HOUR: None,
        WEDNESDAY: 1,
        at("2026-11-19 23:00"): 2,
        at("2026-11-20 08:00"): None,
        at("2027-01-01 08:00"): None,
    }

    async with thread.db() as session:
        found = {
            moment: await asynchronous.asked_during(session, thread.problem.id, moment)
            for moment in moments
        }

    assert {moment: pair and pair[1] for moment, pair in found.items()} == moments


async def test_after_an_early_end_nothing_is_gathered(thread):
    await thread.ends(WEDNESDAY + HOUR)

    async with thread.db() as session:
        before = await asynchronous.asked_during(session, 1, WEDNESDAY)
        after = await asynchronous.asked_during(session, 1, WEDNESDAY + 2 * HOUR)

    assert (before and before[1], after) == (1, None)


@pytest.mark.parametrize(("is_named", "counted"), [(True, (2, 2)), (False, (3, 3))])
async def test_what_came_together_leaves_out_only_a_presenter_everybody_knows(
    db, is_named, counted
):
    thread = await a_thread(db, is_named=is_named)
    await thread.begins(TUESDAY)
    async with db.begin() as session:
        problem = await session.get_one(Problem, 1)
        for number, who in enumerate((ANA, BEN, CHRIS)):
            await problem.note_reply(session, f"{number}.0", who, WEDNESDAY)
        await problem.note_reply(session, "9.0", BEN, TUESDAY - HOUR)
        await a_question().keep(session)

    async with db() as session:
        gathered = await Gathered.in_thread(session, (await thread.all())[0])

    assert (gathered.messages, gathered.people) == counted
    assert gathered.questions == 1
