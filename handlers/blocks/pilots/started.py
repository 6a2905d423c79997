"""What a teacher reads right after a pilot has begun, its plan changed, or it was deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from handlers.blocks.message import Message
from handlers.blocks.request import plain, with_kept
from models.pilots.measures import EXAMPLES
from models.pilots.pilot import Pilot, Rhythm
from models.pilots.plan import day_written
from models.time import zone

_LOST = {
    "practice": "Its practice is not in the tool belt any more, so it is kept in your words.",
    "inspired_by": "The pilot it was inspired by was taken back, so it stands for itself.",
    "problem": "The problem it began with is not there any more, so it stands for itself.",
}


def begun_words(pilot: Pilot, asks_at: datetime | None, tz: str, lost: Sequence[str] = ()) -> str:
    """Return, as plain words, that it runs and what comes next.

    `asks_at` is when a value is asked for first; `lost` names what it came from that is gone.
    """
    begun = "Your pilot has begun." if pilot.cycle == 1 else f"Cycle {pilot.cycle} has begun."
    how = f"Log takes a value at any time, and so does /pilot log {EXAMPLES[pilot.measure]}."
    return " ".join([begun, asking_words(pilot, asks_at, tz), how, *(_LOST[one] for one in lost)])


def asking_words(pilot: Pilot, asks_at: datetime | None, tz: str) -> str:
    """Return when the next value is asked for, in the community's own zone."""
    if pilot.paused_at is not None:
        return "My questions are paused."
    if pilot.is_stopped:
        return "I ask for nothing, as you wished."
    if pilot.rhythm == Rhythm.NEVER:
        return "I don’t ask for values."
    if asks_at is None:
        return f"After {day_written(pilot.ends_on)} I ask what you decide."
    local = asks_at.astimezone(zone(tz))
    return f"I ask for a value on {day_written(local.date())} at {local:%H:%M}."


def too_long_to_fit(words: str) -> Message:
    """Return what somebody typed that is more than the form takes."""
    text = "That is more than fits into the form, which holds its beginning. Here is all of it."
    return with_kept(plain(text), words)


def plan_kept_words(pilot: Pilot, asks_at: datetime | None, tz: str) -> str:
    """Return, as plain words, that the plan is changed and when a value is asked for."""
    return f"Your plan is changed. {asking_words(pilot, asks_at, tz)}"


def deleted() -> Message:
    """Return the answer to deleting a pilot."""
    sentence = "Deleted, with its values and all you wrote. `/pilot start` begins another one."
    return plain(sentence)
