"""What members type is kept as typed, without what does harm."""

from hypothesis import given
from hypothesis import strategies as st

from models.text import clean, one_line


def test_null_bytes_and_control_characters_are_left_out():
    assert clean("a\x00b\x07c\x1b[31m") == "abc[31m"


def test_lone_surrogates_are_left_out():
    assert clean("talk\ud83d moves") == "talk moves"


def test_a_family_of_emoji_stays_whole():
    family = "👩‍👩‍👧 and 👍🏽"

    assert clean(family) == family


def test_hebrew_and_arabic_stay_as_they_are():
    assert clean(" שלום مرحبا ") == "שלום مرحبا"


def test_nobody_can_turn_the_text_around_theirs():
    assert clean("safe \u202egnp.exe") == "safe gnp.exe"


def test_line_ends_of_every_system_become_newlines():
    assert clean("a\r\nb\rc\u2028d") == "a\nb\nc\nd"


def test_text_in_which_nothing_can_be_seen_is_empty():
    assert clean("\u200b \u3164\ufeff\n\u2060") == ""


def test_one_line_stays_one_line():
    assert one_line(" Exit\n\n tickets\t nobody  reads ") == "Exit tickets nobody reads"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    once = clean(text)

    assert clean(once) == once
    once.encode()
