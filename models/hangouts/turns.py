"""Turns: who leads the next hangout, and which skill it explores."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.hangouts.hangout import NOBODY, Hangout
from models.hangouts.series import Series

# Hangouts led by a substitute say nothing about whose turn it is; so many in a row hardly happen.
LOOKS_BACK = 20


class Turn:
    """A list that takes turns, with a finger on the next one. Who is not `here` is passed over.

    `had` is what hangouts had before, the latest first, with None where it was something else.
    """

    def __init__(
        self, order: Sequence[str], had: Iterable[str | None], here: Collection[str] | None = None
    ) -> None:
        self._order = order
        self._here = order if here is None else here
        self._next = 0
        for steps, one in enumerate(had, start=1):
            if one in order:
                self._next = order.index(one) + steps
                break

    def look(self) -> str | None:
        """Return whose turn it is, which it stays; None where nobody is here."""
        for number in range(self._next, self._next + len(self._order)):
            one = self._order[number % len(self._order)]
            if one in self._here:
                self._next = number
                return one
        return None

    def take(self) -> str | None:
        """Return whose turn it is; the next one has the next."""
        one = self.look()
        self._next += 1
        return one


class Turns:
    """Both turns of a series: who leads, and the skill.

    When nobody of the rotation is in the community any more its facilitators take turns, and if
    there are none whoever planned the series; has everyone left, NOBODY leads. `before` are its
    last hangouts, the latest first; days off had no turn.
    """

    def __init__(self, series: Series, community: Community, before: Iterable[Hangout]) -> None:
        had = [hangout for hangout in before if not hangout.is_off_by_series]
        order, here = series.facilitators, leading(series, community)
        if not set(order) & set(here):
            order = here
        led = (None if hangout.is_swapped else hangout.facilitator_id for hangout in had)
        self.leading = Turn(order, led, here)
        self.skill = Turn(series.skills, (hangout.skill for hangout in had))

    def on(self) -> tuple[str, str | None]:
        """Return who leads a hangout that takes place, and its skill; it is the next one's turn."""
        return self.leading.take() or NOBODY, self.skill.take()

    def off(self) -> tuple[str, str | None]:
        """Return the same for a day off, which takes nobody's turn."""
        return self.leading.look() or NOBODY, self.skill.look()


def leading(series: Series, community: Community) -> list[str]:
    """Return who of the rotation can lead, or else who steps in for all of them; maybe nobody."""
    here = [one for one in series.facilitators if community.has_member(one)]
    planner = [series.planned_by] if community.has_member(series.planned_by) else []
    return here or community.facilitators or planner


async def last_planned(session: AsyncSession, series: Series, before: date) -> Sequence[Hangout]:
    """Return the series' last hangouts that stand for a day before that one, the latest first."""
    query = select(Hangout).where(Hangout.series_id == series.id, Hangout.occurs_on < before)
    query = query.order_by(Hangout.occurs_on.desc()).limit(LOOKS_BACK)
    return (await session.scalars(query)).all()


async def last_begun(session: AsyncSession, series: Series, now: datetime) -> Sequence[Hangout]:
    """Return the hangouts that had begun by now, the latest first."""
    query = select(Hangout).where(
        Hangout.community_id == series.community_id, Hangout.starts_at <= now
    )
    query = query.order_by(Hangout.starts_at.desc()).limit(LOOKS_BACK)
    return (await session.scalars(query)).all()
