"""Thanks in one line, and the names beside it."""

import pytest

from handlers.blocks.thanks.facts import Facts, line_of, plain_words_of, seconded_of
from tests.examples import ANA, BEN, CHRIS, NAMES, a_thanks

SIX = [f"U{number}" for number in range(6)]


def facts(thanks=None, **traits) -> Facts:
    return Facts(
        **{"thanks": thanks or a_thanks(id=7), "names": NAMES, "receiver_ids": [BEN]} | traits
    )


def test_it_reads_as_one_sentence():
    said = line_of(facts())

    assert said.text == "Ana thanks Ben: for covering my class — because I could be with my son"


@pytest.mark.parametrize(
    ("text", "effect", "read"),
    [
        ("for staying late.", None, "for staying late."),
        ("You covered my class.", "because I was ill", "You covered my class — because I was ill"),
        ("Listening", "Because it helped", "for listening — because it helped"),
        ("IXL advice", None, "IXL advice"),
        ("For the slides", "Because it helped", "for the slides — because it helped"),
        ("the rubric is great", None, "the rubric is great"),
        ("Nothing could be better", None, "Nothing could be better"),
        ("因为你帮了我", None, "因为你帮了我"),
    ],
)
def test_however_it_was_typed(text, effect, read):
    thanks = a_thanks(text=text, effect=effect)

    assert line_of(facts(thanks)).text == f"Ana thanks Ben: {read}"
    assert plain_words_of(thanks, 100) == read


@pytest.mark.parametrize(
    ("text", "effect", "read"),
    [
        ("because your lesson made my week", None, "because your lesson made my week"),
        ("Because of the slides.", "I was ill", "because of the slides — I was ill"),
    ],
)
def test_because_goes_on_from_the_names(text, effect, read):
    thanks = a_thanks(text=text, effect=effect)

    assert line_of(facts(thanks)).text == f"Ana thanks Ben, {read}"
    assert plain_words_of(thanks, 100) == read


@pytest.mark.parametrize(
    ("reader_id", "read"),
    [
        ("", "Ana thanks Ben and Chris"),
        (ANA, "You thank Ben and Chris"),
        (CHRIS, "Ana thanks you and Ben"),
    ],
)
def test_whoever_reads_it_is_you(reader_id, read):
    said = line_of(facts(receiver_ids=[BEN, CHRIS], reader_id=reader_id))

    assert said.text.startswith(f"{read}: ")


def test_ten_people_are_all_named():
    names = {one: f"Name {one}" for one in SIX} | NAMES

    said = line_of(facts(names=names, receiver_ids=SIX))

    assert "Name U0, Name U1, Name U2, Name U3, Name U4 and Name U5:" in said.text


def test_a_name_not_known_yet_is_filled_in_by_slack():
    assert "<@U0STRANGER>" in line_of(facts(receiver_ids=["U0STRANGER"])).text


def test_what_somebody_wrote_calls_nobody():
    said = line_of(facts(a_thanks(text="<!channel> & <@U0BEN>", effect="<https://x|y>")))

    assert "<!" not in said.text
    assert "<@" not in said.text
    assert "&lt;!channel&gt; &amp;" in said.text


@pytest.mark.parametrize(
    ("who", "read"),
    [
        ([], ""),
        ([BEN], "Seconded by Ben"),
        ([BEN, CHRIS], "Seconded by Ben and Chris"),
        (SIX[:5], "Seconded by U0, U1, U2, U3 and U4"),
        (SIX, "Seconded by U0, U1, U2, U3, U4 and others"),
    ],
)
def test_who_seconds_it_is_named_and_never_counted(who, read):
    names = {one: one for one in SIX} | NAMES

    assert seconded_of(facts(names=names, seconder_ids=who)) == read
