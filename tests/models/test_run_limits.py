"""By how many runs chance is told from a signal."""

import re
from collections import Counter
from itertools import combinations, groupby
from math import comb

import pytest

from models.run_limits import RUN_LIMITS, exact_run_limits, run_limits

# Perla, Provost and Murray 2011, as the facts of our field have it.
TABLE = """
10: 3–9, 11: 3–10, 12: 3–11, 13: 4–11, 14: 4–12, 15: 5–12, 16: 5–13, 17: 5–13, 18: 6–14, 19: 6–15,
20: 6–16, 21: 7–16, 22: 7–17, 23: 7–17, 24: 8–18, 25: 8–18, 26: 9–19, 27: 10–19, 28: 10–20,
29: 10–20, 30: 11–21, 31: 11–22, 32: 11–23, 33: 12–23, 34: 12–24, 35: 12–24, 36: 13–25, 37: 13–25,
38: 14–26, 39: 14–26, 40: 15–27, 41: 15–27, 42: 16–28, 43: 16–28, 44: 17–29, 45: 17–30, 46: 17–31,
47: 18–31, 48: 18–32, 49: 19–32, 50: 19–33, 51: 20–33, 52: 20–34, 53: 21–34, 54: 21–35, 55: 22–35,
56: 22–35, 57: 23–36, 58: 23–37, 59: 24–38, 60: 24–38
"""
# The largest number of runs that is too few and the smallest that is too many for so many on
# either side, at 2.5 % each, as every textbook prints them (Swed and Eisenhart 1943; Siegel 1956,
# table F).
TEXTBOOK = {5: (2, 10), 8: (4, 14), 10: (6, 16), 12: (7, 19), 15: (10, 22), 20: (14, 28)}
# R. Koopman to the MathGroup, 2 February 2005: in how many orders 11 ones and 14 zeros make so many
# runs. Read at the source; the sum is 25 over 11.
KOOPMAN = dict(
    enumerate(
        [
            *(2, 23, 260, 1365, 7020, 22230, 68640, 145860, 300300, 450450, 648648, 702702),
            *(720720, 566280, 411840, 231660, 115830, 45045, 14300, 3575, 572, 78),
        ],
        start=2,
    )
)


def orders_by_walking(above, below):
    """Count the orders by their runs, one point after the other (no formula)."""
    ways = Counter({(0, 0, None, 0): 1})
    for _ in range(above + below):
        longer = Counter()
        for (ups, downs, last, runs), many in ways.items():
            if ups < above:
                longer[ups + 1, downs, "up", runs + (last != "up")] += many
            if downs < below:
                longer[ups, downs + 1, "down", runs + (last != "down")] += many
        ways = longer
    counted = Counter()
    for (*_, runs), many in ways.items():
        counted[runs] += many
    return counted


def limits_by_walking(n):
    orders = orders_by_walking(n // 2, n - n // 2)
    rare = sum(orders.values()) / 40
    fewest = next(r for r in range(n + 1) if sum(orders[i] for i in range(r + 1)) > rare)
    most = next(r for r in range(n, 0, -1) if sum(orders[i] for i in range(r, n + 1)) > rare)
    return fewest, most


def test_the_limits_of_10_to_60_points_are_those_of_the_paper():
    table = {int(n): (int(a), int(b)) for n, a, b in re.findall(r"(\d+): (\d+)–(\d+)", TABLE)}

    assert list(table) == list(range(10, 61))
    assert {n: run_limits(n) for n in table} == table == dict(RUN_LIMITS)


def test_to_walk_through_all_orders_gives_a_published_distribution():
    walked = orders_by_walking(11, 14)

    assert dict(walked) == KOOPMAN
    assert sum(walked.values()) == comb(25, 11) == 4457400


@pytest.mark.parametrize("n", [2, 5, 8, 11, 12])
def test_to_walk_through_all_orders_is_to_write_them_all_down(n):
    written_down = Counter(
        len(list(groupby(place in above for place in range(n))))
        for above in combinations(range(n), n // 2)
    )

    assert orders_by_walking(n // 2, n - n // 2) == written_down


@pytest.mark.parametrize("n", [*range(10, 75), 100, 121])
def test_the_exact_limits_leave_at_most_one_in_forty_on_either_side(n):
    assert exact_run_limits(n) == limits_by_walking(n)


@pytest.mark.parametrize("n", TEXTBOOK)
def test_the_exact_limits_are_those_of_textbooks(n):
    too_few, too_many = TEXTBOOK[n]

    assert exact_run_limits(2 * n) == (too_few + 1, too_many - 1)


def test_the_table_and_the_exact_limits_differ_by_one_at_most():
    """The paper rounds, mostly towards fewer signals; we keep to it as far as it goes."""
    apart = {n: (RUN_LIMITS[n], exact_run_limits(n)) for n in RUN_LIMITS}

    gaps = {n: (a[0] - b[0], a[1] - b[1]) for n, (a, b) in apart.items() if a != b}
    assert all(abs(low) <= 1 and abs(high) <= 1 for low, high in gaps.values())
    wider = {n for n, (low, high) in gaps.items() if low <= 0 <= high}
    assert wider == {11, 12, 17, 20, 22, 23, 25, 32, 35, 37}
    assert set(gaps) - wider == {29, 41, 43, 53, 55, 56, 57, 59}


@pytest.mark.parametrize("n", [61, 62, 90, 200])
def test_above_60_points_the_exact_limits_hold(n):
    assert run_limits(n) == exact_run_limits(n)


def test_the_limits_go_on_where_the_table_ends():
    assert [run_limits(n) for n in (60, 61, 62)] == [(24, 38), (24, 39), (24, 40)]
