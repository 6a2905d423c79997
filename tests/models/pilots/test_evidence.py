"""The values of a pilot and its earlier cycles, as one series for each reader."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from models.communities import Community
from models.pilots.cycles import EVERYBODY, charts_of
from models.pilots.evidence import Evidence, Point
from models.pilots.observation import ChangeNote
from models.pilots.pilot import Better, Circle, Measure, Pilot
from tests.examples import (
    ANA,
    BEN,
    CHRIS,
    DAY,
    HOUR,
    MATH_CIRCLE,
    NOW,
    a_community,
    a_pilot,
    an_observation,
)

TODAY = NOW.date()
OUTSIDER = "U0OUTSIDER"


@pytest.fixture
async def math_circle(db) -> Community:
    """A community of Ana, Ben and Chris."""
    async with db.begin() as session:
        session.add(community := a_community())
    return community


@pytest.fixture
async def science_circle(db) -> Community:
    """Another community, of Ana and Chris."""
    async with db.begin() as session:
        session.add(community := a_community((ANA, CHRIS), channel_id="C0SCIENCE"))
    return community


async def keeps(db, *rows):
    async with db.begin() as session:
        session.add_all(rows)
        await session.flush()
    return rows[0]


async def observes(db, pilot, *counts, on=TODAY):
    """Note counts of 26, one a day."""
    rows = [
        an_observation(
            pilot_id=pilot.id,
            request_key=f"{pilot.id}:{place}",
            value=float(count),
            on_date=on + place * DAY,
            logged_at=NOW + place * DAY,
        )
        for place, count in enumerate(counts)
    ]
    await keeps(db, *rows)


async def a_cycle_after(db, first, *counts, on, **traits) -> Pilot:
    """Return another cycle of the same series, with its values."""
    terms = {"cycle": first.cycle + 1, "first_id": first.series_id} | traits
    key = f"cycle {terms['cycle']} {terms.get('circle')}"
    where = {"community_id": first.community_id, "request_key": key}
    pilot = await keeps(db, a_pilot(**where | terms))
    await observes(db, pilot, *counts, on=on)
    return pilot


async def evidence_for(db, pilot, reader_id) -> Evidence:
    async with db() as session:
        fresh = await session.get_one(Pilot, pilot.id)
        return await Evidence.of(session, fresh, reader_id=reader_id)


def labels(evidence: Evidence) -> list[str]:
    return [point.label for point in evidence.points]


async def test_a_count_is_a_percentage_with_its_total(db, math_circle):
    pilot = await keeps(db, a_pilot(community_id=math_circle.id, goal=80.0))
    await observes(db, pilot, 13)

    evidence = await evidence_for(db, pilot, ANA)

    [point] = evidence.points
    assert point.value == 50
    assert (point.label, point.total, point.on) == ("13 of 26", 26, TODAY)
    assert (point.cycle, point.is_baseline) == (1, False)
    assert (evidence.measure, evidence.unit, evidence.goal) == (Measure.COUNT, "students", 80)
    assert (evidence.cycles, evidence.chart.values) == ((1,), (50,))


async def test_values_from_before_the_start_come_first_and_have_no_date(db, math_circle):
    pilot = await keeps(
        db, a_pilot(community_id=math_circle.id, baseline=[[12, 24], [13.0, 26]], better="lower")
    )
    await observes(db, pilot, 20)

    evidence = await evidence_for(db, pilot, ANA)

    assert evidence.points[0] == Point(None, 50, "12 of 24", 24, 1, True, None)
    assert labels(evidence) == ["12 of 24", "13 of 26", "20 of 26"]
    assert (evidence.chart.baseline, evidence.chart.better) == (2, Better.LOWER)
    assert labels(evidence)[2:] == [point.label for point in evidence.observed]


async def test_values_stand_in_the_order_of_their_days_then_of_their_noting(db, math_circle):
    pilot = await keeps(db, a_pilot(community_id=math_circle.id))
    for value, on, at in [(3, 0, 2), (1, -7, 3), (2, 0, 1), (4, 1, 0)]:
        await keeps(
            db,
            an_observation(
                pilot_id=pilot.id,
                request_key=f"E{value}",
                value=float(value),
                on_date=TODAY + on * DAY,
                logged_at=NOW + at * HOUR,
            ),
        )

    assert labels(await evidence_for(db, pilot, ANA)) == [f"{n} of 26" for n in (1, 2, 3, 4)]


async def test_what_was_taken_back_is_no_evidence(db, math_circle):
    pilot = await keeps(db, a_pilot(community_id=math_circle.id))
    await keeps(db, an_observation(pilot_id=pilot.id, deleted_at=NOW))

    evidence = await evidence_for(db, pilot, ANA)

    assert (evidence.points, evidence.cycles) == ((), (1,))
    assert evidence.chart.centre is None


async def test_cycles_join_into_one_series_with_the_first_ones_baseline(db, math_circle):
    first = await keeps(db, a_pilot(community_id=math_circle.id, baseline=[[10, 26]]))
    await observes(db, first, 11, 12)
    second = await a_cycle_after(db, first, 15, on=TODAY + 21 * DAY, baseline=[[1, 26]])

    both, only_first = await evidence_for(db, second, ANA), await evidence_for(db, first, ANA)

    assert labels(both) == ["10 of 26", "11 of 26", "12 of 26", "15 of 26"]
    assert [point.cycle for point in both.points] == [1, 1, 1, 2]
    assert both.cycles == (1, 2)
    assert labels(only_first) == ["10 of 26", "11 of 26", "12 of 26"]


@pytest.mark.parametrize(
    "other", [{"measure": Measure.PERCENT}, {"better": Better.LOWER}, {"unit": "answers"}]
)
async def test_what_cannot_be_compared_is_not_joined(db, math_circle, other):
    first = await keeps(db, a_pilot(community_id=math_circle.id))
    await observes(db, first, 11)
    second = await a_cycle_after(db, first, 15, on=TODAY + DAY, **other)

    assert [point.cycle for point in (await evidence_for(db, second, ANA)).points] == [2]


async def test_another_way_to_write_the_unit_joins_all_the_same(db, math_circle):
    first = await keeps(db, a_pilot(community_id=math_circle.id))
    await observes(db, first, 11)
    second = await a_cycle_after(db, first, 15, on=TODAY + DAY, unit=" Students")

    assert (await evidence_for(db, second, ANA)).cycles == (1, 2)


async def test_nobody_else_sees_anything_of_an_earlier_private_cycle(db, math_circle):
    first = await keeps(db, a_pilot(community_id=math_circle.id, baseline=[[10, 26]]))
    await observes(db, first, 11)
    await keeps(
        db,
        ChangeNote(
            pilot_id=first.id, request_key="M", on_date=TODAY, words="new seats", noted_at=NOW
        ),
    )
    second = await a_cycle_after(
        db, first, 15, on=TODAY + DAY, circle=Circle.COMMUNITY, baseline=[[14, 26]]
    )

    anas, bens = await evidence_for(db, second, ANA), await evidence_for(db, second, BEN)

    assert labels(anas) == ["10 of 26", "11 of 26", "15 of 26"]
    assert [mark.words for mark in anas.marks] == ["new seats"]
    assert labels(bens) == ["14 of 26", "15 of 26"]
    assert (bens.marks, bens.cycles) == ((), (2,))
    card = await evidence_for(db, second, EVERYBODY)
    assert (card.points, card.marks, card.cycles) == (bens.points, bens.marks, bens.cycles)


async def test_who_may_not_see_a_pilot_gets_no_evidence_of_it(db, math_circle):
    private = await keeps(db, a_pilot(community_id=math_circle.id, baseline=[[10, 26]]))
    await observes(db, private, 11)
    shared = await a_cycle_after(db, private, 15, on=TODAY + DAY, circle=Circle.COMMUNITY)

    for pilot, reader in [(private, BEN), (private, OUTSIDER), (shared, OUTSIDER)]:
        evidence = await evidence_for(db, pilot, reader)
        assert (evidence.points, evidence.marks, evidence.cycles) == ((), (), ())


@pytest.mark.parametrize(
    ("earlier", "later", "seen"),
    [
        (Circle.ME, Circle.COMMUNITY, (2,)),
        (Circle.COMMUNITY, Circle.COMMUNITY, (1, 2)),
        (Circle.NETWORK, Circle.COMMUNITY, (1, 2)),
        (Circle.COMMUNITY, Circle.NETWORK, (2,)),
        (Circle.NETWORK, Circle.NETWORK, (1, 2)),
        (Circle.ME, Circle.ME, (1, 2)),
    ],
)
async def test_a_card_shows_cycles_that_all_its_readers_may_see(
    db, math_circle, earlier, later, seen
):
    first = await keeps(db, a_pilot(community_id=math_circle.id, circle=earlier))
    await observes(db, first, 11)
    second = await a_cycle_after(db, first, 15, on=TODAY + DAY, circle=later)

    assert (await evidence_for(db, second, EVERYBODY)).cycles == seen


async def test_a_card_shows_no_cycle_of_another_community(db, math_circle, science_circle):
    first = await keeps(db, a_pilot(community_id=science_circle.id, circle=Circle.COMMUNITY))
    await observes(db, first, 11)
    second = await a_cycle_after(
        db, first, 15, on=TODAY + DAY, circle=Circle.COMMUNITY, community_id=math_circle.id
    )

    readers = {name: await evidence_for(db, second, name) for name in (EVERYBODY, BEN, CHRIS)}

    assert {name: one.cycles for name, one in readers.items()} == {
        EVERYBODY: (2,),
        BEN: (2,),
        CHRIS: (1, 2),
    }


async def test_a_colleagues_cycle_is_never_taken_for_ones_own(db, math_circle):
    bens = await keeps(
        db, a_pilot(community_id=math_circle.id, member_id=BEN, circle=Circle.NETWORK)
    )
    await observes(db, bens, 11)
    anas = await a_cycle_after(db, bens, 15, on=TODAY + DAY)

    assert labels(await evidence_for(db, anas, ANA)) == ["15 of 26"]


async def test_a_withdrawn_cycle_leaves_nothing(db, math_circle):
    first = await keeps(db, a_pilot(community_id=math_circle.id, deleted_at=NOW))
    await observes(db, first, 11)
    second = await a_cycle_after(db, first, 15, on=TODAY + DAY)

    for reader in (ANA, EVERYBODY):
        assert labels(await evidence_for(db, second, reader)) == ["15 of 26"]


async def test_marks_stand_in_the_order_of_their_days(db, math_circle):
    pilot = await keeps(db, a_pilot(community_id=math_circle.id))
    for place, words in enumerate(["second", "first"]):
        on = TODAY - place * DAY
        note = ChangeNote(
            pilot_id=pilot.id, request_key=words, on_date=on, words=words, noted_at=NOW
        )
        await keeps(db, note)

    evidence = await evidence_for(db, pilot, ANA)

    assert [(mark.words, mark.on, mark.cycle) for mark in evidence.marks] == [
        ("first", TODAY - DAY, 1),
        ("second", TODAY, 1),
    ]


async def test_missing_weeks_are_a_pause(db, math_circle):
    pilot = await keeps(db, a_pilot(community_id=math_circle.id, baseline=[[10, 26]]))
    days = [date(2026, 9, day) for day in (4, 11, 18)] + [date(2026, 10, day) for day in (16, 23)]
    for place, day in enumerate(days):
        row = an_observation(pilot_id=pilot.id, request_key=f"E{place}", on_date=day)
        await keeps(db, row)

    evidence = await evidence_for(db, pilot, ANA)

    assert evidence.pauses == (4,)
    assert evidence.points[4].on == date(2026, 10, 16)


@pytest.mark.parametrize("every", [1, 14, 28])
async def test_an_even_rhythm_has_no_pauses(db, math_circle, every):
    pilot = await keeps(db, a_pilot(community_id=math_circle.id))
    for place in range(5):
        day = TODAY + timedelta(days=every * place)
        await keeps(db, an_observation(pilot_id=pilot.id, request_key=f"E{place}", on_date=day))

    assert (await evidence_for(db, pilot, ANA)).pauses == ()


@pytest.mark.parametrize(
    ("days", "pauses"),
    [
        ([0, 6, 12, 25, 31], ()),
        ([0, 6, 12, 26, 32], (3,)),
        ([0, 10, 20, 40, 50], ()),
        ([0, 10, 20, 41, 51], (3,)),
    ],
    ids=["thirteen days", "fourteen days", "twice the usual", "more than twice the usual"],
)
def test_a_pause_is_two_weeks_and_more_than_twice_the_usual(days, pauses):
    points = tuple(
        Point(TODAY + timedelta(days=day), 50.0, "13 of 26", 26, 1, False, day) for day in days
    )
    pilot = a_pilot()

    evidence = Evidence(
        pilot, pilot.measure, pilot.measure_name, None, "higher", None, points, (), (1,)
    )

    assert evidence.pauses == pauses


async def test_the_chart_alone_is_the_same_without_reading_any_words(db, math_circle):
    first = await keeps(db, a_pilot(community_id=math_circle.id, baseline=[[10, 26], [12, 24]]))
    await observes(db, first, 11, 12, on=TODAY + DAY)
    second = await a_cycle_after(db, first, 15, 9, on=TODAY, circle=Circle.COMMUNITY)
    third = await a_cycle_after(db, second, 20, on=TODAY + DAY, better=Better.LOWER)
    pilots, asked = [first, second, third], []
    event.listen(
        db.engine.sync_engine, "before_cursor_execute", lambda *args: asked.append(args[2])
    )

    for reader in (ANA, BEN, OUTSIDER, EVERYBODY):
        async with db() as session:
            asked.clear()
            charts = await charts_of(session, pilots, reader_id=reader)
            alone = list(asked)
            found = await Evidence.of_all(session, pilots, reader_id=reader)
        assert charts == {pilot_id: one.chart for pilot_id, one in found.items()}
        selects = [one for one in alone if one.startswith("SELECT")]
        assert len(selects) == 2
        assert not any("observations.saw" in one for one in selects)
    assert len(charts[second.id].values) == 2


async def test_many_pilots_take_no_more_queries_than_one(db, math_circle):
    pilots = []
    for place in range(6):
        pilot = await keeps(db, a_pilot(community_id=math_circle.id, request_key=f"V{place}"))
        await observes(db, pilot, place)
        pilots.append(pilot)
    asked: list[str] = []
    event.listen(
        db.engine.sync_engine, "before_cursor_execute", lambda *args: asked.append(args[2])
    )

    async with db() as session:
        found = await Evidence.of_all(session, pilots, reader_id=ANA)

    assert {pilot.id: labels(found[pilot.id]) for pilot in pilots} == {
        pilot.id: [f"{place} of 26"] for place, pilot in enumerate(pilots)
    }
    assert len([one for one in asked if one.startswith("SELECT")]) == 3


async def test_without_pilots_there_is_no_evidence(db):
    async with db() as session:
        assert await Evidence.of_all(session, [], reader_id=ANA) == {}


async def test_another_workspaces_values_are_never_among_ones_own(database, db, math_circle):
    elsewhere = database.of("T0OTHER")
    theirs = a_community(workspace_id="T0OTHER", channel_id=MATH_CIRCLE)
    await keeps(elsewhere, theirs)
    pilot = a_pilot(workspace_id="T0OTHER", community_id=theirs.id, circle=Circle.NETWORK)
    await keeps(elsewhere, pilot)

    async with db() as session:
        evidence = await Evidence.of(session, pilot, reader_id=ANA)

    assert (evidence.points, evidence.cycles) == ((), ())
