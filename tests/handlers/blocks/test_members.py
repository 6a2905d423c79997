"""How a member's own settings look."""

from datetime import date, time

import pytest

from handlers.blocks.members import (
    GROUPS,
    LETTERS,
    SETTINGS,
    muted,
    settings_form,
)
from models.members import SWITCHES, Member
from tests.examples import NOW, a_member
from tests.handlers.blocks.surfaces import fields, sent, shown


def the_form(member: Member):
    return shown(settings_form(member, NOW))


# Slack's limit for the boxes of one field (slack-facts 1.3).
BOXES_AT_MOST = 10


def boxes(form, kind: str = "options"):
    """Return the boxes of all fields of switches, or those that are ticked."""
    return [one for group in GROUPS for one in fields(form)[group].get(kind, [])]


def test_every_letter_can_be_switched_off():
    form = the_form(a_member())

    assert form["callback_id"] == SETTINGS
    assert sorted(one["value"] for one in boxes(form)) == sorted(SWITCHES)
    assert all(one["text"]["text"] == LETTERS[one["value"]] for one in boxes(form))


def test_no_field_has_more_boxes_than_slack_takes():
    form = the_form(a_member())

    assert max(len(fields(form)[group]["options"]) for group in GROUPS) <= BOXES_AT_MOST


def test_what_is_switched_off_is_not_ticked():
    form = the_form(a_member(muted=["problems.offers", "pilots.asks"]))

    ticked = {one["value"] for one in boxes(form, "initial_options")}
    assert ticked == set(SWITCHES) - {"problems.offers", "pilots.asks"}


def test_with_everything_off_nothing_is_ticked():
    form = the_form(a_member(muted=list(SWITCHES)))

    assert all("initial_options" not in fields(form)[group] for group in GROUPS)


@pytest.mark.parametrize("is_silent", [True, False])
def test_whoever_said_stop_reads_it_above_all_else_and_can_untick_it(is_silent):
    form = the_form(a_member(is_silent=is_silent, muted=["pilots.asks"]))

    assert ("write nothing unasked until" in str(form["blocks"][0])) is is_silent
    assert form["blocks"][1]["block_id"] == "is_silent"
    assert ("initial_options" in fields(form)["is_silent"]) is is_silent
    assert len(boxes(form, "initial_options")) == len(SWITCHES) - 1


def test_my_school_is_shown_as_it_is_kept():
    form = the_form(a_member(school="Lincoln High"))

    assert fields(form)["school"]["initial_value"] == "Lincoln High"


def test_quiet_hours_are_shown_with_the_zone_they_are_in():
    member = a_member(quiet_from=time(18), quiet_until=time(7, 30), tz="America/Denver")

    form = the_form(member)

    assert fields(form)["quiet_from"]["initial_time"] == "18:00"
    assert fields(form)["quiet_until"]["initial_time"] == "07:30"
    assert "America/Denver" in str(form["blocks"][-1])


@pytest.mark.parametrize(
    ("last", "first_shown"), [(date(2026, 11, 20), "2026-11-10"), (date(2026, 11, 16), None)]
)
def test_days_away_are_shown_until_they_are_over(last, first_shown):
    form = the_form(a_member(away_from=date(2026, 11, 10), away_until=last))

    assert fields(form)["away_from"].get("initial_date") == first_shown


@pytest.mark.parametrize("switch", SWITCHES)
def test_every_switch_says_what_is_switched_off_and_the_way_back(switch):
    text = sent(muted(switch))["text"]

    assert text.startswith("I won’t ")
    assert "/staffroom settings" in text
