"""How the weekly letter to one member reads."""

from datetime import timedelta

from handlers.blocks.digests.personal import (
    CHOOSE,
    PRIVATELY,
    UNCHOOSE,
    ForMe,
    chosen,
    personal_letter,
    unchosen,
)
from handlers.blocks.hangouts.ids import COMING
from handlers.blocks.pilots.ids import FINISH, LOG
from handlers.blocks.pilots.lists import RUN as PILOTS
from handlers.blocks.thanks.ids import JOURNAL
from models.digests.concerning import Concerns, Touched
from models.hangouts.signup import Presenting, Signup
from models.hangouts.standings import HangoutStanding
from tests.examples import ANA, BEN, CHRIS, NAMES, NOW, a_hangout, a_pilot, a_thanks
from tests.handlers.blocks.surfaces import buttons, sent

TODAY = NOW.date()
CARD = "https://school.slack.com/archives/C0MATHCIRCLE/p175"


def letter(**concerns):
    shown = ForMe(concerns=Concerns(**concerns), reader_id=ANA, today=TODAY, names=NAMES)
    return sent(personal_letter(shown))


def lines(drawn):
    return [one.removeprefix("• ") for one in drawn["text"].split("\n") if one.startswith("• ")]


def a_problem_answered(*who, title="Quiet students"):
    return Touched(about_id=7, title=title, member_ids=who, link=CARD)


def test_each_thing_is_one_line_with_names_and_a_link():
    drawn = letter(
        answered=[a_problem_answered(BEN, CHRIS)],
        used=[Touched(about_id=1, title="Fraction talk rubric", member_ids=(CHRIS,))],
        thanks=[a_thanks(giver_id=BEN)],
    )

    assert lines(drawn) == [
        "Ben and Chris answered Quiet students.",
        "Ben thanks you: for covering my class — because I could be with my son",
        "Chris used Fraction talk rubric.",
    ]
    assert CARD in str(drawn["blocks"])
    assert PRIVATELY in drawn["text"]


def test_after_three_names_the_others_are_only_mentioned_and_strangers_are_slacks_to_name():
    drawn = letter(answered=[a_problem_answered(BEN, CHRIS, "U0NEW", "U1", "U2")])

    assert lines(drawn) == ["Ben, Chris, <@U0NEW> and others answered Quiet students."]


def test_a_hangout_says_what_i_have_of_it():
    hangout = a_hangout(id=3)
    seat = Signup(hangout_id=3, member_id=ANA, is_coming=True, presenting=Presenting.SEAT)
    standing = HangoutStanding(hangout=hangout, seats=(seat,), coming_ids=(ANA,))

    drawn = letter(hangouts=[("Math circle", standing)])

    [line] = lines(drawn)
    assert line.endswith(": hangout with Ben, Math circle. You present.")
    assert buttons(drawn) == [(COMING, "1"), (UNCHOOSE, "")]


def test_one_pilot_can_be_logged_at_once_and_of_several_one_chooses():
    one = letter(pilots=[a_pilot(id=5)])
    two = letter(pilots=[a_pilot(id=5), a_pilot(id=6)], thanks=[a_thanks()])

    assert lines(one) == ["Your pilot Exit ticket, period 3 waits for a value."]
    assert buttons(one) == [(LOG, "5"), (UNCHOOSE, "")]
    assert buttons(two) == [(PILOTS, "mine"), (JOURNAL, ""), (UNCHOOSE, "")]


def test_a_pilot_whose_last_day_is_over_asks_what_was_found():
    drawn = letter(pilots=[a_pilot(id=5, ends_on=TODAY - timedelta(days=1))])

    assert lines(drawn) == ["Your pilot Exit ticket, period 3 is over: what did you find?"]
    assert buttons(drawn) == [(FINISH, "5"), (UNCHOOSE, "")]


def test_what_members_wrote_calls_nobody_and_formats_nothing():
    drawn = letter(
        answered=[a_problem_answered(BEN, title="<!channel> *all* <@U1>")],
        thanks=[a_thanks(text="<!here> &c")],
    )

    assert "<!" not in drawn["text"]
    assert "&lt;!channel&gt; *all*" in drawn["text"]


def test_more_than_it_tells_is_said_with_where_it_is():
    drawn = letter(answered=[a_problem_answered(BEN)], more=frozenset({"answered", "used"}))

    assert (
        "There are more answers (/problem mine) and more uses of your materials (/material mine)"
        in drawn["text"]
    )


def test_the_fullest_week_has_three_buttons_and_no_long_lines():
    standing = HangoutStanding(hangout=a_hangout(id=3), coming_ids=(ANA,))
    drawn = letter(
        answered=[a_problem_answered(BEN, CHRIS, title="a word " * 60)],
        hangouts=[("Math circle", standing)],
        pilots=[a_pilot(id=5)],
        thanks=[a_thanks(text="a word " * 60)],
    )

    assert [one for one in lines(drawn) if len(one) > 140] == []
    assert len(buttons(drawn)) == 3


def test_choosing_and_stopping_lead_to_each_other():
    assert buttons(sent(chosen())) == [(UNCHOOSE, "")]
    assert buttons(sent(unchosen())) == [(CHOOSE, "")]
