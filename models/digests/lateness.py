"""Lateness: what waited while the bot was down comes by day; nobody is woken for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.time import next_daytime

# Nobody notices so little.
IS_LATE_AFTER = timedelta(hours=1)


def made_up_for_at(due_at: datetime, now: datetime, tz: str | None) -> datetime:
    """Return when to say what was due then: now, or by day on a school day once it is late."""
    return next_daytime(now, tz) if now - due_at > IS_LATE_AFTER else now
