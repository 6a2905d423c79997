"""A rhythm: everything a facilitator chooses when planning a series, checked and tidy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TypedDict, Unpack
from urllib.parse import urlsplit

from dateutil.relativedelta import relativedelta

from models.errors import RuleError
from models.hangouts.days_off import one_day, place_name, typed_days
from models.hangouts.hangout import A_HANGOUT_AT_MOST
from models.hangouts.series import Series
from models.text import clean, one_line
from models.time import is_zone

EVERY_WEEKS_AT_MOST = 26
MINUTES_AT_LEAST = 15
MINUTES_AT_MOST = int(A_HANGOUT_AT_MOST / timedelta(minutes=1))
SLOTS_AT_MOST = 10
SLOT_MINUTES_AT_LEAST = 5
# Nobody plans the first date further ahead; what is beyond is a slip in the year.
BEGINS_WITHIN_MONTHS = 6
FACILITATORS_AT_MOST = 20
SKILLS_AT_MOST = 50
SKILL_LENGTH = 200
# Slack takes no longer URL in a button.
LINK_LENGTH = 3000
PROTOCOL_LENGTH = 40

_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::00)?")


class RhythmError(RuleError):
    """Something that was chosen cannot be; `field` names which attribute of the rhythm."""


class Typed(TypedDict, total=False):
    """What a form holds: texts as typed or picked, lists where several are chosen."""

    first_on: str | None
    every_weeks: str | None
    at: str | None
    tz: str | None
    minutes: str | None
    slots: str | None
    slot_minutes: str | None
    protocol: str | None
    link: str | None
    facilitators: Sequence[str] | None
    skills: str | None
    skipped_on: str | None
    holidays: str | None


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """A rhythm that can be planned. The attributes mean what those of `Series` mean.

    `skipped_on` holds ISO dates in order, each once.
    """

    first_on: date
    every_weeks: int
    at: time
    tz: str
    minutes: int
    slots: int
    slot_minutes: int
    protocol: str
    link: str | None
    facilitators: tuple[str, ...]
    skills: tuple[str, ...]
    skipped_on: tuple[str, ...]
    holidays: str | None

    @classmethod
    def of(cls, *, today: date, series: Series | None = None, **typed: Unpack[Typed]) -> Rhythm:
        """Return what was typed as a rhythm; raises a RuleError that names the field at fault.

        Dates and times are ISO texts, skills stand on a line each, days to skip as `typed_days`
        takes them. `today` is local. The first date of the `series` that is changed may be past.
        """
        minutes = _number(typed, "minutes", MINUTES_AT_LEAST, MINUTES_AT_MOST)
        slots = _number(typed, "slots", 1, SLOTS_AT_MOST)
        return cls(
            first_on=_first_on(typed.get("first_on"), today, series),
            every_weeks=_number(typed, "every_weeks", 1, EVERY_WEEKS_AT_MOST),
            at=_at(typed.get("at")),
            tz=_tz(typed.get("tz")),
            minutes=minutes,
            slots=slots,
            slot_minutes=_slot_minutes(typed, slots, minutes),
            protocol=one_line(typed.get("protocol") or "")[:PROTOCOL_LENGTH] or "mini",
            link=_link(typed.get("link")),
            facilitators=_facilitators(typed.get("facilitators")),
            skills=_skills(typed.get("skills")),
            skipped_on=tuple(typed_days(typed.get("skipped_on") or "")),
            holidays=_holidays(typed.get("holidays")),
        )

    @classmethod
    def of_series(cls, series: Series) -> Rhythm:
        """Return the rhythm the series has now."""
        return cls(
            first_on=series.first_on,
            every_weeks=series.every_weeks,
            at=series.at,
            tz=series.tz,
            minutes=series.minutes,
            slots=series.slots,
            slot_minutes=series.slot_minutes,
            protocol=series.protocol,
            link=series.link,
            facilitators=tuple(series.facilitators),
            skills=tuple(series.skills),
            skipped_on=tuple(series.skipped_on),
            holidays=series.holidays,
        )

    def require_time_for(self, name: str, minutes: int) -> None:
        """Raise a RhythmError where a presenter has no time for that protocol's `minutes`."""
        if self.slot_minutes < minutes:
            fit = self.minutes // minutes
            room = f"{fit or 'no'} presenter{'s' * (fit != 1)} {'fits' if fit == 1 else 'fit'}"
            raise RhythmError(
                f"“{name}” takes {minutes} minutes, more than the {self.slot_minutes} for each. "
                f"Give each {minutes} ({room} into {self.minutes}), or choose a shorter protocol.",
                field="slot_minutes",
            )

    def set_on(self, series: Series) -> None:
        """Let the series have this rhythm from now on."""
        for name in ("first_on", "every_weeks", "at", "tz", "minutes", "slots", "slot_minutes"):
            setattr(series, name, getattr(self, name))
        for name in ("protocol", "link", "holidays"):
            setattr(series, name, getattr(self, name))
        for name in ("facilitators", "skills", "skipped_on"):
            setattr(series, name, list(getattr(self, name)))


