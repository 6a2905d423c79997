"""What a run chart finds in a series of values."""

import random
import re
from fractions import Fraction
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.run_chart import RunChart, median
from models.run_stretches import Stretch

UP, DOWN = 1, -1
FLAT_START = [50.0] * 10


def by_letters(values, baseline):
    """Find the same by regular expressions over letters, with fractions (independent of ours)."""
    exact = [Fraction(value) for value in values]
    basis = sorted(exact[:baseline] if baseline >= 10 else exact)
    half = len(basis) // 2
    centre = basis[half] if len(basis) % 2 else (basis[half - 1] + basis[half]) / 2
    sides = "".join("a" if v > centre else "b" if v < centre else "." for v in exact)
    steps = "".join(
        "u" if after > before else "d" if after < before else "="
        for before, after in pairwise(exact)
    )
    shifts, trends = [], []
    for found in re.finditer(r"a(?:\.*a){5,}|b(?:\.*b){5,}", sides):
        letter, last = found[0][0], found.end() - 1
        way = UP if letter == "a" else DOWN
        shifts.append((found.start(), last, way, found[0].count(letter)))
    for found in re.finditer(r"u(?:=*u){3,}|d(?:=*d){3,}", steps):
        first = len(steps[: found.start()].rstrip("="))
        letter = found[0][0]
        trends.append(
            (first, found.end(), UP if letter == "u" else DOWN, found[0].count(letter) + 1)
        )
    off = sides.replace(".", "")
    return float(centre), shifts, trends, len(off), len(re.findall(r"a+|b+", off))


def ours(values, baseline):
    chart = RunChart.of(values, baseline=baseline)
    shifts, trends = (
        [(each.first, each.last, each.direction, each.points) for each in found]
        for found in (chart.shifts, chart.trends)
    )
    return chart.centre, shifts, trends, chart.useful, chart.runs


def a_series(rng):
    """Return values with many ties, or few, or a step, or a drift in them."""
    length = rng.randint(1, 70)
    few = rng.choice([2, 3, 5, 9, 1000])
    step, drift = rng.choice([0, 0, 2]), rng.choice([0, 0, 0.25])
    return [
        rng.randrange(few) + step * (place > length / 2) + drift * place for place in range(length)
    ]


def test_thousands_of_series_are_read_as_by_an_independent_reader():
    rng = random.Random(2011)  # noqa: S311 - chance, no secret
    seen = {"shifts": 0, "trends": 0}

    for _ in range(6000):
        values, baseline = a_series(rng), rng.choice([0, 0, 3, 10, 14])
        found = ours(values, baseline)
        assert found == by_letters(values, min(baseline, len(values)))
        seen["shifts"] += bool(found[1])
        seen["trends"] += bool(found[2])

    assert min(seen.values()) > 500


@given(
    st.lists(st.integers(0, 6).map(float) | st.floats(0, 100, width=16), min_size=1, max_size=80),
    st.integers(0, 20),
)
def test_any_series_is_read_as_by_an_independent_reader(values, baseline):
    assert ours(values, baseline) == by_letters(values, min(baseline, len(values)))


@given(st.lists(st.integers(0, 9), max_size=60), st.integers(0, 15))
def test_what_is_higher_is_better_upside_down(values, baseline):
    chart = RunChart.of(values, baseline=baseline)

    mirrored = RunChart.of([-value for value in values], baseline=baseline, better="lower")
    assert mirrored.moved == chart.moved
    assert mirrored.runs_signal == chart.runs_signal
    assert [each.direction for each in mirrored.shifts] == [-one.direction for one in chart.shifts]


def test_the_months_of_a_published_example_hold_too_few_runs():
    """D. Balestracci, "An Underrated Test for Run Charts", Quality Digest, October 2008.

    Of 16 months seven lie above the median, seven below, one above and one below: four runs, where
    chance makes five or more. Its longest runs are of seven, which is a shift by the rule of six.
    """
    above, below = [62, 71, 66, 68, 75, 64, 61], [52, 44, 47, 50, 41, 49, 46]

    chart = RunChart.of([*above, *below, 63, 51], better="lower")

    assert (chart.useful, chart.runs, chart.run_limits) == (16, 4, (5, 13))
    assert chart.runs_signal == "few"
    assert [(each.points, each.direction) for each in chart.shifts] == [(7, UP), (7, DOWN)]


