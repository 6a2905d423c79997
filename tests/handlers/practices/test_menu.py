"""A community's menu of practices: facilitators set it, everybody reads it."""

import pytest

from handlers.blocks.practices.cards import More
from handlers.blocks.practices.choosing import CHOOSE
from handlers.blocks.practices.ids import BROWSE, MENU
from handlers.blocks.request import CHOOSE as WHICH
from models.practices.menus import POST
from tests.handlers.practices.steps import add, asks, buttons_of, choose, practice_named
from tests.handlers.problems.steps import answers_to, last_answer, posts, settle, words_of


@pytest.fixture
async def anas_box(ana, world, circle):
    return await add(ana, world)


async def set_menu(person, world, *names, **answers):
    """Set the menu through the form; the names are chosen in that order."""
    await asks(person, world, "menu")
    await person.presses(MENU)
    await settle(world)
    form = person.top_view
    await person.searches(CHOOSE, "", view=form)
    chosen = [str((await practice_named(world, name)).id) for name in names]
    await person.submits(form, practices=chosen, **answers)
    await settle(world)


async def test_the_menu_is_what_members_see_first(ana, ben, world, anas_box):
    await set_menu(ben, world, "Wait time", "Mystery box", note="One a month.")

    listed = await asks(ana, world)

    assert listed.splitlines()[:2] == ["The menu of Math circle", "One a month."]
    assert listed.index("1. Wait time") < listed.index("2. Mystery box")
    assert MENU not in buttons_of(ana)
    assert posts(world, POST) == []
    assert BROWSE in buttons_of(ana)


async def test_a_menu_in_the_channel_follows_every_change_in_place(ana, ben, world, anas_box):
    await set_menu(ben, world, "Mystery box", in_channel="yes")
    form = await choose(ana, world, anas_box, More.EDIT)
    await ana.submits(form, name="Surprise box")
    await settle(world)
    assert "1. Surprise box" in words_of(posts(world, POST)[0])

    await set_menu(ben, world, "Wait time", "Surprise box")

    [card] = posts(world, POST)
    assert "2. Surprise box" in words_of(card)
    assert "The message in the channel shows it" in last_answer(ben)


async def test_who_does_not_facilitate_cannot_set_it(ana, ben, world, circle):
    await asks(ben, world, "menu")
    assert MENU in buttons_of(ben)
    await asks(ana, world, "menu")
    [block] = [one for one in answers_to(ana)[-1]["blocks"] if one["type"] == "actions"]
    block["elements"][0] |= {"action_id": MENU, "value": str(circle.id)}

    await ana.presses(MENU)
    await settle(world)

    assert "Only facilitators can set the menu. Ask Ben." in last_answer(ana)


async def test_the_menu_of_a_private_community_is_hidden_from_others(ana, world, circle, secret):
    await asks(ana, world, "menu")
    [block] = [one for one in answers_to(ana)[-1]["blocks"] if one["type"] == "actions"]
    block["elements"][0] |= {"action_id": MENU, "value": str(secret.id)}

    await ana.presses(MENU)
    await settle(world)

    assert "That community is not there any more" in last_answer(ana)


async def test_whoever_is_in_two_communities_is_asked_whose_menu(ana, world, circle, lounge):
    await ana.types(world.slack.direct_message("UANA"), "menu")
    await settle(world)
    assert "Which community do you mean?" in words_of(world.letters("UANA")[-1])

    await ana.presses(f"{WHICH}.1", message=world.letters("UANA")[-1])
    await settle(world)

    assert "Staff lounge has no menu yet" in words_of(world.letters("UANA")[-1])


async def test_a_student_named_in_the_note_is_asked_about_before_anybody_reads_it(
    ben, world, anas_box
):
    await set_menu(ben, world, "Mystery box", note="My student Jane Miller likes it.")
    assert "has no menu yet" in last_answer(ben)
    form = ben.top_view
    assert "This may tell who a student is" in str(form["blocks"])

    await ben.submits(form, nobody_recognised="yes")
    await settle(world)

    assert "1. Mystery box" in await asks(ben, world)


async def test_what_was_withdrawn_leaves_the_menu(ana, ben, world, anas_box):
    await set_menu(ben, world, "Mystery box", "Wait time", in_channel="yes")

    await ana.submits(await choose(ana, world, anas_box, More.WITHDRAW))
    await settle(world)

    assert "1. Wait time" in words_of(posts(world, POST)[0])
    assert "box" not in words_of(posts(world, POST)[0])
    assert "box" not in await asks(ana, world, "menu")


async def test_a_form_offers_what_fits_while_one_types(ben, world, circle):
    await asks(ben, world, "menu")
    await ben.presses(MENU)
    await settle(world)

    await ben.searches(CHOOSE, "tick", view=ben.top_view)

    [offered] = world.slack.suggested[CHOOSE]
    assert offered["text"]["text"] == "Exit ticket"
