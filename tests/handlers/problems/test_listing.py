"""Lists and searches, which only the reader sees."""

import json

import pytest

from handlers.blocks.problems.lists import EARLIER, LATER, RUN
from handlers.blocks.request import CHOOSE
from tests.handlers.problems.steps import (
    CIRCLE,
    TITLE,
    answers_to,
    last_answer,
    resolve,
    settle,
    share,
    words_of,
)


async def asks(person, world, text, channel="math-circle"):
    """Type the command and return the answer only this person sees."""
    await person.types(channel, f"/problem {text}")
    await settle(world)
    return last_answer(person, channel)


@pytest.fixture
async def seven(ben, world, circle):
    """Seven problems of Ben's."""
    return [await share(ben, world, title=f"Exit tickets {number}") for number in range(1, 8)]


async def test_a_list_shows_who_asked_and_how_it_stands(ana, ben, world, anas_problem):
    await ben.types("math-circle", "Wait time.", thread_ts=anas_problem.ts)
    await settle(world)

    listed = await asks(ben, world, "list")

    assert "Problems in #math-circle" in listed
    assert f"• {TITLE} · Ana · open · 1 answer" in listed
    link = f"/archives/{CIRCLE}/p{anas_problem.ts.replace('.', '')}"
    assert link in str(answers_to(ben)[-1]["blocks"])
    assert answers_to(ana)[1:] == []


async def test_pages_turn_in_place(ana, world, seven):
    first = await asks(ana, world, "list")
    count = len(answers_to(ana))

    await ana.presses(EARLIER)
    await settle(world)
    second = last_answer(ana)
    await ana.presses(LATER)
    await settle(world)

    assert "Exit tickets 7" in first
    assert "Exit tickets 2" not in first
    assert "Exit tickets 2" in second
    assert "Exit tickets 7" not in second
    assert last_answer(ana) == first
    assert len(answers_to(ana)) == count


async def test_an_empty_list_teaches(ana, world, circle):
    listed = await asks(ana, world, "list")

    assert "No problems in #math-circle yet" in listed
    assert "for example" in listed
    assert "problems.open" in str(answers_to(ana)[-1]["blocks"])


async def test_mine_are_mine_only(ana, ben, world, anas_problem):
    assert TITLE in await asks(ana, world, "mine")
    assert "You have not shared a problem yet" in await asks(ben, world, "mine")


async def test_unanswered_are_those_nobody_answered(ana, ben, world, anas_problem):
    await ana.types("math-circle", "One more thing: it is period 3.", thread_ts=anas_problem.ts)
    await settle(world)
    before = await asks(ben, world, "unanswered")
    await ben.types("math-circle", "Wait time.", thread_ts=anas_problem.ts)
    await settle(world)
    after = await asks(ben, world, "unanswered")

    assert TITLE in before
    assert "Every open problem in #math-circle has an answer" in after


async def test_next_is_what_waits_for_an_answer(ben, world, anas_problem):
    await ben.types("math-circle", "/staffroom next")
    await settle(world)

    assert f"Waiting for a first answer in #math-circle\n• {TITLE}" in last_answer(ben)


async def test_a_search_finds_words_of_every_part_and_forgives_misspelling(ben, world, ana, circle):
    await share(ana, world, title="Homework", happening="Nobody reads my exit tickets.")

    assert "Homework" in await asks(ben, world, "find exit ticket")
    misspelled = await asks(ben, world, "find exti tikets")

    assert "Homework" in misspelled
    assert "Showing results for" in misspelled
    assert "tikets" in misspelled


async def test_search_results_turn_in_place(ana, world, seven):
    await asks(ana, world, "find exit tickets")

    await ana.presses(EARLIER)
    await settle(world)

    assert "7 problems with “exit tickets”" in last_answer(ana)
    assert last_answer(ana).count("• Exit tickets") == 2


async def test_nothing_found_leads_to_asking(ana, world, circle):
    found = await asks(ana, world, "find zebra crossings")

    assert "I found no problem with “zebra crossings”" in found
    assert "problems.open" in str(answers_to(ana)[-1]["blocks"])