def test_the_shift_of_six_and_the_trend_of_five_are_the_papers():
    """Perla, Provost and Murray 2011: six on one side, five in one direction; one fewer is none."""
    mixed = [49.0, 51.0] * 3
    six, five = (RunChart.of([*FLAT_START, *mixed, 49, *[60] * n, 49], baseline=10) for n in (6, 5))
    five_up, four_up = RunChart.of([5, 1, 2, 3, 4, 5, 1]), RunChart.of([5, 1, 2, 3, 4, 1])

    assert six.shifts == (Stretch(17, 22, UP, 6),)
    assert five.shifts == ()
    assert five_up.trends == (Stretch(1, 5, UP, 5),)
    assert four_up.trends == ()


def test_points_on_the_median_neither_make_nor_break_a_shift():
    values = [1, 9, 9, 5, 9, 9, 5, 5, 9, 9, 1, 1, 1, 5, 1, 1]

    [shift, *_] = RunChart.of(values).shifts

    assert RunChart.of(values).centre == 5
    assert shift == Stretch(1, 9, UP, 6)


def test_equal_neighbours_neither_make_nor_break_a_trend():
    assert RunChart.of([1, 2, 2, 2, 3, 4, 4, 5]).trends == (Stretch(0, 7, UP, 5),)
    assert RunChart.of([1, 2, 2, 2, 3, 4, 4]).trends == ()
    assert RunChart.of([3, 3, 3, 2, 1, 0, 0, -1]).trends == (Stretch(0, 7, DOWN, 5),)


def test_a_trend_may_begin_where_another_ends():
    chart = RunChart.of([1, 2, 3, 4, 5, 4, 3, 2, 1])

    assert [(each.first, each.last) for each in chart.trends] == [(0, 4), (4, 8)]


@pytest.mark.parametrize("many", [1, 2, 9, 10, 61])
def test_equal_values_all_lie_on_their_median(many):
    chart = RunChart.of([4.5] * many)

    assert (chart.centre, chart.useful, chart.runs) == (4.5, 0, 0)
    assert (chart.shifts, chart.trends, chart.run_limits, chart.far_point) == ((), (), None, None)
    assert chart.is_too_early


def test_without_values_there_is_nothing_to_say():
    chart = RunChart.of([])

    assert (chart.centre, chart.sides, chart.runs, chart.runs_signal) == (None, (), 0, None)
    assert chart.is_too_early
    assert median([]) is None


def test_one_point_is_its_own_median():
    chart = RunChart.of([54])

    assert (chart.centre, chart.sides, chart.is_too_early) == (54, (0,), True)


def test_nine_useful_points_are_too_few_for_the_runs_and_ten_are_enough():
    ten = [1, 1, 1, 1, 1, 9, 9, 9, 9, 9]
    nine = [0, 1, 1, 1, 1, 9, 9, 9, 9]

    assert RunChart.of(ten).runs_signal == "few"
    assert not RunChart.of(ten).is_too_early
    assert RunChart.of([*nine, 1, 1]).useful == 5
    frozen = RunChart.of([*FLAT_START, *[51.0, 49.0] * 4, 51.0], baseline=10)
    assert (frozen.useful, frozen.run_limits, frozen.is_too_early) == (9, None, True)
    frozen = RunChart.of([*FLAT_START, *[51.0, 49.0] * 5], baseline=10)
    assert (frozen.useful, frozen.run_limits, frozen.runs_signal) == (10, (3, 9), "many")


def test_61_points_are_judged_by_the_exact_distribution():
    few = RunChart.of([*FLAT_START, *[1.0] * 30, *[99.0] * 31], baseline=10)
    usual = RunChart.of([*FLAT_START, *([1.0, 1.0, 99.0, 99.0] * 15), 1.0], baseline=10)

    assert (few.useful, few.run_limits, few.runs_signal) == (61, (24, 39), "few")
    assert (usual.useful, usual.runs, usual.runs_signal) == (61, 31, None)


