"""A plan: what has to be there before a small test is honest, and how long it may be."""

from datetime import date, time, timedelta

import pytest

from models.errors import RuleError
from models.pilots.measures import Value
from models.pilots.pilot import Better, Circle, Measure, Rhythm
from models.pilots.plan import ASK_AT, AT_MOST, LENGTHS, Plan, answers_of
from tests.examples import a_pilot

TODAY = date(2026, 11, 17)
A_DAY = timedelta(days=1)


def typed(**traits):
    """Return the least that the form takes."""
    return {
        "practice_name": "Exit ticket",
        "aim": "Know who needs help.",
        "prediction": "20 of 26 will write an answer.",
        "measure_name": "students who wrote an answer",
    } | traits


def the_plan(**traits) -> Plan:
    return Plan.of(typed(**traits), today=TODAY)


def test_the_least_that_is_typed_makes_a_plan_with_what_is_usual():
    plan = the_plan()

    assert (plan.measure, plan.better) == (Measure.COUNT, Better.HIGHER)
    assert (plan.rhythm, plan.ask_at, plan.circle) == (Rhythm.WEEKLY, ASK_AT, Circle.ME)
    assert (plan.starts_on, plan.ends_on) == (TODAY, TODAY + timedelta(weeks=3))
    assert (plan.baseline, plan.goal, plan.unit, plan.with_class) == ((), None, None, None)


def test_all_that_is_typed_is_read():
    plan = the_plan(
        with_class=" period  3 ",
        measure="number",
        unit="minutes",
        better="lower",
        baseline="12\n11,5",
        goal="8",
        starts_on=TODAY - A_DAY,
        ends_on=TODAY + A_DAY,
        rhythm="daily",
        ask_at=time(8),
        circle="network",
    )

    assert (plan.with_class, plan.unit, plan.goal) == ("period 3", "minutes", 8)
    assert plan.baseline == (Value(12), Value(11.5))
    assert (plan.better, plan.rhythm, plan.circle) == ("lower", "daily", "network")
    assert plan.ask_at == time(8)


@pytest.mark.parametrize("field", ["practice_name", "aim", "prediction", "measure_name"])
@pytest.mark.parametrize("nothing", [None, "", "  \n", "\u200b"])
def test_what_makes_a_plan_honest_has_to_be_there(field, nothing):
    with pytest.raises(RuleError, match="Please") as refused:
        the_plan(**{field: nothing})

    assert refused.value.field == field


@pytest.mark.parametrize("field", sorted(LENGTHS))
def test_five_thousand_characters_are_too_many_and_it_says_where(field):
    with pytest.raises(RuleError, match=r"5,000 characters") as refused:
        the_plan(**{field: "a" * 5000})

    assert refused.value.field == field


@pytest.mark.parametrize("field", ["measure", "better", "rhythm", "circle"])
def test_a_forged_choice_is_refused_at_its_field(field):
    with pytest.raises(RuleError) as refused:
        the_plan(**{field: "everything"})

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("field", "text"), [("baseline", "26/18"), ("baseline", "NaN"), ("goal", "-3")]
)
def test_values_that_mean_nothing_are_refused_at_their_field(field, text):
    with pytest.raises(RuleError) as refused:
        the_plan(**{field: text})

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field", "why"),
    [
        (TODAY, TODAY - A_DAY, "ends_on", "before the first"),
        (TODAY - 9 * A_DAY, TODAY - A_DAY, "ends_on", "is over"),
        (TODAY, TODAY + AT_MOST + A_DAY, "ends_on", "until Tuesday 29 December"),
        (TODAY - timedelta(weeks=3), TODAY, "starts_on", "Values from before"),
        (date(9999, 12, 31), date(9999, 12, 31), "starts_on", "between"),
        (date(1, 1, 1), TODAY, "starts_on", "between"),
    ],
)
def test_days_that_do_not_fit_are_refused_with_the_way_out(starts_on, ends_on, field, why):
    with pytest.raises(RuleError, match=why) as refused:
        the_plan(starts_on=starts_on, ends_on=ends_on)

    assert refused.value.field == field


@pytest.mark.parametrize("ends_on", [TODAY, TODAY + AT_MOST])
def test_a_day_and_six_weeks_are_both_fine(ends_on):
    assert the_plan(ends_on=ends_on).ends_on == ends_on


def test_a_next_cycle_notes_the_same_and_predicts_anew():
    earlier = a_pilot(goal=76.92307692, baseline=[[14.0, 26]], circle=Circle.COMMUNITY)

    plan = Plan.following(
        {"aim": "One easier question.", "prediction": "23 of 26", "measure": "number", "goal": "1"},
        earlier,
        today=TODAY,
    )

    assert (plan.measure, plan.measure_name) == (Measure.COUNT, "students who wrote an answer")
    assert (plan.practice_name, plan.with_class) == ("Exit ticket", "period 3")
    assert (plan.goal, plan.baseline) == (76.92307692, ())
    assert (plan.aim, plan.prediction) == ("One easier question.", "23 of 26")
    assert plan.circle == Circle.ME


def test_a_next_cycle_needs_a_prediction_of_its_own():
    with pytest.raises(RuleError) as refused:
        Plan.following({"aim": "One easier question."}, a_pilot(), today=TODAY)

    assert refused.value.field == "prediction"


def test_an_edit_keeps_what_it_does_not_ask_exactly_as_it_was():
    pilot = a_pilot(measure=Measure.PERCENT, goal=200 / 3, baseline=[[100 / 3, None]])

    plan = Plan.edited({**answers_of(pilot), "aim": "More talk."}, pilot, today=TODAY)

    assert (plan.aim, plan.prediction) == ("More talk.", pilot.prediction)
    assert (plan.goal, plan.baseline) == (200 / 3, (Value(100 / 3),))


def test_an_edit_leaves_days_that_are_over_as_they_are():
    pilot = a_pilot(starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 21))

    plan = Plan.edited({"aim": "More talk."}, pilot, today=TODAY)

    assert (plan.starts_on, plan.ends_on) == (pilot.starts_on, pilot.ends_on)


def test_an_edit_cannot_make_a_pilot_long():
    pilot = a_pilot()

    with pytest.raises(RuleError, match="six weeks") as refused:
        Plan.edited({"ends_on": pilot.starts_on + AT_MOST + A_DAY}, pilot, today=TODAY)

    assert refused.value.field == "ends_on"
