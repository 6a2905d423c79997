"""My own place at a hangout, in words and buttons, in answers and letters."""

from datetime import timedelta

import pytest

from handlers.blocks.hangouts.answers import (
    coming_noted,
    given_back,
    no_noted,
    place_noted,
    prepared,
    signed_up,
)
from handlers.blocks.hangouts.ids import CANNOT, CONFIRM, GIVE_BACK, JOIN, PREPARE, PRESENT, SWAP
from handlers.blocks.hangouts.offers import (
    lapse_letter,
    offer_answered,
    offer_letter,
    signed_up_letter,
)
from handlers.blocks.hangouts.own import Own, own_buttons, own_state, own_words
from handlers.blocks.members import MUTE
from models.hangouts.signup import Presenting
from tests.examples import ANA, BEN, CHRIS, NOW
from tests.handlers.blocks.hangouts.standings import KNOWN, a_signup, a_stand, anas
from tests.handlers.blocks.surfaces import buttons, sent

WAITING = (
    a_signup(BEN, Presenting.SEAT),
    a_signup(CHRIS, Presenting.WAITING),
    a_signup(ANA, Presenting.WAITING, question="Whom do I ask?"),
)
LATER = NOW + timedelta(days=99)


@pytest.mark.parametrize(
    ("own", "state", "actions"),
    [
        (anas(), "", [JOIN, PRESENT, CANNOT]),
        (anas(coming=(ANA,)), "You come", [PRESENT, CANNOT]),
        (anas(cannot=(ANA,)), "You can’t come", [JOIN, PRESENT]),
        (anas(a_signup()), "You present", [PREPARE, GIVE_BACK, CANNOT]),
        (anas(facilitator_id=ANA), "You lead", [PRESENT, SWAP]),
        (anas(a_signup(), facilitator_id=ANA), "You lead and present", [PREPARE, GIVE_BACK, SWAP]),
    ],
)
def test_each_state_has_its_words_and_its_buttons(own, state, actions):
    assert own_state(own) == state
    assert [button.action_id for button in own_buttons(own, NOW)] == actions


def test_whoever_leads_comes_and_leads_also_when_they_say_they_cannot():
    leading = anas(coming=(ANA,), facilitator_id=ANA)
    stand = a_stand(coming=(ANA,), facilitator_id=ANA)

    assert "You lead: <!date" in sent(coming_noted(stand, leading, KNOWN, NOW))["text"]
    gone = anas(cannot=(ANA,), facilitator_id=ANA)
    assert "until somebody else takes it over" in sent(no_noted(leading, gone, NOW))["text"]


@pytest.mark.parametrize(
    ("own", "words", "actions"),
    [
        (anas(a_signup()), "You present.", [PREPARE, GIVE_BACK, CANNOT]),
        (
            anas(a_signup(problem_id=7)),
            "You present: Quiet students",
            [PREPARE, GIVE_BACK, CANNOT],
        ),
        (
            anas(*WAITING),
            "You are second on the list for a seat, with: Whom do I ask?",
            [PREPARE, GIVE_BACK, CANNOT],
        ),
    ],
)
def test_each_place_has_its_words_and_its_buttons(own, words, actions):
    assert own_words(own, KNOWN).text == words
    assert [button.action_id for button in own_buttons(own, NOW)] == actions


def test_an_offer_says_until_when_it_holds():
    own = anas(a_signup(presenting=Presenting.OFFERED))

    assert "if you take it until <!date^" in own_words(own, KNOWN).text
    assert [one.action_id for one in own_buttons(own, NOW)] == [CONFIRM, GIVE_BACK, CANNOT]


def test_what_has_begun_can_only_be_joined_and_what_is_off_or_over_has_no_buttons():
    begun = a_stand().hangout.starts_at + timedelta(minutes=1)

    assert [one.action_id for one in own_buttons(anas(), begun)] == [JOIN]
    assert own_buttons(anas(coming=(ANA,)), begun) == []
    assert own_buttons(anas(), LATER) == []
    assert own_buttons(anas(called_off_at=NOW), NOW) == []


