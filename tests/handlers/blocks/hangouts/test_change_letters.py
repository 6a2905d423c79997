"""The letters about what changed: what is different, and what one can do about it."""

from datetime import timedelta

import pytest

from handlers.blocks.hangouts.change_letters import (
    Change,
    change_letter,
    replanned_calendar,
    replanned_letter,
)
from handlers.blocks.hangouts.own import Own
from models.hangouts.hangout import NOBODY
from models.hangouts.occurrences import SKIPPED
from models.hangouts.signup import Presenting
from tests.examples import NAMES, NOW, a_hangout
from tests.handlers.blocks.problems.drawings import NASTY, seen
from tests.handlers.blocks.surfaces import buttons, sent

MUTE = ("members.mute", "hangouts.changes")


def a_change(own=None, **traits):
    hangout = a_hangout(**{"id": 1} | traits)
    return Change(
        own=Own(hangout=hangout, **own or {"is_coming": True}),
        place="#math-circle",
        protocol="Tuning",
        names=NAMES,
    )


def letter(following=None, own=None, **traits):
    return sent(change_letter(a_change(own, **traits), following, NOW))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (["starts_at"], "was moved."),
        (["called_off_at"], "takes place after all."),
        (["facilitator_id"], "is led by Ben now."),
        (["link"], "meets at another place."),
        (["minutes", "link"], "meets at another place and takes 60 minutes."),
        (["slots", "slot_minutes"], "has two seats to present and gives each"),
        (["protocol"], "follows “Tuning”."),
        ([], "has changed."),
    ],
)
def test_a_letter_says_what_is_different(changed, words):
    text = letter(last_change=changed, moved_from=NOW + timedelta(days=9))["text"]

    assert f"The hangout in #math-circle {words}" in text
    assert ("Before: " in text) == ("starts_at" in changed)
    assert "Now: " in text
    assert "Thursday 3 December 2026, 16:00 (America/Denver)" in text
    assert ", with Ben." in text


def test_a_letter_to_who_leads_says_you():
    leads = {"leads": True}

    moved, given = (
        letter(own=leads, last_change=[what])["text"] for what in ("starts_at", "facilitator_id")
    )

    assert "You lead it." in moved
    assert "You lead the hangout in #math-circle now." in given
    assert "Ben" not in moved + given


def test_where_nobody_leads_nobody_is_named():
    text = letter(last_change=["facilitator_id"], facilitator_id=NOBODY)["text"]

    assert "The hangout in #math-circle has nobody yet to lead it." in text
    assert "with" not in text


def test_a_letter_says_where_one_meets():
    assert "You meet in the huddle of #math-circle." in letter(last_change=[])["text"]
    linked = letter(last_change=["link"], link="https://example.org/a?b&c")
    assert "You meet at https://example.org/a?b&amp;c." in linked["text"]


@pytest.mark.parametrize("what", ["starts_at", "called_off_at"])
@pytest.mark.parametrize(
    ("own", "ways"),
    [
        ({"is_coming": True}, ["hangouts.cannot"]),
        (
            {"is_coming": True, "presenting": Presenting.SEAT},
            ["hangouts.give_back", "hangouts.cannot"],
        ),
        ({"leads": True}, ["hangouts.swap"]),
    ],
)
def test_whom_a_change_does_not_suit_has_a_way_out(what, own, ways):
    assert buttons(letter(own=own, last_change=[what])) == [*[(way, "1") for way in ways], MUTE]


def test_of_what_has_begun_there_is_no_way_out():
    begun = letter(starts_at=NOW - timedelta(minutes=5), last_change=["link"])

    assert buttons(begun) == [MUTE]


def test_a_letter_of_a_hangout_that_is_off_offers_the_next_one():
    following = a_hangout(id=2, starts_at=NOW + timedelta(weeks=4))

    off = letter(following, called_off_at=NOW, called_off_why=NASTY)

    assert "does not take place" in off["text"]
    assert "<!channel>" not in off["text"]
    assert NASTY in seen(off)
    assert buttons(off) == [("hangouts.join", "2"), MUTE]


def test_one_letter_lists_all_that_a_new_plan_changed():
    later = NOW + timedelta(weeks=4)
    changes = [
        a_change(last_change=["starts_at", "protocol"], moved_from=NOW + timedelta(days=9)),
        a_change({"leads": True}, id=2, starts_at=later, last_change=["link"], link="https://a.b"),
        a_change(
            id=3,
            starts_at=later + timedelta(weeks=2),
            called_off_at=NOW,
            called_off_why=SKIPPED,
            is_off_by_series=True,
        ),
    ]

    told = sent(replanned_letter(changes, NOW))

    first, moved, led, off, where = told["text"].split("\n")
    assert first == "The plan of the hangouts in #math-circle has changed."
    assert "was moved and follows “Tuning”. Before: " in moved
    assert led.endswith("meets at another place. You lead it.")
    assert off.endswith("No hangout (left out in the plan)")
    assert where == "You meet at https://a.b."
    assert buttons(told) == [("hangouts.coming", "1"), ("hangouts.swap", "2"), MUTE]


def test_when_all_is_called_off_the_letter_says_so_first():
    off = [a_change(id=n, called_off_at=NOW, called_off_why="Snow") for n in (1, 2)]

    told = sent(replanned_letter(off, NOW))

    assert told["text"].startswith("These hangouts in #math-circle do not take place.")


def test_one_file_brings_calendars_in_line():
    file = replanned_calendar([a_change(), a_change(id=2)], b"BEGIN:VCALENDAR")

    assert "the two hangouts in #math-circle" in file.text
    assert file.file is not None
    assert (file.file.name, file.file.content) == ("hangouts.ics", b"BEGIN:VCALENDAR")
