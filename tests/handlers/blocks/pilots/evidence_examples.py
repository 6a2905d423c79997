"""Evidence to draw and to tell about, without a database."""

from datetime import date, timedelta

from models.pilots.evidence import Evidence, Mark, Point
from models.pilots.measures import Value, written
from models.pilots.pilot import Measure
from tests.examples import a_pilot

# A Friday.
FIRST = date(2026, 9, 4)
STEADY = [13, 14, 12, 13, 15, 13, 12, 14, 13, 13]


def a_value(value, measure: str) -> Value:
    if measure == Measure.COUNT:
        return Value(float(value[0]), value[1]) if isinstance(value, tuple) else Value(value, 26)
    return Value(float(value))


def an_evidence(
    *values, before=(), measure=Measure.COUNT, cycles=(), skipped=(), marks=(), **terms
) -> Evidence:
    """Return evidence of one value a week; a count is of 26 unless it is a pair.

    `cycles` are the numbers of the cycles of the values, `skipped` the places before which five
    weeks are missing, `marks` are pairs of a place and words.
    """
    cycles = cycles or [1] * len(values)
    points, day = [], FIRST
    for place, typed in enumerate([*before, *values]):
        value, is_before = a_value(typed, measure), place < len(before)
        at = place - len(before)
        day += timedelta(weeks=5) if at in skipped else timedelta()
        points.append(
            Point(
                on=None if is_before else day,
                value=value.charted,
                label=written(value, measure),
                total=value.total,
                cycle=1 if is_before else cycles[at],
                is_baseline=is_before,
                observation_id=None if is_before else at + 1,
            )
        )
        day += timedelta() if is_before else timedelta(weeks=1)
    described = {
        "measure_name": "students who wrote an answer",
        "unit": "students",
        "better": "higher",
        "goal": None,
    } | terms
    return Evidence(
        pilot=a_pilot(measure=measure),
        measure=measure,
        points=tuple(points),
        marks=tuple(Mark(FIRST + timedelta(weeks=at), words, 1) for at, words in marks),
        cycles=tuple(dict.fromkeys(cycles)) or (1,),
        **described,
    )
