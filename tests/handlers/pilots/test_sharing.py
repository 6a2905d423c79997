"""Sharing a pilot in Slack: its card, its chart, champions, and taking all of it back."""

import pytest

from handlers.blocks.pilots.ids import CHAMPION, SHOW, TAKE_BACK
from models.pilots.pilot import Circle
from tests.handlers.pilots.steps import (
    a_kept_pilot,
    answer_to,
    asks,
    card,
    cards,
    chooses,
    finishes,
    now,
    presses,
    settle,
    shares,
    words_of,
)

pytestmark = pytest.mark.usefixtures("good_manners")


async def test_a_finished_pilot_is_shared_with_its_chart(ana, world, circle):
    await a_kept_pilot(world, circle, values=(12, 14, 18))
    await finishes(ana, world)

    await shares(ana, world)

    assert "Ana tried Exit ticket, period 3, and keeps it." in card(world).replace("\n", "")
    assert "Predicted: Most will write" in card(world)
    assert "Happened: 20 of 26 wrote an answer. (partly as predicted)" in card(world)
    assert "Three points so far: too early to say." in card(world)
    [picture] = [block for block in cards(world)[-1]["blocks"] if block["type"] == "image"]
    assert "12, 14 and 18 of 26" in picture["alt_text"]
    assert "Shared with Math circle." in words_of(answer_to(ana))


async def test_a_card_taken_back_shows_nothing_of_it_any_more(ana, ben, world, circle):
    pilot = await a_kept_pilot(world, circle, values=(12, 14))
    await shares(ana, world)

    await asks(ana, world, "/pilot show")
    await presses(ana, world, TAKE_BACK, answer_to(ana))

    assert card(world).splitlines()[0] == "This pilot was taken back by its teacher."
    assert "Exit ticket" not in str(cards(world)[-1]["blocks"])
    assert "image" not in str(cards(world)[-1]["blocks"])
    assert (await now(world, pilot)).circle == Circle.ME
    assert "Nobody has shared a pilot" in await asks(ben, world, "/pilot list")


async def test_a_colleague_looks_closer_and_gets_no_word_of_how_to_change_it(
    ana, ben, world, circle
):
    pilot = await a_kept_pilot(world, circle, values=(12, 14))
    await shares(ana, world)

    await chooses(ben, world, SHOW, pilot, cards(world)[-1])
    closer = words_of(answer_to(ben))
    await chooses(ben, world, TAKE_BACK, pilot, cards(world)[-1])

    assert "Know at the end of the lesson who needs help." in closer
    assert "Only Ana, whose pilot it is, can do that." in words_of(answer_to(ben))
    assert (await now(world, pilot)).circle == Circle.COMMUNITY


async def test_a_lead_champions_it_on_the_card_and_in_a_letter(ana, dana, world, circle):
    await a_kept_pilot(world, circle)
    await shares(ana, world)

    form = await presses(dana, world, CHAMPION, cards(world)[-1])
    await dana.submits(form, words="Thank you for showing how it went.")
    await settle(world)

    assert "Dana stands behind this: Thank you for showing how it went." in card(world)
    letter = words_of(world.letters("UANA")[-1])
    assert "Dana stands behind your Exit ticket, period 3: Thank you for showing" in letter


async def test_who_inspired_it_hears_quietly_what_it_became(ana, ben, world, circle):
    spark = await a_kept_pilot(
        world,
        circle,
        number=1,
        member_id="UBEN",
        circle=Circle.COMMUNITY,
        finished_at=world.clock(),
    )
    await a_kept_pilot(world, circle, number=2, inspired_by_id=spark.id)
    await finishes(ana, world)
    before = world.letters("UBEN")

    await shares(ana, world)

    assert before == []
    [letter] = world.letters("UBEN")
    assert "Your Exit ticket was a spark: Ana tried it and keeps it." in words_of(letter)
    assert "inspired by Ben" in card(world)


async def test_a_problem_and_what_began_with_it_lead_to_each_other(
    ana, world, circle, anas_problem
):
    await a_kept_pilot(world, circle, problem_id=anas_problem.problem_id)
    await finishes(ana, world)

    await shares(ana, world)
    told = words_of(anas_problem.thread[-1])
    shown, links = card(world).replace("\n", ""), str(cards(world)[-1]["blocks"])
    await asks(ana, world, "/pilot show")
    await presses(ana, world, TAKE_BACK, answer_to(ana))

    assert "Ana tried something after this: Exit ticket, period 3, and keeps it." in told
    assert "Learned: One question is enough." in told
    assert "taken back" in words_of(anas_problem.thread[-1])
    assert "Began with Quiet students in small groups" in shown
    assert f"p{anas_problem.ts.replace('.', '')}" in links


async def test_a_problem_without_a_name_is_told_nowhere(ana, ben, world, circle, nameless_problem):
    await a_kept_pilot(world, circle, problem_id=nameless_problem.problem_id)

    await shares(ana, world)

    assert nameless_problem.thread == []
    assert "Quiet students" not in card(world)
    assert "Quiet students" not in await asks(ben, world, "/pilot show exit ticket")


async def test_a_card_of_a_second_cycle_says_nothing_of_a_private_first_one(ana, world, circle):
    first = await a_kept_pilot(
        world, circle, values=(3,), number=1, finished_at=world.clock(), decision="adapt"
    )
    await a_kept_pilot(world, circle, values=(12, 14), number=2, first_id=first.id, cycle=2)
    await asks(ana, world, "/pilot show period")

    await asks(ana, world, "/pilot")
    await shares(ana, world, whole=[])

    assert "cycle" not in card(world)
    assert "3 of 26" not in card(world)
    assert "Two points so far" in card(world)


async def test_a_new_value_is_drawn_on_the_card_in_place(ana, world, circle):
    await a_kept_pilot(world, circle, values=(12, 14))
    await shares(ana, world)

    await asks(ana, world, "/pilot log 25/26")
    await settle(world)

    assert len(cards(world)) == 1
    assert "Three points so far" in card(world)
    [picture] = [block for block in cards(world)[-1]["blocks"] if block["type"] == "image"]
    assert "12, 25 and 14 of 26" in picture["alt_text"]


async def test_taking_back_twice_is_harmless_and_sharing_again_says_a_new_card(ana, world, circle):
    await a_kept_pilot(world, circle)
    await shares(ana, world)
    await asks(ana, world, "/pilot show")
    view = answer_to(ana)

    await presses(ana, world, TAKE_BACK, view)
    await presses(ana, world, TAKE_BACK, view)
    again = words_of(answer_to(ana))
    await shares(ana, world)

    first, second = (words_of(one) for one in cards(world))
    assert "Only you see it already." in again
    assert "taken back" in first
    assert "Ana tries" in second