def _first_on(typed: str | None, today: date, series: Series | None) -> date:
    if not (text := one_line(typed or "")):
        raise RhythmError("Please choose the date of the first hangout.", field="first_on")
    day = one_day(text)
    if day is None:
        raise RhythmError(
            f"There is no day “{text[:40]}” in the calendar. Please choose another one.",
            field="first_on",
        )
    is_kept = series is not None and day == series.first_on
    if day < today and not is_kept:
        raise RhythmError(
            "That day has passed already. Please choose today or a later day.", field="first_on"
        )
    if day > today + relativedelta(months=BEGINS_WITHIN_MONTHS) and not is_kept:
        raise RhythmError(f"That is {_away(today, day)} away. Is the year right?", field="first_on")
    return day


def _away(today: date, day: date) -> str:
    """Return how long it is until then, such as "15 months"."""
    span = relativedelta(day, today)
    months = 12 * span.years + span.months
    return f"{months} months" if months < 24 else f"{span.years} years"


def _number(typed: Typed, field: str, least: int, most: int) -> int:
    text = one_line(str(typed.get(field) or ""))
    # A number of more digits than these is no choice of anybody's and costs time to read.
    number = int(text) if text.isdecimal() and len(text) <= 4 else None
    if number is None or not least <= number <= most:
        raise RhythmError(f"Please give a whole number from {least} to {most}.", field=field)
    return number


def _slot_minutes(typed: Typed, slots: int, minutes: int) -> int:
    each = _number(typed, "slot_minutes", SLOT_MINUTES_AT_LEAST, MINUTES_AT_MOST)
    if slots * each > minutes:
        raise RhythmError(
            f"{slots} × {each} minutes are more than the {minutes} of the hangout. "
            f"Up to {minutes // slots} minutes for each presenter fit.",
            field="slot_minutes",
        )
    return each


def _at(typed: str | None) -> time:
    match = _CLOCK.fullmatch(one_line(typed or ""))
    hour, minute = (int(part) for part in match.groups()) if match else (24, 0)
    if hour > 23 or minute > 59:
        raise RhythmError("Please choose a time of day, such as 16:00.", field="at")
    return time(hour, minute)


def _tz(typed: str | None) -> str:
    name = one_line(typed or "")
    if not is_zone(name):
        raise RhythmError("Please choose one of the time zones in the list.", field="tz")
    return name


def _link(typed: str | None) -> str | None:
    link = clean(typed or "")
    if not link:
        return None
    problem = "Please give a link that begins with https://, or leave it empty for a Slack huddle."
    try:
        parts = urlsplit(link)
        # A password in it would stand in the channel for everybody to read.
        is_fine = (
            parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
        )
    except ValueError:
        is_fine = False
    if (
        not is_fine
        or "%00" in link
        or any(not char.isprintable() or char in ' <>"|' for char in link)
    ):
        raise RhythmError(problem, field="link")
    if len(link) > LINK_LENGTH:
        raise RhythmError("That link is too long for Slack. Is there a shorter one?", field="link")
    return link


def _facilitators(chosen: Sequence[str] | None) -> tuple[str, ...]:
    facilitators = tuple(dict.fromkeys(chosen or ()))
    if not facilitators:
        raise RhythmError("Please choose at least one facilitator.", field="facilitators")
    if len(facilitators) > FACILITATORS_AT_MOST:
        raise RhythmError(
            f"Please choose up to {FACILITATORS_AT_MOST} facilitators.", field="facilitators"
        )
    return facilitators


def _skills(typed: str | None) -> tuple[str, ...]:
    lines = (one_line(line) for line in clean(typed or "").split("\n"))
    skills = tuple(dict.fromkeys(line for line in lines if line))
    if any(len(skill) > SKILL_LENGTH for skill in skills):
        raise RhythmError(
            f"Please keep each skill under {SKILL_LENGTH} characters, one on each line.",
            field="skills",
        )
    if len(skills) > SKILLS_AT_MOST:
        raise RhythmError(f"Please name up to {SKILLS_AT_MOST} skills.", field="skills")
    return skills


def _holidays(typed: str | None) -> str | None:
    code = one_line(typed or "")
    if code and place_name(code) is None:
        raise RhythmError("Please choose one of the places in the list, or none.", field="holidays")
    return code or None
