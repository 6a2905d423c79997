"""How the forms for a pilot's plan look: short at first, whole on demand, honest once measured."""

from dataclasses import replace
from datetime import date, time
from types import MappingProxyType

import pytest

from handlers.blocks.pilots.forms import (
    MORE_CHOICES,
    Sheet,
    delete_form,
    edit_form,
    start_form,
)
from handlers.blocks.pilots.started import begun_words, deleted, too_long_to_fit
from models.pilots.origin import Origin
from models.pilots.pilot import Circle, Decision, Measure, Rhythm
from models.pilots.plan import LENGTHS
from models.problems import Problem
from models.student_data import suspicions
from tests.examples import NOW, a_community, a_pilot, a_practice
from tests.handlers.blocks.surfaces import buttons, fields, sent, shown

TODAY = date(2026, 11, 17)
NASTY = "<!channel> *all* & <@U0BEN> " + "x" * 6000


def the_form(**traits):
    return shown(start_form(Sheet(today=TODAY, **traits)))


def a_problem(**traits) -> Problem:
    fields = {"id": 4, "title": "Quiet students", "happening": "They wait.", "author_id": "U0BEN"}
    return Problem(**fields | traits)


def words(form) -> str:
    return " ".join(block["text"]["text"] for block in form["blocks"] if block["type"] == "section")


def what_is_asked(form) -> list[str]:
    return list(fields(form))


def test_the_form_asks_only_for_what_makes_a_plan_honest():
    form = the_form()

    asked = what_is_asked(form)
    assert asked == [
        *("practice_id", "practice_name", "with_class", "aim", "prediction"),
        *("measure_name", "measure", "better", "baseline", "ends_on", "rhythm"),
    ]
    needed = [one["block_id"] for one in form["blocks"] if one.get("optional") is False]
    assert "prediction" in needed
    assert {"with_class", "baseline", "practice_name"}.isdisjoint(needed)
    assert buttons(form) == [(MORE_CHOICES, "")]


def test_it_says_first_who_will_see_it():
    assert the_form()["blocks"][0]["text"]["text"].endswith("Only you see it until you share it.")
    assert "Only those you choose below see it." in words(the_form(is_full=True))


def test_what_is_usual_is_chosen_already():
    shown_fields = fields(the_form(is_full=True))

    assert shown_fields["ends_on"]["initial_date"] == "2026-12-08"
    assert shown_fields["starts_on"]["initial_date"] == "2026-11-17"
    assert shown_fields["ask_at"]["initial_time"] == "15:00"
    chosen = {
        name: shown_fields[name]["initial_option"]["value"]
        for name in ("measure", "better", "rhythm", "circle")
    }
    assert chosen == {"measure": "count", "better": "higher", "rhythm": "weekly", "circle": "me"}


def test_with_more_choices_every_field_is_there_and_no_button():
    form = the_form(is_full=True)

    assert {"starts_on", "unit", "goal", "ask_at", "circle"} <= set(what_is_asked(form))
    assert buttons(form) == []
    assert form["private_metadata"] == '{"is_full": 1}'


def test_a_practice_that_is_known_needs_no_words_of_ones_own():
    form = the_form(origin=Origin(practice=a_practice(id=3)))

    assert fields(form)["practice_id"]["initial_option"]["value"] == "3"
    assert "practice_name" not in what_is_asked(form)


def test_where_several_communities_are_possible_one_is_chosen():
    circles = [a_community(id=one, name="C" * 80) for one in range(1, 150)]

    select = fields(the_form(communities=circles, typed={"community_id": "2"}))["community_id"]

    assert len(select["options"]) == 100
    assert select["initial_option"]["value"] == "2"


def test_the_school_is_asked_of_those_who_have_not_said_it():
    assert "school" in what_is_asked(the_form(asks_school=True))
    assert "school" not in what_is_asked(the_form())


def test_what_is_typed_stays_however_long_it_is():
    typed = dict.fromkeys(LENGTHS, NASTY) | {"measure": "forged", "ends_on": date(2026, 12, 1)}

    form = the_form(typed=typed, is_full=True)

    for name, most in LENGTHS.items():
        assert fields(form)[name]["initial_value"] == NASTY[:most]
    assert fields(form)["measure"]["initial_option"]["value"] == "count"
    assert fields(form)["ends_on"]["initial_date"] == "2026-12-01"


def test_what_may_tell_who_a_student_is_is_shown_with_a_way_out():
    typed = {"aim": "Help Kim Novak, 5551234567"}

    form = the_form(typed=typed, suspicions=suspicions(typed["aim"]))

    assert "Nothing is kept yet" in words(form)
    assert "nobody_recognised" in what_is_asked(form)


