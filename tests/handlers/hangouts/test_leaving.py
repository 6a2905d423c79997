"""Whoever leaves the channel or the workspace keeps nobody waiting."""

import pytest

from handlers.blocks.hangouts.ids import CONFIRM
from models.hangouts import posted
from models.hangouts.signup import Presenting
from tests.handlers.hangouts.signing_steps import (
    Invited,
    a_hangout_soon,
    actions_on,
    letters,
    presents,
)
from tests.handlers.problems.steps import settle

pytestmark = pytest.mark.usefixtures("good_manners")


@pytest.fixture
async def full(ana, chris, world, circle) -> Invited:
    """A hangout with one seat, which Ana has; Chris waits for it."""
    hangout = await a_hangout_soon(world, circle, slots=1)
    await presents(ana, world, hangout)
    await presents(chris, world, hangout)
    return hangout


async def leaves_the_channel(person):
    await person.leaves("math-circle")


async def is_deactivated(person):
    await person.changes_profile(deleted=True)


@pytest.mark.parametrize("goes", [leaves_the_channel, is_deactivated])
async def test_the_seat_of_somebody_who_left_is_offered_to_who_waits(ana, world, full, goes):
    await goes(ana)
    await settle(world)

    answers = {one.member_id: (one.is_coming, one.presenting) for one in await full.signups()}
    assert answers == {"UANA": (False, None), "UCHRIS": (True, Presenting.OFFERED)}
    [letter] = letters(world, "UCHRIS", posted.OFFER)
    assert CONFIRM in actions_on(letter)


async def test_an_offer_to_somebody_who_leaves_is_closed_and_goes_on(ana, ben, chris, world, full):
    await presents(ben, world, full)
    await leaves_the_channel(ana)
    await settle(world)

    await leaves_the_channel(chris)
    await settle(world)

    [closed] = letters(world, "UCHRIS", posted.OFFER)
    [letter] = letters(world, "UBEN", posted.OFFER)
    assert CONFIRM not in actions_on(closed)
    assert CONFIRM in actions_on(letter)
