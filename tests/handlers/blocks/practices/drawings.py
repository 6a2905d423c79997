"""Practices as readers see them, from the tame to the nasty."""

from typing import Any

from handlers.blocks.practices.cards import Told
from models.practices.finding import Page
from models.practices.lineage import Lineage
from models.practices.practice import Practice
from models.practices.summing_up import Summary
from models.practices.trials import Trial
from tests.examples import ANA, NAMES, a_practice
from tests.handlers.blocks.problems.drawings import NASTY


def told_of(practice: Practice, *trials: Trial, **more: Any) -> Told:
    """Return what a card tells Ana of a practice, which these tried."""
    return Told(
        summary=Summary(practice=practice, reader_id=ANA, trials=trials),
        lineage=Lineage(practice=practice, reader_id=ANA, trials=trials),
        **{"names": NAMES} | more,
    )


def a_page(*practices: Practice, number: int = 0, total: int | None = None) -> Page:
    return Page(practices=practices, number=number, total=total or len(practices))


def nasty_practice(**traits: Any) -> Practice:
    """Return a practice whose every word tries to be something else, at its full length."""
    return a_practice(
        **{
            "id": 7,
            "name": NASTY[:80],
            "what": (NASTY * 10)[:1000],
            "steps": [(NASTY * 2)[:150]] * 10,
            "fits": (NASTY * 5)[:500],
            "materials": (NASTY * 5)[:500],
            "topics": [NASTY[:30]] * 5,
            "subject": NASTY[:60],
            "grades": NASTY[:60],
            "added_by": ANA,
        }
        | traits
    )
