"""Erasing: nothing of Ana's is left anywhere, and what is her colleagues' still reads well."""

import asyncio
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import String, select

from models.communities import Community
from models.database import Base, Database
from models.digests.issuing import digest_now
from models.hangouts.hangout import Hangout
from models.hangouts.series import Series
from models.hangouts.signup import Presenting, Signup
from models.materials.material import Addition, Material, Use
from models.members import Member
from models.my_data.erasing import Erased, erase
from models.my_data.erasure import Erasure
from models.my_data.forgetting import problems
from models.my_data.nobody import NAME, SOMEBODY
from models.pilots.pilot import Pilot
from models.posts import PEOPLE, Post
from models.practices.practice import Practice
from models.problems import HiddenAuthor, Listing, Problem, Reply, Standing
from models.search.entries import SearchEntry
from models.thanks.journal import whole
from tests.examples import ANA, BEN, CHRIS, DAY, HOUR, NOW, a_community, a_problem
from tests.models.my_data.everything import a_world
from tests.models.my_data.keeping import ANSWERED, ANSWERED_NAMELESS, HERON, TRIED, USED
from tests.models.problems.steps import everything_kept

DENVER = ZoneInfo("America/Denver")
# Columns as wide as an id of Slack's that hold none of a person's.
WAIT = {"problems", "problem_answers", "search_entries", "search_index", "search_words"}
NO_PERSON = {
    *("workspace_id", "channel_id", "ts", "pinned_ts", "file_id", "evidence_file_id"),
    *("source_channel_id", "source_ts", "bot_user_id", "id"),
}


async def erased(db: Database, key: str = "form:1", member_id: str = ANA) -> Erased:
    async with db.begin() as session:
        return await erase(session, member_id, request_key=key, now=NOW)


async def time_passed(db: Database, days: float = 17) -> list[int]:
    """Forget what waited for its time, as the tick does that many days later; return which."""
    now = NOW + days * DAY
    async with db.begin() as session:
        waiting = await problems.waiting(session, now)
        return [one for one in waiting if await problems.forget_nameless(session, one, now)]


async def all_of(db: Database, table: type[Any], *which: Any) -> list[Any]:
    async with db() as session:
        return list(await session.scalars(select(table).where(*which).order_by(table.id)))


async def places_of(database: Database, word: str) -> set[str]:
    """Return the columns in which the word stands."""
    found = set()
    async with database.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for row in (await connection.execute(select(table))).mappings():
                found |= {f"{table.name}.{name}" for name in row if word in str(row[name])}
    return found


def columns_of_people() -> set[str]:
    """Return every column that holds somebody's id, by what it looks like."""
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String)
        and column.type.length == 32
        and column.name not in NO_PERSON
    }


async def test_ana_is_in_every_column_that_holds_people_and_afterwards_in_none(db, database):
    await a_world(db)
    assert columns_of_people() - await places_of(database, ANA) == set()

    await erased(db)

    assert await places_of(database, ANA) == set()


async def test_none_of_anas_words_is_left_in_any_table(db, database):
    await a_world(db)
    before = await places_of(database, HERON)
    assert {"problems.title", "pilots.aim", "thanks.text", "search_entries.words"} <= before

    await erased(db)
    # What was shared without a name is all that waits.
    assert {one.split(".")[0] for one in await places_of(database, HERON)} <= WAIT
    await time_passed(db)

    assert await places_of(database, HERON) == set()


async def test_to_erase_again_changes_nothing(db, database):
    await a_world(db)
    first = await erased(db)
    before = await everything_kept(database)

    second = await erased(db)
    third = await erased(db, "form:2")

    assert first.is_news
    assert not second.is_news
    assert not third.is_news
    assert await everything_kept(database) == before


async def test_two_at_the_same_moment_erase_once(db, database):
    await a_world(db)

    done = await asyncio.gather(*(erased(db, f"form:{number}") for number in range(2)))

    assert sorted(one.is_news for one in done) == [False, True]
    assert len(await all_of(db, Erasure)) == 1
    assert await places_of(database, ANA) == set()


