"""A community's menu of practices, as it is seen and set."""

from handlers.blocks.practices.ids import ADD, BROWSE, MENU
from handlers.blocks.practices.menu import (
    MenuShown,
    menu_card,
    menu_for_reader,
    menu_form,
    menu_kept,
)
from tests.examples import a_community, a_practice
from tests.handlers.blocks.practices.drawings import nasty_practice
from tests.handlers.blocks.problems.drawings import NASTY, drawn, opened, pressable, seen

CIRCLE = a_community(id=3, name="Math circle")
EXIT_TICKET, WAIT_TIME = a_practice(id=7), a_practice(id=8, name="Wait time", minutes=1)
SHOWN = MenuShown(community=CIRCLE, practices=(WAIT_TIME, EXIT_TICKET), note="One a month.")


def test_a_menu_has_an_order_and_a_word_to_go_with_it():
    message = drawn(menu_for_reader(SHOWN, tried={7}))

    lines = message["text"].splitlines()
    assert lines[:2] == ["The menu of Math circle", "One a month."]
    assert lines[2].startswith("1. Wait time · 1 min: ")
    assert lines[3].startswith("2. (you have tried it) Exit ticket")
    assert [one for one, _ in pressable(message)] == [BROWSE, ADD]


def test_facilitators_find_the_way_to_change_it():
    message = drawn(menu_for_reader(SHOWN, may_change=True))

    assert pressable(message)[-1] == (MENU, "3")


def test_without_a_menu_one_learns_what_it_is_for():
    message = drawn(menu_for_reader(MenuShown(community=CIRCLE), may_change=True))

    assert "Math circle has no menu yet" in message["text"]
    assert "Set the menu" in seen(message)


def test_the_card_in_the_channel_tells_nothing_about_anybody():
    card = drawn(menu_card(SHOWN))

    assert "tried" not in seen(card)
    assert "2. Exit ticket" in card["text"]


def test_the_card_of_a_menu_that_was_emptied_says_so():
    assert "empty at the moment" in drawn(menu_card(MenuShown(community=CIRCLE)))["text"]


def test_the_form_begins_with_the_menu_as_it_is():
    form = opened(menu_form(SHOWN, is_in_channel=False, metadata=""))

    elements = {block["block_id"]: block["element"] for block in form["blocks"][1:]}
    chosen = [option["value"] for option in elements["practices"]["initial_options"]]
    assert chosen == ["8", "7"]
    assert elements["note"]["initial_value"] == "One a month."
    assert "in_channel" in elements


def test_a_menu_that_stands_in_the_channel_is_not_offered_to_it_again():
    form = opened(menu_form(SHOWN, is_in_channel=True, metadata=""))

    assert "in_channel" not in [block.get("block_id") for block in form["blocks"]]
    assert "The message in the channel follows" in seen(form)


def test_hostile_words_of_full_length_stay_words():
    shown = MenuShown(
        community=a_community(id=3, name=NASTY[:80]),
        practices=[nasty_practice(id=number) for number in range(12)],
        note=(NASTY * 3)[:300],
    )

    for message in (
        menu_for_reader(shown, may_change=True),
        menu_card(shown),
        menu_kept(shown, is_in_channel=True),
        menu_kept(MenuShown(community=shown.community), is_in_channel=False),
    ):
        assert "<!channel>" not in drawn(message)["text"]
    opened(menu_form(shown, is_in_channel=False, metadata=""))
