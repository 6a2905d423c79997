"""A lead sees of each community what the network sees, and of their own ones what members see."""

from sqlalchemy import event

from models.exports.gathering import communities_for, gather, gather_all, private_ones
from models.hangouts.signup import Signup
from models.materials.material import Circle as MaterialCircle
from models.pilots.pilot import Circle
from tests.examples import ANA, BEN, CHRIS, NOW, a_hangout, a_material, a_pilot, a_series
from tests.models.archive.keeping import EARLIER, SECRET, a_circle, fill, the_people

ELSEWHERE = {"channel_id": "C0LOUNGE", "channel_name": "lounge"}
LEAD = "U0DANA"


async def records_of(db, reader_id):
    circle, lounge = await a_circle(db), await a_circle(db, **ELSEWHERE)
    await the_people(db)
    await fill(db, circle, lounge)
    async with db() as session:
        return await gather(session, circle, reader_id, NOW)


async def test_a_lead_who_is_in_the_community_gets_what_its_members_see(db):
    records = await records_of(db, BEN)

    archive = records.archive
    assert [one.title for one in archive.problems.problems] == ["Nameless", "Quiet students"]
    assert [one.practice_name for one in archive.pilots.pilots] == ["Exit ticket"]
    assert [one.title for one in archive.materials.materials] == ["Remix", "Fraction talk rubric"]
    assert [one.text for one in archive.thanks.thanks] == ["covering my class"]
    shelves = [archive.problems.problems, archive.pilots.pilots, archive.thanks.thanks]
    assert SECRET not in str([vars(one) for shelf in shelves for one in shelf])
    [nameless] = [one for one in archive.problems.problems if one.title == "Nameless"]
    assert archive.name(nameless.author_id) == "a colleague"


async def test_another_lead_gets_only_what_is_for_the_network_and_how_many_pilots_there_are(db):
    records = await records_of(db, LEAD)

    assert list(records.archive.pilots.pilots) == []
    assert records.archive.pilots.values == {}
    assert list(records.archive.materials.materials) == []
    # The shared one and the private one; the deleted one does not count.
    assert (records.pilots, records.finished, records.people) == (2, 0, 3)


async def test_what_is_shared_with_the_network_is_there_for_every_lead(db):
    circle = await a_circle(db)
    here = {"community_id": circle.id}
    async with db.begin() as session:
        hidden = a_material(request_key="M1", same_key="1", title=SECRET, **here)
        session.add_all([hidden, a_pilot(circle=Circle.NETWORK, finished_at=NOW, **here)])
        await session.flush()
        rest = {"circle": MaterialCircle.NETWORK, "remix_of_id": hidden.id, "title": "Remix"}
        session.add(a_material(request_key="M2", same_key="2", **rest, **here))

    async with db() as session:
        records = await gather(session, circle, LEAD, NOW)

    assert [one.practice_name for one in records.archive.pilots.pilots] == ["Exit ticket"]
    assert [one.title for one in records.archive.materials.materials] == ["Remix"]
    assert records.archive.materials.origins == {}
    assert records.finished == 1


async def test_a_private_community_is_there_for_those_who_are_in_it_only(db):
    await a_circle(db)
    hidden = await a_circle(db, members=(CHRIS,), is_private=True, **ELSEWHERE)

    async with db() as session:
        for_ben = await communities_for(session, BEN)
        for_chris = await communities_for(session, CHRIS)
        for_nobody = await communities_for(session, None)
        left_out = await private_ones(session, [one.id for one in for_nobody])

    assert len(for_chris) == 2
    assert hidden.id in [one.id for one in for_chris]
    # Ben facilitates both of them, so he is a member of both.
    assert len(for_ben) == 2
    assert (len(for_nobody), left_out) == (1, 1)


async def test_attendance_names_who_came_and_who_led_but_never_who_stayed_away(db):
    circle = await a_circle(db)
    await the_people(db)
    async with db.begin() as session:
        session.add(series := a_series(community_id=circle.id))
        await session.flush()
        ids = {"community_id": circle.id, "series_id": series.id}
        session.add(held := a_hangout(starts_at=EARLIER, **ids))
        session.add(coming := a_hangout(**ids))
        await session.flush()
        for hangout, member_id, came in (
            (held, ANA, True),
            (held, CHRIS, False),
            (coming, ANA, None),
        ):
            answer = {"is_coming": True, "came": came, "answered_at": EARLIER}
            session.add(Signup(hangout_id=hangout.id, member_id=member_id, **answer))

    async with db() as session:
        records = await gather(session, circle, None, NOW)

    there = [(one.hangout.id, one.member_id, one.has_led) for one in records.attendance]
    assert there == [(held.id, ANA, False), (held.id, BEN, True)]
    assert [records.archive.name(one.member_id) for one in records.attendance] == ["Ana", "Ben"]


async def test_however_much_a_community_did_the_questions_are_as_many(db):
    circle, lounge = await a_circle(db), await a_circle(db, **ELSEWHERE)
    await fill(db, circle, lounge)
    asked = []

    @event.listens_for(db.engine.sync_engine, "before_cursor_execute")
    def note(_, __, statement, *more):
        asked.append(statement.lstrip())

    counts = []
    async with db() as session:
        async for _, total in gather_all(session, BEN, NOW):
            counts.append((len([one for one in asked if one.startswith("SELECT")]), total))
    event.remove(db.engine.sync_engine, "before_cursor_execute", note)

    [(first, total), (both, _)] = counts
    assert total == 2
    # The first count holds the two questions for the communities themselves.
    assert both - first <= first - 2 <= 25
