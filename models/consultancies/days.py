"""Days: when each step of an asynchronous consultancy begins, in the community's zone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.consultancies.consultancy import Consultancy
from models.consultancies.protocols import PROTOCOLS, Protocol, all_of
from models.consultancies.steps import Step
from models.time import next_daytime, zone


@dataclass(frozen=True)
class Plan:
    """What a consultancy over some days would be like: `moments` are as `step_moments` has them."""

    protocol: Protocol
    moments: tuple[datetime, ...]

    @classmethod
    async def of(cls, session: AsyncSession, community: Community, now: datetime) -> Plan:
        """Return it as the community does it: its newest own protocol, else the built-in one."""
        theirs = [one for one in await all_of(session, community.id) if one.is_asynchronous]
        protocol = theirs[-1] if theirs else PROTOCOLS["asynchronous"]
        return cls(protocol, step_moments(protocol.steps, now, community.tz))


def step_moments(steps: Sequence[Step], now: datetime, tz: str) -> tuple[datetime, ...]:
    """Return the beginning of each step and the end of the last, in UTC.

    The first begins now, or in the next working hour; each other one in the morning of a working
    day. Saturdays and Sundays do not count as days of a step.
    """
    moments = [next_daytime(now, tz)]
    day = moments[0].astimezone(zone(tz)).date()
    for step in steps:
        day = _working_days_after(day, max(1, step.days))
        moments.append(next_daytime(datetime.combine(day, time(), zone(tz)), tz))
    return tuple(moments)


def step_at(moments: Sequence[datetime], moment: datetime) -> int | None:
    """Return which step fits the moment: None before the first, their number after the last."""
    step = bisect_right(moments, moment) - 1
    return step if step >= 0 else None


def moments_of(consultancy: Consultancy) -> list[datetime]:
    return [datetime.fromisoformat(moment) for moment in consultancy.step_moments]


def _working_days_after(day: date, days: int) -> date:
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day
