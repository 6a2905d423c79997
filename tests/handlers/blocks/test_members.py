"""How a member's own settings look."""

from datetime import date, time

import pytest

from handlers.blocks.members import LETTERS, SETTINGS, muted, settings_form, started, stopped
from models.members import SWITCHES, Member
from tests.examples import NOW, a_member
from tests.handlers.blocks.surfaces import fields, sent, shown


def the_form(member: Member):
    return shown(settings_form(member, NOW))


def test_every_letter_can_be_switched_off():
    form = the_form(a_member())

    options = fields(form)["wanted"]["options"]
    assert form["callback_id"] == SETTINGS
    assert [option["value"] for option in options] == list(SWITCHES)
    assert [option["text"]["text"] for option in options] == [LETTERS[one] for one in SWITCHES]


def test_what_is_switched_off_is_not_ticked():
    form = the_form(a_member(muted=["problems.offers"]))

    ticked = [option["value"] for option in fields(form)["wanted"]["initial_options"]]
    assert ticked == [one for one in SWITCHES if one != "problems.offers"]


def test_with_everything_off_nothing_is_ticked():
    form = the_form(a_member(muted=list(SWITCHES)))

    assert "initial_options" not in fields(form)["wanted"]


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


def test_the_answers_say_the_way_back():
    assert "Say `start`" in sent(stopped())["text"]
    assert "/staffroom settings" in sent(started())["text"]
