"""A plan: what a teacher tries, what they expect, what they note, and for how long. Kept small."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from models.errors import RuleError
from models.pilots.measures import Value, baseline_values, goal_of, goal_written, written
from models.pilots.pilot import NAME_LENGTH, Better, Circle, Measure, Pilot, Rhythm
from models.text import clean, one_line

# Characters by field.
LENGTHS: Mapping[str, int] = MappingProxyType(
    {
        "practice_name": NAME_LENGTH,
        "with_class": NAME_LENGTH,
        "aim": 500,
        "prediction": 500,
        "measure_name": 150,
        "unit": 30,
        "baseline": 600,
        "goal": 30,
    }
)
USUALLY, AT_MOST = timedelta(weeks=3), timedelta(weeks=6)
# A pilot may have begun a few days before its plan is written down, or wait for the next term.
BEGUN_BEFORE, AHEAD = timedelta(weeks=2), timedelta(weeks=26)
ASK_AT = time(15)

Choice = TypeVar("Choice", bound=StrEnum)

_MISSING = {
    "practice_name": "Please choose a practice, or say in a few words what you try.",
    "aim": "Please say what it is for. Half a sentence is plenty.",
    "prediction": "Please guess what will happen before you look. A wrong guess teaches as much.",
    "measure_name": "Please say what you note, for example: students who wrote an answer.",
}


class PlanError(RuleError):
    """Something that makes a plan honest is missing, too long or does not fit the rest."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A pilot as its teacher plans it, cleaned and within its limits. Fields are the pilot's."""

    practice_name: str
    with_class: str | None
    aim: str
    prediction: str
    measure_name: str
    measure: Measure
    unit: str | None
    better: Better
    baseline: tuple[Value, ...]
    goal: float | None
    starts_on: date
    ends_on: date
    rhythm: Rhythm
    ask_at: time
    circle: Circle

    @classmethod
    def of(cls, typed: Mapping[str, Any], *, today: date, pilot: Pilot | None = None) -> Plan:
        """Return what the form says; raises a RuleError that names the field at fault.

        `typed` holds texts, dates and times by field; what it lacks is as usual. `today` is the
        community's. `pilot` is the one that is edited: its own days are fine as they are.
        """
        measure = _one_of(Measure, "measure", typed, Measure.COUNT)
        starts_on, ends_on = _days(typed, today, pilot)
        return cls(
            practice_name=one_line(_written("practice_name", typed)),
            with_class=one_line(_written("with_class", typed)) or None,
            aim=_written("aim", typed),
            prediction=_written("prediction", typed),
            measure_name=one_line(_written("measure_name", typed)),
            measure=measure,
            unit=one_line(_written("unit", typed)) or None,
            better=_one_of(Better, "better", typed, Better.HIGHER),
            baseline=tuple(baseline_values(_written("baseline", typed), measure)),
            goal=goal_of(_written("goal", typed), measure),
            starts_on=starts_on,
            ends_on=ends_on,
            rhythm=_one_of(Rhythm, "rhythm", typed, Rhythm.WEEKLY),
            ask_at=typed.get("ask_at") or ASK_AT,
            circle=_one_of(Circle, "circle", typed, Circle.ME),
        )

    @classmethod
    def following(cls, typed: Mapping[str, Any], earlier: Pilot, *, today: date) -> Plan:
        """Return the plan of the next cycle, which notes the same as the `earlier` one."""
        plan = cls.of({**typed, **facts_of(earlier), "baseline": "", "goal": ""}, today=today)
        return replace(plan, goal=earlier.goal)

    @classmethod
    def edited(cls, typed: Mapping[str, Any], pilot: Pilot, *, today: date) -> Plan:
        """Return the plan as it is after an edit; what was not asked stays."""
        before = answers_of(pilot)
        after = {**before, **typed}
        plan = cls.of(after, today=today, pilot=pilot)
        # What the form shows is rounded, so that what is the same there is kept as it was.
        if after["goal"] == before["goal"]:
            plan = replace(plan, goal=pilot.goal)
        if after["baseline"] == before["baseline"]:
            plan = replace(plan, baseline=tuple(baseline_of(pilot)))
        return plan

    @property
    def everything(self) -> str:
        """All of the text, for a look at what it may give away."""
        parts = (self.practice_name, self.with_class, self.aim, self.prediction, self.measure_name)
        return "\n".join(part for part in (*parts, self.unit) if part)


