"""What is said when somebody wants to hear nothing unasked, and when they do again."""

import pytest

from handlers.blocks.silence import kept, started, stopped
from models.members import SWITCHES
from tests.examples import a_member
from tests.handlers.blocks.surfaces import sent


def test_stop_says_that_the_weekly_letter_ends_too_and_the_way_back():
    text = sent(stopped())["text"]

    assert "no weekly letter either" in text
    assert "say `start`" in text


@pytest.mark.parametrize(
    ("chosen", "told", "untold"),
    [
        ({}, "as you had chosen", "weekly letter"),
        ({"has_digest": True}, "weekly letter comes as well", "switched off"),
        ({"muted": list(SWITCHES)}, "every kind of letter is switched off", "as you had chosen"),
    ],
)
def test_start_says_what_comes_again(chosen, told, untold):
    text = sent(started(a_member(**chosen)))["text"]

    assert told in text
    assert untold not in text
    assert "/staffroom settings" in text


def test_settings_that_are_kept_say_why_still_nothing_comes():
    assert "until you say `start`" in sent(kept(is_silent=True))["text"]
    assert "start" not in sent(kept(is_silent=False))["text"]
