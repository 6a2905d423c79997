"""What the bot says when it needs something more."""

import pytest

from handlers.blocks.request import (
    CHOOSE,
    SET_UP,
    kept_draft,
    no_community,
    offered_form,
    plain,
    which_community,
    with_kept,
)
from tests.examples import a_community
from tests.handlers.blocks.problems.drawings import NASTY
from tests.handlers.blocks.surfaces import buttons, sent


def test_the_form_is_a_button_away_with_what_was_written():
    offer = sent(offered_form("problems.open", "7", has_words=True))

    assert "with what you wrote already in it" in offer["text"]
    assert buttons(offer) == [("problems.open", "7")]


def test_nothing_is_said_to_be_kept_when_nothing_was_written():
    assert "wrote" not in sent(offered_form("problems.open", "", has_words=False))["text"]
    assert "kept" not in sent(kept_draft("problems.more", "edit:7", has_words=False))["text"]


def test_what_was_written_is_kept_when_slack_opens_no_form():
    draft = sent(kept_draft("problems.open", "7", has_words=True))

    assert "What you wrote is kept." in draft["text"]
    assert buttons(draft) == [("problems.open", "7")]


def test_where_nothing_is_set_up_the_way_out_is_a_button():
    answer = sent(no_community())

    assert "/staffroom setup" in answer["text"]
    assert buttons(answer) == [(SET_UP, "here")]


def test_the_text_is_below_exactly_as_it_was_typed():
    answer = sent(no_community(NASTY))

    assert "Your text is kept below." in answer["text"]
    assert answer["blocks"][-1]["text"] == {"type": "plain_text", "text": NASTY, "emoji": True}


@pytest.mark.parametrize("length", [2999, 3000, 3001, 10_000, 100_000])
def test_a_long_text_is_kept_in_parts(length):
    typed = "word " * (length // 5)

    kept = sent(with_kept(plain("Kept:"), typed))

    parts = [block["text"]["text"] for block in kept["blocks"][1:]]
    assert "".join(parts) == typed[:30_000]


def test_each_community_is_a_button_of_its_own():
    choices = [a_community(id=number, name=f"Circle {number} <&>") for number in range(3)]

    question = sent(which_community(choices, ["a", "b", "c"]))

    assert buttons(question) == [(f"{CHOOSE}.0", "a"), (f"{CHOOSE}.1", "b"), (f"{CHOOSE}.2", "c")]
    assert "Circle 2 &lt;&amp;&gt;" in question["text"]


def test_more_communities_than_fit_are_found_in_their_channels():
    choices = [a_community(id=number, name="C" * 80) for number in range(40)]

    question = sent(which_community(choices, [str(number) for number in range(40)]))

    assert len(buttons(question)) == 25
    assert "type the command in its channel" in question["text"]


def test_a_quoted_word_calls_nobody():
    sent(plain("I do not know “@channel”."))
