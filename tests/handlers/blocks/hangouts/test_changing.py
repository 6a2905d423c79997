"""The small forms about one hangout, and the letters about what changed."""

from datetime import timedelta

import pytest

from handlers.blocks.hangouts.changing import (
    call_off_form,
    called_off,
    change_letter,
    move_form,
    moved,
    restored,
    swap_form,
)
from handlers.blocks.hangouts.swapping import answered_letter, asked, asked_letter
from models.hangouts.swaps import Swap, SwapState
from tests.examples import BEN, CHRIS, NAMES, NOW, a_hangout
from tests.handlers.blocks.problems.drawings import NASTY, seen
from tests.handlers.blocks.surfaces import buttons, fields, sent, shown


def a_swap(state=SwapState.ASKED):
    return Swap(id=5, hangout_id=1, asker_id=BEN, substitute_id=CHRIS, state=state)


def letter(following=None, **traits):
    return sent(change_letter(a_hangout(id=1, **traits), "#math-circle", NAMES, following))


def test_each_form_begins_with_the_hangout_that_is_meant():
    every = [a_hangout(id=n, starts_at=NOW + timedelta(weeks=n)) for n in range(1, 121)]

    for form in (
        move_form(every, every[1]),
        call_off_form(every, every[1]),
        swap_form(every, every[1], CHRIS),
    ):
        field = fields(shown(form))["hangout_id"]
        assert field["initial_option"]["value"] == "2"
        assert len(field["options"]) == 100


def test_a_new_time_is_asked_for_without_a_guess():
    form = shown(move_form([a_hangout(id=1)], a_hangout(id=1)))

    assert "initial_date_time" not in fields(form)["starts_at"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (["starts_at"], "was moved."),
        (["called_off_at"], "takes place after all."),
        (["facilitator_id"], "is led by Ben now."),
        (["link"], "meets at another place."),
        (["minutes", "link"], "meets at another place and takes 60 minutes."),
        (["slots", "slot_minutes", "protocol"], "has two seats to present, gives each"),
        ([], "has changed."),
    ],
)
def test_a_letter_says_what_is_different(changed, words):
    text = letter(last_change=changed, moved_from=NOW + timedelta(days=9))["text"]

    assert f"The hangout in #math-circle {words}" in text
    assert ("Before: " in text) == ("starts_at" in changed)
    assert "Now: " in text
    assert "Thursday 3 December 2026, 16:00 (America/Denver)" in text


def test_a_letter_says_where_one_meets():
    assert "You meet in the huddle of #math-circle." in letter(last_change=[])["text"]
    linked = letter(last_change=["link"], link="https://example.org/a?b&c")
    assert "You meet at https://example.org/a?b&amp;c." in linked["text"]


def test_a_letter_of_a_hangout_that_is_off_offers_the_next_one():
    following = a_hangout(id=2, starts_at=NOW + timedelta(weeks=4))

    off = letter(following, called_off_at=NOW, called_off_why=NASTY)

    assert "does not take place" in off["text"]
    assert "<!channel>" not in off["text"]
    assert NASTY in seen(off)
    assert buttons(off) == [("hangouts.join", "2"), ("members.mute", "hangouts.changes")]


def test_answers_say_how_many_are_told():
    off = sent(called_off(a_hangout(id=1), 3))

    assert "Three colleagues are told." in off["text"]
    assert ("hangouts.give_it_again", "1") in buttons(off)
    assert "One colleague is told." in sent(moved(a_hangout(id=1), 1))["text"]
    assert "nobody gets a letter" in sent(restored(a_hangout(id=1), 0))["text"]


def test_a_request_can_be_accepted_or_declined_until_it_is_settled():
    waiting = sent(asked_letter(a_swap(), a_hangout(id=1), "#math-circle", NAMES))
    settled = sent(asked_letter(a_swap(SwapState.ACCEPTED), a_hangout(id=1), "#math-circle", NAMES))

    assert [action for action, _ in buttons(waiting)][:2] == [
        "hangouts.accept_swap",
        "hangouts.decline_swap",
    ]
    assert buttons(settled) == []
    assert "You lead it. Thank you." in settled["text"]


def test_the_asker_hears_the_answer():
    declined = a_swap(SwapState.DECLINED)

    no = sent(answered_letter(declined, a_hangout(id=1), "#math-circle", NAMES))

    assert "Chris can’t lead the hangout" in no["text"]
    assert ("hangouts.swap", "1") in buttons(no)
    assert "Chris is asked" in sent(asked(a_hangout(id=1), CHRIS, NAMES))["text"]
