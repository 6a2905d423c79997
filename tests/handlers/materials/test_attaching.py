"""Attaching a material in Slack: to a practice, a problem, notes; from either end."""

import pytest

from handlers.blocks.materials.attaching import CHOOSE
from handlers.blocks.materials.ids import ATTACH_HERE, MORE
from handlers.blocks.problems.cards import MORE as PROBLEM_MORE
from handlers.blocks.problems.cards import OFFER_HELP
from tests.handlers.hangouts.after_steps import a_hangout_held, is_over
from tests.handlers.hangouts.test_noting import looks_up, notes_in, write
from tests.handlers.materials.saving_steps import TITLE, URL, cards, kept
from tests.handlers.materials.using_steps import (
    a_kept_material,
    answer,
    attaches,
    attaches_here,
    presses,
    submits,
)
from tests.handlers.practices.steps import add, asks
from tests.handlers.problems.steps import answers_to, words_of

pytestmark = pytest.mark.usefixtures("good_manners")


async def test_from_its_own_card_to_a_problem_and_off_again(ana, world, circle, anas_problem):
    material = await a_kept_material(world, circle)

    await attaches(ana, world, material, f"problem:{anas_problem.problem_id}", "quiet")
    there, told = anas_problem.words.replace("\n", ""), answer(ana)
    await ana.presses(MORE, message=cards(world)[-1], option=f"attach:{material.id}")
    await world.settled()
    await submits(ana, world, ana.top_view, stays=[])

    assert f"Materials: {TITLE}" in there
    assert "stands beside “Quiet students in small groups” now" in told
    assert "Materials" not in anas_problem.words
    assert "no longer stands beside" in answer(ana)


async def test_any_colleague_attaches_one_from_the_menu_of_a_problem(
    chris, world, circle, anas_problem
):
    material = await a_kept_material(world, circle)
    option = f"attach:{anas_problem.problem_id}"
    await chris.presses(PROBLEM_MORE, message=anas_problem.message, option=option)
    await world.settled()

    await chris.searches(CHOOSE, "fraction", view=chris.top_view)
    await submits(chris, world, chris.top_view, material=str(material.id))

    assert f"Materials: {TITLE}" in anas_problem.words.replace("\n", "")


async def test_who_can_help_with_a_problem_without_a_name_attaches_one(
    chris, world, circle, nameless_problem
):
    material = await a_kept_material(world, circle, owner_id="UBEN")
    await chris.presses(OFFER_HELP, message=nameless_problem.message)
    await world.settled()

    await attaches_here(chris, world, material, answers_to(chris)[-1])

    assert f"Materials: {TITLE}" in nameless_problem.words.replace("\n", "")
    assert "Ana" not in nameless_problem.words


async def test_one_that_is_not_saved_yet_is_saved_and_stands_there(ben, world, circle):
    await add(ben, world)
    await asks(ben, world, "show mystery box")
    form = await presses(ben, world, ATTACH_HERE, answers_to(ben)[-1])

    await submits(ben, world, form, new_one="yes")
    await submits(ben, world, ben.top_view, url=URL, title="Ten questions", circle="network")

    [material] = await kept(world)
    assert material.title == "Ten questions"
    assert "Materials: Ten questions" in (await asks(ben, world, "show mystery box")).replace(
        "\n", ""
    )


async def test_it_stands_beside_the_notes_of_a_hangout(ben, chris, world, circle):
    material = await a_kept_material(world, circle)
    await a_hangout_held(world, circle)
    await is_over(world)
    await write(ben, world, notes="We tried wait time.")

    await attaches_here(chris, world, material, notes_in(world)[-1])

    assert f"Materials: {TITLE}" in words_of(notes_in(world)[-1]).replace("\n", "")
    assert f"Materials: {TITLE}" in words_of(await looks_up(ben, world)).replace("\n", "")


async def test_what_only_a_few_may_see_stands_there_only_for_them(
    ben, chris, world, circle, secret, anas_problem
):
    await add(ben, world)
    hidden = await a_kept_material(world, secret, owner_id="UBEN", is_announced=False)
    before = anas_problem.words

    await asks(ben, world, "show mystery box")
    await attaches_here(ben, world, hidden, answers_to(ben)[-1])
    option = f"attach:{anas_problem.problem_id}"
    await ben.presses(PROBLEM_MORE, message=anas_problem.message, option=option)
    await world.settled()
    await ben.searches(CHOOSE, "", view=ben.top_view)
    await submits(ben, world, ben.top_view, material=str(hidden.id))

    assert TITLE in await asks(ben, world, "show mystery box")
    assert TITLE not in await asks(chris, world, "show mystery box")
    assert anas_problem.words == before
    assert "edited" not in anas_problem.message


async def test_a_list_offers_nothing_out_of_sight_and_an_empty_form_asks(
    chris, world, circle, secret, anas_problem
):
    await a_kept_material(world, secret, owner_id="UBEN", is_announced=False)
    option = f"attach:{anas_problem.problem_id}"
    await chris.presses(PROBLEM_MORE, message=anas_problem.message, option=option)
    await world.settled()

    for typed in ("", "fraction"):
        offered = await chris.searches(CHOOSE, typed, view=chris.top_view)
        assert offered.payload == {"options": []}
    await submits(chris, world, chris.top_view)

    assert "Please choose a material" in str(chris.top_view["errors"])