def baseline_of(pilot: Pilot) -> list[Value]:
    """Return the values from before the start, the earliest first."""
    return [
        Value(float(value or 0), None if total is None else int(total))
        for value, total in pilot.baseline
    ]


def facts_of(pilot: Pilot) -> dict[str, Any]:
    """Return what all cycles of a series have in common, by field."""
    names = ("practice_name", "with_class", "measure_name", "measure", "unit", "better")
    return {name: getattr(pilot, name) for name in names}


def answers_of(pilot: Pilot) -> dict[str, Any]:
    """Return the pilot's plan as its teacher would type it, by field."""
    names = ("aim", "prediction", "starts_on", "ends_on", "rhythm", "ask_at", "circle")
    values = [written(one, pilot.measure) for one in baseline_of(pilot)]
    goal = "" if pilot.goal is None else goal_written(pilot.goal, pilot.measure)
    return (
        facts_of(pilot)
        | {name: getattr(pilot, name) for name in names}
        | {"baseline": "\n".join(values), "goal": goal}
    )


def day_written(day: date) -> str:
    """Return a day of these weeks and months as it is said."""
    return f"{day:%A} {day.day} {day:%B}"


def _written(field: str, typed: Mapping[str, Any]) -> str:
    kept, most = clean(str(typed.get(field) or "")), LENGTHS[field]
    if not kept and field in _MISSING:
        raise PlanError(_MISSING[field], field=field)
    if len(kept) > most:
        raise PlanError(
            f"This is {len(kept):,} characters long and {most:,} fit here. A few words are plenty.",
            field=field,
        )
    return kept


def _one_of(kind: type[Choice], field: str, typed: Mapping[str, Any], usual: Choice) -> Choice:
    """Return what was chosen there, which may be forged, or what is usual."""
    try:
        return kind(typed.get(field) or usual)
    except ValueError:
        raise PlanError("Please choose one of these.", field=field) from None


def _days(typed: Mapping[str, Any], today: date, pilot: Pilot | None) -> tuple[date, date]:
    starts_on: date = typed.get("starts_on") or today
    is_new_start = pilot is None or starts_on != pilot.starts_on
    if is_new_start and not today - BEGUN_BEFORE <= starts_on <= today + AHEAD:
        raise PlanError(
            f"Please begin between {day_written(today - BEGUN_BEFORE)} and "
            f"{day_written(today + AHEAD)}. Values from before have a field of their own.",
            field="starts_on",
        )
    ends_on: date = typed.get("ends_on") or starts_on + USUALLY
    is_new_end = is_new_start or pilot is None or ends_on != pilot.ends_on
    if is_new_end:
        _require_good_end(starts_on, ends_on, today)
    return starts_on, ends_on


def _require_good_end(starts_on: date, ends_on: date, today: date) -> None:
    first, latest = max(starts_on, today), starts_on + AT_MOST
    if ends_on < starts_on:
        raise PlanError(
            f"The last day lies before the first, {day_written(starts_on)}. "
            "Please move one of them.",
            field="ends_on",
        )
    if ends_on < first:
        raise PlanError("That day is over. Please choose one to come.", field="ends_on")
    if ends_on > latest:
        raise PlanError(
            "A pilot is small, six weeks at most: until "
            f"{day_written(latest)}. A next cycle can go on from there.",
            field="ends_on",
        )
