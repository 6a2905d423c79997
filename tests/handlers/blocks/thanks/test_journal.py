"""The journal in Slack: by reason, without a number, with a way to keep and to delete."""

import pytest
from slack_sdk.models.views import View

from handlers.blocks.problems.lists import PageWanted
from handlers.blocks.thanks.facts import Facts
from handlers.blocks.thanks.ids import EXPORT, JOURNAL, START
from handlers.blocks.thanks.journal import (
    EARLIER,
    LATER,
    OTHER_SIDE,
    Reader,
    home_part,
    journal_page,
)
from models.thanks.journal import JournalPage, Side
from tests.examples import ANA, BEN, CHRIS, DAY, NAMES, NOW, a_thanks
from tests.handlers.blocks.problems.drawings import NASTY, drawn, seen
from tests.handlers.blocks.surfaces import buttons, shown

TO_BEN = Reader(member_id=BEN, tz="America/Denver", now=NOW)


def facts(**traits):
    known = {"names": NAMES, "receiver_ids": [BEN], "reader_id": BEN}
    known |= {name: traits.pop(name) for name in ("receiver_ids", "seconder_ids") if name in traits}
    return Facts(thanks=a_thanks(**{"id": 1} | traits), **known)


def a_page(several, **traits):
    thanks = tuple(one.thanks for one in several)
    return JournalPage(
        **{"side": Side.RECEIVED, "thanks": thanks, "number": 0, "total": len(thanks)} | traits
    )


def menus(surface):
    """Return what the menu beside each row offers."""
    beside = [block["accessory"] for block in surface["blocks"] if "accessory" in block]
    return [[option["value"] for option in menu["options"]] for menu in beside]


def test_what_was_received_is_sorted_by_reason_and_nothing_is_counted():
    several = [
        facts(id=1, reason="Listened"),
        facts(id=2, reason="Listened", thanked_at=NOW - 9 * DAY),
        facts(id=3, reason=None, is_private=True),
    ]
    page = a_page(several, reasons=("Listened", "Covered for me"))

    message = drawn(journal_page(page, several, TO_BEN))

    line = "Ana thanks you: for covering my class — because I could be with my son"
    assert message["text"].split("\n") == [
        "Thanks you received · only you see this list",
        "What colleagues thank you for: Listened, Covered for me",
        "Listened",
        f"• {line} · Tuesday",
        f"• {line} · Sunday 8 November",
        "Other kind words",
        f"• {line} · Tuesday · only you two see this",
    ]
    # What is public can still be kept between the people, also by who gets no letters.
    public = [[f"keep_private:{one}", f"delete:{one}"] for one in (1, 2)]
    assert menus(message) == [*public, ["delete:3"]]
    grey = [seen({"blocks": [one]}) for one in message["blocks"] if one["type"] == "context"]
    assert grey == ["Tuesday", "Sunday 8 November", "Tuesday · only you two see this"]
    other = PageWanted(what=Side.GIVEN).value
    assert buttons(message) == [(OTHER_SIDE, other), (EXPORT, "")]


def test_pages_turn_and_what_i_gave_can_be_put_otherwise_while_it_is_new():
    several = [facts(id=1, giver_id=BEN, receiver_ids=[ANA, CHRIS], is_private=True)]
    page = a_page(several, side=Side.GIVEN, number=1, total=11)

    message = drawn(journal_page(page, several, TO_BEN))

    assert "You thank Ana and Chris: for covering" in message["text"]
    assert "only you and those named see this" in message["text"]
    assert menus(message) == [["edit:1", "undo:1", "delete:1"]]
    assert [action for action, _ in buttons(message)] == [EARLIER, LATER, OTHER_SIDE, EXPORT]


def test_who_says_the_same_is_named_and_from_the_sixth_on_only_mentioned():
    few = facts(seconder_ids=[CHRIS, ANA])
    many = facts(seconder_ids=[CHRIS, *["U0DANA"] * 5])

    message = drawn(journal_page(a_page([few, many]), [few, many], TO_BEN))

    assert "seconded by Chris and Ana" in message["text"]
    assert (
        "seconded by Chris, a colleague, a colleague, a colleague, a colleague and others"
        in (message["text"])
    )


def test_a_note_of_a_shower_has_the_day_on_which_it_arrived():
    note = facts(thanked_at=NOW - 9 * DAY, arrives_at=NOW)

    assert "Tuesday" in drawn(journal_page(a_page([note]), [note], TO_BEN))["text"]


def test_a_full_page_of_the_longest_words_is_one_that_slack_takes():
    long = [
        facts(id=one, text=NASTY * 4, effect=NASTY * 4, reason=NASTY[:40], is_private=True)
        for one in range(5)
    ]

    message = drawn(journal_page(a_page(long, reasons=(NASTY[:40],), total=99), long, TO_BEN))

    assert "<!channel> *_~` <@U0BEN> & שלום" in seen(message)


@pytest.mark.parametrize("side", list(Side))
def test_an_empty_half_says_what_it_is_for_and_offers_to_begin(side):
    message = drawn(journal_page(a_page([], side=side), [], TO_BEN))

    assert [action for action, _ in buttons(message)] == [START, OTHER_SIDE]
    assert "still" not in message["text"]


def test_an_empty_half_lets_me_keep_the_other_one():
    message = drawn(journal_page(a_page([], is_all=False), [], TO_BEN))

    assert [action for action, _ in buttons(message)] == [START, OTHER_SIDE, EXPORT]


def test_home_shows_the_latest_and_teaches_when_there_is_nothing():
    full = shown_at_home(home_part([facts(id=1), facts(id=2)], TO_BEN))
    empty = shown_at_home(home_part([], TO_BEN))

    assert seen(full).count("for ") == 2
    assert "Kind words that colleagues write to you gather here" in seen(empty)
    for home in (full, empty):
        assert [action for action, _ in buttons(home)] == [START, JOURNAL]


def shown_at_home(blocks):
    return shown(View(type="home", blocks=blocks))
