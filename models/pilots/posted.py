"""Posted: the kinds of what is said about pilots, and the keys of these posts."""

from __future__ import annotations

from datetime import date

from models.pilots.pilot import Pilot

# In the community's channel; lives on. A pilot taken back and shared again has a new one.
CARD = "pilots.card"
# In the thread of the problem a shared pilot began with.
OF_PROBLEM = "pilots.of_problem"
# Letters to one member each: to its teacher …
ASK = "pilots.ask"
FINISH_WANTED = "pilots.finish_wanted"
CHAMPIONED = "pilots.championed"
# … and to the one whose pilot inspired it.
SPARK = "pilots.spark"

# Names in PostKind.switch; models.members.SWITCHES lists them.
ASKS, NEWS = "pilots.asks", "pilots.news"


def card_key(pilot: Pilot) -> str:
    """Return the key of the card of a pilot that is shared."""
    moment = int(pilot.shared_at.timestamp()) if pilot.shared_at else 0
    return f"{CARD}:{pilot.id}:{moment}"


def ask_key(pilot: Pilot, on: date) -> str:
    return f"{ASK}:{pilot.id}:{on.isoformat()}"


def finish_wanted_key(pilot: Pilot) -> str:
    """Return the key of the letter that asks for a decision; a later end has a new one."""
    return f"{FINISH_WANTED}:{pilot.id}:{pilot.ends_on.isoformat()}"
