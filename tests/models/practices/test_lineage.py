"""How a practice travelled, as far as the reader may see it."""

from datetime import timedelta

from models.pilots.pilot import Circle
from models.practices.lineage import Lineage
from tests.examples import ANA, BEN, CHRIS, NOW, a_member
from tests.models.practices.test_summing_up import summed_up, the_exit_ticket, tried


async def traced(db, place, reader=ANA):
    async with db() as session:
        return await Lineage.of(session, place[0], reader)


async def a_chain(db, place, middle=Circle.NETWORK):
    """Ana inspired Ben, who inspired Chris, each a week later."""
    inspired_by_id = None
    for number, who in enumerate((ANA, BEN, CHRIS)):
        starts_on = NOW.date() + timedelta(weeks=number)
        circle = middle if who == BEN else Circle.NETWORK
        traits = {"starts_on": starts_on, "circle": circle, "inspired_by_id": inspired_by_id}
        inspired_by_id = (await tried(db, place, number, who, **traits)).id


async def test_a_chain_leads_from_the_first_to_the_last(db):
    place = await the_exit_ticket(db)
    await a_chain(db, place)

    lineage = await traced(db, place)

    assert [one.member_id for one in lineage.trials] == [ANA, BEN, CHRIS]
    assert lineage.sparks == ((0, 1), (1, 2))
    assert [lineage.inspirers_of(place) for place in range(3)] == [(), (0,), (1,)]


async def test_it_is_traced_from_what_a_summary_read_already(db):
    place = await the_exit_ticket(db)
    await a_chain(db, place, middle=Circle.ME)

    summary, traced_anew = await summed_up(db, place, BEN), await traced(db, place, BEN)
    again = Lineage.among(summary.trials, place[0], BEN)

    assert [one.latest.id for one in again.trials] == [one.latest.id for one in traced_anew.trials]
    assert again.sparks == traced_anew.sparks == ((0, 1), (1, 2))


async def test_somebody_unseen_in_the_middle_leaves_no_trace(db):
    place = await the_exit_ticket(db)
    await a_chain(db, place, middle=Circle.ME)

    anas, bens = await traced(db, place, ANA), await traced(db, place, BEN)

    assert [one.member_id for one in anas.trials] == [ANA, CHRIS]
    assert anas.sparks == ()
    assert len(bens.sparks) == 2


async def test_a_later_cycle_that_nobody_else_sees_inspires_nobody_in_their_eyes(db):
    place = await the_exit_ticket(db)
    first = await tried(db, place, 1, ANA)
    hidden = await tried(db, place, 2, ANA, first_id=first.id, cycle=2, circle=Circle.ME)
    await tried(db, place, 3, BEN, inspired_by_id=hidden.id)

    assert (await traced(db, place, CHRIS)).sparks == ()
    assert (await traced(db, place, ANA)).sparks == ((0, 1),)


async def test_whoever_goes_on_from_an_own_pilot_was_not_inspired_by_it(db):
    place = await the_exit_ticket(db)
    first = await tried(db, place, 1, ANA)
    await tried(db, place, 2, ANA, first_id=first.id, cycle=2, inspired_by_id=first.id)

    lineage = await traced(db, place)

    assert (len(lineage.trials), lineage.sparks) == (1, ())


async def test_schools_come_in_the_order_in_which_it_came_to_them(db):
    schools = {ANA: "Lincoln", BEN: None, CHRIS: "LINCOLN "}
    place = await the_exit_ticket(db, schools)
    await a_chain(db, place)

    lineage = await traced(db, place)

    assert lineage.schools == ("Lincoln", None)


async def test_the_newest_part_keeps_the_sparks_within_it(db):
    place = await the_exit_ticket(db)
    await a_chain(db, place)
    lineage = await traced(db, place)

    part = lineage.newest(2)

    assert [one.member_id for one in part.trials] == [BEN, CHRIS]
    assert part.sparks == ((0, 1),)
    assert lineage.newest(5) == lineage


async def test_another_practice_is_another_lineage(db):
    place = await the_exit_ticket(db)
    source = await tried(db, place, 1, ANA, practice_id=None)
    await tried(db, place, 2, BEN, inspired_by_id=source.id)
    async with db.begin() as session:
        session.add(a_member(BEN))

    lineage = await traced(db, place)

    assert [one.member_id for one in lineage.trials] == [BEN]
    assert lineage.sparks == ()
