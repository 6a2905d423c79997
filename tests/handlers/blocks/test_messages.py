"""The short hint."""

import pytest

from handlers.blocks.messages import hint
from tests.handlers.blocks.problems.drawings import NASTY, seen
from tests.handlers.blocks.surfaces import sent


def test_the_nearest_word_is_named():
    assert "Did you mean “list”?" in sent(hint("lst", "list"))["text"]


def test_an_unknown_word_is_quoted_with_the_way_to_begin():
    assert "I do not know “Hello”. Try “problem”" in sent(hint("Hello", None))["text"]


@pytest.mark.parametrize("word", ["", "…", "👋", "*_~`"])
def test_what_is_no_word_is_not_quoted(word):
    assert "I did not understand that" in sent(hint(word, None))["text"]


@pytest.mark.parametrize("word", ["<!channel>", "@channel", NASTY, "x" * 10_000])
def test_a_hint_stays_short_and_calls_nobody(word):
    drawn = sent(hint(word, None))

    assert len(seen(drawn)) < 200
    assert "<!channel>" not in drawn["text"]
