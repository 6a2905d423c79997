"""The rules of problems of practice."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, select

from models.communities import Community
from models.database import Base, Database
from models.errors import NotAllowedError, NotHereError, RuleError
from models.problems import (
    Author,
    HiddenAuthor,
    Listing,
    OwnProblemError,
    Problem,
    ResolvedError,
    Standing,
)
from tests.examples import (
    ANA,
    BEN,
    CHRIS,
    DAY,
    HOUR,
    MATH_CIRCLE,
    NAMES,
    NOW,
    a_community,
    a_member,
    a_problem,
    a_wording,
)

HIDDEN_ANA = Author(ANA, is_named=False)


@pytest.fixture
async def math_circle(db: Database) -> Community:
    async with db.begin() as session:
        session.add(community := a_community())
    return community


async def share(db: Database, community: Community, author=None, key="V1", **fields) -> Problem:
    now = fields.pop("now", NOW)
    async with db.begin() as session:
        return await Problem.share(
            session,
            a_wording(**fields),
            author=author or Author(ANA),
            community=community,
            request_key=key,
            now=now,
        )


async def standing(db: Database, problem: Problem) -> Standing:
    async with db() as session:
        return await Standing.of(session, problem)


async def everything_kept(database: Database) -> dict[str, str]:
    """Return the content of every table of the database, by its name."""
    async with database.engine.connect() as connection:
        return {
            table.name: repr((await connection.execute(select(table))).all())
            for table in Base.metadata.sorted_tables
        }


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


async def test_me_too_counts_once_and_can_be_taken_back(db, math_circle):
    problem = await share(db, math_circle)

    async with db.begin() as session:
        counts = [await problem.me_too(session, BEN, NOW) for _ in range(3)]

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


async def test_without_a_name_every_reply_answers_or_the_count_would_tell(db, math_circle):
    problem = await share(db, math_circle, HIDDEN_ANA)

    async with db.begin() as session:
        await problem.note_reply(session, "1.1", ANA, NOW)

    assert not (await standing(db, problem)).is_unanswered
    async with db() as session:
        page = await Standing.listed(session, math_circle.id, BEN, Listing.UNANSWERED)
    assert page.total == 0


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


async def test_lists_tell_open_resolved_and_unanswered_apart(db, math_circle):
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
        Listing.OPEN: {"open", "answered"},
        Listing.UNANSWERED: {opened.title},
        Listing.RESOLVED: {"resolved"},
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
