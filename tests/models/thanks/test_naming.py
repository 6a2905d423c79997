"""Whom a name means that was typed without choosing it from Slack's list."""

import pytest

from models.thanks.naming import Roster

STAFF = Roster({"U1": "Ana López", "U2": "Ana Smith", "U3": "Ben", "U4": "Christine O'Hara"})


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("ben", ["U3"]),
        ("@Ben.", ["U3"]),
        ("ana lopez", ["U1"]),
        ("Lopez", ["U1"]),
        ("lopez ana", ["U1"]),
        ("o’hara", ["U4"]),
        ("chris", ["U4"]),
        ("bne", ["U3"]),
        ("cristine", ["U4"]),
        ("smiht", ["U2"]),
    ],
)
def test_a_name_is_found_however_people_type_it(typed, who):
    assert STAFF.meant(typed) == who


def test_a_name_of_two_people_means_both():
    assert STAFF.meant("ana") == ["U1", "U2"]


@pytest.mark.parametrize("typed", ["jen", "be", "zoe", "", "…", "everyone", "for", "ben-" * 50])
def test_another_name_is_nobodys(typed):
    assert STAFF.meant(typed) == []


def test_only_a_whole_name_is_taken_for_sure():
    assert STAFF.named("ben") == ["U3"]
    assert STAFF.named("chris") == []


def test_somebody_called_exactly_so_comes_before_longer_names():
    assert Roster({"U1": "Ben Okri", "U2": "Ben"}).meant("ben") == ["U2"]