def test_a_place_stays_as_it_was_when_its_row_changes():
    signup = a_signup()
    before = anas(signup)

    signup.leave_seats()

    assert before.has_seat


def test_answers_say_what_one_has_and_what_comes_next():
    waiting = a_stand(*WAITING, slots=1)
    seated = a_stand(a_signup())

    words = sent(place_noted(waiting, Own.of(waiting, ANA), KNOWN, NOW))["text"]
    assert "The seat to present is taken. You are second on the list for <!date^" in words
    assert "If one frees up I offer it to you" in words
    words = sent(prepared(seated, Own.of(seated, ANA), KNOWN, NOW, is_shared=True))["text"]
    assert "Everyone sees it on the invitation. It has a card in the channel as well" in words
    words = sent(prepared(waiting, Own.of(waiting, ANA), KNOWN, NOW, is_shared=False))["text"]
    assert "Everyone sees it once a seat is yours." in words
    words = sent(coming_noted(seated, Own.of(seated, CHRIS), KNOWN, NOW))["text"]
    assert "with Ben" in words
    assert "One of two seats to present is free." in words


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (anas(a_signup()), "Your seat is free for a colleague. You still come: "),
        (anas(a_signup(presenting=Presenting.OFFERED)), "Thank you for saying so"),
        (anas(*WAITING), "You are off the list for a seat."),
        (anas(), "You have no seat there. You come: "),
    ],
)
def test_whoever_gives_something_back_hears_that_they_are_still_expected(before, words):
    assert words in sent(given_back(before, anas(coming=(ANA,)), NOW))["text"]


def test_whoever_cannot_come_hears_what_happens_to_their_seat():
    gone = anas(cannot=(ANA,))

    assert "Your seat goes on" in sent(no_noted(anas(a_signup()), gone, NOW))["text"]
    assert "seat" not in sent(no_noted(anas(), gone, NOW))["text"]


def test_a_facilitator_hears_what_the_colleague_has_now():
    waiting = a_stand(*WAITING)

    assert "Ana has a seat" in sent(signed_up(a_stand(), anas(a_signup()), "Ana"))["text"]
    assert "Ana is second" in sent(signed_up(waiting, Own.of(waiting, ANA), "Ana"))["text"]
    assert "A colleague is expected: " in sent(signed_up(waiting, anas(), "a colleague"))["text"]


def test_letters_about_seats_can_be_switched_off_where_they_stand():
    offered = anas(a_signup(presenting=Presenting.OFFERED, question="Whom do I ask?"))
    until = NOW + timedelta(days=1)

    offer = sent(offer_letter(offered, until, KNOWN))
    assert buttons(offer) == [(CONFIRM, "3"), (GIVE_BACK, "3"), (MUTE, "hangouts.seats")]
    assert "You wanted to bring: Whom do I ask?" in offer["text"]
    lapsed = sent(lapse_letter(anas(coming=(ANA,)), NOW))
    assert buttons(lapsed)[-1] == (MUTE, "hangouts.seats")
    entered = sent(signed_up_letter(anas(*WAITING), KNOWN, BEN, NOW))
    assert "Ben put you second on the list" in entered["text"]
    assert buttons(entered)[-1] == (MUTE, "hangouts.changes")
    assert (
        "Ben signed you up for a hangout"
        in sent(signed_up_letter(anas(coming=(ANA,)), KNOWN, BEN, NOW))["text"]
    )


def test_an_offer_that_is_over_says_what_became_of_it():
    assert "You took the seat" in sent(offer_answered(anas(a_signup())))["text"]
    assert "went on" in sent(offer_answered(anas()))["text"]
    assert "called off" in sent(offer_answered(anas(called_off_at=NOW)))["text"]
