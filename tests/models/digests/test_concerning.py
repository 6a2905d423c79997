"""What there is for one member in a week: theirs alone, and no more than a letter holds."""

from datetime import timedelta

from models.digests.concerning import TOLD, Concerns, concerning
from models.hangouts.signup import Signup
from models.materials.posted import CARD as MATERIAL_CARD
from models.pilots.pilot import Rhythm
from models.problems.posted import CARD as PROBLEM_CARD
from tests.examples import ANA, BEN, CHRIS, DAY, NOW, a_hangout, a_series, an_observation
from tests.models.digests.week import (
    WEEK,
    Questions,
    a_card,
    a_circle,
    a_problem_with,
    a_used_material,
    a_waiting_pilot,
    keep,
    thanks_to_ana,
)


async def of(db, member_id=ANA, since=NOW - WEEK) -> Concerns:
    async with db() as session:
        return await concerning(session, member_id, since, NOW)


async def a_hangout_soon(db, circle, **traits):
    async with db.begin() as session:
        session.add(series := a_series(community_id=circle.id))
        await session.flush()
        facts = {"starts_at": NOW + 2 * DAY, "community_id": circle.id, "series_id": series.id}
        session.add(hangout := a_hangout(**facts | traits))
    return hangout


async def test_a_week_in_which_nothing_happened_is_nothing(db):
    await a_circle(db)

    assert (await of(db)).is_nothing


async def test_answers_to_my_problem_name_who_gave_them_once_and_lead_to_its_card(db):
    circle = await a_circle(db)
    problem = await a_problem_with(db, circle, BEN, CHRIS, BEN, ANA)
    await a_card(db, PROBLEM_CARD, problem.id)

    [answered] = (await of(db)).answered

    assert set(answered.member_ids) == {BEN, CHRIS}
    assert (answered.about_id, answered.title) == (problem.id, "Quiet students")
    assert answered.link == "https://school.slack.com/archives/C0MATHCIRCLE/p175"


async def test_what_i_shared_without_my_name_is_mine_and_nobody_elses(db):
    circle = await a_circle(db)
    problem = await a_problem_with(db, circle, BEN, author_id=None)

    assert [one.about_id for one in (await of(db)).answered] == [problem.id]
    assert (await of(db, BEN)).is_nothing
    assert (await of(db, CHRIS)).is_nothing


async def test_answers_of_before_and_withdrawn_problems_are_left_out(db):
    circle = await a_circle(db)
    await a_problem_with(db, circle, BEN)
    await a_problem_with(db, circle, BEN, number=2, deleted_at=NOW)

    assert len((await of(db)).answered) == 1
    assert (await of(db, since=NOW - DAY)).is_nothing


async def test_the_hangouts_of_this_week_are_those_i_have_not_declined(db):
    circle = await a_circle(db)
    hangout = await a_hangout_soon(db, circle)
    no = Signup(hangout_id=hangout.id, member_id=BEN, is_coming=False, answered_at=NOW)
    await keep(db, no)

    [(name, standing)] = (await of(db)).hangouts

    assert (name, standing.hangout.id) == ("Math circle", hangout.id)
    assert (await of(db, BEN)).is_nothing


async def test_a_hangout_called_off_or_far_ahead_is_left_out(db):
    circle = await a_circle(db)
    await a_hangout_soon(db, circle, called_off_at=NOW)
    async with db.begin() as session:
        far = {"community_id": circle.id, "series_id": 1, "starts_at": NOW + 9 * DAY}
        session.add(a_hangout(**far))

    assert (await of(db)).is_nothing


async def test_a_pilot_that_waits_is_worth_one_letter_and_then_stands_beside_other_things(db):
    circle = await a_circle(db)
    await a_waiting_pilot(db, circle)

    async with db() as session:
        told = [
            await concerning(session, ANA, NOW - WEEK, NOW, at)
            for at in (None, NOW - 3 * DAY, NOW - DAY)
        ]

    assert [one.is_news for one in told] == [True, True, False]
    assert not told[-1].is_nothing


async def test_a_pilot_waits_when_a_whole_round_has_no_value(db):
    circle = await a_circle(db)
    waiting = await a_waiting_pilot(db, circle)
    noted = await a_waiting_pilot(db, circle, "P2")
    await keep(db, an_observation(pilot_id=noted.id, on_date=(NOW - 2 * DAY).date()))
    await a_waiting_pilot(db, circle, "P3", rhythm=Rhythm.FORTNIGHTLY)
    await a_waiting_pilot(db, circle, "P4", rhythm=Rhythm.NEVER)
    await a_waiting_pilot(db, circle, "P5", paused_at=NOW)
    await a_waiting_pilot(db, circle, "P6", finished_at=NOW)
    await a_waiting_pilot(db, circle, "P7", stopped_rhythm=Rhythm.WEEKLY)
    await a_waiting_pilot(db, circle, "P8", starts_on=NOW.date() - timedelta(days=1))

    assert [one.id for one in (await of(db)).pilots] == [waiting.id]
    assert (await of(db, BEN)).is_nothing


async def test_thanks_to_me_are_told_also_private_ones_but_no_surprise_is_spoilt(db):
    circle = await a_circle(db)
    await thanks_to_ana(db, circle, "T1", is_private=True)
    await thanks_to_ana(db, circle, "T2", is_private=True, arrives_at=NOW + DAY)
    await thanks_to_ana(db, circle, "T3", deleted_at=NOW)

    [thanks] = (await of(db)).thanks

    assert thanks.request_key == "T1"
    assert (await of(db, CHRIS)).is_nothing


async def test_my_materials_that_were_used_name_who_used_them(db):
    circle = await a_circle(db)
    material = await a_used_material(db, circle, BEN, CHRIS)
    await a_card(db, MATERIAL_CARD, material.id)

    [used] = (await of(db)).used

    assert set(used.member_ids) == {BEN, CHRIS}
    assert used.link.endswith("/archives/C0MATHCIRCLE/p175")
    assert (await of(db, BEN)).is_nothing


async def test_of_many_things_a_screen_is_told_and_that_there_are_more(db):
    circle = await a_circle(db)
    series = await a_hangout_soon(db, circle)
    for number in range(1, 5):
        await a_problem_with(db, circle, BEN, number=number)
        await thanks_to_ana(db, circle, f"T{number}")
        await a_waiting_pilot(db, circle, f"P{number}")
        at = {"starts_at": NOW + (2 + number) * DAY, "series_id": series.series_id}
        await keep(db, a_hangout(community_id=circle.id, **at))

    found = await of(db)

    told = [len(getattr(found, kind)) for kind in TOLD]
    assert told == [2, 3, 2, 3, 0]
    assert found.more == {"hangouts", "answered", "pilots", "thanks"}
    assert sum(TOLD.values()) <= 12


async def test_it_asks_the_same_number_of_questions_however_much_happened(db):
    circle = await a_circle(db)
    await a_problem_with(db, circle, BEN)
    await thanks_to_ana(db, circle)
    await a_hangout_soon(db, circle)
    with Questions(db) as little:
        await of(db)

    for number in range(2, 9):
        await a_problem_with(db, circle, BEN, CHRIS, number=number)
        await thanks_to_ana(db, circle, f"T{number}")
        await a_waiting_pilot(db, circle, f"P{number}")
    await a_used_material(db, circle, BEN)
    with Questions(db) as much:
        await of(db)

    assert much.count == little.count
