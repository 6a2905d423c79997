"""The forms of signing up, drawn."""

from handlers.blocks.hangouts.bringing import Bringing, bring_form, sign_up_form
from handlers.blocks.hangouts.forms import Preparation, prepare_form
from models.hangouts.bringing import OwnProblems
from models.hangouts.signup import Presenting
from models.student_data import suspicions
from tests.examples import BEN, a_community, a_problem
from tests.handlers.blocks.hangouts.standings import a_signup, a_stand, anas
from tests.handlers.blocks.problems.drawings import NASTY
from tests.handlers.blocks.surfaces import fields, shown

TWO = OwnProblems(problems=(a_problem(), a_problem(id=8, title=NASTY * 2)), nameless=2)


def a_form(*signups, mine=TWO, **more):
    preparation = Preparation(own=anas(*signups), community=a_community(), mine=mine)
    return shown(prepare_form(preparation, asked_in="C0MATHCIRCLE", **more))


def test_the_form_says_first_what_one_holds_and_who_sees_it():
    held = a_form(a_signup())["blocks"][0]["text"]["text"]
    assert held.startswith("A seat to present is yours: <!date^")
    assert "Everyone in #math-circle sees what you bring." in held

    waits = a_form(a_signup(BEN), a_signup(presenting=Presenting.WAITING))
    assert "You are first on the list" in waits["blocks"][0]["text"]["text"]


def test_what_is_brought_already_is_in_it():
    form = a_form(a_signup(problem_id=7, question="Whom do I ask?"))

    chosen = fields(form)["problem_id"]["initial_option"]
    assert (chosen["value"], chosen["text"]["text"]) == ("7", "Quiet students")
    assert fields(form)["question"]["initial_value"] == "Whom do I ask?"


def test_whoever_has_no_open_problem_can_only_write_one():
    form = a_form(a_signup(), mine=OwnProblems())

    assert list(fields(form)) == ["question", "title", "happening"]
    assert "without your name" not in str(form)


def test_problems_without_a_name_are_counted_but_not_shown():
    assert "2 problems you shared without your name can’t be chosen" in str(a_form(a_signup()))


def test_a_form_that_asks_once_more_keeps_what_was_typed():
    typed = {"title": "T", "happening": "My student Maria Lopez is quiet.", "question": NASTY}

    form = a_form(a_signup(), typed=typed, suspicions=suspicions(typed["happening"]))

    assert "student Maria Lopez” in “What is happening?”" in str(form["blocks"][1])
    assert fields(form)["happening"]["initial_value"] == typed["happening"]
    assert "nobody_recognised" in fields(form)


def test_bringing_shows_the_seats_of_each_hangout():
    standings = [a_stand(a_signup(BEN), slots=1), a_stand(id=4)]
    bringing = Bringing(
        problem=a_problem(title=NASTY[:150]), community=a_community(), standings=standings
    )

    form = shown(bring_form(bringing, asked_in=None, typed={"hangout_id": "4"}))

    told = [one["description"]["text"] for one in fields(form)["hangout_id"]["options"]]
    assert told == [
        "The seat to present is taken. You would be first on the list.",
        "Both seats to present are free.",
    ]
    assert fields(form)["hangout_id"]["initial_option"]["value"] == "4"


def test_signing_up_others_begins_with_the_hangout_one_came_from():
    form = shown(sign_up_form([a_stand(), a_stand(id=4)], 4, "C0MATHCIRCLE"))

    assert next(iter(fields(form))) == "member_id"
    assert fields(form)["hangout_id"]["initial_option"]["value"] == "4"
    assert fields(form)["what"]["initial_option"]["value"] == "comes"
