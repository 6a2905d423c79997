"""Public holidays: which days a country or region keeps, from the library `holidays`.

The library is loaded when it is first needed. That takes a tenth of a second, and all of its places
up to half a second, for which the start of the bot need not wait.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

NAME_LENGTH = 200
# What English speakers call regions for which the library has only the country's own names.
ENGLISH_NAMES = {
    "AT-2": "Carinthia",
    "AT-3": "Lower Austria",
    "AT-4": "Upper Austria",
    "AT-6": "Styria",
    "AT-7": "Tyrol",
    "AT-9": "Vienna",
    "DE-BY": "Bavaria",
    "DE-HE": "Hesse",
    "DE-MV": "Mecklenburg-Western Pomerania",
    "DE-NI": "Lower Saxony",
    "DE-NW": "North Rhine-Westphalia",
    "DE-RP": "Rhineland-Palatinate",
    "DE-SN": "Saxony",
    "DE-ST": "Saxony-Anhalt",
    "DE-TH": "Thuringia",
    "ES-AN": "Andalusia",
    "ES-CT": "Catalonia",
    "ES-PV": "Basque Country",
    "CH-GE": "Geneva",
    "CH-LU": "Lucerne",
    "CH-ZH": "Zurich",
}


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
    """Return code and name of the place with that code, and of those one of whose names fits.

    A name fits that has each of the words, with accents or without; regions are found by all the
    names the library has, and by English ones. Countries come before their regions. The first time
    takes up to half a second: ask in a thread.
    """
    wanted, code_wanted = _folded(words).split(), words.strip().upper()
    found = [
        (code, name)
        for code, name, also in _places()
        if code.upper() == code_wanted or all(word in also for word in wanted)
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
def _aliases(country: str) -> Mapping[str, str]:
    """Return by code all that the regions of a country are called, in one text each."""
    from holidays import country_holidays

    called: dict[str, str] = {}
    for alias, code in country_holidays(country).subdivisions_aliases.items():
        # Letters alone, such as "B" for Burgenland, would be found in every word.
        if len(alias) > 2:
            called[code] = f"{called.get(code, '')} {alias}"
    return called


@cache
def _places() -> tuple[tuple[str, str, str], ...]:
    """Return code and name of every place, and the folded text in which words are looked for."""
    places = []
    for country, name in _countries().items():
        places.append((country, name, _folded(name)))
        aliases = _aliases(country)
        for region, called in _regions(country).items():
            code, place = f"{country}-{region}", f"{called}, {name}"
            names = f"{place} {aliases.get(region, '')} {ENGLISH_NAMES.get(code, '')}"
            places.append((code, place, _folded(names)))
    return tuple(places)


def _folded(text: str) -> str:
    """Return the text as one looks for it: without accents and capitals."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