@pytest.mark.parametrize(("many", "is_frozen"), [(0, False), (9, False), (10, True), (13, True)])
def test_ten_values_from_before_freeze_the_median(many, is_frozen):
    before, after = [40.0 + place for place in range(many)], [90.0] * 12

    chart = RunChart.of([*before, *after], baseline=many)

    assert chart.is_frozen is is_frozen
    assert chart.centre == (median(before) if is_frozen else median([*before, *after]))


def test_a_later_change_does_not_drag_a_frozen_median_along():
    before = [50, 54, 46, 52, 48, 51, 49, 53, 47, 50]

    chart = RunChart.of([*before, 60, 61, 66, 64, 62, 65, 70], baseline=10)

    assert chart.centre == 50
    assert chart.moved == "better"
    assert RunChart.of(chart.values, baseline=10, better="lower").moved == "worse"


def test_what_began_before_the_start_does_not_tell_of_the_change():
    before = [50, 46, 52, 48, 51, 49, 45, 55, 56, 57]

    chart = RunChart.of([*before, 58, 56, 59, 60], baseline=10)

    assert [each.points for each in chart.shifts] == [7]
    assert (chart.new_shifts, chart.moved, chart.is_too_early) == ((), None, True)
    longer = RunChart.of([*chart.values, 61, 62], baseline=10)
    assert longer.shifts == (Stretch(7, 15, UP, 9),)
    assert longer.new_shifts == (Stretch(10, 15, UP, 6),)
    assert longer.moved == "better"


def test_a_baseline_that_moves_by_itself_is_no_steady_ground():
    rising = RunChart.of([*range(40, 52), 60], baseline=12)
    steady = RunChart.of([50, 54, 46, 52, 48, 51, 49, 53, 47, 50, 60], baseline=10)

    assert rising.baseline_sign == "moving"
    assert steady.baseline_sign is None
    assert RunChart.of([1, 2, 3, 4, 5, 6], baseline=6).baseline_sign is None


def test_a_baseline_that_goes_up_and_down_or_holds_a_trend_did_not_move():
    turns = RunChart.of([*[40, 60] * 6, 70], baseline=12)
    trend = RunChart.of([50, 46, 48, 50, 52, 54, 47, 53, 46, 51, 60], baseline=10)

    assert turns.baseline_sign == "turns"
    assert RunChart.of(trend.values[:10]).trends
    assert trend.baseline_sign is None


def test_too_few_values_since_the_start_are_too_early_to_judge():
    before = [50, 54, 46, 52, 48, 51, 49, 53, 47, 50]

    five, six = (RunChart.of([*before, *[60] * many], baseline=10) for many in (5, 6))

    assert (five.is_too_early, six.is_too_early) == (True, False)


def test_values_that_were_low_first_and_high_later_moved_up():
    low, high = [40, 42, 38, 41, 39, 40], [60, 62, 65, 61, 63, 64]

    assert RunChart.of([*low, *high]).moved == "better"
    assert RunChart.of([*high, *low]).moved == "worse"
    assert RunChart.of([*high, *low], better="lower").moved == "better"


def test_values_that_went_and_came_back_moved_neither_way():
    low, high = [40, 42, 38, 41], [60, 62, 65, 61, 63, 64, 66, 62]

    chart = RunChart.of([*low, *high, *low])

    assert [each.direction for each in chart.new_shifts] == [UP]
    assert chart.moved is None


def test_values_that_went_up_and_down_after_the_start_moved_neither_way():
    before = [50, 54, 46, 52, 48, 51, 49, 53, 47, 50]

    chart = RunChart.of([*before, *[60] * 6, *[40] * 6], baseline=10)

    assert [each.direction for each in chart.new_shifts] == [UP, DOWN]
    assert chart.moved is None


STEADY = [50, 54, 46, 52, 48, 51, 49, 53, 47, 50]


@pytest.mark.parametrize(
    ("after", "moved", "came_back"),
    [
        ([60] * 6 + [40, 42, 41, 60, 40, 39, 41], None, True),
        ([60] * 9 + [40, 42, 41], None, True),
        ([60] * 9 + [40, 42], "better", False),
        ([40, 60, 42, 60, 41] + [60] * 6, None, False),
        ([40, 60, 42, 60, 60, 41] + [60] * 6, "better", False),
    ],
    ids=["back for long", "back for three", "back for two", "too few", "three quarters"],
)
def test_values_moved_if_most_of_them_lie_there_and_the_last_are_not_back(after, moved, came_back):
    chart = RunChart.of([*STEADY, *after], baseline=10)

    assert chart.new_shifts
    assert (chart.moved, chart.came_back) == (moved, came_back)