def test_it_says_what_it_comes_from_and_who_hears_of_that():
    spark = a_pilot(id=7, member_id="U0BEN")

    inspired = words(the_form(origin=Origin(inspired_by=spark, problem=a_problem())))
    nameless = words(the_form(origin=Origin(problem=a_problem(author_id=None))))

    assert "only if you share it" in inspired
    assert "“Quiet students”" in inspired
    assert "Nobody is told" in nameless
    assert "Quiet students" not in nameless


def test_a_next_cycle_says_what_stays_and_asks_what_changes():
    earlier = a_pilot(id=7, goal=80.0, decision=Decision.ADAPT)

    form = the_form(origin=Origin(adapts=earlier), facts=MappingProxyType({"adapts_id": 7}))

    assert form["title"]["text"] == "Next cycle"
    assert what_is_asked(form) == ["aim", "prediction", "ends_on", "rhythm"]
    said = words(form)
    assert "students who wrote an answer, as a count such as 18 of 26" in said
    assert "higher is better, goal 80 %" in said
    assert "Both stand on one chart" in said
    assert "initial_value" not in fields(form)["prediction"]


@pytest.mark.parametrize("measure", Measure)
def test_every_measure_is_told_in_words(measure):
    earlier = a_pilot(id=7, measure=measure, goal=4.0)

    assert "You note the same as before" in words(the_form(origin=Origin(adapts=earlier)))


def test_an_edit_shows_the_plan_as_it_is():
    pilot = a_pilot(id=7, baseline=[[14.0, 26], [15.0, 26]], goal=80.0, ask_at=time(8, 30))

    form = shown(edit_form(pilot, is_settled=False, asked_in="C1"))

    assert fields(form)["baseline"]["initial_value"] == "14 of 26\n15 of 26"
    assert fields(form)["goal"]["initial_value"] == "80 %"
    assert fields(form)["ask_at"]["initial_time"] == "08:30"
    assert fields(form)["prediction"]["initial_value"] == pilot.prediction
    assert "circle" not in what_is_asked(form)
    assert "Only you see it." in words(form)
    assert form["private_metadata"] == '{"pilot_id": 7, "asked_in": "C1"}'


def test_once_there_are_values_the_prediction_is_shown_and_not_asked():
    pilot = a_pilot(id=7, circle=Circle.NETWORK, prediction=NASTY[:500])

    form = shown(edit_form(pilot, is_settled=True))

    assert {"prediction", "measure", "better"}.isdisjoint(what_is_asked(form))
    assert "measure_name" in what_is_asked(form)
    assert pilot.prediction in words(form)
    assert "Whoever sees the pilot sees this." in words(form)


def test_a_later_cycle_keeps_what_the_series_has_in_common():
    form = shown(edit_form(a_pilot(id=7, cycle=2, first_id=1), is_settled=True))

    assert {"measure_name", "unit", "baseline"}.isdisjoint(what_is_asked(form))


def test_deleting_is_asked_about_with_what_becomes_of_the_card():
    private = words(shown(delete_form(a_pilot(id=7))))
    shared = words(shown(delete_form(a_pilot(id=7, shared_at=NOW), asked_in="C1")))

    assert "deleted for good" in private
    assert "card" not in private
    assert "only says that it was taken back" in shared


def test_the_answer_says_when_a_value_is_asked_for():
    pilot = a_pilot(id=7)

    said = begun_words(pilot, NOW, "America/Denver")

    assert said.startswith(
        "Your pilot has begun. I ask for a value on Tuesday 17 November at 09:00"
    )
    assert "/pilot log 18 of 26" in said


def test_the_answer_says_when_nothing_is_asked():
    never = a_pilot(id=7, rhythm=Rhythm.NEVER)
    short = a_pilot(id=7, cycle=2, ends_on=date(2026, 11, 18))
    paused = a_pilot(id=7, paused_at=NOW)

    assert "I don’t ask for values." in begun_words(never, None, "UTC")
    said = begun_words(short, None, "UTC")
    assert said.startswith("Cycle 2 has begun. After Wednesday 18 November I ask what you decide.")
    assert "paused" in begun_words(paused, None, "UTC")


def test_what_is_gone_meanwhile_is_said():
    said = begun_words(a_pilot(id=7), None, "UTC", ["practice", "inspired_by", "problem"])

    assert said.count("any more") == 2
    assert "taken back" in said


def test_what_does_not_fit_into_the_form_is_given_back_whole():
    answer = sent(too_long_to_fit(NASTY))

    given = "".join(block["text"]["text"] for block in answer["blocks"][1:])
    assert given == NASTY
    assert "Deleted" in sent(deleted())["text"]


def test_a_sheet_is_shown_again_as_it_was_with_one_thing_more():
    sheet = Sheet(today=TODAY, notes=("One thing more.",), facts={"community_id": 1})

    form = shown(start_form(replace(sheet, is_full=True)))

    assert form["blocks"][0]["text"]["text"] == "One thing more."
    assert form["private_metadata"] == '{"community_id": 1, "is_full": 1}'
