"""Public holidays: which days a country or region keeps, from the library `holidays`.

The library is loaded when it is first needed. That takes a tenth of a second, and all of its places
up to half a second, for which the start of the bot need not wait.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

NAME_LENGTH = 200


def public_holidays(code: str, first: date, last: date) -> dict[date, str]:
    """Return the holidays of a place from `first` to `last` by name, with days kept instead.

    `code` is a country or a region of one, such as "US" or "US-CO". A place the library does not
    know has none, so that a new edition of the library never stops the planning.
    """
    years = range(first.year, last.year + 1)
    kept = _kept(code, tuple(years))
    return {day: name[:NAME_LENGTH] for day, name in kept.items() if first <= day <= last}


def place_name(code: str) -> str | None:
    """Return what a place is called, such as "Colorado, United States"; None if it is unknown."""
    country, dash, region = code.partition("-")
    name = _countries().get(country)
    if name is None or not dash:
        return name
    regions = _regions(country)
    return f"{regions[region]}, {name}" if region in regions else None


def matching_places(words: str) -> list[tuple[str, str]]:
    """Return code and name of the place with that code, and of those whose name has each word.

    Countries come before their regions. The first time takes up to half a second: ask in a thread.
    """
    wanted, code_wanted = words.casefold().split(), words.strip().upper()
    found = [
        (code, name)
        for code, name in _places()
        if code.upper() == code_wanted or all(word in name.casefold() for word in wanted)
    ]
    return sorted(found, key=lambda place: (place[0] != code_wanted, "-" in place[0], place[1]))


@lru_cache(maxsize=512)
def _kept(code: str, years: tuple[int, ...]) -> Mapping[date, str]:
    if place_name(code) is None:
        return {}
    from holidays import country_holidays

    country, _, region = code.partition("-")
    # Where the library has no English names it gives the country's own.
    holidays = country_holidays(country, region or None, years=years, language="en_US")
    return dict(holidays.items())


@cache
def _countries() -> Mapping[str, str]:
    """Return countries' names by their two letters, without loading them all."""
    from holidays.registry import COUNTRIES

    # Each has names of classes and codes, such as ("UnitedStates", "US", "USA").
    return {codes[1]: _spaced(codes[0]) for codes in COUNTRIES.values()}


def _spaced(name: str) -> str:
    """Return "TrinidadAndTobago" as "Trinidad and Tobago"."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z][a-z]+", name)
    small = ("And", "The", "Of")
    return " ".join(word.lower() if word in small else word for word in words)


@cache
def _regions(country: str) -> Mapping[str, str]:
    """Return the names of a country's regions by their codes."""
    from holidays import country_holidays

    holidays: HolidayBase = country_holidays(country)
    aliases = reversed(holidays.subdivisions_aliases.items())
    names = {code: alias for alias, code in aliases}
    return {code: names.get(code, code) for code in holidays.subdivisions}


@cache
def _places() -> tuple[tuple[str, str], ...]:
    places = []
    for country, name in _countries().items():
        places.append((country, name))
        for region, called in _regions(country).items():
            places.append((f"{country}-{region}", f"{called}, {name}"))
    return tuple(places)
