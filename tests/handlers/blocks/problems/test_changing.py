"""The forms that change a problem."""

from handlers.blocks.problems.changing import answer_form, delete_form, edit_form, resolve_form
from models.student_data import suspicions
from tests.examples import a_problem
from tests.handlers.blocks.problems.drawings import nasty_standing, opened


def test_the_forms_are_ones_slack_accepts_and_know_their_problem():
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
    form = opened(
        edit_form(
            a_problem(topics=["Grade 9 math", "talk"], question="How?", wanted_help="hangout")
        )
    )

    elements = {
        block["block_id"]: block["element"] for block in form["blocks"] if "element" in block
    }
    helped = elements.pop("wanted_help")
    assert helped["initial_option"]["value"] == "hangout"
    assert {name: element.get("initial_value") for name, element in elements.items()} == {
        "title": "Quiet students",
        "happening": "Four students carry every discussion. The others wait.",
        "tried": None,
        "question": "How?",
        "topics": "Grade 9 math, talk",
    }
