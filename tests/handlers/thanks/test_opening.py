"""*Say thanks for this* under a message: whoever wrote it is thanked, its words are not copied."""

import pytest

from handlers.blocks.thanks.ids import FOR_MESSAGE
from tests.handlers.pilots.logging_steps import newest
from tests.handlers.problems.steps import settle
from tests.handlers.thanks.giving_steps import (
    cards_in,
    form_of,
    initial,
    kept,
    sends,
    shown_in,
    thanks,
)

pytestmark = pytest.mark.usefixtures("good_manners")


async def test_a_message_is_linked_and_its_words_are_not_copied(ana, ben, world, circle):
    said = await ben.types("math-circle", "I made slides for all of you")
    await settle(world)

    await ana.uses_shortcut(FOR_MESSAGE, said.message)
    await settle(world)
    form = form_of(ana)
    await sends(ana, world, form, text="the slides")

    assert initial(form, "receiver_ids") == ["UBEN"]
    assert initial(form, "text") is None
    [row] = await kept(world)
    assert (row.source_channel_id, row.source_ts) == ("CMATHCIRCLE", said.message["ts"])
    [card] = cards_in(world)
    assert "I made slides" not in card
    assert "this message" in card


async def test_a_message_of_an_app_or_ones_own_thanks_nobody(ana, world, circle):
    own = await ana.types("math-circle", "I made slides")
    await thanks(ana, world, "@ben for the slides")
    [card] = [one for one in world.messages() if one.get("bot_id")]
    answers = []
    for message in (own.message, card):
        await ana.uses_shortcut(FOR_MESSAGE, message)
        await settle(world)
        answers.append(newest(ana, world))

    assert "That is your own message." in answers[0]
    assert "That was written by an app." in answers[1]
    assert ana.top_view is None


async def test_what_was_said_in_a_closed_circle_is_not_linked(ana, ben, world, circle):
    closed = world.slack.add_channel(
        "closed", {"UANA", "UBEN", world.slack.bot_user_id}, is_private=True
    )
    said = await ben.types(closed, "You are not alone")
    await settle(world)

    await ana.uses_shortcut(FOR_MESSAGE, said.message)
    await settle(world)
    form = form_of(ana)
    await sends(ana, world, form, text="being there")

    assert "so it is not linked" in shown_in(form)
    [row] = await kept(world)
    assert (row.is_private, row.source_ts) == (True, None)


async def test_what_was_said_about_a_problem_without_a_name_is_not_linked(
    ana, ben, chris, world, nameless_problem
):
    said = await chris.types("math-circle", "Wait time.", thread_ts=nameless_problem.ts)
    await settle(world)

    await ben.uses_shortcut(FOR_MESSAGE, said.message)
    await settle(world)
    form = form_of(ben)
    await sends(ben, world, form, text="the idea")

    assert "about a problem without a name, so it is not linked" in shown_in(form)
    [row] = await kept(world)
    assert (row.is_private, row.source_ts) == (True, None)