async def test_finding_nothing_in_particular_is_answered_with_an_example(ana, world, circle):
    assert "/problem find exit tickets" in await asks(ana, world, "find")


async def test_help_shows_every_word(ana, world, circle):
    shown = await asks(ana, world, "help")

    for word in ("list", "mine", "unanswered", "find"):
        assert f"/problem {word}" in shown


async def test_resolved_problems_are_listed_as_such(ana, ben, world, anas_problem):
    await resolve(ana, world, anas_problem)

    assert f"{TITLE} · Ana · resolved" in await asks(ben, world, "list")


@pytest.mark.parametrize("word", ["list", "unanswered"])
async def test_of_several_communities_a_button_asks_which_and_then_shows_it(
    ana, world, lounge, anas_problem, word
):
    direct = world.slack.direct_message("UANA")
    await ana.types(direct, f"/problem {word}")
    await settle(world)
    assert "Which community do you mean?" in last_answer(ana, direct)

    await ana.presses(f"{CHOOSE}.0")
    await settle(world)

    assert TITLE in last_answer(ana, direct)
    assert "#math-circle" in last_answer(ana, direct)


async def test_a_word_on_a_button_asks_which_community_too(ana, world, lounge, anas_problem):
    direct = world.slack.direct_message("UANA")
    await ana.types(direct, "/problem lst")
    await settle(world)
    await ana.presses(RUN, value="list")
    await settle(world)

    await ana.presses(f"{CHOOSE}.0")
    await settle(world)

    assert TITLE in last_answer(ana, direct)


async def test_outside_of_a_community_the_only_one_is_listed(ben, world, anas_problem):
    assert TITLE in await asks(ben, world, "list", channel="staff-lounge")


async def test_without_a_community_a_list_says_how_to_begin(ana, world):
    assert "/staffroom setup" in await asks(ana, world, "list", channel="staff-lounge")


async def test_a_private_community_is_found_and_listed_by_its_members_only(ana, ben, world, secret):
    await share(ben, world, channel="secret", title="Exit tickets in confidence")

    assert "Exit tickets in confidence" in await asks(ben, world, "find exit tickets")
    assert "Exit tickets in confidence" not in await asks(ana, world, "find exit tickets")
    assert "in confidence" not in await asks(ana, world, "list")


async def test_a_page_of_a_private_community_cannot_be_forged(ana, ben, world, secret, seven):
    await share(ben, world, channel="secret", title="Exit tickets in confidence")
    await asks(ana, world, "list")
    message = answers_to(ana)[-1]
    message["blocks"][-1]["elements"][0]["value"] = json.dumps(
        {"what": "all", "page": 0, "community_id": secret.id}
    )

    await ana.presses(EARLIER, message=message)
    await settle(world)

    assert "That list is not there any more" in last_answer(ana)
    assert "secret" not in last_answer(ana)
    assert "confidence" not in last_answer(ana)


async def test_home_shows_what_waits_and_what_is_mine(ana, ben, world, anas_problem):
    await ana.opens_home()
    await ben.opens_home()
    await world.settled()

    assert "My problems" in str(ana.home)
    assert "Waiting for a first answer" in str(ben.home)
    assert TITLE in str(ben.home)
    assert "You have not shared a problem yet" in str(ben.home)


async def test_all_of_mine_are_a_press_away_from_home(ben, world, seven):
    await ben.opens_home()
    await world.settled()

    await ben.presses(RUN, home=True)
    await settle(world)

    assert "Exit tickets 7" in words_of(world.letters("UBEN")[-1])


async def test_home_asks_for_answers_to_others_and_shows_all_on_request(ana, ben, world, circle):
    for number in range(6):
        await share(ana, world, title=f"Problem {number}")
    for person in (ana, ben):
        await person.opens_home()
        await settle(world)

    assert "Waiting for a first answer" not in str(ana.home)
    assert "Waiting for a first answer" in str(ben.home)
    assert "See all" in str(ben.home)
