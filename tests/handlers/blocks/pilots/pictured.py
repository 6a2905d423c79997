"""What drawings of pilots are drawn from: evidence, and what is known of people and places."""

from datetime import timedelta
from typing import Any

from handlers.blocks.pilots.facts import Known
from models.pilots.evidence import Evidence, Point
from models.pilots.observation import Champion
from models.pilots.pilot import Pilot
from tests.examples import CHRIS, NAMES, NOW


def an_evidence(pilot: Pilot, *values: int, **traits: Any) -> Evidence:
    """Return evidence of these values of 26, a day apart."""
    points = tuple(
        Point(
            on=NOW.date() + timedelta(days=day),
            value=100 * value / 26,
            label=f"{value} of 26",
            total=26,
            cycle=1,
            is_baseline=False,
            observation_id=day,
        )
        for day, value in enumerate(values)
    )
    fields = {
        "pilot": pilot,
        "measure": pilot.measure,
        "measure_name": pilot.measure_name,
        "unit": pilot.unit,
        "better": pilot.better,
        "goal": pilot.goal,
        "points": points,
        "marks": (),
        "cycles": (1,),
    }
    return Evidence(**fields | traits)


def known_of(pilot: Pilot, *values: int, **traits: Any) -> Known:
    fields = {
        "names": NAMES,
        "evidence": {pilot.id: an_evidence(pilot, *values)},
        "places": {pilot.community_id: "#math-circle"},
    }
    return Known(**fields | traits)


def a_champion(words: str = "Brave.", member_id: str = CHRIS) -> Champion:
    return Champion(member_id=member_id, words=words)
