"""A pilot is found by its name, however it is typed."""

import pytest

from models.pilots.naming import nearest
from tests.examples import ANA, BEN, a_pilot

PERIOD_3 = a_pilot(id=1, with_class="period 3")
PERIOD_5 = a_pilot(id=2, with_class="period 5")
LATER = a_pilot(id=3, with_class="period 5", cycle=2, first_id=2)


@pytest.mark.parametrize(
    "words", ["Exit ticket, period 3", "exit ticket period 3", " EXIT ticket – period 3. "]
)
def test_commas_dots_and_capitals_do_not_matter(words):
    assert nearest(words, [PERIOD_3, PERIOD_5], ANA) == [PERIOD_3]


def test_of_an_exact_name_the_newest_cycle_is_meant():
    assert nearest("exit ticket period 5", [LATER, PERIOD_5, PERIOD_3], ANA) == [LATER]


def test_a_slip_of_the_finger_still_finds_it():
    assert PERIOD_3 in nearest("exit tickt period 3", [PERIOD_3], BEN)


def test_what_resembles_nothing_finds_nothing():
    assert nearest("gallery walk", [PERIOD_3, PERIOD_5], ANA) == []
