"""What the giver is told: that it was said, or what has to be asked first."""

import json

from handlers.blocks.thanks.facts import Facts
from handlers.blocks.thanks.giving import (
    CHOOSE,
    RUN,
    did_you_mean,
    given_answer,
    group_unread,
    guessed_note,
    left_over,
    nobody_to_thank,
    not_known,
    not_said,
    note_kept,
    quiet_note,
    thanks_help,
    which_community,
    who_is_meant,
)
from handlers.blocks.thanks.ids import EDIT, START, UNDO
from models.thanks.shower import Shower
from tests.examples import ANA, BEN, CHRIS, DAY, MATH_CIRCLE, NAMES, NOW, a_community, a_thanks
from tests.handlers.blocks.surfaces import buttons, sent

NASTY = "<!channel> *all* & <@U0BEN> " + "x" * 6000


def facts(**traits) -> Facts:
    to = traits.pop("to", [BEN])
    return Facts(thanks=a_thanks(**{"id": 7} | traits), names=NAMES, receiver_ids=to, reader_id=ANA)


def test_public_thanks_say_where_they_stand_and_how_to_take_them_back():
    answer = sent(given_answer(facts(), MATH_CIRCLE))

    first, rest = answer["text"].split("\n")
    assert first == (
        f"Said in <#{MATH_CIRCLE}>: You thank Ben: for covering my class — because I could be "
        "with my son"
    )
    assert rest == "You can undo or edit it for ten minutes."
    assert buttons(answer) == [(UNDO, "7"), (EDIT, "7")]


def test_private_thanks_name_no_channel():
    answer = sent(given_answer(facts(is_private=True), MATH_CIRCLE, [quiet_note(["Ben"])]))
    several = sent(given_answer(facts(is_private=True, to=[BEN, CHRIS]), MATH_CIRCLE))

    assert MATH_CIRCLE not in answer["text"]
    assert "Ben would rather have thanks between you" in answer["text"]
    assert "Only you two see it." in answer["text"]
    assert "Only you and they see it." in several["text"]


def test_whatever_members_wrote_calls_nobody():
    for message in (
        given_answer(
            facts(text=NASTY[:500], effect=NASTY[:500]),
            MATH_CIRCLE,
            [guessed_note({NASTY[:80]: "Ben"})],
        ),
        not_said("Polly is an app.", NASTY, 3),
        who_is_meant("ben", {BEN: "Ben Ames", CHRIS: NASTY}, 3, NASTY),
        which_community([a_community(id=1), a_community(id=2, name=NASTY[:80])], 3, NASTY),
        did_you_mean(NASTY[:60], "journal"),
        nobody_to_thank("That is your own message."),
        left_over(NASTY, 500),
        thanks_help(),
    ):
        assert "<!channel>" not in sent(message)["text"]


def test_a_name_of_several_people_has_a_button_for_each_and_for_others():
    people = {f"U{number}": f"Ben {number}" for number in range(30)}

    asked = sent(who_is_meant("ben", people, 3, "ben for x"))

    *choices, (other, draft) = buttons(asked)
    assert [action for action, _ in choices] == [f"{CHOOSE}.{number}" for number in range(8)]
    assert json.loads(choices[0][1]) == {"draft_id": 3, "name": "ben", "member_id": "U0"}
    assert (other, draft) == (START, "3")
    assert "<@U0>" in asked["text"]


def test_however_long_a_name_is_it_is_asked_for():
    long = "a" * 3500

    assert len(not_known(long, "Math circle")) < 200
    assert len(group_unread(long)) < 200


def test_what_follows_a_slip_of_our_word_goes_with_it():
    message = sent(did_you_mean("showr @ben 20 years", "shower", "<@U0BEN|ben> 20 years"))

    assert buttons(message)[0] == (RUN, "shower <@U0BEN|ben> 20 years")
    assert "@ben 20 years" in message["text"]


def test_a_note_says_when_it_arrives():
    shower = Shower(id=4, member_id=BEN, on_date=NOW.date(), arrives_at=NOW + DAY)

    answer = sent(note_kept(facts(is_private=True), shower, "America/Denver"))

    assert "Wednesday 18 November 2026, 09:00 (America/Denver)" in answer["text"]
    assert "Until then it is a surprise." in answer["text"]
