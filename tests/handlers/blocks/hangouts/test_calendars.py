"""A hangout's calendar file says in words what it does, and is named after its day."""

from handlers.blocks.hangouts.calendars import calendar_button, calendar_file, calendar_promised
from handlers.blocks.hangouts.ids import CALENDAR_FILE
from tests.examples import NOW, a_hangout
from tests.handlers.blocks.problems.drawings import drawn


def test_a_calendar_file_is_named_after_the_day_in_its_own_zone():
    message = calendar_file(a_hangout(), b"BEGIN:VCALENDAR", place="#math-circle")

    assert message.file.name == "math-circle-2026-12-03.ics"
    assert calendar_file(a_hangout(), b"", place="../ …").file.name == "hangout-2026-12-03.ics"
    assert "Thursday 3 December 2026, 16:00 (America/Denver)" in message.text


def test_the_file_of_a_hangout_that_is_called_off_says_what_it_does():
    message = calendar_file(a_hangout(called_off_at=NOW), b"", place="#math-circle")

    assert "is called off. Opening this takes it out." in message.text


def test_the_button_asks_for_the_file_and_the_answer_says_where_it_comes():
    button = calendar_button(a_hangout(id=5)).to_dict()

    assert (button["action_id"], button["value"]) == (CALENDAR_FILE, "5")
    assert "is in our conversation" in drawn(calendar_promised())["text"]
