"""Outages: when the bot was away, when Slack was, and the database for a moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from models.database import Database
from tests.bot.year.schools import BEGINS, WEEK, WEEKS

Span = tuple[datetime, datetime]
HOUR = timedelta(hours=1)
# Outages end seven minutes past an hour, so that no day of any zone ends as they do.
PAST_THE_HOUR = timedelta(minutes=7)
# A little time for what held up everything to be noticed.
APART = 3 * HOUR
# How likely in a week an outage of the bot is, and one of Slack.
LIKELY = 0.2


def _at(month: int, day: int, hour: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC) + PAST_THE_HOUR


# Each of these takes a digest's whole day, or a part of it.
BOT_DOWN = (
    (_at(9, 26, 12), _at(9, 26, 20)),  # Over the hour that Auckland's clocks leave out.
    (_at(10, 5, 3), _at(10, 6, 10)),  # A Monday of Denver's.
    (_at(4, 3, 11, 2027), _at(4, 3, 15, 2027)),  # Auckland has this hour twice.
)
SLACK_DOWN = (
    (_at(10, 30, 9), _at(10, 30, 20)),  # What is left of a Friday of Kolkata's.
    (_at(1, 11, 13, 2027), _at(1, 11, 20, 2027)),  # A Monday morning of Denver's.
)


@dataclass(frozen=True)
class Outages:
    """When the whole bot was down, and when Slack was; no two of them touch."""

    bot: Sequence[Span]
    slack: Sequence[Span]

    @classmethod
    def of(cls, random: Random) -> Outages:
        """Return the outages that are always the same, and others."""
        bot, slack = list(BOT_DOWN), list(SLACK_DOWN)
        for week in range(1, WEEKS - 1):
            for spans in (bot, slack):
                if random.random() < LIKELY:
                    begins = BEGINS + week * WEEK + random.randrange(7 * 24) * HOUR + PAST_THE_HOUR
                    span = (begins, begins + random.randrange(1, 20) * HOUR)
                    if not any(_touch(span, one) for one in [*bot, *slack]):
                        spans.append(span)
        return cls(sorted(bot), sorted(slack))

    def is_slack_down(self, moment: datetime) -> bool:
        return _end_of(self.slack, moment) > moment

    def is_bot_down(self, moment: datetime) -> bool:
        return _end_of(self.bot, moment) > moment

    def bot_is_up(self, moment: datetime) -> datetime:
        """Return the moment, or when the bot is up again."""
        return _end_of(self.bot, moment)

    def all_is_up(self, moment: datetime) -> datetime:
        """Return the moment, or the first one after it at which the bot reaches Slack."""
        while (later := _end_of(self.slack, _end_of(self.bot, moment))) > moment:
            moment = later
        return moment


def _end_of(spans: Sequence[Span], moment: datetime) -> datetime:
    return next((end for begin, end in spans if begin <= moment < end), moment)


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] + APART and other[0] < one[1] + APART


@contextmanager
def away(databases: Iterable[Database]) -> Iterator[None]:
    """Let every statement fail, as if the database could not be reached."""

    def refuse(*_: Any) -> None:
        raise OperationalError("", None, ConnectionError("the database is away"))

    engines = {id(one.engine): one.engine.sync_engine for one in databases}.values()
    for engine in engines:
        event.listen(engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", refuse)
