"""How it looks when something could not be posted."""

import pytest

from handlers.blocks.communities import TRY_AGAIN
from handlers.blocks.posts import REASONS, tried_again, trouble_letter
from tests.handlers.blocks.surfaces import buttons, sent


def test_where_the_bot_is_not_the_letter_says_how_to_let_it_in():
    letter = sent(trouble_letter("C1", "not_in_channel"))

    assert "I can't post in <#C1> yet. Type `/invite @Staffroom` there" in letter["text"]
    assert buttons(letter) == [(TRY_AGAIN, "C1")]


@pytest.mark.parametrize("error", [*REASONS, "something_new"])
@pytest.mark.parametrize("place_id", ["C1", "G1", "D1", "U1"])
def test_every_reason_is_a_sentence_and_tells_no_persons_id(error, place_id):
    text = sent(trouble_letter(place_id, error))["text"]

    assert text.endswith(".")
    assert "{" not in text
    assert "U1" not in text


def test_an_error_we_have_no_words_for_is_named():
    assert "(something_new)" in sent(trouble_letter("C1", "something_new"))["text"]


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "Nothing is waiting here"), (1, "1 post is on the way"), (3, "3 posts are on the way")],
)
def test_trying_again_says_how_much_is_on_its_way(count, words):
    assert words in sent(tried_again(count))["text"]
