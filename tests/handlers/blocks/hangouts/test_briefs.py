"""The brief tells a facilitator what to know; who was not heard is told kindly and in private."""

from datetime import timedelta

from handlers.blocks.hangouts.briefs import KINDLY, Unheard, brief, voices_answer
from handlers.blocks.hangouts.facts import Known
from handlers.blocks.hangouts.ids import LEAD, SWAP, VOICES
from handlers.blocks.members import MUTE
from models.hangouts.signup import Presenting, Signup
from models.hangouts.standings import HangoutStanding
from models.hangouts.voices import Voice
from tests.examples import ANA, BEN, CHRIS, NAMES, NOW, a_hangout
from tests.handlers.blocks.hangouts.test_letters import a_meeting, a_seat
from tests.handlers.blocks.problems.drawings import NASTY, drawn, pressable, seen

WEEK = timedelta(weeks=1)
KNOWN = Known(names=NAMES)
NOBODY = Unheard(not_presented=[], not_joined=[])


def a_voice(member_id, presented=None, joined=None, member_for=52):
    """Return who presented and joined so many weeks ago."""
    moments = [None if weeks is None else NOW - weeks * WEEK for weeks in (presented, joined)]
    return Voice(
        member_id=member_id,
        presented_at=moments[0],
        joined_at=moments[1],
        member_since=NOW - member_for * WEEK,
    )


def test_the_brief_says_who_presents_who_comes_and_what_to_have_at_hand():
    letter = drawn(brief(a_meeting([a_seat(question="How?")], link="https://x.test/m"), NOBODY))

    assert letter["text"].startswith("You lead the hangout in #math-circle: <!date")
    assert "• Ana, 20 minutes: How?" in letter["text"]
    assert "• Ana and Chris come." in letter["text"]
    assert "“Mini-consultancy” leads you" in letter["text"]
    assert "https://x.test/m" in letter["text"]


def test_the_brief_names_who_waits():
    waiting = Signup(member_id=CHRIS, presenting=Presenting.WAITING, is_coming=True)
    meeting = a_meeting()
    standing = HangoutStanding(hangout=a_hangout(id=5), waiting=(waiting,))

    letter = drawn(brief(type(meeting)(**vars(meeting) | {"standing": standing}), NOBODY))

    assert "On the waiting list: Chris." in letter["text"]
    assert "Nobody has signed up yet." in letter["text"]


def test_a_brief_has_three_buttons_and_a_menu():
    letter = drawn(brief(a_meeting(), NOBODY))

    assert [action for action, _ in pressable(letter)][1:] == [SWAP, MUTE, LEAD]


def test_who_was_not_heard_is_in_the_brief_of_a_facilitator_only():
    unheard = Unheard(not_presented=["Chris"], not_joined=[])

    with_names, without = drawn(brief(a_meeting(), unheard)), drawn(brief(a_meeting(), None))

    assert "have not presented for a while: Chris." in with_names["text"]
    assert VOICES in str(with_names["blocks"])
    assert KINDLY in with_names["text"]
    assert "for a while" not in without["text"]
    assert VOICES not in str(without["blocks"])


def test_a_brief_shows_what_was_typed_as_it_was_typed():
    meeting = a_meeting([a_seat(question=NASTY)], names={ANA: NASTY, BEN: NASTY, CHRIS: NASTY})

    assert NASTY in seen(drawn(brief(meeting, Unheard(not_presented=[NASTY], not_joined=[]))))


def test_who_comes_but_never_presents_and_who_stays_away_are_told_apart():
    voices = [
        a_voice(ANA, presented=None, joined=2),
        a_voice(BEN, presented=2, joined=2),
        a_voice(CHRIS, presented=2, joined=8),
    ]

    unheard = Unheard.among(voices, KNOWN, NOW)

    assert unheard == Unheard(not_presented=["Ana"], not_joined=["Chris"])


def test_nobody_is_first_or_last_on_the_list():
    voices = [a_voice(CHRIS), a_voice(ANA, joined=10), a_voice(BEN, joined=20)]

    assert Unheard.among(voices, KNOWN, NOW).not_joined == ["Ana", "Ben", "Chris"]


def test_whoever_is_new_is_left_in_peace():
    unheard = Unheard.among([a_voice(ANA, member_for=3)], KNOWN, NOW)

    assert (unheard.not_presented, unheard.not_joined) == ([], [])
    assert not Unheard.among([a_voice(BEN, 1, 1), a_voice(ANA, 1, 1, 3)], KNOWN, NOW).is_too_early


def test_a_long_list_stays_short_on_the_screen():
    names = [f"Teacher {number:03}" for number in range(500)]

    answer = drawn(voices_answer(Unheard(not_presented=names, not_joined=names), "Math circle"))

    assert "Teacher 029 and 470 more." in answer["text"]


def test_when_everybody_is_heard_it_says_so():
    assert "everybody was there lately" in drawn(voices_answer(NOBODY, "Math circle"))["text"]
