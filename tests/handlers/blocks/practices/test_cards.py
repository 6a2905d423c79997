"""The card of a practice."""

import pytest

from handlers.blocks.materials.ids import ATTACH_HERE
from handlers.blocks.pilots.ids import START
from handlers.blocks.practices.cards import MORE, More, chosen, practice_card
from handlers.blocks.practices.ids import SPREAD
from models.practices.trials import Trial
from tests.examples import ANA, BEN, a_pilot, a_practice
from tests.handlers.blocks.practices.drawings import nasty_practice, told_of
from tests.handlers.blocks.problems.drawings import NASTY, drawn, menu, pressable, seen

EXIT_TICKET = a_practice(id=7, fits="Nobody knows who is lost.", materials="Slips", grades="5 to 8")


def test_a_card_says_how_it_goes_and_what_it_takes():
    card = drawn(practice_card(EXIT_TICKET, told_of(EXIT_TICKET)))

    assert card["text"].splitlines()[:8] == [
        "*Exit ticket*",
        "One question at the end of the lesson, on a slip of paper.",
        "1. Ask one question.",
        "2. Collect the slips at the door.",
        "3. Sort them in piles.",
        "When it fits: Nobody knows who is lost.",
        "You need: Slips",
        "5 minutes · checking for understanding · 5 to 8 · comes with Staffroom",
    ]
    for words in ("Exit ticket", "Collect the slips at the door.", "Nobody knows who is lost."):
        assert words in seen(card)
    assert pressable(card) == [(START, '{"practice_id": 7}'), (ATTACH_HERE, "practice:7")]


def test_a_card_says_only_what_is_known():
    bare = a_practice(id=7, minutes=None, topics=[], added_by=ANA)

    card = drawn(practice_card(bare, told_of(bare)))

    assert "fits" not in card["text"]
    assert "You need" not in card["text"]
    assert "\nadded by Ana\n" in card["text"]


def test_a_card_names_who_added_and_who_changed_it():
    changed = a_practice(id=7, added_by=ANA, edited_by=BEN)
    by_herself = a_practice(id=7, added_by=ANA, edited_by=ANA)

    assert "added by Ana, changed by Ben" in practice_card(changed, told_of(changed)).text
    assert "changed" not in practice_card(by_herself, told_of(by_herself)).text


def test_only_who_may_change_it_sees_the_menu():
    card = drawn(practice_card(EXIT_TICKET, told_of(EXIT_TICKET, may_change=True)))

    assert menu(card) == ["Edit", "Withdraw"]
    assert [one for one, _ in pressable(card)] == [START, ATTACH_HERE, MORE]


def test_what_has_spread_has_a_picture_above_its_buttons():
    practice = a_practice(id=7, name="Exit ticket")
    trials = [
        Trial(cycles=(a_pilot(id=number, member_id=who, practice_id=7),))
        for number, who in ((1, ANA), (2, BEN))
    ]
    told = told_of(practice, *trials)

    card = practice_card(practice, told)

    assert card.picture is not None
    shown = card.with_picture("F1").to_dict()["blocks"]
    assert [block["type"] for block in shown[-2:]] == ["image", "actions"]
    assert SPREAD in [one for one, _ in pressable(drawn(card))]


def test_hostile_words_of_full_length_stay_words():
    card = drawn(practice_card(nasty_practice(), told_of(nasty_practice(), may_change=True)))

    assert "<!channel>" not in card["text"]
    assert NASTY[:30] in seen(card)


@pytest.mark.parametrize("forged", ["", "7", "delete:7", ":", "edit"])
def test_a_forged_choice_is_none(forged):
    choice, _ = chosen(forged)

    assert choice in (None, More.EDIT)
    assert (choice is More.EDIT) == (forged == "edit")
