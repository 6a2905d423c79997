"""The forms of the tool belt."""

from handlers.blocks.practices.choosing import practice_select, several_practices_select
from handlers.blocks.practices.forms import (
    ADD_FORM,
    EDIT_FORM,
    as_typed,
    practice_form,
    withdraw_form,
)
from models.practices.wording import LENGTHS
from models.student_data import suspicions
from tests.examples import a_practice
from tests.handlers.blocks.practices.drawings import nasty_practice
from tests.handlers.blocks.problems.drawings import NASTY, opened, seen


def fields_of(form):
    """Return what stands in each field, by its name."""
    return {
        block["block_id"]: block["element"].get("initial_value")
        for block in form["blocks"]
        if block["type"] == "input"
    }


def test_the_form_asks_for_all_that_is_kept_and_says_who_sees_it():
    form = opened(practice_form({}, metadata=""))

    assert list(fields_of(form)) == list(LENGTHS)
    assert form["callback_id"] == ADD_FORM
    assert "Everybody in your workspace" in seen(form)


def test_to_edit_is_to_find_ones_words_again():
    practice = a_practice(id=7, minutes=None)

    form = opened(practice_form(as_typed(practice), metadata="", is_new=False))

    assert form["callback_id"] == EDIT_FORM
    assert fields_of(form)["steps"] == "\n".join(practice.steps)
    assert fields_of(form)["topics"] == "checking for understanding"
    assert fields_of(form)["minutes"] is None


def test_the_longest_words_can_be_edited():
    practice = nasty_practice()

    form = opened(practice_form(as_typed(practice), metadata="", is_new=False))

    assert fields_of(form)["steps"] == "\n".join(practice.steps)
    assert fields_of(form)["topics"] == ", ".join(practice.topics)


def test_what_may_tell_who_a_student_is_is_asked_about_with_all_that_was_typed():
    typed = {"name": "Ticket", "what": "My student Jane Miller liked it."}

    form = opened(
        practice_form(typed, metadata="kept", suspicions=suspicions("My student Jane Miller"))
    )

    assert "This may tell who a student is" in seen(form)
    assert fields_of(form)["what"] == typed["what"]
    assert "nobody_recognised" in fields_of(form)
    assert form["private_metadata"] == "kept"


def test_withdrawing_asks_once_and_says_what_happens():
    form = opened(withdraw_form(a_practice(id=7, name=NASTY[:80]), "C1"))

    assert "for everybody" in seen(form)
    assert "Pilots of it stay" in seen(form)


def test_a_list_to_choose_from_begins_with_what_was_chosen():
    one = practice_select(a_practice(id=7, name="x" * 80)).to_dict()
    nothing = practice_select(None).to_dict()
    several = several_practices_select([a_practice(id=7), a_practice(id=8)], at_most=12).to_dict()

    assert one["initial_option"]["value"] == "7"
    assert len(one["initial_option"]["text"]["text"]) <= 75
    assert "initial_option" not in nothing
    assert [option["value"] for option in several["initial_options"]] == ["7", "8"]
    assert several["max_selected_items"] == 12
