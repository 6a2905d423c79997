"""Who shares without a name stays unknown, wherever one looks."""

import pytest

from models.problems import Author, Listing, OwnProblemError, Problem, Standing
from tests.examples import ANA, BEN, HOUR, NOW, a_problem, a_wording
from tests.models.problems.steps import HIDDEN_ANA, everything_kept, share, standing


async def test_a_name_that_is_held_back_stands_in_one_table_only(db, database, math_circle):
    problem = await share(db, math_circle, HIDDEN_ANA)
    async with db.begin() as session:
        problem = await Problem.visible_to(session, problem.id, ANA, to_change=True)
        problem.edit(a_wording(title="Quieter students"), NOW + HOUR)
        problem.made_from("https://example.slack.com/archives/C0MATH/p1")
        with pytest.raises(OwnProblemError):
            await problem.me_too(session, ANA, NOW)
        with pytest.raises(OwnProblemError):
            await problem.offer_help(session, ANA, NOW)
        problem.resolve("Waiting helps", NOW + HOUR)

    kept = await everything_kept(database)

    assert {name for name, rows in kept.items() if ANA in rows} == {"hidden_authors", "memberships"}
    assert "p1" not in kept["problems"]


async def test_a_problem_without_a_name_is_its_authors_own_list_only(db, math_circle):
    problem = await share(db, math_circle, HIDDEN_ANA)

    async with db() as session:
        anas, bens = await Standing.mine(session, ANA), await Standing.mine(session, BEN)
        [listed] = (await Standing.listed(session, math_circle.id, BEN)).standings

    assert [one.problem.id for one in anas.standings] == [problem.id]
    assert bens.standings == ()
    assert listed.problem.is_without_name


async def test_the_author_can_be_told_in_private_with_or_without_a_name(db, math_circle):
    named = await share(db, math_circle, Author(BEN), key="V1")
    hidden = await share(db, math_circle, HIDDEN_ANA, key="V2")

    async with db() as session:
        assert await named.author(session) == BEN
        assert await hidden.author(session) == ANA


async def test_a_named_problem_remembers_the_message_it_was_made_from(db):
    problem = a_problem()

    problem.made_from("https://example.slack.com/archives/C0MATH/p1")

    assert problem.source_permalink is not None


async def test_without_a_name_every_reply_answers_or_the_count_would_tell(db, math_circle):
    problem = await share(db, math_circle, HIDDEN_ANA)

    async with db.begin() as session:
        await problem.note_reply(session, "1.1", ANA, NOW)

    assert not (await standing(db, problem)).is_unanswered
    async with db() as session:
        page = await Standing.listed(session, math_circle.id, BEN, Listing.UNANSWERED)
    assert page.total == 0
