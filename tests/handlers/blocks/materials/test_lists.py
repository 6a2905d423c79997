"""Lists of materials come in pages, remember what was looked for, and teach when they are empty."""

import pytest

from handlers.blocks.forms import read_form
from handlers.blocks.materials.facts import Known
from handlers.blocks.materials.finding import find_form
from handlers.blocks.materials.home import home_part, material_help
from handlers.blocks.materials.ids import FIND, LIST, SAVE, SHOW, USED
from handlers.blocks.materials.lists import (
    EARLIER,
    FOUND,
    LATER,
    LISTED,
    PageWanted,
    found_materials,
    material_list,
    my_materials,
    which_material,
)
from models.materials.facets import Facets
from models.materials.filters import Sought
from models.materials.finding import MaterialPage
from tests.examples import NAMES, a_material
from tests.handlers.blocks.problems.drawings import NASTY, drawn, pressable
from tests.handlers.blocks.surfaces import fields, shown

KNOWN = Known(names=NAMES, places={1: "#math-circle"})
LONGEST = Sought(
    words="w" * 200,
    kind=("video", "rubric"),
    subject=tuple(letter * 60 for letter in "abc"),
    grade=("5", "6", "7"),
    topic=tuple(letter + 59 * '"' for letter in "xyz"),
)


def a_page(number=0, total=1, **traits):
    return MaterialPage(materials=(a_material(id=7, **traits),), number=number, total=total)


def test_a_row_says_who_keeps_it_where_and_what_it_is():
    page = drawn(my_materials(a_page(), KNOWN))

    assert page["text"].split("\n") == [
        "Your materials · only you see this list",
        "• Fraction talk rubric · Ana in #math-circle · rubric · 20 minutes · Math · grades 5-6 · "
        "fractions, talk",
    ]
    assert pressable(page) == [(SHOW, "7"), (USED, "7"), (FIND, None)]


def test_a_list_is_numbered_through_its_pages():
    wanted = PageWanted(what=LISTED, page=1, community_id=3)
    page = drawn(material_list(a_page(number=1, total=11), wanted, KNOWN, "in #math-circle"))

    assert "6. Fraction talk rubric" in page["text"]
    assert pressable(page)[2:4] == [
        (EARLIER, wanted.at(2).value),
        (LATER, wanted.at(0).value),
    ]


def test_a_search_says_what_stood_for_misspelled_words_and_can_be_changed():
    wanted = PageWanted(what=FOUND, sought=Sought(words="rubrik", kind=("rubric",)))
    page = drawn(found_materials(a_page(), wanted, {"rubrik": "rubric"}, KNOWN))

    assert "Showing results for “rubric” instead of “rubrik”" in page["text"]
    assert pressable(page)[-1] == (FIND, '{"words": "rubrik", "kind": ["rubric"]}')


def test_a_search_that_finds_nothing_says_the_way_on():
    wanted = PageWanted(what=FOUND, sought=Sought(words="unicorns", grade=("5",)))
    page = drawn(found_materials(MaterialPage(), wanted, {}, KNOWN))

    assert "I found no material with “unicorns grade:5”." in page["text"]
    assert [action_id for action_id, _ in pressable(page)] == [SAVE, FIND]


@pytest.mark.parametrize(
    "empty",
    [
        my_materials(MaterialPage(), KNOWN),
        material_list(MaterialPage(), PageWanted(what=LISTED), KNOWN, "in #math-circle"),
    ],
)
def test_an_empty_list_teaches_what_a_material_is(empty):
    page = drawn(empty)

    assert "a link or a file that worked in a lesson" in page["text"]
    assert pressable(page)[0][0] == SAVE


def test_whatever_was_looked_for_a_page_draws_and_comes_back():
    wanted = PageWanted(what=FOUND, page=3, sought=LONGEST)
    drawn(found_materials(a_page(number=3, total=90, title=NASTY[:150]), wanted, {}, KNOWN))

    assert PageWanted.read(wanted.value) == wanted


@pytest.mark.parametrize(
    "value",
    [
        "",
        "[]",
        "7",
        '{"what": 1}',
        '{"what": "list", "page": 0, "community_id": 1e999}',
        "[" * 9999,
    ],
)
def test_a_forged_page_leads_nowhere(value):
    assert PageWanted.read(value) is None


def test_a_forged_search_is_left_out():
    forged = '{"what": "find", "page": 0, "sought": {"words": ["x"], "kind": "rubric", "odd": [1]}}'

    assert PageWanted.read(forged).sought.is_empty


def test_it_asks_which_of_a_few_is_meant():
    page = drawn(which_material("rubric", [a_material(id=7), a_material(id=8)], KNOWN))

    assert "Which one is “rubric”?" in page["text"]


def test_the_form_offers_what_is_in_use_and_holds_the_search():
    facets = Facets(subjects=("math",), grades=("5",), topics=("exit tickets", "t" * 90))
    sought = Sought(words="talk", kind=("rubric",), topic=("exit tickets",))

    form = shown(find_form(facets, sought, "{}"))

    assert list(fields(form)) == ["words", "kind", "subject", "grade", "topic"]
    assert [one["value"] for one in fields(form)["topic"]["options"]] == ["exit tickets"]
    assert fields(form)["words"]["initial_value"] == "talk"
    assert fields(form)["kind"]["initial_options"][0]["value"] == "rubric"
    assert fields(form)["kind"]["options"][-1]["text"]["text"] == "Something else"


def test_the_form_leaves_out_what_nobody_could_choose_from():
    form = shown(find_form(Facets(), LONGEST, "{}"))

    assert list(fields(form)) == ["words", "kind"]
    assert read_form({"state": {"values": {}}}) == {}


def test_home_shows_the_latest_few_and_the_way_to_the_rest():
    latest = [a_material(id=number) for number in range(1, 5)]

    blocks = [block.to_dict() for block in home_part(latest, KNOWN)]

    assert len(blocks) <= 12
    assert [one["action_id"] for one in blocks[-1]["elements"]] == [SAVE, FIND, LIST]


def test_an_empty_home_teaches():
    blocks = [block.to_dict() for block in home_part([], KNOWN)]

    assert "No materials yet." in str(blocks)
    assert [one["action_id"] for one in blocks[-1]["elements"]] == [SAVE, FIND]


def test_help_explains_the_command_by_example():
    assert "/material find fractions kind:rubric grade:5" in drawn(material_help())["text"]
