"""The small forms about one hangout, and what their sender sees."""

from datetime import timedelta

from handlers.blocks.hangouts.changing import (
    call_off_form,
    called_off,
    move_form,
    moved,
    restored,
    swap_form,
)
from handlers.blocks.hangouts.swapping import (
    answered_letter,
    asked,
    asked_letter,
    leader_wanted_letter,
)
from models.hangouts.swaps import Swap, SwapState
from models.my_data.nobody import NAME
from tests.examples import BEN, CHRIS, NAMES, NOW, a_hangout
from tests.handlers.blocks.surfaces import buttons, fields, sent, shown


def a_swap(state=SwapState.ASKED):
    return Swap(id=5, hangout_id=1, asker_id=BEN, substitute_id=CHRIS, state=state)


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


def test_a_form_for_one_hangout_is_about_it_alone_and_begins_with_its_time():
    every = [a_hangout(id=n, starts_at=NOW + timedelta(weeks=n)) for n in range(1, 4)]

    form = fields(shown(move_form(every, every[1], is_sure=True)))

    assert [one["value"] for one in form["hangout_id"]["options"]] == ["2"]
    assert form["starts_at"]["initial_date_time"] == int(every[1].starts_at.timestamp())


def test_members_read_of_messages_rather_than_of_letters():
    one = a_hangout(id=1)

    for form in (move_form([one], one), call_off_form([one], one), swap_form([one], one, None)):
        first = shown(form)["blocks"][0]["text"]["text"]
        assert "gets a message" in first
        assert "letter" not in first


def test_answers_say_how_many_are_told():
    off = sent(called_off(a_hangout(id=1), 3))

    assert "Three colleagues get a message." in off["text"]
    assert ("hangouts.give_it_again", "1") in buttons(off)
    assert "One colleague gets a message." in sent(moved(a_hangout(id=1), 1))["text"]
    assert "nobody gets a message" in sent(restored(a_hangout(id=1), 0))["text"]


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


def test_who_leads_is_asked_with_a_way_to_answer():
    letter = sent(leader_wanted_letter(a_hangout(id=1), "#math-circle", "Ben"))

    deleted = sent(leader_wanted_letter(a_hangout(id=1), "#math-circle", NAME))

    assert "Ben has left #math-circle. Who leads the hangout of" in letter["text"]
    assert "Whoever was to lead in #math-circle is not here any more." in deleted["text"]
    assert buttons(letter) == [("hangouts.swap", "1"), ("members.mute", "hangouts.facilitating")]
