"""What came of a practice, counted from what the reader sees."""

from datetime import timedelta

from models.pilots.cycles import EVERYBODY
from models.pilots.pilot import Circle, Decision
from models.practices.summing_up import Moved, Summary, number_of_schools, way_of
from models.practices.trials import Trial
from models.run_chart import RunChart
from tests.examples import ANA, BEN, CHRIS, DAY, NOW, a_community, a_member, a_pilot, a_practice
from tests.examples import an_observation as value_of

DORA = "U0DORA"
BEFORE = [10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0, 18.0, 19.0]


async def the_exit_ticket(db, schools=None, **community):
    """Keep a practice, the math circle of Ana, Ben and Chris, and who teaches at which school."""
    async with db.begin() as session:
        session.add_all([practice := a_practice(), circle := a_community(**community)])
        session.add_all(a_member(one, school=school) for one, school in (schools or {}).items())
    return practice, circle


async def tried(db, place, number, who=ANA, values=(), **traits):
    """Keep a pilot of the practice, seen by the whole network, with those values of 26."""
    practice, circle = place
    fields = {"practice_id": practice.id, "community_id": circle.id, "request_key": f"V{number}"}
    fields |= {"member_id": who, "circle": Circle.NETWORK, "started_at": NOW + DAY * number}
    if traits.get("decision"):
        fields["finished_at"] = NOW + DAY * number
    async with db.begin() as session:
        session.add(pilot := a_pilot(**fields | traits))
        await session.flush()
        for day, value in enumerate(values):
            on = NOW.date() + timedelta(days=day)
            key = f"E{pilot.id}-{day}"
            session.add(value_of(pilot_id=pilot.id, request_key=key, on_date=on, value=value))
    return pilot


async def summed_up(db, place, reader=ANA):
    async with db() as session:
        return await Summary.of(session, place[0], reader)


def at_school(school, who=ANA):
    return Trial(cycles=(a_pilot(member_id=who),), school=school)


async def test_teachers_are_counted_once_and_their_newest_pilots_come_first(db):
    place = await the_exit_ticket(db)
    first = await tried(db, place, 1, ANA, decision=Decision.ADOPT)
    second = await tried(db, place, 2, ANA, decision=Decision.ABANDON)
    third = await tried(db, place, 3, BEN)

    summary = await summed_up(db, place)

    assert [one.latest.id for one in summary.trials] == [third.id, second.id, first.id]
    assert (summary.teachers, summary.running) == (2, 1)
    assert summary.decisions == {Decision.ADOPT: 1, Decision.ABANDON: 1}


async def test_the_cycles_of_a_pilot_count_once_and_the_last_one_decides(db):
    place = await the_exit_ticket(db)
    first = await tried(db, place, 1, decision=Decision.ADAPT)
    await tried(db, place, 2, first_id=first.id, cycle=2, decision=Decision.ADOPT)

    summary = await summed_up(db, place)

    [trial] = summary.trials
    assert [one.cycle for one in trial.cycles] == [1, 2]
    assert summary.decisions == {Decision.ADOPT: 1}


async def test_a_pilot_taken_up_again_has_no_decision(db):
    place = await the_exit_ticket(db)
    await tried(db, place, 1, decision=None, finished_at=None)

    summary = await summed_up(db, place)

    assert (summary.decisions.total(), summary.running) == (0, 1)


async def test_nothing_is_counted_that_the_reader_may_not_see(db):
    place = await the_exit_ticket(db, members=(ANA, BEN))
    await tried(db, place, 1, ANA, circle=Circle.ME, decision=Decision.ADOPT)
    await tried(db, place, 2, ANA, circle=Circle.COMMUNITY, decision=Decision.ADAPT)

    everybody, bens, anas = [await summed_up(db, place, one) for one in (EVERYBODY, BEN, ANA)]

    assert everybody.trials == ()
    assert (len(bens.trials), bens.decisions) == (1, {Decision.ADAPT: 1})
    assert len(anas.trials) == 2


async def test_the_number_of_schools_is_told_from_three_on(db):
    schools = {ANA: "Lincoln", BEN: "Riverside", CHRIS: "Hillside", DORA: "lincoln"}
    place = await the_exit_ticket(db, schools)
    for number, who in enumerate((ANA, BEN, DORA)):
        await tried(db, place, number, who)
    of_two = await summed_up(db, place)

    await tried(db, place, 9, CHRIS)

    assert of_two.schools is None
    assert (await summed_up(db, place)).schools == 3


def test_a_school_that_nobody_named_is_none():
    two = [at_school("Lincoln"), at_school("Riverside"), at_school(None), at_school("")]

    assert number_of_schools(two) is None
    assert number_of_schools([*two, at_school("Hillside")]) == 3


async def test_all_the_cycles_together_say_which_way_the_numbers_moved(db):
    place = await the_exit_ticket(db)
    before = [[value, 26] for value in BEFORE]
    first = await tried(db, place, 1, values=[24, 25, 26], baseline=before, decision=Decision.ADAPT)
    alone = await summed_up(db, place)

    later = [20.0, 21.0, 22.0, 23.0, 24.0]
    await tried(db, place, 2, values=later, first_id=first.id, cycle=2)

    assert alone.moves == {Moved.TOO_EARLY: 1}
    assert (await summed_up(db, place)).moves == {Moved.AS_HOPED: 1}


def test_the_hoped_for_way_depends_on_what_is_better():
    up = [*BEFORE, *[30.0] * 6]

    assert way_of(RunChart.of(up, baseline=10)) is Moved.AS_HOPED
    assert way_of(RunChart.of(up, baseline=10, better="lower")) is Moved.OTHER_WAY
    assert way_of(RunChart.of([*BEFORE, *[12.0, 17.0] * 4], baseline=10)) is Moved.NOT_CLEARLY
    assert way_of(RunChart.of([])) is Moved.TOO_EARLY


def test_numbers_that_came_back_did_not_clearly_move():
    """A shift is no verdict: on a card it would stand for what is not so any more."""
    came_back = RunChart.of([*BEFORE, *[30.0] * 6, *[12.0, 13.0, 17.0, 11.0] * 2], baseline=10)

    assert came_back.new_shifts
    assert way_of(came_back) is Moved.NOT_CLEARLY
