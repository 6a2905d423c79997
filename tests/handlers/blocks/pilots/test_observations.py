"""What is noted reads at a glance, keeps every word, and Slack takes it whatever was typed."""

from datetime import date

from handlers.blocks.forms import carried
from handlers.blocks.pilots.ids import LOG, NOTE_CHANGE, OBSERVATIONS, SHOW
from handlers.blocks.pilots.observations import (
    EDIT_VALUE,
    REMOVE_CHANGE,
    TURN_VALUES,
    UNDO_VALUE,
    Noted,
    change_form,
    change_noted,
    edit_value_form,
    everything_noted,
    gone_already,
    noted_answer,
    taken_back,
    typed_of,
    value_list,
)
from models.pilots.observation import ChangeNote
from models.pilots.observing import ObservationPage
from models.pilots.pilot import Circle, Measure
from tests.examples import NOW, a_pilot, an_observation
from tests.handlers.blocks.problems.drawings import NASTY, drawn, opened, pressable, seen
from tests.handlers.blocks.surfaces import fields

TODAY = NOW.date()
PILOT = a_pilot(id=1)


def test_the_answer_says_what_was_noted_and_how_the_series_stands():
    row = an_observation(id=3, saw="They explained.", surprised="So calm.", evidence_name="a.jpg")

    message = drawn(noted_answer(Noted(PILOT, row, "18 of 26 · too early to say")))

    assert message["text"].split("\n") == [
        "Noted for Exit ticket, period 3: 18 of 26 students, Tuesday 17 November.",
        "“They explained.” · Surprised: “So calm.” · File: a.jpg",
        "18 of 26 · too early to say",
    ]
    assert pressable(message) == [(EDIT_VALUE, "3"), (UNDO_VALUE, "3"), (SHOW, "1")]


def test_what_was_there_already_is_said_to_be():
    message = drawn(noted_answer(Noted(PILOT, an_observation(id=3), "18 of 26", is_new=False)))

    assert "Already noted for Exit ticket, period 3" in message["text"]


def test_whatever_was_typed_is_shown_as_it_is_and_comes_back_when_it_is_taken_back():
    hostile = an_observation(
        id=3, saw=NASTY * 20, surprised=NASTY, evidence_url="https://example.org/?a=b&c"
    )
    pilot = a_pilot(id=1, practice_name=NASTY[:80], with_class=NASTY[:80])

    drawn(noted_answer(Noted(pilot, hostile, NASTY)))
    gone = drawn(taken_back(pilot, everything_noted(pilot, hostile)))
    drawn(gone_already(pilot))

    assert NASTY * 20 in seen(gone)
    assert "https://example.org/?a=b&c" in seen(gone)


def test_the_list_has_every_value_with_its_buttons_and_the_marks():
    page = ObservationPage([an_observation(id=3), an_observation(id=4)], 0, 7)
    mark = ChangeNote(id=9, words="New seats", on_date=date(2026, 11, 16))

    message = drawn(value_list(PILOT, page, [mark]))

    assert pressable(message) == [
        (EDIT_VALUE, "3"),
        (UNDO_VALUE, "3"),
        (EDIT_VALUE, "4"),
        (UNDO_VALUE, "4"),
        (REMOVE_CHANGE, "9"),
        (LOG, "1"),
        (f"{TURN_VALUES}.earlier", "1:1"),
        (NOTE_CHANGE, "1"),
    ]
    assert "Changed: New seats, Monday 16 November" in message["text"]


def test_the_list_of_nothing_says_so_and_of_a_finished_pilot_offers_no_log():
    empty = drawn(value_list(a_pilot(id=1, finished_at=NOW), ObservationPage([], 0, 0), []))

    assert "Nothing is noted yet in Exit ticket, period 3." in empty["text"]
    assert pressable(empty) == [(NOTE_CHANGE, "1")]


def test_the_longest_list_fits_into_a_message():
    rows = [
        an_observation(id=number, saw=NASTY * 90, surprised=NASTY * 90, evidence_name="x" * 255)
        for number in range(5)
    ]
    marks = [ChangeNote(id=one, words=NASTY[:60], on_date=TODAY) for one in range(12)]

    drawn(value_list(PILOT, ObservationPage(rows, 0, 5), marks))


def test_the_form_holds_what_is_noted():
    row = an_observation(id=3, saw="They explained.", evidence_name="board.jpg")

    form = opened(edit_value_form(PILOT, today=TODAY, metadata="{}", typed=typed_of(PILOT, row)))

    assert fields(form)["value"]["initial_value"] == "18 of 26"
    assert fields(form)["saw"]["initial_value"] == "They explained."
    assert "“board.jpg” is kept" in seen(form)


def test_a_percentage_is_shown_as_one_reads_it():
    percent = a_pilot(id=1, measure=Measure.PERCENT, unit=None)

    assert typed_of(percent, an_observation(value=69.2307, total=None))["value"] == "69.23 %"


def test_whoever_marks_a_change_reads_who_sees_it():
    private = opened(change_form(PILOT, today=TODAY, metadata=carried(pilot_id=1)))
    shared = a_pilot(id=1, circle=Circle.NETWORK, practice_name=NASTY[:80])
    seen_by_all = opened(change_form(shared, today=TODAY, metadata="{}", typed={"words": NASTY}))

    assert "Only you see it." in seen(private)
    assert "Whoever sees the chart reads it." in seen(seen_by_all)
    told = drawn(change_noted(shared, ChangeNote(id=1, words=NASTY[:60], on_date=TODAY)))
    assert pressable(told) == [(SHOW, "1"), (OBSERVATIONS, "1")]
