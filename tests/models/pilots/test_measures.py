"""Values as teachers type them: read as they are meant, or asked about, never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.pilots.measures import (
    BASELINE_AT_MOST,
    LARGEST,
    UnreadableValueError,
    Value,
    baseline_values,
    goal_of,
    goal_written,
    read_leading_value,
    read_value,
    written,
)
from models.pilots.pilot import Measure

NUMBERS = st.floats(0, LARGEST).map(lambda number: round(number, 2))


@pytest.mark.parametrize(
    ("measure", "typed", "meant"),
    [
        ("count", "18/26", Value(18, 26)),
        ("count", "18 of 26", Value(18, 26)),
        ("count", " 18  out of 26 ", Value(18, 26)),
        ("count", "18 / 26", Value(18, 26)),
        ("count", "0/26", Value(0, 26)),
        ("count", "26/26", Value(26, 26)),
        ("percent", "69%", Value(69)),
        ("percent", "69 %", Value(69)),
        ("percent", "69,5 percent", Value(69.5)),
        ("percent", "69", Value(69)),
        ("percent", "13/26", Value(50)),
        ("percent", "69,125", Value(69.125)),
        ("percent", "0", Value(0)),
        ("percent", "0.7 %", Value(0.7)),
        ("number", "4", Value(4)),
        ("number", "4.5", Value(4.5)),
        ("number", "4,5", Value(4.5)),
        ("number", "0,125", Value(0.125)),
        ("number", "1000000", Value(1_000_000)),
        ("rating", "4", Value(4)),
        ("rating", "3,5", Value(3.5)),
    ],
)
def test_a_value_is_read_as_it_is_meant(measure, typed, meant):
    assert read_value(typed, measure) == meant


@pytest.mark.parametrize(
    ("measure", "typed", "way_out"),
    [
        ("count", "26/18", "Did you mean 18 of 26?"),
        ("count", "18 of 0", "leave out a day"),
        ("count", "18", "18 of how many?"),
        ("count", "-3", "like 18 of 26"),
        ("count", "1e9", "like 18 of 26"),
        ("count", "NaN", "like 18 of 26"),
        ("count", "69%", "like 18 of 26"),
        ("count", "18/26/30", "two whole numbers"),
        ("count", "18.5/26", "two whole numbers"),
        ("count", "¹⁸/²⁶", "two whole numbers"),
        ("count", "1/999999999999", "more than I can count"),
        ("percent", "101", "between 0 and 100"),
        ("percent", "-3", "without a minus"),
        ("percent", "26/18", "Did you mean 18 of 26?"),
        ("percent", "inf", "like 69 %"),
        ("number", "", "such as 4.5"),
        ("number", "-3", "without a minus"),
        ("number", "−3", "without a minus"),
        ("number", "1e9", "like 4.5"),
        ("number", "NaN", "like 4.5"),
        ("number", "1,000.5", "like 4.5"),
        ("number", "1 000", "like 4.5"),
        ("number", "1,000", "1000 or 1?"),
        ("number", "1.500", "1500 or 1.5?"),
        ("number", "18/26", "one plain number"),
        ("number", "69%", "one plain number"),
        ("number", "1000001", "between 0 and 1,000,000"),
        ("number", "٤", "like 4.5"),
        ("number", "four", "like 4.5"),
        ("rating", "0", "between 1 and 5"),
        ("rating", "6", "between 1 and 5"),
        ("rating", "4/5", "A rating is one number from 1 to 5, like 4."),
        ("percent", "0.7", "Is that 0.7 % or 70 %?"),
        ("percent", "1", "Is that 1 % or 100 %?"),
        ("number", "1.234", "1234 or 1.234? Please write 1234 or 1.23."),
    ],
)
def test_what_could_mean_nothing_or_two_things_is_asked_for_again(measure, typed, way_out):
    with pytest.raises(UnreadableValueError) as asked:
        read_value(typed, measure)

    assert way_out in str(asked.value)
    assert asked.value.field == "value"


@given(typed=st.text(max_size=40), measure=st.sampled_from(Measure))
def test_whatever_is_typed_is_a_value_within_bounds_or_is_asked_about(typed, measure):
    try:
        value = read_value(typed, measure)
    except UnreadableValueError:
        return

    assert 0 <= value.value <= LARGEST
    assert value.total is None or value.value <= value.total


@given(digits=st.text("0123456789./,%- of", max_size=5000), measure=st.sampled_from(Measure))
def test_any_jumble_of_digits_is_read_or_asked_about(digits, measure):
    try:
        value = read_value(digits, measure)
    except UnreadableValueError:
        return

    assert 0 <= value.charted <= LARGEST


@given(value=NUMBERS)
def test_a_number_is_read_as_it_is_written(value):
    shown = written(Value(value), Measure.NUMBER)

    assert read_value(shown, Measure.NUMBER) == Value(value)


@given(total=st.integers(1, 100_000), share=st.floats(0, 1))
def test_a_count_is_read_as_it_is_written(total, share):
    value = Value(float(int(total * share)), total)

    assert read_value(written(value, Measure.COUNT), Measure.COUNT) == value


@pytest.mark.parametrize(
    ("text", "value", "rest"),
    [
        ("18/26 they explained it", "18/26", "they explained it"),
        ("18 of 26: they did", "18 of 26", "they did"),
        ("18 out of 26", "18 out of 26", ""),
        ("18 / 26, next time more", "18 / 26", "next time more"),
        ("18 of 26\nthey did", "18 of 26", "they did"),
        ("69% ok", "69%", "ok"),
        ("4,5 minutes", "4,5", "minutes"),
        ("4.5. Good", "4.5", "Good"),
        ("4, they wrote", "4", "they wrote"),
        ("5 of us", "5", "of us"),
        # What begins like a number and is none is handed on whole, to be asked about.
        ("18/26/30 x", "18/26/30", "x"),
        ("-3 lower", "-3", "lower"),
        ("1e9 many", "1e9", "many"),
        ("1 000 words", "1 000", "words"),
        ("1,000.5 words", "1,000.5", "words"),
        # A text without a value is left as it is.
        ("NaN", "", "NaN"),
        ("they wrote 4", "", "they wrote 4"),
        ("", "", ""),
        ("-", "", "-"),
    ],
)
def test_a_value_at_the_beginning_is_told_from_the_words_after_it(text, value, rest):
    assert read_leading_value(text) == (value, rest)


@pytest.mark.parametrize(
    ("measure", "typed", "values"),
    [
        ("count", "14/26, 15/26", [Value(14, 26), Value(15, 26)]),
        ("count", "14 of 26\n15 of 26;16/26", [Value(14, 26), Value(15, 26), Value(16, 26)]),
        ("percent", "54, 60", [Value(54), Value(60)]),
        ("percent", "54%, 60 %", [Value(54), Value(60)]),
        ("percent", "54,5\n60,2", [Value(54.5), Value(60.2)]),
        ("number", "4,5; 6", [Value(4.5), Value(6)]),
        ("number", "4.5, 6", [Value(4.5), Value(6)]),
        ("number", "\n", []),
        ("rating", "4\n\n5\n", [Value(4), Value(5)]),
    ],
)
def test_values_from_before_are_read_one_after_the_other(measure, typed, values):
    assert baseline_values(typed, measure) == values


@pytest.mark.parametrize(
    ("measure", "typed", "way_out"),
    [
        ("percent", "54,60", "one value a line"),
        ("number", "4,5, 6", "one value a line"),
        ("rating", "4,5", "one value a line"),
        ("number", "54 60", "like 4.5"),
        ("count", "14/26, 27/26", "Did you mean 26 of 27?"),
        ("number", "1\n" * (BASELINE_AT_MOST + 1), "latest ones are enough"),
    ],
)
def test_a_comma_that_may_be_a_decimal_one_is_asked_about(measure, typed, way_out):
    with pytest.raises(UnreadableValueError) as asked:
        baseline_values(typed, measure)

    assert way_out in str(asked.value)
    assert asked.value.field == "baseline"


@pytest.mark.parametrize(
    ("measure", "typed", "goal"),
    [
        ("count", "80%", 80),
        ("count", "13 of 26", 50),
        ("percent", "80", 80),
        ("number", "4,5", 4.5),
        ("rating", "4", 4),
        ("count", " ", None),
    ],
)
def test_a_goal_is_read_and_that_of_a_count_is_a_percentage(measure, typed, goal):
    assert goal_of(typed, measure) == goal


@pytest.mark.parametrize(("measure", "typed"), [("count", "20"), ("rating", "9"), ("number", "x")])
def test_a_goal_that_means_nothing_is_asked_for_again(measure, typed):
    with pytest.raises(UnreadableValueError) as asked:
        goal_of(typed, measure)

    assert asked.value.field == "goal"


def test_values_are_written_with_what_makes_them_readable():
    assert written(Value(18, 26), Measure.COUNT, "students") == "18 of 26 students"
    assert written(Value(69.236), Measure.PERCENT, "students") == "69.24 %"
    assert written(Value(12), Measure.NUMBER, "minutes") == "12 minutes"
    assert written(Value(4), Measure.RATING, "points") == "4"
    assert goal_written(80, Measure.COUNT, "students") == "80 %"
    assert goal_written(5, Measure.NUMBER, "minutes") == "5 minutes"


def test_a_count_is_charted_as_a_percentage():
    assert Value(13, 26).charted == 50
    assert Value(4.5).charted == 4.5


def test_a_value_from_before_that_cannot_be_read_is_found_by_its_line():
    with pytest.raises(UnreadableValueError, match="Line 3, “abc”: Please write how many") as asked:
        baseline_values("14/26\n\nabc\n15/26", Measure.COUNT)

    assert asked.value.field == "baseline"
