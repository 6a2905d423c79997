"""The card of a pilot and the private view of it, as Slack takes and people read them."""

from datetime import timedelta

import pytest

from handlers.blocks.pilots.buttons import CHOICES, menu_choice
from handlers.blocks.pilots.cards import pilot_card, pilot_view, taken_back
from handlers.blocks.pilots.facts import Known, days_words, row_facts
from handlers.blocks.pilots.ids import (
    CHAMPION,
    DELETE,
    FINISH,
    LOG,
    MORE,
    REOPEN,
    RESUME,
    SHARE,
    START,
    TAKE_BACK,
)
from handlers.blocks.pilots.lists import which_pilot
from models.pilots.finishing import LENGTHS
from models.pilots.pilot import Circle, Rhythm
from tests.examples import BEN, DAY, NOW, a_pilot
from tests.handlers.blocks.pilots.pictured import a_champion, an_evidence, known_of
from tests.handlers.blocks.problems.drawings import NASTY, drawn, seen

FINISHED = {
    "finished_at": NOW,
    "result": "20 of 26 wrote an answer.",
    "matched": "partly",
    "learned": "One question is enough.",
}


def actions(message):
    """Return the buttons' ids, and what the menu offers."""
    [row] = [block for block in message["blocks"] if block["type"] == "actions"]
    buttons = [one["action_id"] for one in row["elements"] if one["action_id"] != MORE]
    [menu] = [one for one in row["elements"] if one["action_id"] == MORE]
    return buttons, [menu_choice(option["value"])[0] for option in menu["options"]]


def test_a_running_pilots_card_says_who_tries_what_and_what_they_expect():
    pilot = a_pilot(id=1, circle=Circle.COMMUNITY, shared_at=NOW)

    message = pilot_card(pilot, known_of(pilot, 12, 14))

    read = seen(drawn(message)).replace("\n", "")
    assert read.startswith("Ana tries Exit ticket, period 3.Know at the end")
    assert "Prediction: Most will write" in read
    assert "Two points so far: too early to say." in read
    assert message.picture.at == 2
    assert actions(message.to_dict()) == (
        [START, CHAMPION],
        ["pilots.show", LOG, FINISH, TAKE_BACK],
    )


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        ("adopt", "and keeps it."),
        ("adapt", "and will change it and try again."),
        ("abandon", "and let it go."),
    ],
)
def test_each_decision_is_a_result_and_reads_like_one(decision, words):
    pilot = a_pilot(id=1, circle=Circle.COMMUNITY, decision=decision, **FINISHED)

    read = seen(drawn(pilot_card(pilot, known_of(pilot)))).replace("\n", "")

    assert f"Ana tried Exit ticket, period 3, {words}" in read
    assert "Predicted: Most will write" in read
    assert "Happened: 20 of 26 wrote an answer. (partly as predicted)" in read


def test_without_values_there_is_no_picture_and_the_words_say_so():
    pilot = a_pilot(id=1)

    message = pilot_view(pilot, known_of(pilot))

    assert message.picture is None
    assert "No values yet." in message.text


def test_the_chart_stands_between_the_outcome_and_the_words_about_it():
    pilot = a_pilot(id=1, decision="adopt", **FINISHED)

    message = pilot_card(pilot, known_of(pilot, 12, 14, 18))

    shown = message.with_picture("F1").to_dict()["blocks"]
    place = [block["type"] for block in shown].index("image")
    assert "Learned" in seen({"blocks": shown[place - 1 : place]})
    assert "Three points" in seen({"blocks": shown[place + 1 : place + 2]})


@pytest.mark.parametrize(
    ("traits", "buttons", "choices"),
    [
        ({}, [LOG, FINISH, SHARE], DELETE),
        ({"circle": Circle.COMMUNITY, "shared_at": NOW}, [LOG, FINISH, TAKE_BACK], DELETE),
        # Others find it in lists, but no card was ever said.
        ({"circle": Circle.COMMUNITY}, [LOG, FINISH, SHARE], TAKE_BACK),
        ({"paused_at": NOW}, [LOG, FINISH, SHARE], RESUME),
        (FINISHED | {"decision": "adapt"}, [START, SHARE], REOPEN),
        (FINISHED | {"decision": "adopt"}, [SHARE], REOPEN),
    ],
)
def test_my_own_view_offers_what_fits_and_never_more_than_slack_takes(traits, buttons, choices):
    pilot = a_pilot(id=1, **traits)

    offered = actions(drawn(pilot_view(pilot, known_of(pilot))))

    assert offered[0] == buttons
    assert choices in offered[1]
    assert set(offered[1]) <= set(CHOICES)


