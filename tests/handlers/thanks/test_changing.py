"""Changing thanks in Slack: undo and edit for ten minutes, delete at any time."""

from datetime import timedelta

import pytest

from handlers.blocks.thanks.ids import MORE, UNDO
from tests.handlers.problems.steps import answers_to, words_of
from tests.handlers.thanks.kind_steps import (
    answer,
    card,
    cards,
    chooses,
    kept,
    letter,
    letters,
    thanked,
)

pytestmark = pytest.mark.usefixtures("good_manners")

TEN_MINUTES = timedelta(minutes=10)


async def test_the_giver_takes_it_back_and_has_the_words_again(ana, world, circle):
    thanks = await thanked(world, circle)

    await chooses(ana, world, "undo", thanks)

    assert cards(world) == []
    assert letters(world, "UBEN") == []
    assert "covering my class\nI could be with my son" in answer(ana)
    assert (await kept(world, thanks)).text == ""


async def test_the_answer_that_offers_to_undo_becomes_the_words_again(ana, world, circle):
    await ana.types("math-circle", "/thanks @ben for listening to me")
    await world.settled()

    await ana.presses(UNDO)
    await world.settled()

    assert cards(world) == []
    [only] = answers_to(ana)
    assert "Taken back" in words_of(only)
    assert "listening to me" in words_of(only)


async def test_the_giver_puts_it_otherwise_in_place(ana, world, circle):
    thanks = await thanked(world, circle)
    form = await chooses(ana, world, "edit", thanks)

    await ana.submits(form, text="listening", effect="", reason="Listened")
    await world.settled()

    assert "Ana thanks Ben: for listening" in card(world)
    assert "Listened" in card(world)
    assert "Ana thanks you: for listening" in letter(world, "UBEN")
    assert "Saved." in answer(ana)


async def test_an_edit_may_keep_it_between_them(ana, world, circle):
    thanks = await thanked(world, circle)
    form = await chooses(ana, world, "edit", thanks)

    await ana.submits(form, is_private=["yes"])
    await world.settled()

    assert cards(world) == []
    assert "only you two see this" in letter(world, "UBEN")


async def test_after_ten_minutes_the_open_form_keeps_the_words_and_says_why(ana, world, circle):
    thanks = await thanked(world, circle)
    form = await chooses(ana, world, "edit", thanks)
    world.clock.move(TEN_MINUTES)

    await ana.submits(form, text="listening")

    assert "Ten minutes have passed" in str(ana.top_view["errors"])
    assert (await kept(world, thanks)).text == "covering my class"


async def test_a_colleague_cannot_change_it(chris, world, circle):
    thanks = await thanked(world, circle)

    form = await chooses(chris, world, "edit", thanks)

    assert form is None
    assert "Only whoever said these words" in answer(chris)


async def test_a_facilitator_deletes_public_thanks_after_being_asked(chris, ben, world, circle):
    thanks = await thanked(world, circle, to=["UCHRIS"])
    form = await chooses(ben, world, "delete", thanks)

    await ben.submits(form)
    await world.settled()

    assert cards(world) == []
    assert letters(world, "UCHRIS") == []
    assert "Deleted." in answer(ben)


async def test_one_of_several_takes_only_themselves_out(ben, chris, world, circle):
    thanks = await thanked(world, circle, to=["UDANA", "UCHRIS"])
    [message] = letters(world, "UCHRIS")
    await chris.presses(MORE, message=message, option=f"delete:{thanks.id}")
    await world.settled()

    await chris.submits(chris.top_view)
    await world.settled()

    assert "Ana thanks Dana: for covering" in card(world)
    assert letters(world, "UCHRIS") == []
    assert "Ana thanks you: for covering" in letter(world, "UDANA")


async def test_after_ten_minutes_undo_answers_what_can_still_be_done(ana, world, circle):
    thanks = await thanked(world, circle)
    world.clock.move(TEN_MINUTES)

    await chooses(ana, world, "undo", thanks)

    assert "You can still delete them" in answer(ana)
    assert "covering" in card(world)
    assert len(cards(world)) == 1
