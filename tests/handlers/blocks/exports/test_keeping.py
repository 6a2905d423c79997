"""How long records are kept is said in words that people use for it."""

import pytest

from handlers.blocks.exports.exporting import export_progress
from handlers.blocks.exports.keeping import (
    keeping_chosen,
    keeping_form,
    months_words,
    removal_near,
)
from models.workspaces import Workspace
from tests.examples import NOW

DENVER = "America/Denver"


def a_workspace(**traits):
    return Workspace(**{"id": "T0STAFF", "keeps_months": None, "keeps_told_at": None} | traits)


@pytest.mark.parametrize(
    ("months", "said"),
    [(3, "3 months"), (12, "a year"), (18, "18 months"), (24, "2 years"), (120, "10 years")],
)
def test_whole_years_are_called_years(months, said):
    assert months_words(months) == said


@pytest.mark.parametrize(("months", "chosen"), [(None, "for_ever"), (24, "24"), (7, "7")])
def test_the_form_begins_with_what_is_chosen_now(months, chosen):
    form = keeping_form(a_workspace(keeps_months=months)).to_dict()

    element = form["blocks"][-1]["element"]
    assert element["initial_option"]["value"] == chosen
    assert element["initial_option"] in element["options"]


def test_the_answer_says_when_anything_goes():
    for_ever = keeping_chosen(a_workspace(), DENVER).text
    not_yet = keeping_chosen(a_workspace(keeps_months=12), DENVER).text
    told = keeping_chosen(a_workspace(keeps_months=12, keeps_told_at=NOW), DENVER).text

    assert "Nothing is removed by itself." in for_ever
    assert "Nothing is that old yet. All leads are told 30 days before it is." in not_yet
    assert "in the night after" in told
    # The night has no minute, and no zone.
    assert told.endswith("Thursday 17 December 2026.")


def test_the_letter_offers_an_export_and_another_choice():
    letter = removal_near(a_workspace(keeps_months=3, keeps_told_at=NOW), DENVER).to_dict()

    [buttons] = [one for one in letter["blocks"] if one["type"] == "actions"]
    assert [one["text"]["text"] for one in buttons["elements"]] == ["Export", "Change how long"]


def test_progress_is_counted_in_communities():
    assert export_progress(3, 12).text == "Putting the records together: 3 of 12 communities."
    assert export_progress(12, 12).text == "All 12 communities are in; the file follows."
