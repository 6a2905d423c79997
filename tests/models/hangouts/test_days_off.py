"""Days off as they are typed, and as countries keep them."""

from datetime import date

import pytest

from models.hangouts.days_off import (
    DaysError,
    matching_places,
    place_name,
    public_holidays,
    typed_days,
    written_days,
)


def test_days_may_be_typed_in_many_ways():
    text = "2026-12-24; 25 December 2026\n Dec 26, 2026 ,\n\n2026-12-30 – 2027-01-01"

    assert typed_days(text) == [
        "2026-12-24",
        "2026-12-25",
        "2026-12-26",
        "2026-12-30",
        "2026-12-31",
        "2027-01-01",
    ]


def test_typed_days_are_written_as_they_would_be_typed():
    text = "2026-11-26\n2026-12-21 to 2027-01-01\n2027-03-01"

    assert written_days(typed_days(text)) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2027-02-29", "no day “2027-02-29”"),
        ("03/04/2026", "no day “03/04/2026”"),
        ("Christmas", "no day “Christmas”"),
        ("2026-12-24 to 2026-12-20", "ends before it begins"),
        ("2026-12-24 to", "no day"),
        ("2026-01-01 to 9999-12-31", "more than two years"),
        ("\n".join(f"{year}-01-01 to {year + 1}-01-01" for year in range(2000, 2010)), "800 days"),
    ],
)
def test_what_is_no_day_is_said(text, words):
    with pytest.raises(DaysError, match=words) as error:
        typed_days(text)

    assert error.value.field == "skipped_on"


def test_holidays_are_those_of_the_region_with_days_kept_instead():
    july = public_holidays("US", date(2026, 7, 1), date(2026, 7, 31))
    scotland = public_holidays("GB-SCT", date(2026, 11, 30), date(2027, 1, 4))
    england = public_holidays("GB-ENG", date(2026, 11, 30), date(2027, 1, 4))

    assert july == {
        date(2026, 7, 3): "Independence Day (observed)",
        date(2026, 7, 4): "Independence Day",
    }
    assert scotland[date(2026, 11, 30)] == "Saint Andrew's Day"
    assert date(2026, 11, 30) not in england
    assert date(2027, 1, 1) in england


def test_a_place_nobody_knows_has_no_holidays():
    assert public_holidays("XX-YY", date(2026, 1, 1), date(2026, 12, 31)) == {}


def test_places_are_found_by_their_names_and_codes():
    assert matching_places("colorado") == [("US-CO", "Colorado, United States")]
    assert matching_places("us-co") == [("US-CO", "Colorado, United States")]
    assert matching_places("de")[0] == ("DE", "Germany")
    assert matching_places("united kingdom")[0] == ("GB", "United Kingdom")
    assert ("GB-SCT", "Scotland, United Kingdom") in matching_places("united kingdom")
    assert matching_places("narnia") == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Bavaria", "DE-BY"),
        ("bayern", "DE-BY"),
        ("Baden-Wurttemberg", "DE-BW"),
        ("Catalunya", "ES-CT"),
        ("catalonia spain", "ES-CT"),
        ("Berne", "CH-BE"),
    ],
)
def test_a_region_is_found_by_each_of_its_names(typed, code):
    assert code in [found for found, _ in matching_places(typed)]


def test_every_place_that_is_offered_can_be_kept():
    for code, name in matching_places(""):
        assert place_name(code) == name
        assert len(code) <= 20


@pytest.mark.parametrize("code", ["", "us", "USA", "US-", "US-XX", "XX", "__class__", "US-CO-1"])
def test_no_place_has_a_code_like_that(code):
    assert place_name(code) is None
