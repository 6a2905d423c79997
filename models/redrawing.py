"""Redrawing: a large change marks each card once, at its end, and not once for every row of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

_STALE = "stale"


@dataclass(frozen=True)
class Stale:
    """What is to be drawn anew: cards by kind and number, and what tells of certain moments.

    `digests` are such moments by community, `letters` by the reader's member id.
    """

    cards: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    digests: defaultdict[int, set[datetime]] = field(default_factory=lambda: defaultdict(set))
    letters: defaultdict[str, set[datetime]] = field(default_factory=lambda: defaultdict(set))


def put_off(session: AsyncSession) -> Stale:
    """Begin to gather what becomes stale in this transaction instead of marking it at once."""
    stale = session.info[_STALE] = Stale()
    return stale


def put_off_in(session: AsyncSession) -> Stale | None:
    """Return where it is gathered, or None while everything is marked at once."""
    stale: Stale | None = session.info.get(_STALE)
    return stale


def mark_again(session: AsyncSession) -> None:
    """Gather no more; whoever began it marks what was gathered, unless all is rolled back."""
    session.info.pop(_STALE, None)
