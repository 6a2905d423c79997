"""What narrows a search, as teachers type it and as buttons carry it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.materials.filters import Sought, grades_in, subjects_in


def test_filters_are_told_from_words_wherever_they_stand():
    sought = Sought.typed("kind:rubric fractions grade:5 talk topic:“exit tickets” subject: maths")

    assert sought.words == "fractions talk"
    assert sought.filters == {
        "kind": ("rubric",),
        "subject": ("math",),
        "grade": ("5",),
        "topic": ("exit tickets",),
    }


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("kind:rubrics", ("rubric",)),
        ("Kind:Rubric,video", ("rubric", "video")),
        ("kind:slides", ("slide deck",)),
        ("type:protokol", ("protocol",)),
    ],
)
def test_a_kind_is_understood_in_the_plural_and_misspelled(typed, kinds):
    assert Sought.typed(typed) == Sought(kind=kinds)


def test_a_kind_that_is_none_stays_a_word_to_look_for():
    sought = Sought.typed("kind:zebra stripes")

    assert (sought.words, sought.filters) == ("kind zebra stripes", {})


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("K–2", ["k", "1", "2"]),
        ("Grades 9 to 11", ["9", "10", "11"]),
        ("5th and 7th grade", ["5", "7"]),
        ("Adults", ["adults"]),
        ("", []),
    ],
)
def test_a_free_text_names_single_grades(text, grades):
    assert grades_in(text) == grades


def test_an_endless_range_of_grades_has_an_end():
    assert len(grades_in("1-99")) <= 14


def test_a_subject_of_two_is_found_by_each():
    assert subjects_in("Science and Mathematics") == ["science and mathematics", "science", "math"]


@given(st.text(max_size=300))
def test_what_is_typed_comes_back_from_a_button_and_fits_into_it(text):
    sought = Sought.typed(text)

    assert Sought.of(**sought.facts) == sought
    assert len(str(sought.facts)) < 1900
