"""Lists of pilots in Slack, what is found, and Home."""

from datetime import timedelta

import pytest

from handlers.blocks.pilots.ids import LOG, SHOW
from handlers.blocks.pilots.lists import EARLIER, RUN
from handlers.pilots.listing import home_section
from models.members import Member
from models.pilots.pilot import Circle
from tests.examples import NOW
from tests.handlers.pilots.steps import (
    a_kept_pilot,
    answer_to,
    asks,
    chooses,
    now,
    presses,
    settle,
    words_of,
)
from tests.handlers.problems.steps import answers_to

pytestmark = pytest.mark.usefixtures("good_manners")


async def test_my_pilots_come_with_their_last_values_and_a_button_to_log(ana, world, circle):
    pilot = await a_kept_pilot(world, circle, values=(12, 14, 18))

    answer = await asks(ana, world, "/pilot")

    assert "Exit ticket, period 3" in answer
    assert "running until 8 December · 12, 14 and 18 of 26 · too early to say" in answer
    elements = [block["elements"] for block in answer_to(ana)["blocks"] if "elements" in block]
    buttons = [one.get("action_id") for row in elements for one in row]
    assert {LOG, SHOW} <= set(buttons)
    assert pilot.circle == Circle.ME


async def test_my_pilot_is_shown_with_its_chart_for_nobody_elses_eyes(ana, world, circle):
    await a_kept_pilot(world, circle, values=(12, 14, 18))

    answer = await asks(ana, world, "/pilot show exit ticket")

    assert "Exit ticket, period 3 · only you see this" in answer.replace("\n", "")
    assert "Prediction: Most will write an answer" in answer.replace("\n", "")
    assert [block["type"] for block in answer_to(ana)["blocks"]].count("image") == 1


async def test_a_long_list_is_paged_in_place(ana, ben, world, circle):
    for number in range(6):
        await a_kept_pilot(
            world,
            circle,
            number=number,
            member_id="UBEN",
            practice_name=f"Try {number}",
            circle=Circle.COMMUNITY,
            started_at=NOW + timedelta(minutes=number),
        )

    first = await asks(ana, world, "/pilot list")
    await presses(ana, world, EARLIER, answer_to(ana))

    assert "Try 5" in first
    assert "Try 0" not in first
    assert "Try 0" in words_of(answer_to(ana))


async def test_a_search_finds_what_was_tried_and_says_when_nothing_was(ana, world, circle):
    await a_kept_pilot(world, circle)

    found = await asks(ana, world, "/pilot find ticket")
    nothing = await asks(ana, world, "/pilot find trigonometry")
    empty = await asks(ana, world, "/pilot find")

    assert "1 pilot with “ticket”" in found
    assert "I found no pilot with “trigonometry”." in nothing
    assert "What would you like to find?" in empty


async def test_an_unknown_word_is_answered_with_the_nearest_one(ana, world, circle):
    await a_kept_pilot(world, circle)

    near = await asks(ana, world, "/pilot finsh")
    await presses(ana, world, RUN, answer_to(ana))
    far = await asks(ana, world, "/pilot xylophone")

    assert "Did you mean /pilot finish" in near.replace("\n", "")
    assert "this ends the test" in str(ana.top_view["blocks"])
    assert "/pilot help shows what I know." in far


async def test_a_forged_menu_choice_does_nothing(ana, world, circle):
    pilot = await a_kept_pilot(world, circle)
    await asks(ana, world, "/pilot show")

    await chooses(ana, world, "communities.set_up", pilot, answer_to(ana))

    assert "I do not know that choice." in words_of(answers_to(ana)[-1])


async def test_home_lists_my_pilots_and_nobody_elses(ana, ben, world, circle):
    await a_kept_pilot(world, circle, values=(12,), practice_name="Wait time")
    await a_kept_pilot(world, circle, number=2, member_id="UBEN", practice_name="Exit slip")

    async with world.db() as session:
        member = await Member.find(session, ana.id)
        blocks = await home_section(session, member, world.clock())

    home = str([block.to_dict() for block in blocks])
    assert "Wait time" in home
    assert "12 of 26" in home
    assert "Exit slip" not in home
    assert len(blocks) <= 20


async def test_asking_is_paused_and_begins_again_by_a_word(ana, world, circle):
    pilot = await a_kept_pilot(world, circle)

    await asks(ana, world, "/pilot pause")
    paused = await now(world, pilot)
    await a_kept_pilot(world, circle, number=2, practice_name="Wait time")
    which = await asks(ana, world, "/pilot resume")
    await asks(ana, world, "/pilot resume exit ticket")

    assert paused.paused_at is not None
    assert "About which pilot do I ask again?" in which
    assert (await now(world, pilot)).paused_at is None


async def test_who_is_in_several_communities_reads_one_list_that_names_them(
    ana, world, circle, lounge
):
    traits = {"member_id": "UBEN", "circle": Circle.NETWORK, "shared_at": NOW}
    await a_kept_pilot(world, circle, number=1, **traits)
    await a_kept_pilot(world, lounge, number=2, **traits)

    corridor = world.slack.add_channel("corridor", members={"UANA"})
    await ana.types(corridor, "/pilot list")
    await settle(world)

    answer = words_of(answers_to(ana, corridor)[-1])
    assert "Ben · #math-circle · running" in answer
    assert "Ben · #staff-lounge · running" in answer


async def test_whoever_has_no_pilots_is_shown_the_way_to_those_of_colleagues(ana, world, circle):
    answer = await asks(ana, world, "/pilot")
    async with world.db() as session:
        [member] = (await Member.known(session, ["UANA"])).values()
        home = await home_section(session, member, NOW)

    assert "What colleagues try" in answer
    assert "What colleagues try" in str([block.to_dict() for block in home])