@pytest.mark.parametrize(
    ("after", "may_be_chance"),
    [
        ([60, 40, 40] * 4 + [60] * 6 + [40, 60], True),
        ([60, 40, 40] * 4 + [60] * 6 + [40], False),
        ([60, 40, 40] * 4 + [60] * 7 + [40], True),
        ([60, 40, 40] * 4 + [60] * 8 + [40], False),
    ],
    ids=["twenty", "nineteen", "a run of seven", "a run of eight"],
)
def test_in_a_long_series_a_short_run_may_be_chance(after, may_be_chance):
    assert RunChart.of([*STEADY, *after], baseline=10).may_be_chance is may_be_chance


@pytest.mark.parametrize(
    ("values", "far"),
    [
        ([20, 21, 19, 20, 22, 20, 21, 19, 22, 21, 3, 20], 10),
        ([60, 21, 19, 20, 22, 20, 21, 19, 22, 21, 20], 0),
        ([20, 21, 19, 20, 22, 20, 21, 19, 22, 21, 16], None),
        ([20, 21, 19, 20, 22, 20, 21, 19, 22, 60], None),
        ([20] * 12 + [21], None),
        ([10] * 10 + [20] * 10, None),
    ],
    ids=["far below", "far above", "not that far", "too few", "all others equal", "a shift"],
)
def test_only_what_is_obviously_different_is_far(values, far):
    assert RunChart.of(values).far_point == far


def test_what_is_equal_stays_equal_after_percentages_are_taken():
    thirds = [100 * 1 / 3, 100 * 2 / 3]
    chart = RunChart.of([*thirds, 100 * 13 / 26, 100 * 7 / 14, 0.1 + 0.2 + 49.7])

    assert chart.sides == (-1, 1, 0, 0, 0)
    assert RunChart.of([0.1, 0.2, (0.1 + 0.2) / 2, 0.15]).sides == (-1, 1, 0, 0)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_makes_no_chart(value):
    with pytest.raises(ValueError, match="finite"):
        RunChart.of([1.0, value])


def test_a_baseline_is_never_longer_than_the_series():
    assert RunChart.of([1, 2], baseline=10).baseline == 2
    assert RunChart.of([1, 2], baseline=-1).baseline == 0


def test_chance_alone_makes_signals_as_often_as_is_known():
    """Of 24 values without a change a seventh hold a shift of six, and a quarter a trend of five.

    That the trend rule cries wolf is what Anhøj and Olesen found in 2014.
    """
    rng = random.Random(46)  # noqa: S311 - chance, no secret

    charts = [RunChart.of([rng.random() for _ in range(24)]) for _ in range(3000)]

    assert 0.11 < sum(bool(chart.shifts) for chart in charts) / 3000 < 0.18
    assert 0.22 < sum(bool(chart.trends) for chart in charts) / 3000 < 0.31
    assert sum(bool(chart.runs_signal) for chart in charts) / 3000 < 0.05


@pytest.mark.parametrize(
    ("before", "after", "shifts", "moved"),
    [(10, 6, 8, 8), (10, 12, 23, 18), (10, 24, 45, 16), (0, 24, 15, 2), (0, 60, 53, 2)],
)
def test_chance_alone_moves_values_more_seldom_than_it_makes_six_in_a_row(
    before, after, shifts, moved
):
    """The percentages are those of docs/run-charts.md, to five of a hundred."""
    rng = random.Random(11)  # noqa: S311 - chance, no secret

    charts = [
        RunChart.of([rng.random() for _ in range(before + after)], baseline=before)
        for _ in range(600)
    ]

    assert abs(sum(bool(chart.new_shifts) for chart in charts) / 6 - shifts) < 5
    assert abs(sum(bool(chart.moved) for chart in charts) / 6 - moved) < 5


def test_neighbours_on_one_side_are_one_run():
    sides = [1, 9, 9, 1, 5, 1, 9]

    assert RunChart.of(sides).runs == len([*groupby(v for v in sides if v != 5)]) == 4
