"""How a practice spread, asked for on its card."""

from handlers.blocks.practices.ids import SPREAD
from models.pilots.pilot import Circle
from tests.handlers.pilots.steps import a_kept_pilot, answer_to, presses, words_of
from tests.handlers.practices.steps import asks, practice_named


async def ben_was_inspired_by_ana(world, circle, anas_circle=Circle.NETWORK):
    practice = await practice_named(world, "Exit ticket")
    traits = {"practice_id": practice.id, "circle": anas_circle}
    anas = await a_kept_pilot(world, circle, number=1, **traits)
    traits = {"practice_id": practice.id, "circle": Circle.NETWORK, "inspired_by_id": anas.id}
    await a_kept_pilot(world, circle, number=2, member_id="UBEN", **traits)


async def test_the_card_and_its_button_show_who_was_inspired_by_whom(chris, world, circle):
    await asks(chris, world)
    await ben_was_inspired_by_ana(world, circle)

    card = await asks(chris, world, "show exit ticket")
    await presses(chris, world, SPREAD, answer_to(chris))

    assert "Tried by two teachers. Two pilots are still running." in card
    said = words_of(answer_to(chris))
    assert "Two pilots; one of them was inspired by another one." in said
    assert "17 Nov · Ben · inspired by Ana · running" in said
    [picture] = [block for block in answer_to(chris)["blocks"] if block["type"] == "image"]
    assert "17 Nov · Ben · inspired by Ana · running." in picture["alt_text"]


async def test_who_keeps_theirs_private_has_not_been_there(chris, world, circle):
    await asks(chris, world)
    await ben_was_inspired_by_ana(world, circle, anas_circle=Circle.ME)

    card = await asks(chris, world, "show exit ticket")

    assert "Tried by one teacher. One pilot is still running." in card
    assert "Ana" not in card
    assert "image" not in [block["type"] for block in answer_to(chris)["blocks"]]
