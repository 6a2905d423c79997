"""The forms about a problem."""

from handlers.blocks.problems.forms import (
    answer_form,
    delete_form,
    edit_form,
    resolve_form,
    share_form,
)
from models.student_data import suspicions
from tests.examples import a_community, a_problem
from tests.handlers.blocks.problems.drawings import nasty_standing, opened


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


def test_the_other_forms_are_ones_slack_accepts_and_know_their_problem():
    problem = nasty_standing().problem
    suspicious = suspicions("my student Maria Lopez")

    forms = [
        edit_form(problem),
        edit_form(problem, {"title": "Other words"}, suspicious),
        resolve_form(problem),
        resolve_form(problem, "my student Maria Lopez", suspicious),
        answer_form(problem),
        answer_form(problem, "my student Maria Lopez", suspicious),
        delete_form(problem),
    ]

    assert {opened(form)["private_metadata"] for form in forms} == {'{"problem_id": 7}'}


def test_the_edit_form_holds_the_problem_as_it_is():
    form = opened(edit_form(a_problem(topics=["Grade 9 math", "talk"], question="How?")))

    typed = {
        block["block_id"]: block["element"].get("initial_value")
        for block in form["blocks"]
        if "element" in block
    }
    assert typed == {
        "title": "Quiet students",
        "happening": "Four students carry every discussion. The others wait.",
        "tried": None,
        "question": "How?",
        "topics": "Grade 9 math, talk",
    }
