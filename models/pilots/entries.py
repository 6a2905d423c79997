"""Entries: what a teacher wants to note about one lesson, checked and tidy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from models.errors import RuleError
from models.pilots.measures import Value
from models.pilots.observation import Observation
from models.text import clean, one_line

LENGTHS: Mapping[str, int] = MappingProxyType(
    {"saw": 3000, "surprised": 3000, "evidence_url": 2000, "evidence_name": 255}
)
# Nobody remembers the numbers of a lesson longer than that.
LOOKS_BACK = timedelta(days=366)


class EntryError(RuleError):
    """Something that was filled in cannot be noted; `field` names which."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is noted about one lesson. The attributes mean what those of `Observation` mean."""

    value: float
    total: int | None
    saw: str | None
    surprised: str | None
    evidence_url: str | None
    evidence_file_id: str | None
    evidence_name: str | None
    on_date: date

    @classmethod
    def of(
        cls, value: Value, typed: Mapping[str, Any], *, on_date: date | None, today: date
    ) -> Entry:
        """Return what was typed as an entry; raises an EntryError that names the field at fault.

        `typed` holds texts by attribute; `today` is local in the community's zone, and the day
        where none is given.
        """
        return cls(
            value=value.value,
            total=value.total,
            saw=_told(typed, "saw"),
            surprised=_told(typed, "surprised"),
            evidence_url=_link(typed.get("evidence_url")),
            evidence_file_id=typed.get("evidence_file_id") or None,
            evidence_name=one_line(typed.get("evidence_name") or "")[: LENGTHS["evidence_name"]]
            or None,
            on_date=day_noted(on_date, today),
        )

    @classmethod
    def kept_in(cls, row: Observation) -> Entry:
        """Return what is noted there."""
        return cls(**{name: getattr(row, name) for name in _KEPT})

    @property
    def words(self) -> str:
        """All that may tell who a student is."""
        return "\n".join(part for part in (self.saw, self.surprised) if part)

    def is_kept_in(self, row: Observation) -> bool:
        return all(getattr(row, name) == getattr(self, name) for name in _KEPT)

    def set_on(self, row: Observation) -> None:
        for name in _KEPT:
            setattr(row, name, getattr(self, name))


_KEPT = tuple(Entry.__dataclass_fields__)


def _told(typed: Mapping[str, Any], name: str) -> str | None:
    text = clean(typed.get(name) or "")
    if len(text) > LENGTHS[name]:
        raise EntryError(
            f"These are {len(text):,} characters and {LENGTHS[name]:,} fit here. "
            "Perhaps the rest fits into a file?",
            field=name,
        )
    return text or None


def day_noted(on_date: date | None, today: date) -> date:
    """Return the day something was seen on, today if none is given; raises an EntryError."""
    if on_date is None:
        return today
    if on_date > today:
        raise EntryError(
            "That day is still to come. Please choose today or before.", field="on_date"
        )
    if on_date < today - LOOKS_BACK:
        raise EntryError("That is more than a year ago. Is the year right?", field="on_date")
    return on_date


def _link(typed: str | None) -> str | None:
    link = clean(typed or "")
    if not link:
        return None
    try:
        parts = urlsplit(link)
        is_fine = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_fine = False
    if not is_fine or any(not char.isprintable() or char in ' <>"|' for char in link):
        raise EntryError(
            "Please give a link that begins with https:// or http://, or leave it empty.",
            field="evidence_url",
        )
    if len(link) > LENGTHS["evidence_url"]:
        raise EntryError(
            "That link is too long to keep. Is there a shorter one?", field="evidence_url"
        )
    return link