async def test_a_kill_in_the_middle_leaves_all_as_it_was(db, database):
    await a_world(db)
    before = await everything_kept(database)

    try:
        async with db.begin() as session:
            await erase(session, ANA, request_key="form:1", now=NOW)
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass

    assert await everything_kept(database) == before


async def test_the_record_of_it_says_how_much_and_not_who(db):
    await a_world(db)

    await erased(db)

    [record] = await all_of(db, Erasure)
    assert record.rows["pilots"] == 2
    assert record.rows["members"] == 1
    assert ANA not in str(record.rows)


async def test_an_answered_problem_keeps_its_title_from_someone_who_has_left(db):
    await a_world(db)

    await erased(db)

    [problem] = await all_of(db, Problem, Problem.title == ANSWERED)
    async with db() as session:
        standing = await Standing.of(session, problem)
    assert problem.author_id == SOMEBODY
    assert problem.deleted_at is None
    assert standing.replies == 2
    assert standing.helper_ids == (CHRIS,)
    [somebody] = await all_of(db, Member, Member.member_id == SOMEBODY)
    assert somebody.name == NAME
    assert somebody.left_at is not None


async def test_a_problem_that_nobody_answered_is_withdrawn(db):
    await a_world(db)

    await erased(db)

    [problem] = await all_of(db, Problem, Problem.id == 1)
    assert problem.deleted_at == NOW
    assert problem.author_id is None


async def test_what_was_shared_without_a_name_stays_as_it_was_for_two_days(db):
    circle = await a_world(db)
    before = await seen_of_nameless(db, circle)

    await erased(db)

    async with db() as session:
        assert (await session.scalars(select(HiddenAuthor))).all() == []
    assert await seen_of_nameless(db, circle) == before
    assert await time_passed(db, days=1.9) == []
    cards = {one.about_id: one for one in await all_of(db, Post, Post.kind == "problems.card")}
    assert [cards[one].redraw_at for one in (2, 3, 4)] == [NOW, None, None]


async def test_later_it_goes_and_colleagues_keep_the_title_they_answered(db):
    await a_world(db)
    await erased(db)
    later = NOW + 17 * DAY

    assert sorted(await time_passed(db)) == [3, 4]

    alone, answered = await all_of(db, Problem, Problem.id.in_([3, 4]))
    assert (alone.deleted_at, alone.forgets_at, answered.forgets_at) == (later, None, None)
    assert (answered.title, answered.author_id) == (ANSWERED_NAMELESS, None)
    assert answered.happening == problems.DELETED
    cards = {one.about_id: one for one in await all_of(db, Post, Post.kind == "problems.card")}
    assert [cards[one].redraw_at for one in (3, 4)] == [later] * 2
    assert await time_passed(db, days=18) == []


async def test_when_each_goes_tells_neither_when_it_was_deleted_nor_what_else_was_hers(db):
    async with db.begin() as session:
        session.add(circle := a_community())
        circle.tz = "America/Denver"
        await session.flush()
        for number in range(40):
            facts = {"id": None, "author_id": None, "community_id": circle.id}
            session.add(problem := a_problem(**facts, request_key=f"P{number}"))
            await session.flush()
            session.add(HiddenAuthor(problem_id=problem.id, member_id=ANA))

    await erased(db)

    planned = [one.forgets_at for one in await all_of(db, Problem)]
    local = [one.astimezone(DENVER) for one in planned]
    assert min(planned) > NOW + 2 * DAY
    assert max(planned) < NOW + 17 * DAY
    assert {one.weekday() for one in local} <= set(range(5))
    assert {one.hour for one in local} <= set(range(8, 17))
    assert len({one.date() for one in local}) > 3
    assert len({one.time() for one in local}) > 20


async def test_two_ticks_at_once_forget_it_once(db):
    await a_world(db)
    await erased(db)

    forgotten = await asyncio.gather(time_passed(db), time_passed(db))

    assert sorted(one for several in forgotten for one in several) == [3, 4]


