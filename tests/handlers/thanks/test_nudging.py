"""A private word about a colleague not thanked yet."""

from datetime import timedelta

import pytest

from handlers.blocks.members import MUTE
from handlers.blocks.thanks.ids import START
from handlers.blocks.thanks.nudging import NOT_NOW
from models.thanks.posted import IDEAS, NUDGE
from tests.examples import DAY
from tests.handlers.problems.steps import words_of
from tests.handlers.thanks.belonging_steps import (
    colleagues_reply,
    initial,
    letters,
    newest,
    passes,
    presses,
    sends,
)

pytestmark = pytest.mark.usefixtures("good_manners")


async def test_a_nudge_leads_to_the_form_and_names_nobody_who_is_thanked(ana, world, anas_problem):
    await colleagues_reply(world, anas_problem, "UBEN")
    await passes(world)
    [nudge] = letters(world, "UANA", NUDGE)
    assert "Ben thought along with your problem Quiet students" in nudge["text"]

    form = await presses(ana, world, START, nudge)
    assert initial(form, "receiver_ids") == ["UBEN"]
    await sends(ana, world, text="your question about the first minute")
    await passes(world, 15 * DAY)

    assert "Ana thanks you" in newest(world, "UBEN")
    assert len(letters(world, "UANA", NUDGE)) == 1


async def test_not_now_is_an_answer_and_a_forged_press_tells_nothing(
    ana, chris, world, anas_problem
):
    await colleagues_reply(world, anas_problem, "UBEN")
    await passes(world)
    [nudge] = letters(world, "UANA", NUDGE)
    [value] = [
        one["value"] for one in nudge["blocks"][-1]["elements"] if one["action_id"] == NOT_NOW
    ]

    await presses(ana, world, NOT_NOW, nudge)
    pressed = {"type": "button", "action_id": NOT_NOW, "value": value, "block_id": "b"}
    await chris.forges({"channel": {"id": "CMATHCIRCLE"}, "actions": [pressed]})
    await world.settled()

    [left] = letters(world, "UANA", NUDGE)
    assert "I leave it there" in words_of(left)
    assert START not in str(left["blocks"])
    assert not any("Ben" in words_of(one) for one in chris.sees("math-circle")[-1:])


async def test_whoever_switched_ideas_off_is_not_nudged(ana, world, anas_problem):
    await colleagues_reply(world, anas_problem, "UBEN", "UCHRIS")
    await passes(world)
    [nudge] = letters(world, "UANA", NUDGE)

    await ana.presses(MUTE, message=nudge, value=IDEAS)
    await passes(world, timedelta(days=21))

    assert len(letters(world, "UANA", NUDGE)) == 1
