"""Seeing: all that is kept about Ana is in what she gets, and nothing that is her colleagues'."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import event, update

from models.members import Member
from models.my_data.exporting import EXPORTED, send
from models.my_data.seeing import MyData, collect
from models.posts import DROPPED, SAID, SENDING, Post
from models.wordings.wording import OwnWords, Spot
from tests.examples import (
    ANA,
    BEN,
    CHRIS,
    HOUR,
    NOW,
    a_community,
    a_material,
    a_member,
    a_network_digest,
    a_problem,
)
from tests.models.my_data.everything import a_world
from tests.models.my_data.keeping import ANSWERED_NAMELESS, HERON
from tests.models.thanks.kindness import posts

# What an answer of Ana's cannot be without, by the sheet it is in.
SHEETS = {
    *("about-me", "communities", "drafts", "letters-not-sent", "said-the-same", "ideas"),
    *("problems", "answers", "took-part", "questions", "hangouts", "swaps", "consultancies"),
    *(
        "pilots",
        "values",
        "changes",
        "championed",
        "practices",
        "materials",
        "used",
        "added",
        "set-up",
    ),
}


async def seen_of(db, member_id: str = ANA, now=NOW) -> MyData:
    async with db() as session:
        member = await Member.find(session, member_id)
        assert member is not None
        return await collect(session, member, now)


@contextmanager
def counting(database) -> Iterator[list[str]]:
    """Return what the database is asked meanwhile."""
    asked: list[str] = []

    def note(*told: object) -> None:
        asked.append(str(told[2]))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield asked
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


def everything_in(data: MyData) -> str:
    thanks = [one.text for one in [*data.journal.received, *data.journal.given]]
    return str([[sheet.columns, *sheet.rows] for sheet in data.sheets]) + str(thanks)


async def test_everything_of_anas_is_there(db):
    await a_world(db)

    data = await seen_of(db)

    rows = {sheet.name: str(sheet.rows) for sheet in data.filled}
    assert rows.keys() == SHEETS
    written = SHEETS - {"about-me", "communities", "letters-not-sent", "said-the-same", "ideas"}
    written -= {"took-part", "swaps", "set-up"}
    assert [name for name in sorted(written) if HERON not in rows[name]] == []
    assert ANSWERED_NAMELESS in rows["problems"]
    assert {one.text for one in data.journal.given} == {HERON}
    assert {one.text for one in data.journal.received} == {"the lab", "the trip"}


async def test_what_ana_set_up_is_there_and_not_what_ben_did(db):
    circle = await a_world(db)
    async with db.begin() as session:
        words = {"spot": Spot.PROMPT, "text": "Ben’s", "changed_by": BEN, "changed_at": NOW}
        session.add(OwnWords(community_id=circle.id, **words))
        session.add(a_network_digest(name="South schools", channel_id="C0SOUTH"))
        # Dana changed since what Ana had begun.
        session.add(a_network_digest(name="East", channel_id="C0EAST", set_up_by=ANA, ended_at=NOW))

    [sheet] = [one for one in (await seen_of(db)).sheets if one.name == "set-up"]

    at = "2026-11-17 16:00"
    assert list(sheet.rows) == [
        ("hangouts", "Circle", "from 2026-12-03, 16:00, weeks apart: 2; wait time", at),
        ("weekly digest", "Circle", "each Monday at 08:00", at),
        ("how we thank", "Circle", "Listened; asked not by itself", at),
        ("our own words", "Circle", "opening of the digest: This week in {community}:", at),
        ("a protocol of our own", "Circle", "Ours", at),
        ("digest of several communities", "North schools", "each Friday at 14:00", at),
        ("digest of several communities", "East", "ended", None),
    ]


async def test_what_colleagues_wrote_is_not_there_nor_a_surprise_that_is_to_come(db):
    await a_world(db)

    found = everything_in(await seen_of(db))

    for theirs in ("a note", "It worked.", "For biology, too.", "Brave", "the bus", "Ben’s heron"):
        assert theirs not in found


async def test_who_shared_without_a_name_is_not_in_the_data_of_who_answered(db):
    await a_world(db)

    found = everything_in(await seen_of(db, CHRIS))

    assert ANSWERED_NAMELESS in found
    assert HERON not in found
    assert ANA not in found
    assert "'Ana'" not in found


async def test_what_ana_may_not_see_any_more_is_not_in_her_data(db):
    async with db.begin() as session:
        session.add(secret := a_community((BEN,), channel_id="C9", is_private=True))
        session.add(a_member())
        await session.flush()
        problem = a_problem(id=None, title="Inner", author_id=BEN, community_id=secret.id)
        session.add_all([problem, a_material(title="Inner", owner_id=BEN, community_id=secret.id)])
        await session.flush()
        await problem.note_reply(session, "1.1", ANA, NOW)

    found = everything_in(await seen_of(db))

    assert "Inner" not in found


async def test_the_number_of_questions_does_not_grow_with_what_there_is(db, database):
    circle = await a_world(db)
    with counting(database) as before:
        await seen_of(db)
    async with db.begin() as session:
        for number in range(20):
            here = {"community_id": circle.id, "request_key": f"more:{number}"}
            session.add(a_problem(id=None, **here))
            session.add(a_material(same_key=f"more {number}", **here))

    with counting(database) as after:
        data = await seen_of(db)

    assert len(after) == len(before)
    assert sum(len(one.rows) for one in data.sheets if one.name == "problems") == 24


async def test_only_letters_that_came_are_counted_and_the_others_stand_apart(db):
    async with db.begin() as session:
        session.add(a_member(tz="UTC"))
        for number, (kind, state) in enumerate(
            [("communities.welcome", SAID), ("hangouts.seats", DROPPED), (EXPORTED, SENDING)]
        ):
            post = await Post.add(session, f"{kind}:{number}", ANA, kind=kind, due_at=NOW)
            post.state, post.said_at = state, NOW if state == SAID else None

    sheets = {one.name: one for one in (await seen_of(db)).sheets}

    assert sheets["letters"].counted == "one letter to you"
    assert list(sheets["letters"].rows) == [("my communities", "2026-11-17 16:00", "sent")]
    [dropped] = sheets["letters-not-sent"].rows
    assert dropped[0] == "hangouts"
    assert str(dropped[2]).startswith("not sent")


async def test_no_short_word_of_ours_stands_in_the_data(db):
    await a_world(db)

    rows = str([sheet.rows for sheet in (await seen_of(db)).sheets])

    for ours in ("problems.share", "'dropped'", "'due'", "'network'", "'me'", "'adopt'", "'ideas'"):
        assert ours not in rows


async def test_asked_for_again_as_soon_as_it_came_the_file_comes_once_and_later_anew(db):
    for number, moment in enumerate((NOW, NOW + timedelta(seconds=5), NOW + HOUR)):
        async with db.begin() as session:
            await send(session, ANA, f"press:{number}", moment)
            await session.execute(update(Post).values(state=SAID, said_at=moment))

    assert {key.rpartition(":")[2] for key in await posts(db)} == {"0", "2"}


async def test_asked_for_twice_at_once_the_file_comes_once(db):
    async with db.begin() as session:
        session.add(a_member())

    async def asks(request_key):
        async with db.begin() as session:
            await send(session, ANA, request_key, NOW)
            await asyncio.sleep(0.05)

    await asyncio.gather(asks("press:1"), asks("press:2"))

    [post] = (await posts(db)).values()
    assert (post.kind, post.place_id) == (EXPORTED, ANA)
