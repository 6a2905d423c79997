"""Reminders read as one would say them, and Slack takes them with whatever was typed."""

from dataclasses import replace

import pytest

from handlers.blocks.hangouts.facts import Known
from handlers.blocks.hangouts.ids import CANNOT, OPEN_PLACE, PREPARE, SWAP
from handlers.blocks.hangouts.letters import (
    Meeting,
    agenda_of,
    day_before_letter,
    soon_letter,
)
from handlers.blocks.members import MUTE
from models.consultancies.protocols import PROTOCOLS
from models.hangouts.signup import Presenting, Signup
from models.hangouts.standings import HangoutStanding
from tests.examples import ANA, BEN, CHRIS, MATH_CIRCLE, NAMES, NOW, a_community, a_hangout
from tests.handlers.blocks.problems.drawings import NASTY, drawn, pressable, seen

DEEP_LINK = f"https://slack.com/app_redirect?channel={MATH_CIRCLE}&team=T0STAFF"


def a_seat(member_id=ANA, **traits):
    given = {"presenting": Presenting.SEAT, "is_coming": True, "asked_at": NOW, "answered_at": NOW}
    return Signup(**given | {"member_id": member_id} | traits)


def a_meeting(seats=(), coming=(ANA, CHRIS), names=NAMES, **traits):
    hangout = a_hangout(**{"id": 5} | traits)
    standing = HangoutStanding(hangout=hangout, seats=tuple(seats), coming_ids=tuple(coming))
    return Meeting(
        standing=standing,
        community=a_community(),
        protocol=PROTOCOLS["mini"],
        known=Known(names=names),
    )


def test_a_day_before_everybody_sees_company_and_agenda():
    meeting = a_meeting([a_seat(CHRIS, question="How do I wait longer?")], link="https://x.test/m")

    letter = drawn(day_before_letter(meeting, ANA))

    assert "hangout with Ben and Chris, #math-circle." in letter["text"]
    assert "• We try wait time, 20 minutes.\n• Chris, 20 minutes: How do I wait" in letter["text"]
    assert "One of two seats to present is free." in letter["text"]
    assert "We meet at https://x.test/m." in letter["text"]
    assert "You present" not in letter["text"]
    assert [action for action, _ in pressable(letter)] == [OPEN_PLACE, CANNOT, MUTE]


def test_a_presenter_reads_what_they_present():
    meeting = a_meeting([a_seat(question="How do I wait longer?")])

    before, soon = day_before_letter(meeting, ANA), soon_letter(meeting, ANA)

    assert "• You present, 20 minutes: How do I wait longer?" in drawn(before)["text"]
    assert "You present: How do I wait longer?" in drawn(soon)["text"]
    for letter in (before, soon):
        assert drawn(letter)["text"].count("How do I wait longer?") == 1


def test_a_presenter_without_a_problem_is_asked_what_they_bring():
    for link, opening in (("https://x.test/m", [OPEN_PLACE]), (None, [])):
        meeting = a_meeting([a_seat()], link=link)
        for letter in (day_before_letter(meeting, ANA), soon_letter(meeting, ANA)):
            sent = drawn(letter)
            assert "What do you bring?" in sent["text"]
            assert [one for one, _ in pressable(sent)] == [PREPARE, *opening, CANNOT, MUTE]
            assert sent["blocks"][-1]["type"] == "actions"

    assert "Ana, 20 minutes (question to follow)." in agenda_of(meeting)[1].text


def test_a_calendar_file_is_promised_only_where_there_is_one():
    for has_file in (True, False):
        meeting = replace(a_meeting(), has_calendar_file=has_file)
        assert ("calendar file" in drawn(day_before_letter(meeting, ANA))["text"]) is has_file


def test_shortly_before_the_time_comes_first_and_then_the_place():
    letter = drawn(soon_letter(a_meeting(link="https://x.test/m"), ANA))

    first, second, *_ = letter["text"].split("\n")
    assert first.startswith("<!date^1796338800^{date_long} at {time}|Thursday 3 December 2026")
    assert second == "We meet at https://x.test/m."
    assert pressable(letter)[0] == (OPEN_PLACE, None)
    assert "https://x.test/m" in str(letter["blocks"][-1])


def test_a_huddle_is_in_the_channel_and_the_button_leads_there():
    letter = drawn(soon_letter(a_meeting(link=None), ANA))

    assert "in the huddle of #math-circle" in letter["text"]
    assert DEEP_LINK in str(letter["blocks"][-1])


@pytest.mark.parametrize(
    ("coming", "company"),
    [
        ((ANA,), "hangout with Ben, #math-circle."),
        ((ANA, BEN), "hangout with Ben, #math-circle."),
        ((ANA, BEN, CHRIS), "hangout with Ben and Chris, #math-circle."),
        ((ANA, CHRIS, "U1"), "hangout with Ben, Chris and a colleague, #math-circle."),
        ((ANA, CHRIS, "U1", "U2"), "hangout with Ben, Chris and 2 others, #math-circle."),
    ],
)
def test_the_company_is_counted_without_oneself_and_the_host(coming, company):
    assert company in drawn(day_before_letter(a_meeting(coming=coming), ANA))["text"]


def test_who_leads_can_ask_somebody_else_to():
    letter = drawn(soon_letter(a_meeting(coming=(ANA, CHRIS)), BEN))

    assert "you lead the hangout with Ana and Chris" in letter["text"]
    assert [action for action, _ in pressable(letter)] == [OPEN_PLACE, SWAP, MUTE]


def test_a_seat_that_is_only_offered_names_nobody():
    offered = a_seat(CHRIS, presenting=Presenting.OFFERED, question="Mine")

    letter = drawn(day_before_letter(a_meeting([offered]), ANA))

    assert "offered to the next one" in letter["text"]
    assert "Mine" not in letter["text"]


def test_whatever_was_typed_is_shown_as_it_was_typed():
    meeting = a_meeting(
        [a_seat(question=NASTY)], skill=NASTY[:60], names={ANA: NASTY, BEN: NASTY, CHRIS: NASTY}
    )

    for letter in (day_before_letter(meeting, ANA), soon_letter(meeting, ANA)):
        assert NASTY in seen(drawn(letter))


def test_a_letter_of_many_long_questions_is_one_slack_takes():
    seats = [a_seat(f"U{number}", question="Why? " * 590) for number in range(6)]

    drawn(day_before_letter(a_meeting(seats, slots=6), ANA))


def test_the_day_before_begins_with_the_communitys_own_words():
    meeting = replace(a_meeting(), own_words="Tea is ready for {host} and all of {community}.")

    letter = drawn(day_before_letter(meeting, ANA))

    assert "Tea is ready for Ben and all of #math-circle." in letter["text"]
    assert "<!date^" in letter["text"]
    assert "Tea is ready" not in drawn(soon_letter(meeting, ANA))["text"]
