"""Did you come? One tap, undone by another, asked of whoever signed up."""

from datetime import timedelta

from sqlalchemy import delete, select

from handlers.blocks.hangouts.ids import CAME, DID_NOT_COME
from models.hangouts.hangout import Hangout
from models.hangouts.signups import Signup
from tests.handlers.hangouts.after_steps import a_hangout_held, is_over, letter_about
from tests.handlers.problems.steps import settle


async def came(world):
    async with world.db() as session:
        rows = await session.scalars(select(Signup))
        return {row.member_id: row.came for row in rows}


async def test_one_tap_notes_that_somebody_came_and_another_takes_it_back(
    ana, world, circle, good_manners
):
    await a_hangout_held(world, circle)
    await is_over(world)

    await ana.presses(CAME, message=letter_about(world, "UANA", "Did you come"))
    await settle(world)
    said = await came(world)
    await ana.presses(DID_NOT_COME, message=letter_about(world, "UANA", "You came"))
    await settle(world)

    assert said == {"UANA": True, "UCHRIS": None}
    assert (await came(world))["UANA"] is False
    assert letter_about(world, "UANA", "You could not come")


async def test_a_hangout_that_was_called_off_asks_nobody(world, circle):
    over = await a_hangout_held(world, circle)
    async with world.db.begin() as session:
        hangout = await session.get_one(Hangout, over.hangout.id)
        hangout.called_off_at = world.clock()

    await is_over(world)

    assert not [one for one in world.letters("UCHRIS") if "Did you come" in one["text"]]
    assert not [one for one in world.letters("UBEN") if "How was" in one["text"]]


async def test_a_hangout_that_was_moved_asks_at_its_new_end_only(world, circle):
    over = await a_hangout_held(world, circle)
    async with world.db.begin() as session:
        hangout = await session.get_one(Hangout, over.hangout.id)
        hangout.starts_at += timedelta(days=1)
        hangout.ends_at += timedelta(days=1)

    await is_over(world)

    assert not [one for one in world.letters("UCHRIS") if "Did you come" in one["text"]]


async def test_whoever_is_not_signed_up_any_more_is_told_so(ana, world, circle):
    await a_hangout_held(world, circle)
    await is_over(world)
    async with world.db.begin() as session:
        await session.execute(delete(Signup).where(Signup.member_id == "UANA"))

    await ana.presses(CAME, message=letter_about(world, "UANA", "Did you come"))
    await settle(world)

    assert "UANA" not in await came(world)
    assert "had not signed up" in world.letters("UANA")[-1]["text"]


async def test_a_latecomer_joins_the_hangout_that_goes_on(dana, world, circle):
    await a_hangout_held(world, circle)
    world.clock.move(timedelta(hours=1, minutes=5))

    await dana.types("math-circle", "/hangout join")
    await settle(world)

    assert "UDANA" in await came(world)
