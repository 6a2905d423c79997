"""The card of thanks, the letters, and the forms that change them."""

from datetime import timedelta

import pytest

from handlers.blocks.members import MUTE
from handlers.blocks.thanks.cards import gone, thanks_card
from handlers.blocks.thanks.changing import (
    delete_form,
    deleted,
    edit_form,
    edited,
    kept_private,
    seconded,
    undone,
)
from handlers.blocks.thanks.facts import Facts
from handlers.blocks.thanks.ids import KEEP_PRIVATE, MORE, SECOND, START
from handlers.blocks.thanks.letters import kept_private_letter, received_letter
from handlers.request import facts_in
from models.student_data import suspicions
from models.thanks.changing import Deletion, Part
from models.thanks.pointing import Pointer
from models.thanks.thanks import About
from tests.examples import ANA, BEN, CHRIS, NAMES, NOW, a_thanks
from tests.handlers.blocks.problems.drawings import (
    LINK,
    NASTY,
    drawn,
    menu,
    opened,
    pressable,
    seen,
)

PLACE = "#math-circle"
LATER = NOW + timedelta(minutes=10)
REASONS = ["Listened", "Covered for me"]


def facts(reader_id="", **traits) -> Facts:
    known = {name: traits.pop(name) for name in list(traits) if name in Facts.__dataclass_fields__}
    return Facts(
        **{
            "thanks": a_thanks(**{"id": 7, "reason": "Covered for me"} | traits),
            "names": NAMES,
            "receiver_ids": [BEN],
            "reader_id": reader_id,
        }
        | known
    )


def test_the_card_says_who_thanks_whom_for_what_and_who_seconds_it():
    pointer = Pointer(kind=About.PROBLEM, about_id=7, title="Quiet students", url=LINK)

    card = drawn(thanks_card(facts(pointer=pointer, source_url=LINK, seconder_ids=[CHRIS]), NOW))

    assert card["text"].splitlines() == [
        "Ana thanks Ben: for covering my class — because I could be with my son",
        "About Quiet students",
        "It began with this message",
        "Covered for me · Seconded by Chris",
    ]
    assert str(card["blocks"]).count(LINK) == 2
    assert pressable(card) == [(SECOND, "7"), (MORE, None)]


def test_after_ten_minutes_the_card_offers_to_delete_alone():
    new, old = (drawn(thanks_card(facts(), at)) for at in (NOW, LATER))

    assert menu(new) == ["Edit", "Undo", "Delete"]
    assert menu(old) == ["Delete"]


def test_without_reason_and_seconds_there_is_no_grey_line():
    card = drawn(thanks_card(facts(reason=None), NOW))

    assert "context" not in [block["type"] for block in card["blocks"]]


def test_whatever_stood_there_leaves_no_word_and_no_name():
    assert seen(drawn(gone())) == "These words of thanks are not here any more."


def test_a_letter_of_public_thanks_offers_to_keep_them_private():
    letter = drawn(received_letter(facts(BEN), PLACE))

    assert letter["text"].splitlines()[0].startswith("Ana thanks you: for covering")
    assert "everybody in #math-circle sees this" in letter["text"]
    assert [one for one, _ in pressable(letter)] == [START, KEEP_PRIVATE, MUTE, MORE]
    assert menu(letter) == ["Delete"]


def test_thanking_back_begins_with_the_giver_and_as_privately():
    letter = drawn(received_letter(facts(BEN, is_private=True), PLACE))

    (_, value), *_ = pressable(letter)
    assert facts_in(value) == {
        "receiver_ids": [ANA],
        "back_of_id": 7,
        "community_id": 1,
        "is_private": True,
    }
    assert KEEP_PRIVATE not in [one for one, _ in pressable(letter)]


@pytest.mark.parametrize(
    ("receivers", "read"),
    [([BEN], "only you two see this"), ([BEN, CHRIS], "only you, Ana and Chris see this")],
)
def test_a_letter_of_private_thanks_says_who_sees_them(receivers, read):
    letter = drawn(received_letter(facts(BEN, is_private=True, receiver_ids=receivers), PLACE))

    assert read in letter["text"]


def test_the_giver_hears_kindly_that_it_is_between_them_now():
    one = drawn(kept_private_letter(facts(ANA, is_private=True)))
    two = drawn(kept_private_letter(facts(ANA, is_private=True, receiver_ids=[BEN, CHRIS])))

    assert one["text"].startswith("Ben would rather keep your thanks between the two of you.")
    assert two["text"].startswith("Your thanks to Ben and Chris stay between you all from now on")


def test_nothing_that_was_written_formats_or_pings_anywhere():
    told = facts(BEN, text=NASTY, effect=NASTY, reason=NASTY[:40], names={BEN: NASTY[:20]})

    for message in (
        thanks_card(told, NOW),
        received_letter(told, PLACE),
        kept_private_letter(told),
        undone(NASTY),
        kept_private(told),
    ):
        assert "<!channel>" not in drawn(message)["text"]


def test_the_form_shows_the_words_and_reasons_with_one_that_left_the_list():
    thanks = a_thanks(id=7, reason="Old one")

    form = opened(edit_form(thanks, REASONS, "C1"))

    by_name = {block.get("block_id"): block.get("element") for block in form["blocks"]}
    assert by_name["text"]["initial_value"] == "covering my class"
    assert by_name["effect"]["initial_value"] == "I could be with my son"
    options = [option["value"] for option in by_name["reason"]["options"]]
    assert options == [*REASONS, "Old one"]
    assert by_name["reason"]["initial_option"]["value"] == "Old one"
    assert "is_private" in by_name


def test_what_is_private_cannot_be_made_public():
    form = opened(edit_form(a_thanks(id=7, is_private=True), REASONS, None))

    assert "is_private" not in [block.get("block_id") for block in form["blocks"]]


def test_the_form_asks_about_a_student_and_keeps_what_was_typed():
    typed = {"text": "helping my student Jane Miller", "effect": None, "reason": "Listened"}

    form = opened(edit_form(a_thanks(id=7), REASONS, None, typed, suspicions(typed["text"])))

    assert "This may tell who a student is" in seen(form)
    [text] = [block for block in form["blocks"] if block.get("block_id") == "text"]
    assert text["element"]["initial_value"] == "helping my student Jane Miller"


@pytest.mark.parametrize(
    ("part", "read"), [(Part.OWN, "You are taken out"), (Part.WHOLE, "deleted for good")]
)
def test_before_deleting_it_says_what_goes(part, read):
    deletion = Deletion(a_thanks(id=7), [BEN, CHRIS], BEN, part)

    assert read in seen(opened(delete_form(deletion, "C1")))
    assert "for covering my class" in seen(opened(delete_form(deletion, "C1")))
    drawn(deleted(deletion))


def test_every_answer_is_one_slack_takes():
    for answer in (
        edited(a_thanks(is_private=True), was_private=False),
        edited(a_thanks(), was_private=False),
        seconded(stands=True),
        seconded(stands=False),
        undone("covering my class"),
    ):
        assert drawn(answer)["text"]
