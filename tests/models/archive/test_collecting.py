"""An archive holds all that a community sees, and nothing that it does not."""

from datetime import timedelta

from sqlalchemy import event

from models.archive.collecting import collect, has_anything
from tests.examples import BEN, CHRIS, NOW, a_problem, a_thanks
from tests.models.archive.keeping import EARLIER, SECRET, a_circle, fill, the_people

ELSEWHERE = {"channel_id": "C0LOUNGE"}


async def archive_of(db):
    circle, lounge = await a_circle(db), await a_circle(db, **ELSEWHERE)
    await the_people(db)
    await fill(db, circle, lounge)
    async with db() as session:
        return await collect(session, circle, NOW)


async def test_everything_public_is_in_it_newest_first(db):
    archive = await archive_of(db)

    assert [one.title for one in archive.problems.problems] == ["Nameless", "Quiet students"]
    [problem] = [one for one in archive.problems.problems if one.learned]
    [[consultancy]] = archive.problems.consultancies.values()
    assert consultancy.problem_id == problem.id
    assert consultancy.outcome == "Pairs before groups."
    assert [one.notes for one in archive.hangouts.hangouts] == ["Five seconds."]
    assert [one.practice_name for one in archive.pilots.pilots] == ["Exit ticket"]
    [[noted]] = archive.pilots.values.values()
    assert (noted.value.value, noted.value.total) == (18.0, 26)
    assert [one.name for one in archive.menu.practices] == ["Exit ticket"]
    assert [one.title for one in archive.materials.materials] == ["Remix", "Fraction talk rubric"]
    assert [one.text for one in archive.thanks.thanks] == ["covering my class"]
    assert list(archive.thanks.receivers.values()) == [[BEN]]
    assert list(archive.thanks.seconders.values()) == [[CHRIS]]


async def test_nothing_private_deleted_nameless_or_of_others_is_in_it(db):
    archive = await archive_of(db)

    [nameless] = [one for one in archive.problems.problems if one.title == "Nameless"]
    shelves = [archive.problems.problems, archive.hangouts.hangouts, archive.pilots.pilots]
    shelves += [archive.materials.materials, archive.thanks.thanks]
    assert archive.name(nameless.author_id) == "a colleague"
    assert archive.materials.origins == {}
    assert SECRET not in str([vars(one) for shelf in shelves for one in shelf])
    assert SECRET not in str(archive.pilots.values)


async def test_a_consultancy_about_a_withdrawn_problem_is_left_out(db):
    circle, lounge = await a_circle(db), await a_circle(db, **ELSEWHERE)
    await fill(db, circle, lounge)

    async with db.begin() as session:
        archive = await collect(session, circle, NOW)
        for problem in archive.problems.problems:
            problem.deleted_at = NOW
    async with db() as session:
        archive = await collect(session, circle, NOW)

    assert archive.problems.consultancies == {}
    assert archive.hangouts.consultancies == {}


async def test_however_much_there_is_the_questions_are_few(db):
    circle, lounge = await a_circle(db), await a_circle(db, **ELSEWHERE)
    await fill(db, circle, lounge)
    async with db.begin() as session:
        for number in range(30):
            key = f"more {number}"
            session.add(a_problem(id=None, request_key=key, community_id=circle.id))
            session.add(a_thanks(request_key=key, community_id=circle.id))
    asked = []

    @event.listens_for(db.engine.sync_engine, "before_cursor_execute")
    def note(_, __, statement, *more):
        asked.append(statement)

    async with db() as session:
        archive = await collect(session, circle, NOW)
    event.remove(db.engine.sync_engine, "before_cursor_execute", note)

    assert len(archive.thanks.thanks) == 31
    assert len([one for one in asked if one.lstrip().startswith("SELECT")]) <= 20


async def test_a_young_community_has_nothing_and_what_came_later_does_not_count(db):
    circle, lounge = await a_circle(db), await a_circle(db, **ELSEWHERE)
    async with db.begin() as session:
        nothing = await has_anything(session, circle.id, NOW)
        session.add(a_thanks(community_id=circle.id, thanked_at=EARLIER, is_private=True))
        await session.flush()
        private = await has_anything(session, circle.id, NOW)
        session.add(a_thanks(community_id=circle.id, thanked_at=EARLIER, request_key="T2"))
        await session.flush()

        assert (nothing, private) == (False, False)
        assert await has_anything(session, circle.id, NOW)
        assert not await has_anything(session, circle.id, EARLIER)
        assert not await has_anything(session, lounge.id, NOW + timedelta(days=1))
