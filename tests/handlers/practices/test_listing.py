"""The tool belt as members read it: pages, searches, cards, and what forms offer."""

from handlers.blocks.practices.ids import ADD, BROWSE, SHOW
from handlers.blocks.practices.lists import EARLIER, LATER, RUN
from models.practices.starters import STARTERS
from tests.handlers.practices.steps import asks, buttons_of, kept
from tests.handlers.problems.steps import answers_to, last_answer, settle, words_of


async def test_the_first_look_finds_a_full_tool_belt(ana, ben, world, circle):
    listed = await asks(ana, world)

    assert "The tool belt, by name" in listed
    assert "Brain dump · 10 min" in listed
    assert "page 1 of" in listed
    assert await kept(world) == len(STARTERS)
    assert answers_to(ben) == []


async def test_pages_turn_in_place(ana, world, circle):
    first = await asks(ana, world)
    count = len(answers_to(ana))

    await ana.presses(LATER)
    await settle(world)
    second = last_answer(ana)
    await ana.presses(EARLIER)
    await settle(world)

    assert "page 2 of" in second
    assert last_answer(ana) == first
    assert len(answers_to(ana)) == count


async def test_a_search_forgives_misspelling(ana, world, circle):
    found = await asks(ana, world, "find feedbak")

    assert "Peer feedback" in found
    assert "Showing results for “feedback” instead of “feedbak”" in found
    assert "What would you like to find?" in await asks(ana, world, "find")


async def test_a_practice_is_shown_by_its_name_as_one_remembers_it(ana, world, circle):
    shown = await asks(ana, world, "show exti tiket")

    assert "Collect the slips at the door." in shown
    assert "There is no pilot of it to see yet" in shown
    assert buttons_of(ana) == ["pilots.start", "materials.attach_here"]


async def test_a_look_at_a_row_leaves_the_list_where_it_is(ana, world, circle):
    await asks(ana, world, "show pair")
    count = len(answers_to(ana))

    await ana.presses(SHOW)
    await settle(world)

    assert len(answers_to(ana)) == count + 1
    assert last_answer(ana).startswith("*Think, pair, share*")


async def test_words_after_the_command_are_a_name_a_slip_or_something_to_find(ana, world, circle):
    assert (await asks(ana, world, "jigsaw")).startswith("*Jigsaw*")
    assert "3 practices with “sticky”" not in await asks(ana, world, "sticky notes")
    assert "Gallery walk" in last_answer(ana)

    assert "Did you mean `/practice show`?" in await asks(ana, world, "shwo")
    await ana.presses(RUN)
    await settle(world)
    assert "Which one would you like to see?" in last_answer(ana)


async def test_an_unknown_name_leads_on(ana, world, circle):
    assert "I know no practice called “zebra”" in await asks(ana, world, "show zebra")

    assert buttons_of(ana) == [BROWSE, ADD]
    await ana.presses(BROWSE)
    await settle(world)
    assert "The tool belt, by name" in last_answer(ana)


async def test_help_has_examples(ana, world, circle):
    assert "/practice show exit ticket" in await asks(ana, world, "help")


async def test_who_is_in_no_community_reads_the_tool_belt_all_the_same(ana, world):
    await ana.types(world.slack.direct_message("UANA"), "practice")
    await settle(world)

    assert "The tool belt, by name" in words_of(world.letters("UANA")[-1])


async def test_home_has_three_ideas_and_the_ways_in(ana, world, circle):
    await asks(ana, world)

    await ana.opens_home()
    await settle(world)

    shown = str(ana.home["blocks"])
    assert "From the tool belt" in shown
    assert shown.count(f"'{SHOW}'") == 3
    await ana.presses(BROWSE, home=True)
    await settle(world)
    assert "The tool belt, by name" in words_of(world.letters("UANA")[-1])


async def test_forged_buttons_are_answered_kindly(ana, world, circle):
    await asks(ana, world, "show pair")
    row = answers_to(ana)[-1]["blocks"][1]
    row["accessory"]["value"] = "999999999999"
    await ana.presses(SHOW, block_id=row["block_id"])
    await settle(world)
    assert "not in the tool belt any more" in last_answer(ana)

    await asks(ana, world)
    turning = answers_to(ana)[-1]["blocks"][-1]["elements"][0]
    turning["value"] = '{"page": "one"}'
    await ana.presses(turning["action_id"])
    await settle(world)
    assert "That page is not there any more" in last_answer(ana)