async def seen_of_nameless(db: Database, circle: Community) -> list[Any]:
    """Return what lists, the digest and the search have of problems without a name."""
    async with db() as session:
        listed = await Standing.listed(session, circle.id, BEN, Listing.ALL)
        digest = await digest_now(session, circle, NOW + HOUR)
        which = (SearchEntry.kind == "problem", SearchEntry.about_id.in_([3, 4]))
        found = await session.scalars(select(SearchEntry).where(*which))
        return [
            [one.problem.title for one in listed.standings if one.problem.is_without_name],
            [one.title for one in digest.questions if one.is_without_name],
            [(one.about_id, one.words) for one in found],
        ]


async def test_the_seat_goes_to_the_next_one_and_somebody_else_leads(db):
    await a_world(db)

    await erased(db)

    [past, ahead] = await all_of(db, Hangout)
    [chris] = await all_of(db, Signup, Signup.hangout_id == ahead.id)
    [series] = await all_of(db, Series)
    posts = await all_of(db, Post, Post.place_id == CHRIS, Post.kind == "hangouts.offer")
    assert (past.facilitator_id, past.notes) == (SOMEBODY, "Five seconds.")
    assert ahead.facilitator_id == BEN
    assert series.facilitators == [BEN]
    assert chris.presenting == Presenting.OFFERED
    assert len(posts) == 1


async def test_what_colleagues_use_stays_without_ana(db):
    await a_world(db)

    await erased(db)

    [used] = await all_of(db, Material, Material.title == USED)
    [tried] = await all_of(db, Practice, Practice.name == TRIED)
    [pilot] = await all_of(db, Pilot, Pilot.member_id == BEN)
    [use] = await all_of(db, Use)
    [addition] = await all_of(db, Addition)
    assert (used.owner_id, used.note, used.url) == (
        SOMEBODY,
        None,
        "https://example.org/fraction-talk",
    )
    assert (tried.added_by, tried.withdrawn_at) == (None, None)
    assert pilot.practice_id == tried.id
    assert (use.how, addition.note) == ("It worked.", "For biology, too.")


async def test_thanks_with_ana_go_and_others_keep_theirs(db):
    await a_world(db)

    await erased(db)

    async with db() as session:
        bens, chris = [await whole(session, one, NOW + 2 * DAY) for one in (BEN, CHRIS)]
    assert [one.text for one in bens.received] == []
    assert {one.text for one in bens.given} == {"the trip", "the bus", "a note"}
    assert {one.text for one in chris.received} == {"the trip", "the bus"}


async def test_nothing_is_sent_to_ana_any_more_and_cards_are_drawn_anew(db):
    await a_world(db)

    await erased(db)

    posts = await all_of(db, Post)
    stale = {(one.kind, one.about_id) for one in posts if one.redraw_at is not None}
    assert ANA not in {one.place_id for one in posts}
    assert {("pilots.card", 2), ("pilots.card", 3), ("thanks.card", 5)} <= stale
    assert {("materials.card", 1), ("materials.card", 2), ("materials.card", 3)} <= stale
    assert all(one.place_id != SOMEBODY for one in posts if one.place_id.startswith(PEOPLE))


async def test_what_others_do_and_wrote_is_not_touched(db):
    await a_world(db)
    [reply] = await all_of(db, Reply, Reply.member_id == BEN)

    await erased(db)

    assert {one.member_id for one in await all_of(db, Member)} == {BEN, CHRIS, SOMEBODY}
    [same] = await all_of(db, Reply, Reply.member_id == BEN)
    [bens] = await all_of(db, Problem, Problem.title == "Ben’s")
    assert same.ts == reply.ts
    assert bens.author_id == BEN


async def test_somebody_we_do_not_know_has_nothing_to_erase(db, database):
    await a_world(db)
    await erased(db)
    before = await everything_kept(database)

    done = await erased(db, "form:9", "U0NEVER")

    assert not done.is_news
    assert await everything_kept(database) == before
