"""The form in which a problem is shared."""

from handlers.blocks.problems.forms import share_form, share_form_at_once
from models.problems import WantedHelp
from models.student_data import suspicions
from tests.examples import a_community
from tests.handlers.blocks.problems.drawings import opened


def test_the_form_says_first_what_happens_and_who_will_see_it():
    form = opened(share_form(place="#math-circle", typed={}, metadata="{}"))

    first = form["blocks"][0]["text"]["text"]
    assert first == (
        "This goes to #math-circle. Everyone there can read it and answer in its thread."
    )
    assert [block.get("block_id") for block in form["blocks"][1:]] == [
        "title",
        "happening",
        "tried",
        "question",
        "topics",
        "wanted_help",
        "without_name",
    ]


def test_without_a_place_the_form_asks_for_the_community():
    communities = [a_community(id=1, name="Math circle"), a_community(id=2, name="x" * 80)]

    form = opened(
        share_form(place=None, typed={"community_id": "2"}, metadata="{}", communities=communities)
    )

    select = form["blocks"][1]["element"]
    assert [option["value"] for option in select["options"]] == ["1", "2"]
    assert select["initial_option"]["value"] == "2"


def test_a_hundred_and_fifty_communities_still_make_a_form():
    communities = [a_community(id=number, name=f"Circle {number}") for number in range(150)]

    opened(share_form(place=None, typed={}, metadata="{}", communities=communities))


def test_the_warning_quotes_what_it_saw_and_keeps_all_that_was_typed():
    typed = {
        "title": "Quiet students",
        "happening": "My student Maria Lopez waits, 48213",
        "without_name": ["yes"],
    }

    form = opened(
        share_form(
            place="#math-circle",
            typed=typed,
            metadata="{}",
            suspicions=suspicions(typed["happening"]),
        )
    )

    inputs = {block["block_id"]: block["element"] for block in form["blocks"] if "element" in block}
    warning = form["blocks"][1]["text"]["text"]
    assert "“My student Maria Lopez” in “What is happening?”" in warning
    assert form["blocks"][2]["block_id"] == "nobody_recognised"
    assert inputs["happening"]["initial_value"] == typed["happening"]
    assert inputs["without_name"]["initial_options"]


def test_the_form_asks_what_would_help_and_supposes_ideas():
    form = opened(share_form(place="#math-circle", typed={}, metadata="{}"))

    choice = element(form, "wanted_help")
    assert [option["value"] for option in choice["options"]] == list(WantedHelp)
    assert choice["initial_option"]["text"]["text"] == "Ideas in the thread"


def test_what_was_chosen_is_kept_when_the_form_comes_back():
    form = opened(share_form(place="#c", typed={"wanted_help": "hangout"}, metadata="{}"))

    assert element(form, "wanted_help")["initial_option"]["value"] == WantedHelp.HANGOUT


def test_the_form_drawn_before_is_the_same_form():
    typed = {"title": "Quiet students"}

    at_once = share_form_at_once(place="#math-circle", typed=typed, metadata="{}")

    assert at_once == share_form(place="#math-circle", typed=typed, metadata="{}").to_dict()


def element(form, field):
    [found] = [block["element"] for block in form["blocks"] if block.get("block_id") == field]
    return found
