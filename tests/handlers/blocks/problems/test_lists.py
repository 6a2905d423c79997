"""Lists of problems, a page at a time."""

import json

import pytest

from handlers.blocks.problems.forms import OPEN
from handlers.blocks.problems.lists import (
    EARLIER,
    FIND,
    LATER,
    RUN,
    PageWanted,
    did_you_mean,
    find_results,
    my_problems,
    problem_list,
)
from models.problems import Listing
from tests.examples import NOW, a_standing
from tests.handlers.blocks.problems.drawings import LEGEND, LINK, NASTY, a_page, drawn, pressable


def test_a_list_shows_state_counts_and_the_way_to_each_problem():
    page = a_page(a_standing(answers=2), a_standing(id=8, author_id=None, resolved_at=NOW))

    message = drawn(
        problem_list(page, PageWanted(what=Listing.ALL, community_id=1), "#math-circle", LEGEND)
    )

    assert message["text"].splitlines() == [
        "Problems in #math-circle",
        "• Quiet students · Ana · open · 2 answers",
        "• Quiet students · A colleague · resolved · no answers yet",
    ]
    assert LINK in json.dumps(message)
    assert pressable(message) == []


def test_a_list_leads_to_earlier_and_later_pages():
    page = a_page(*[a_standing(id=number) for number in range(1, 6)], number=1, total=20)
    wanted = PageWanted(what=Listing.UNANSWERED, page=1, community_id=3)

    message = drawn(problem_list(page, wanted, "#math-circle", LEGEND))

    [(earlier, to_earlier), (later, to_later)] = pressable(message)
    assert (earlier, PageWanted.read(to_earlier)) == (
        EARLIER,
        PageWanted(what="unanswered", page=2, community_id=3),
    )
    assert (later, PageWanted.read(to_later)) == (
        LATER,
        PageWanted(what="unanswered", page=0, community_id=3),
    )


@pytest.mark.parametrize("value", ["", "{", "[]", "null", '{"what": 1}', '{"what":"a","page":"x"}'])
def test_a_forged_page_is_no_page(value):
    assert PageWanted.read(value) is None


@pytest.mark.parametrize("listing", Listing)
def test_an_empty_list_teaches_and_has_a_button(listing):
    wanted = PageWanted(what=listing, community_id=1)

    message = drawn(problem_list(a_page(), wanted, "#math-circle", LEGEND))

    assert "#math-circle" in message["text"]
    assert pressable(message) == [(OPEN, None)]


def test_my_own_empty_list_gives_an_example():
    message = drawn(my_problems(a_page(), LEGEND))

    assert "small-group talk" in message["text"]
    assert pressable(message) == [(OPEN, None)]


def test_my_own_list_says_that_only_i_see_it():
    assert "only you see this" in drawn(my_problems(a_page(a_standing()), LEGEND))["text"]


def test_a_search_says_which_words_it_used_instead():
    wanted = PageWanted(what=FIND, words="tlak")

    message = drawn(find_results(a_page(a_standing()), wanted, {"tlak": "talk"}, LEGEND))

    assert message["text"].startswith("Showing results for “talk” instead of “tlak”")


def test_a_search_that_finds_nothing_offers_to_ask():
    message = drawn(find_results(a_page(), PageWanted(what=FIND, words=NASTY), {}, LEGEND))

    assert "I found no problem with" in message["text"]
    assert pressable(message) == [(OPEN, None)]


def test_a_long_search_still_turns_pages():
    page = a_page(a_standing(), total=20)

    for words in ("x" * 3000, '"' * 3000, "\x1f" * 3000):
        message = drawn(find_results(page, PageWanted(what=FIND, words=words), {}, LEGEND))
        [(_, value)] = pressable(message)
        assert PageWanted.read(value).page == 1


def test_a_word_that_is_almost_ours_may_also_be_a_problem():
    message = drawn(did_you_mean("lsit", "list"))

    assert "Did you mean `/problem list`?" in message["text"]
    [(run, word), (share, typed)] = pressable(message)
    assert (run, word, share) == (RUN, "list", OPEN)
    assert json.loads(typed) == {"title": "lsit"}
