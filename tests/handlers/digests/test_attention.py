"""Once a week, a private list for facilitators of what their community may want."""

import pytest

from handlers.blocks.members import MUTE
from models.digests.posted import ATTENTION, FACILITATING
from tests.examples import DAY
from tests.handlers.digests.week_steps import MONDAY, it_is, letters, was_set_up_before
from tests.handlers.problems.steps import share

pytestmark = pytest.mark.usefixtures("good_manners")


async def test_facilitators_alone_hear_what_waits_and_a_nameless_problem_stays_nameless(
    ben, world, circle, nameless_problem
):
    await was_set_up_before(world, circle)

    await it_is(world, MONDAY)

    [letter] = letters(world, "UBEN", ATTENTION)
    assert "No answer yet to a colleague: Quiet students" in letter["text"]
    assert "Ana" not in letter["text"]
    assert not any(letters(world, one, ATTENTION) for one in ("UANA", "UCHRIS", "UDANA"))


async def test_what_stood_in_the_list_before_makes_no_other_one_by_itself(
    ben, world, circle, nameless_problem
):
    await was_set_up_before(world, circle)

    for weeks in range(3):
        await it_is(world, MONDAY + weeks * 7 * DAY)

    [letter] = letters(world, "UBEN", ATTENTION)
    assert "Quiet students" in letter["text"]


async def test_whoever_stopped_it_has_peace(ana, ben, world, circle, anas_problem):
    await was_set_up_before(world, circle)
    await it_is(world, MONDAY)
    [letter] = letters(world, "UBEN", ATTENTION)

    await ben.presses(MUTE, message=letter, value=FACILITATING)
    await share(ana, world, title="Late homework")
    await it_is(world, MONDAY + 7 * DAY)

    assert len(letters(world, "UBEN", ATTENTION)) == 1
