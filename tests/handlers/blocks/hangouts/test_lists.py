"""What is coming, drawn for one reader."""

from slack_sdk.models.views import View

from handlers.blocks.hangouts.ids import COMING, LEAD, PLAN, RUN, SIGN_UP
from handlers.blocks.hangouts.lists import (
    Coming,
    OnHome,
    coming_list,
    did_you_mean,
    hangout_help,
    home_part,
)
from models.hangouts.signup import Presenting
from tests.examples import ANA, BEN, CHRIS, NOW, a_community
from tests.handlers.blocks.hangouts.standings import KNOWN, a_signup, a_stand
from tests.handlers.blocks.problems.drawings import NASTY, seen
from tests.handlers.blocks.surfaces import buttons, sent, shown


def a_list(*standings, is_run_by_reader=False, **traits):
    coming = Coming(
        community=a_community(id=1, **traits),
        standings=standings,
        known=KNOWN,
        reader_id=ANA,
        is_run_by_reader=is_run_by_reader,
    )
    return sent(coming_list(coming, NOW))


def test_each_hangout_says_how_i_stand_and_what_is_called_off_is_struck():
    drawn = a_list(a_stand(a_signup(problem_id=7)), a_stand(id=4, called_off_at=NOW))

    assert "\nYou present · <!date" in drawn["text"]
    assert "\nYou bring: Quiet students" in drawn["text"]
    assert "We try wait time. One of two seats to present is free." in drawn["text"]
    assert "Ana" not in drawn["text"]
    assert drawn["text"].endswith("Called off.")
    assert "'strike': True" in str(drawn["blocks"][-1])


def test_each_row_begins_with_how_i_stand_and_has_three_buttons_at_most():
    mine, chriss = a_signup(question="Mine?"), a_signup(CHRIS, question="His?")
    offered = a_signup(presenting=Presenting.OFFERED)
    waiting = (chriss, a_signup(presenting=Presenting.WAITING))
    for standing, state in (
        (a_stand(mine, chriss), "You present"),
        (a_stand(mine, facilitator_id=ANA), "You lead and present"),
        (a_stand(facilitator_id=ANA), "You lead"),
        (a_stand(offered), "A seat is kept for you"),
        (a_stand(*waiting), "You are first on the list for a seat"),
        (a_stand(coming=(ANA, BEN)), "You come"),
        (a_stand(cannot=(ANA,)), "You can’t come"),
    ):
        drawn = a_list(standing)

        assert f"\n{state} · <!date" in drawn["text"]
        assert "Ana" not in drawn["text"]
        assert 0 < len(buttons(drawn)) <= 3

    assert "Chris presents. Both seats" in a_list(a_stand(mine, chriss))["text"]
    assert "Ben comes." in a_list(a_stand(coming=(ANA, BEN)))["text"]


def test_facilitators_have_one_row_more():
    drawn = a_list(a_stand(), is_run_by_reader=True)

    assert [action_id for action_id, _ in buttons(drawn)][-2:] == [SIGN_UP, LEAD]


def test_an_empty_list_teaches():
    assert "nobody" not in a_list()["text"]
    assert "for example every other Thursday at 16:00" in a_list()["text"]
    assert buttons(a_list(is_run_by_reader=True)) == [(PLAN, "1")]


def test_the_part_on_app_home_names_the_community():
    part = OnHome(
        reader_id=ANA,
        next_ones=[(a_community(id=1, name=NASTY[:80]), a_stand())],
        known=KNOWN,
        unplanned=[a_community(id=2, channel_name="science")],
    )

    home = shown(View(type="home", blocks=home_part(part, NOW)))

    assert NASTY[:80] in seen(home)
    assert "No hangout is planned in #science yet." in seen(home)
    assert buttons(home)[-1] == (PLAN, "2")


def test_without_hangouts_the_part_is_empty():
    assert home_part(OnHome(reader_id=ANA, next_ones=[], known=KNOWN), NOW) == []


def test_words_that_are_none_of_ours_are_answered():
    assert buttons(sent(did_you_mean("jion", "join"))) == [(RUN, "join")]
    assert "These I know" in sent(did_you_mean(NASTY * 5, None))["text"]
    assert buttons(sent(hangout_help())) == [(COMING, "")]
