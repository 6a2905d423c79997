"""How often values cross their median by chance: the fewest and the most runs, by their number."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import comb
from types import MappingProxyType

# The fewest and the most runs that are still chance, for 10 to 60 useful points: the paper's table,
# after Swed and Eisenhart, Annals of Mathematical Statistics 1943;14:66–87.
_FEWEST = """
    3 3 3 4 4 5 5 5 6 6 6 7 7 7 8 8 9 10 10 10 11 11 11 12 12 12 13 13 14 14 15 15 16 16 17 17 17
    18 18 19 19 20 20 21 21 22 22 23 23 24 24
"""
_MOST = """
    9 10 11 11 12 12 13 13 14 15 16 16 17 17 18 18 19 19 20 20 21 22 23 23 24 24 25 25 26 26 27 27
    28 28 29 30 31 31 32 32 33 33 34 34 35 35 35 36 37 38 38
"""
RUN_LIMITS = MappingProxyType(
    dict(enumerate(zip(map(int, _FEWEST.split()), map(int, _MOST.split()), strict=True), start=10))
)


def run_limits(n: int) -> tuple[int, int]:
    """Return the limits for n useful points, of which ten or more are needed."""
    return RUN_LIMITS.get(n) or exact_run_limits(n)


@cache
def exact_run_limits(n: int) -> tuple[int, int]:
    """Return the fewest and the most runs with at most 2.5 % of chance beyond each of them.

    The median has n // 2 of the n points on one side and the rest on the other; each order is
    equally likely (the distribution of Wald and Wolfowitz, and of Swed and Eisenhart's tables).
    """
    above, below = n // 2, n - n // 2
    orders = [_orders(above, below, runs) for runs in range(n + 1)]
    rare = comb(n, above)
    return _beyond(orders, rare), n - _beyond(orders[::-1], rare)


def _beyond(orders: Sequence[int], all_orders: int) -> int:
    seen = 0
    for runs, many in enumerate(orders):
        seen += many
        if 40 * seen > all_orders:
            return runs
    return len(orders)


def _orders(above: int, below: int, runs: int) -> int:
    """Return in how many orders so many points above and below make so many runs."""

    def cut(points: int, parts: int) -> int:
        return comb(points - 1, parts - 1) if points and parts else 0

    half, odd = divmod(runs, 2)
    if not odd:
        return 2 * cut(above, half) * cut(below, half)
    return cut(above, half + 1) * cut(below, half) + cut(above, half) * cut(below, half + 1)
