"""Members add to the tool belt, and change and withdraw what is theirs."""

from handlers.blocks.practices.cards import MORE, More
from handlers.blocks.practices.ids import ADD
from tests.handlers.practices.steps import (
    STEPS,
    WHAT,
    add,
    asks,
    buttons_of,
    choose,
    kept,
    open_form,
    practice_named,
)
from tests.handlers.problems.steps import answers_to, last_answer, settle


async def test_what_ana_adds_ben_finds_with_her_name(ana, ben, world, circle):
    await add(ana, world, topics="curiosity", minutes="5 min")

    assert "Mystery box is in the tool belt now" in last_answer(ana).replace("*", "")
    shown = await asks(ben, world, "show mystery box")
    assert "1. Show the box." in shown
    assert "5 minutes · curiosity · added by Ana" in shown
    assert "Mystery box" in await asks(ben, world, "find curiosity")


async def test_a_form_that_is_not_right_says_where_and_keeps_what_was_typed(ana, world, circle):
    form = await open_form(ana, world, "add Exit ticket")

    await ana.submits(form, what=WHAT, steps=STEPS)
    assert "already" in form["errors"]["name"]
    await ana.submits(form, name="Ticket out", minutes="a few")
    assert "whole minutes" in form["errors"]["minutes"]
    await ana.submits(form, minutes="5")
    await settle(world)

    assert (await practice_named(world, "Ticket out")).minutes == 5


async def test_a_student_who_may_be_recognised_is_asked_about_first(ana, world, circle):
    await asks(ana, world)
    before = await kept(world)
    form = await open_form(ana, world, "add Mystery box")

    await ana.submits(form, what="My student Jane Miller liked it.", steps=STEPS)
    assert await kept(world) == before
    assert "This may tell who a student is" in str(ana.top_view["blocks"])
    await ana.submits(ana.top_view, nobody_recognised="yes")
    await settle(world)

    assert await kept(world) == before + 1


async def test_a_form_sent_twice_makes_one_practice(ana, world, circle):
    form = await open_form(ana, world, "add Mystery box")
    await ana.submits(form, what=WHAT, steps=STEPS)
    await ana.submits(form, again=True)
    await settle(world)

    assert (await practice_named(world, "Mystery box")).added_by == "UANA"


async def test_whoever_added_it_edits_and_withdraws_it(ana, ben, world, circle):
    practice = await add(ana, world)

    form = await choose(ana, world, practice, More.EDIT)
    await ana.submits(form, name="Surprise box")
    await settle(world)
    assert "Surprise box" in await asks(ben, world, "find box")
    practice = await practice_named(world, "Surprise box")
    form = await choose(ana, world, practice, More.WITHDRAW)
    await ana.submits(form)
    await settle(world)

    assert "Surprise box left the tool belt" in last_answer(ana)
    assert "I know no practice called" in await asks(ben, world, "show surprise box")


async def test_a_colleague_may_not_change_it_and_learns_who_may(ana, ben, chris, world, circle):
    practice = await add(ana, world)

    assert "Only whoever added this practice" in await asks(chris, world, "edit mystery box")
    await asks(chris, world, "show mystery box")
    assert MORE not in buttons_of(chris)
    form = await open_form(ben, world, "edit mystery box")
    await ben.submits(form, what="A box.")
    await settle(world)

    assert "added by Ana, changed by Ben" in await asks(ana, world, f"show {practice.name}")


async def test_a_practice_withdrawn_while_its_form_is_open_loses_no_words(ana, ben, world, circle):
    practice = await add(ana, world)
    form = await open_form(ben, world, "edit mystery box")
    await ana.submits(await choose(ana, world, practice, More.WITHDRAW))
    await settle(world)

    await ben.submits(form, what="A box, and a good story.")

    assert "not in the tool belt any more" in form["errors"]["name"]
    assert not form.get("closed")


async def test_in_a_message_the_name_is_kept_until_the_form_opens(ana, world, circle):
    await ana.types(world.slack.direct_message("UANA"), "practice add Mystery box")
    await settle(world)
    await ana.presses(ADD, message=world.letters("UANA")[-1])
    await settle(world)

    await ana.submits(ana.top_view, what=WHAT, steps=STEPS)
    await settle(world)

    assert (await practice_named(world, "Mystery box")).added_by == "UANA"


async def test_a_forged_choice_changes_nothing(ana, chris, world, circle):
    practice = await add(ana, world)
    await asks(ana, world, "show mystery box")
    menu = answers_to(ana)[-1]["blocks"][-1]["elements"][-1]
    assert menu["action_id"] == MORE
    menu["options"][0]["value"] = f"burn:{practice.id}"

    await ana.presses(MORE, option=f"burn:{practice.id}")
    await settle(world)

    assert "I do not know that choice" in last_answer(ana)