def test_a_pilot_that_is_never_asked_about_has_nothing_to_pause():
    pilot = a_pilot(id=1, rhythm=Rhythm.NEVER)

    _, choices = actions(drawn(pilot_view(pilot, known_of(pilot))))

    assert not {"pilots.pause", RESUME} & set(choices)


def test_whatever_members_write_is_shown_as_it_is_and_fits():
    long = {name: (NASTY * 40)[:most] for name, most in LENGTHS.items()}
    pilot = a_pilot(
        id=1,
        practice_name=NASTY[:80],
        with_class=NASTY[:80],
        aim=NASTY,
        prediction=NASTY * 5,
        measure_name=NASTY[:150],
        decision="adopt",
        **FINISHED | long,
    )
    champions = {1: [a_champion(NASTY[:300], BEN)] * 60}

    message = drawn(pilot_card(pilot, known_of(pilot, 12, 14, champions=champions)))

    assert "<!channel>" not in message["text"]
    assert message["text"].count("&lt;!channel&gt;") > 1
    assert len(message["blocks"]) < 15


def test_a_card_taken_back_tells_neither_who_nor_what():
    message = drawn(taken_back())

    assert message["text"] == "This pilot was taken back by its teacher."
    assert [block["type"] for block in message["blocks"]] == ["rich_text"]


def test_an_unknown_teacher_is_named_by_slack_and_one_who_left_without_a_name_is_said_to_have():
    pilot = a_pilot(id=1)

    unknown = pilot_card(pilot, known_of(pilot, names={}))
    gone = pilot_card(pilot, known_of(pilot, names={pilot.member_id: "someone who has left"}))

    assert unknown.text.startswith("<@U0ANA> tries")
    assert gone.text.startswith("Someone who has left tries")


def test_several_cycles_are_told_only_as_far_as_the_reader_sees_them():
    pilot = a_pilot(id=1, cycle=3)

    alone = pilot_card(pilot, known_of(pilot, 12))
    both = pilot_card(pilot, known_of(pilot, evidence={1: an_evidence(pilot, 12, cycles=(2, 3))}))

    assert "cycle" not in alone.text
    assert "two cycles on one chart" in both.text


def test_days_within_a_month_name_it_once():
    within = a_pilot(starts_on=NOW.date(), ends_on=NOW.date() + 7 * DAY)
    beyond = a_pilot(starts_on=NOW.date(), ends_on=NOW.date() + 21 * DAY)

    assert days_words(within, Known()) == "17–24 November"
    assert days_words(beyond, Known()) == "17 November to 8 December"


def test_a_finished_one_lasted_until_the_day_it_was_finished_where_its_teacher_is():
    # Six in the evening of the 23rd in Denver.
    pilot = a_pilot(finished_at=NOW + 6 * DAY + timedelta(hours=9))

    assert days_words(pilot, Known(zones={1: "America/Denver"})) == "17–23 November"


def test_past_its_last_day_it_waits_for_a_decision_and_says_so_to_its_teacher():
    pilot = a_pilot(id=1)
    on_its_last_day, later = (known_of(pilot, now=NOW + days * DAY) for days in (21, 22))

    waits = "was planned until 8 December, waits for your decision"
    assert waits in row_facts(pilot, later, is_own=True)
    assert "running until 8 December" in row_facts(pilot, on_its_last_day, is_own=True)
    assert "waits for your decision" in pilot_view(pilot, later).text


def test_cycles_are_told_apart_by_their_teacher_and_counted_for_others():
    pilot = a_pilot(id=2, first_id=1, cycle=2)
    known = known_of(pilot, evidence={2: an_evidence(pilot, 12, cycles=(1, 2))}, now=NOW)

    mine = which_pilot([pilot], known, pilot.member_id, "Which one?").text
    bens = which_pilot([pilot], known, BEN, "Which one?").text

    assert "Exit ticket, period 3 · cycle 2" in mine
    assert "cycle 2" not in bens
    assert "two cycles on one chart" in bens


@pytest.mark.parametrize(
    ("seen_cycles", "words"),
    [((3,), "see cycle 3 alone"), ((2, 3), "see two of these cycles"), ((1, 2, 3), None)],
)
def test_a_teacher_reads_which_of_their_cycles_colleagues_see(seen_cycles, words):
    pilot = a_pilot(id=3, cycle=3, circle=Circle.COMMUNITY, shared_at=NOW)
    evidence = {3: an_evidence(pilot, 12, cycles=(1, 2, 3))}

    told = pilot_view(pilot, known_of(pilot, evidence=evidence, seen_cycles={3: seen_cycles})).text

    assert "see cycle" not in told or words is not None
    assert words is None or f"colleagues {words}" in told
