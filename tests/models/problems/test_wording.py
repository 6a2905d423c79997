"""What a problem's words have to be."""

import pytest

from models.problems import EmptyFieldError, TooLongError, TooManyTopicsError, written
from tests.examples import a_wording


@pytest.mark.parametrize("field", ["title", "happening"])
def test_only_spaces_are_no_words(field):
    with pytest.raises(EmptyFieldError) as refused:
        a_wording(**{field: " \u200b\n "})

    assert refused.value.field == field


@pytest.mark.parametrize("field", ["title", "happening", "tried", "question", "topics"])
def test_ten_thousand_characters_are_refused_where_they_stand(field):
    with pytest.raises(TooLongError, match="10,000 characters") as refused:
        a_wording(**{field: "x" * 10_000})

    assert refused.value.field == field


def test_an_answer_has_words_and_fits():
    assert written("answer", " Thank you ") == "Thank you"
    with pytest.raises(EmptyFieldError):
        written("answer", None)


def test_what_may_be_left_out_may_be_left_out():
    wording = a_wording(tried=" ", question="", topics=None)

    assert (wording.tried, wording.question, wording.topics) == (None, None, ())


def test_titles_and_questions_are_one_line():
    wording = a_wording(title="Exit\ntickets", question="Who\n reads them?")

    assert (wording.title, wording.question) == ("Exit tickets", "Who reads them?")


def test_each_topic_counts_once_however_it_is_written():
    wording = a_wording(topics="Grade 9  math, #talk; TALK,, grade 9 Math")

    assert wording.topics == ("Grade 9 math", "talk")


def test_a_card_holds_five_topics():
    with pytest.raises(TooManyTopicsError, match="6 topics") as refused:
        a_wording(topics="a, b, c, d, e, f")

    assert refused.value.field == "topics"


def test_a_sentence_is_no_topic():
    with pytest.raises(TooManyTopicsError, match="long for a topic"):
        a_wording(topics="how to get everyone to read what they wrote")


def test_everything_is_looked_at_before_it_is_shared():
    wording = a_wording(title="A", question="B", happening="C", tried="D", topics="E, F")

    assert wording.everything == "A\nB\nC\nD\nE, F"
