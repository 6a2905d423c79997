"""Who may share, see, resolve and withdraw a problem."""

import asyncio
from datetime import UTC, datetime

import pytest

from models.communities import Community
from models.errors import NotAllowedError, NotHereError, RuleError
from models.problems import Author, HiddenAuthor, Problem, Standing
from tests.examples import (
    ANA,
    BEN,
    CHRIS,
    DAY,
    MATH_CIRCLE,
    NAMES,
    NOW,
    a_community,
    a_member,
    a_problem,
)
from tests.models.problems.steps import HIDDEN_ANA, everything_kept, share


async def test_a_form_sent_twice_makes_one_problem(db, math_circle):
    first = await share(db, math_circle, key="V1")

    second = await share(db, math_circle, key="V1")

    assert second.id == first.id


async def test_a_form_sent_twice_at_the_same_moment_makes_one_problem(db, math_circle):
    problems = await asyncio.gather(*(share(db, math_circle, key="V1") for _ in range(5)))

    assert len({problem.id for problem in problems}) == 1


async def test_a_private_community_takes_problems_of_its_members_only(db):
    async with db.begin() as session:
        session.add(leads := a_community(members=(BEN,), channel_id="C0LEADS", is_private=True))

    with pytest.raises(NotHereError):
        await share(db, leads, Author(ANA))


async def test_an_archived_community_takes_no_problems(db):
    async with db.begin() as session:
        session.add(old := a_community(name="Old circle", archived_at=NOW))

    with pytest.raises(RuleError, match="Old circle is archived"):
        await share(db, old)


async def test_another_workspace_finds_nothing(db, database, math_circle):
    problem = await share(db, math_circle)

    async with database.of("T0OTHER")() as session:
        page = await Standing.listed(session, math_circle.id, ANA)
        mine = await Standing.mine(session, ANA)
        with pytest.raises(NotHereError):
            await Problem.visible_to(session, problem.id, ANA)

    assert (page.total, mine.total) == (0, 0)


async def test_a_private_communitys_problems_are_for_its_members(db):
    async with db.begin() as session:
        session.add(leads := a_community(members=(ANA,), channel_id="C0LEADS", is_private=True))
    problem = await share(db, leads)

    async with db() as session:
        found = await Problem.visible_to(session, str(problem.id), ANA)
        page = await Standing.listed(session, leads.id, BEN)
        among = await Standing.among(session, [problem.id], BEN)
        with pytest.raises(NotHereError):
            await Problem.visible_to(session, problem.id, BEN)

    assert found.id == problem.id
    assert (page.total, among) == (0, ())


async def test_whoever_left_a_private_community_sees_it_no_more(db):
    async with db.begin() as session:
        session.add(leads := a_community(channel_id="C0LEADS", is_private=True))
    problem = await share(db, leads)
    async with db.begin() as session:
        (await session.get_one(Community, leads.id)).farewell(BEN, NOW)

    async with db() as session:
        with pytest.raises(NotHereError):
            await Problem.visible_to(session, problem.id, BEN)


@pytest.mark.parametrize("value", ["", "abc", "-1", "9" * 5000, "2147483648", "1; --", "\x00", "½"])
async def test_a_forged_button_finds_nothing(db, math_circle, value):
    async with db() as session:
        with pytest.raises(NotHereError):
            await Problem.visible_to(session, value, ANA)


async def test_author_and_facilitators_may_change_a_problem(db, math_circle):
    async with db.begin() as session:
        community = await session.get_one(Community, math_circle.id)
        community.configure(name="Math", tz="America/Denver", facilitators=[BEN], now=NOW)
    problem = await share(db, community, HIDDEN_ANA)

    async with db() as session:
        for member in (a_member(ANA), a_member(BEN), a_member("U0LEAD", is_lead=True)):
            await problem.require_changer(session, member, community, NAMES)
        with pytest.raises(NotAllowedError, match="Ask Ben"):
            await problem.require_changer(session, a_member(CHRIS), community, NAMES)


async def test_resolving_again_changes_the_words_and_keeps_the_day():
    problem = a_problem()

    problem.resolve(" Waiting helps ", NOW)
    problem.resolve("Writing first helps", NOW + DAY)

    assert (problem.learned, problem.resolved_at) == ("Writing first helps", NOW)


def test_resolving_asks_for_what_was_learned():
    with pytest.raises(RuleError, match="what you learned") as refused:
        a_problem().resolve("  \u200b ", NOW)

    assert refused.value.field == "learned"


def test_a_problem_taken_up_again_keeps_what_was_learned():
    problem = a_problem()
    problem.resolve("Waiting helps", NOW)

    problem.reopen()

    assert problem.is_open
    assert problem.learned == "Waiting helps"


async def test_a_withdrawn_problem_leaves_no_word_behind(db, database, math_circle):
    words = {"title": "AAA", "happening": "BBB", "tried": "CCC", "question": "DDD", "topics": "EEE"}
    problem = await share(db, math_circle, HIDDEN_ANA, **words)
    async with db.begin() as session:
        await problem.me_too(session, BEN, NOW)
        await problem.offer_help(session, CHRIS, NOW)

    async with db.begin() as session:
        problem = await Problem.visible_to(session, problem.id, ANA, to_change=True)
        problem.resolve("FFF", NOW)
        await problem.withdraw(session, NOW)

    kept = await everything_kept(database)
    assert not [word for word in (*words.values(), "FFF") if word in kept["problems"]]
    assert {kept[name] for name in ("hidden_authors", "problem_interests", "problem_helpers")} == {
        "[]"
    }


async def test_a_withdrawn_problem_is_gone_from_every_list(db, math_circle):
    problem = await share(db, math_circle)
    async with db.begin() as session:
        problem = await Problem.visible_to(session, problem.id, ANA, to_change=True)
        await problem.withdraw(session, NOW)

    async with db() as session:
        assert (await Standing.listed(session, math_circle.id, ANA)).total == 0
        assert (await Standing.mine(session, ANA)).total == 0
        assert await Standing.among(session, [problem.id], ANA) == ()
        with pytest.raises(NotHereError, match="withdrawn"):
            await Problem.visible_to(session, problem.id, ANA)


@pytest.mark.parametrize(
    ("shared", "returned"),
    [
        # Tuesday 16:00 in Denver: two days later it is Thursday, still by day.
        ((2026, 11, 17, 23, 0), (2026, 11, 19, 23, 0)),
        # Friday 16:00: Sunday moves to Monday 8:00.
        ((2026, 11, 20, 23, 0), (2026, 11, 23, 15, 0)),
        # Tuesday 20:00: Thursday 20:00 moves to Friday 8:00.
        ((2026, 11, 18, 3, 0), (2026, 11, 20, 15, 0)),
    ],
)
def test_an_unanswered_problem_comes_back_by_day(shared, returned):
    problem = a_problem(shared_at=datetime(*shared, tzinfo=UTC))

    assert problem.return_due_at("America/Denver") == datetime(*returned, tzinfo=UTC)


async def test_a_problem_belongs_to_its_communitys_workspace(db, database, math_circle):
    problem = await share(db, math_circle, HIDDEN_ANA)

    async with database.everywhere()() as session:
        hidden = await session.get_one(HiddenAuthor, problem.id)

    assert (problem.workspace_id, hidden.workspace_id) == ("T0STAFF", "T0STAFF")
    assert math_circle.channel_id == MATH_CIRCLE
