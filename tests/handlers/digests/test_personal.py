"""A letter once a week to whoever wants one, about what concerns them everywhere."""

from datetime import timedelta

import pytest

from handlers.blocks.digests.personal import CHOOSE, UNCHOOSE
from handlers.digests.personal import draw_personal
from models.digests.posted import PERSONAL
from models.posts import SAID
from tests.examples import ANA, BEN, NOW
from tests.handlers.digests.week_steps import MONDAY, colleagues_reply, it_is, letters
from tests.models.digests.week import (
    a_circle,
    a_post,
    a_problem_with,
    a_waiting_pilot,
    change,
    keep,
    thanks_to_ana,
)

WEEK = timedelta(days=7)


async def wants_a_letter(person, world):
    pressed = {"type": "button", "action_id": CHOOSE, "value": "", "block_id": "b"}
    await person.forges({"channel": {"id": "CMATHCIRCLE"}, "actions": [pressed]})
    await world.settled()


@pytest.mark.usefixtures("good_manners")
async def test_whoever_wants_it_hears_on_monday_what_concerns_them_and_others_do_not(
    ana, world, anas_problem
):
    await wants_a_letter(ana, world)
    await colleagues_reply(world, anas_problem, "UBEN", "UCHRIS")

    await it_is(world, MONDAY)

    [letter] = letters(world, "UANA", PERSONAL)
    assert "Ben and Chris answered Quiet students" in letter["text"]
    assert letters(world, "UBEN", PERSONAL) == []


async def test_a_week_without_anything_has_no_letter_and_nothing_is_told_twice(
    ana, world, anas_problem
):
    await wants_a_letter(ana, world)
    await colleagues_reply(world, anas_problem, "UBEN")
    await it_is(world, MONDAY)

    await it_is(world, MONDAY + WEEK)

    assert len(letters(world, "UANA", PERSONAL)) == 1


async def test_the_letter_itself_is_where_it_is_stopped(ana, world, anas_problem):
    await wants_a_letter(ana, world)
    await colleagues_reply(world, anas_problem, "UBEN")
    await it_is(world, MONDAY)

    [letter] = letters(world, "UANA", PERSONAL)
    await ana.presses(UNCHOOSE, message=letter)
    await world.settled()
    stopped = world.letters("UANA")[-1]["text"]
    await colleagues_reply(world, anas_problem, "UCHRIS")
    await it_is(world, MONDAY + WEEK)

    assert "I won’t send you your weekly letter any more" in stopped
    assert len(letters(world, "UANA", PERSONAL)) == 1


async def test_whoever_stopped_it_or_left_gets_none_that_was_under_way(db):
    circle = await a_circle(db)
    await a_problem_with(db, circle, BEN)
    post = a_post("p", PERSONAL, place_id=ANA, due_at=NOW)

    drawn = []
    for one in ({"has_digest": False}, {"has_digest": True, "left_at": NOW}):
        await change(db, ANA, **one)
        async with db() as session:
            drawn.append(await draw_personal(session, post, NOW))

    assert drawn == [None, None]


async def drawn(db, now):
    """Return what Ana's letter of that moment says, or None if there is none."""
    async with db() as session:
        letter = a_post("now", PERSONAL, place_id=ANA, due_at=now)
        return await draw_personal(session, letter, now)


async def test_a_pilot_alone_makes_one_letter_and_later_stands_beside_other_news(db):
    circle = await a_circle(db)
    await a_waiting_pilot(db, circle)
    await change(db, ANA, has_digest=True)
    first = await drawn(db, NOW)
    await keep(db, a_post("before", PERSONAL, place_id=ANA, state=SAID, said_at=NOW))

    alone = await drawn(db, NOW + WEEK)
    await thanks_to_ana(db, circle, thanked_at=NOW + WEEK)
    beside = await drawn(db, NOW + WEEK)

    assert "waits for a value" in first.text
    assert alone is None
    assert "waits for a value" in beside.text
