"""Lists of practices, a page at a time, and the part of App Home."""

import pytest

from handlers.blocks.practices.home import added, edited, home_part, practice_help, withdrawn
from handlers.blocks.practices.ids import ADD, BROWSE, SHOW
from handlers.blocks.practices.lists import (
    EARLIER,
    LATER,
    RUN,
    PageWanted,
    did_you_mean,
    find_results,
    practice_list,
    which_practice,
)
from models.practices.finding import PAGE_SIZE
from models.practices.menus import Suggested
from tests.examples import a_community, a_practice
from tests.handlers.blocks.practices.drawings import a_page, nasty_practice
from tests.handlers.blocks.problems.drawings import NASTY, drawn, pressable, seen

EXIT_TICKET = a_practice(id=7)
A_FULL_PAGE = [a_practice(id=number) for number in range(PAGE_SIZE)]


def rows(surface):
    """Return the words of each row and the practice its button leads to."""
    return [
        (block["text"]["text"].split("\n")[0], block["accessory"]["value"])
        for block in surface["blocks"]
        if block.get("accessory", {}).get("action_id") == SHOW
    ]


def test_a_list_says_what_each_is_and_leads_to_it():
    message = drawn(practice_list(a_page(EXIT_TICKET, a_practice(id=8, minutes=None))))

    assert rows(message) == [("Exit ticket · 5 min", "7"), ("Exit ticket", "8")]
    assert (
        "• Exit ticket · 5 min: One question at the end of the lesson, on a slip of paper."
        in message["text"]
    )
    assert pressable(message) == [(ADD, None)]


def test_a_page_in_the_middle_leads_both_ways():
    page = a_page(*A_FULL_PAGE, number=1, total=3 * PAGE_SIZE)

    message = drawn(find_results(page, "talk"))

    (back, to_back), (more, to_more), _ = pressable(message)
    assert (back, PageWanted.read(to_back)) == (EARLIER, PageWanted(page=0, words="talk"))
    assert (more, PageWanted.read(to_more)) == (LATER, PageWanted(page=2, words="talk"))
    assert "page 2 of 3 · 18 practices" in message["text"]


def test_a_corrected_search_says_what_it_looked_for():
    page = a_page(EXIT_TICKET)
    page.corrected.update({"tikets": "tickets"})

    assert "Showing results for “tickets” instead of “tikets”" in find_results(page, "tikets").text


def test_nothing_found_leads_on():
    message = drawn(find_results(a_page(), NASTY))

    assert "I found no practice with" in message["text"]
    assert pressable(message) == [(BROWSE, None), (ADD, None)]


def test_several_of_nearly_that_name_are_shown_to_choose_from():
    message = drawn(which_practice("pair", [EXIT_TICKET, a_practice(id=8)]))

    assert [practice_id for _, practice_id in rows(message)] == ["7", "8"]
    assert "Is it one of these?" in message["text"]


def test_a_slip_of_the_finger_is_asked_about():
    message = drawn(did_you_mean("shwo", "show"))

    assert pressable(message) == [(RUN, "show"), (BROWSE, None)]


@pytest.mark.parametrize(
    "forged",
    ["", "{}", "[]", "7", '{"page": "x", "words": ""}', '{"page": 1e999, "words": ""}', "[" * 9999],
)
def test_a_forged_page_is_none(forged):
    assert PageWanted.read(forged) is None


@pytest.mark.parametrize("number", [-5, 10**30])
def test_no_page_number_is_too_much_for_a_database(number):
    wanted = PageWanted.read(f'{{"page": {number}, "words": "a"}}')

    assert abs(wanted.page) < 2**31


def test_long_words_still_fit_into_a_button():
    assert len(PageWanted(words="\0" * 5000).value) <= 2000


def test_hostile_words_stay_words_in_every_list():
    nasty = nasty_practice()

    for message in (
        practice_list(a_page(*[nasty] * PAGE_SIZE, total=100)),
        find_results(a_page(nasty), NASTY),
        which_practice(NASTY, [nasty]),
        did_you_mean(NASTY, "show"),
        added(nasty),
        edited(nasty),
        withdrawn(nasty.name),
        practice_help(),
    ):
        assert "<!channel>" not in drawn(message)["text"]


def test_home_suggests_the_next_ones_of_the_menu():
    community = a_community(name="Math circle")

    blocks = [block.to_dict() for block in home_part(Suggested((EXIT_TICKET,), community))]

    assert "Next on the menu of Math circle" in seen({"blocks": blocks})
    assert rows({"blocks": blocks}) == [("Exit ticket · 5 min", "7")]


def test_an_empty_tool_belt_teaches_on_home():
    blocks = [block.to_dict() for block in home_part(Suggested(()))]

    assert "for example an exit ticket" in seen({"blocks": blocks})
    assert [one for one, _ in pressable({"blocks": blocks})] == [BROWSE, ADD]
