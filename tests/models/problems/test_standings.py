"""Lists of problems and their counts."""

import pytest
from sqlalchemy import event

from models.problems import Listing, Problem, Standing
from tests.examples import ANA, BEN, HOUR, NOW, a_problem
from tests.models.problems.steps import share


async def test_lists_show_the_newest_first_five_a_page(db, math_circle):
    for number in range(7):
        await share(db, math_circle, key=f"V{number}", title=f"{number}", now=NOW + number * HOUR)

    async with db() as session:
        first = await Standing.listed(session, math_circle.id, BEN)
        second = await Standing.listed(session, math_circle.id, BEN, page=1)

    assert [one.problem.title for one in first.standings] == ["6", "5", "4", "3", "2"]
    assert [one.problem.title for one in second.standings] == ["1", "0"]
    assert (first.has_later, first.has_earlier) == (False, True)
    assert (second.has_later, second.has_earlier) == (True, False)


@pytest.mark.parametrize("page", [-1, 10**30])
async def test_a_forged_page_is_an_empty_or_the_first_one(db, math_circle, page):
    await share(db, math_circle)

    async with db() as session:
        listed = await Standing.listed(session, math_circle.id, BEN, page=page)

    assert listed.total == 1


async def test_lists_tell_all_and_unanswered_apart(db, math_circle):
    opened = await share(db, math_circle, key="V1", title="open")
    answered = await share(db, math_circle, key="V2", title="answered")
    resolved = await share(db, math_circle, key="V3", title="resolved")
    async with db.begin() as session:
        await answered.note_reply(session, "1.1", BEN, NOW)
        (await session.get_one(Problem, resolved.id)).resolve("Waiting helps", NOW)

    async with db() as session:
        titles = {
            listing: {
                one.problem.title
                for one in (await Standing.listed(session, math_circle.id, BEN, listing)).standings
            }
            for listing in Listing
        }

    assert titles == {
        Listing.ALL: {"open", "answered", "resolved"},
        Listing.UNANSWERED: {opened.title},
    }


async def test_a_full_page_takes_no_more_queries_than_a_short_one(db, math_circle):
    asked = []
    event.listen(db.engine.sync_engine, "before_cursor_execute", lambda *args: asked.append(args))

    async def queries() -> int:
        asked.clear()
        async with db() as session:
            await Standing.listed(session, math_circle.id, BEN)
        return len(asked)

    await share(db, math_circle, key="V0")
    one = await queries()
    for number in range(1, 5):
        await share(db, math_circle, key=f"V{number}")

    assert await queries() == one


async def test_found_problems_keep_the_order_of_the_search(db, math_circle):
    ids = [(await share(db, math_circle, key=f"V{number}")).id for number in range(3)]
    wanted = [ids[2], ids[0], 999, ids[1]]

    async with db() as session:
        found = await Standing.among(session, wanted, BEN)

    assert [one.problem.id for one in found] == [ids[2], ids[0], ids[1]]


def test_the_search_knows_a_problems_words_and_not_its_author():
    problem = a_problem(tried="Starters", topics=["Grade 9 math"], learned="Waiting helps")

    title, body = problem.findable

    assert title == "Quiet students"
    assert "Starters" in body
    assert "Grade 9 math" in body
    assert "Waiting helps" in body
    assert ANA not in title + body
