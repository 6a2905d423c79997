"""Filling: what the form for a material says, whatever somebody sends in its place."""

from typing import Any

import pytest

from handlers.blocks.materials.choosing import NO_LICENCE
from handlers.materials.filling import Filled
from models.errors import RuleError
from models.materials.material import Circle

CHOICES = (
    {"url": "https://example.org/a", "label": "example.org/a"},
    {"file_id": "F0RUBRIC", "file_name": "rubric.pdf", "title": "rubric", "label": "rubric.pdf"},
)


def filled(facts: dict[str, Any] | None = None, **answers: Any) -> Filled:
    typed = {"title": "Fraction talk", "url": "https://example.org", "is_announced": ["yes"]}
    return Filled(typed | answers, facts or {})


def test_a_whole_form_becomes_a_plan():
    plan = filled({"source": "C0MATH/1.2"}, circle="network", licence="CC0", minutes="45").plan()

    assert plan.link is not None
    assert (plan.link.url, plan.circle) == ("https://example.org", Circle.NETWORK)
    assert (plan.wording.licence, plan.wording.minutes) == ("CC0", 45)
    assert plan.is_announced
    assert plan.source == ("C0MATH", "1.2")


def test_a_box_without_a_tick_means_no_card():
    assert not filled(is_announced=[]).plan().is_announced


def test_not_to_know_the_licence_is_to_say_nothing_about_it():
    assert filled(licence=NO_LICENCE).plan().wording.licence is None


def test_a_file_that_was_chosen_before_stays_until_a_link_is_typed():
    carried = {"file_id": "F0RUBRIC", "file_name": "rubric.pdf"}

    with_file, with_link = filled(carried, url=None).plan(), filled(carried).plan()

    assert with_file.file is not None
    assert (with_file.file.name, with_file.link) == ("rubric.pdf", None)
    assert (with_link.file, with_link.link is None) == (None, False)


def test_a_new_file_and_a_link_are_one_too_many():
    carried = {"file_id": "F0RUBRIC", "file_name": "rubric.pdf"}

    with pytest.raises(RuleError) as refused:
        filled(carried, file=["F0RUBRIC"]).plan()

    assert refused.value.field == "url"


def test_of_several_the_chosen_one_is_meant_and_may_lend_its_name():
    plan = Filled({"choice": "1", "title": None}, {}, CHOICES).plan()

    assert plan.file is not None
    assert (plan.file.file_id, plan.wording.title) == ("F0RUBRIC", "rubric")


@pytest.mark.parametrize(("choice", "field"), [("0", "title"), ("2", "choice"), ("-1", "choice")])
def test_a_choice_without_a_name_or_of_nothing_is_answered(choice, field):
    with pytest.raises(RuleError) as refused:
        Filled({"choice": choice, "title": None}, {}, CHOICES).plan()

    assert refused.value.field == field


@pytest.mark.parametrize("source", ["", "C0MATH", "C0/../1.2", "C0MATH/now", f"{'C' * 33}/1.2"])
def test_a_forged_source_is_none(source):
    assert filled({"source": source}).plan().source is None
