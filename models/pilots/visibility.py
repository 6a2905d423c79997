"""Visibility: what the search keeps of a pilot that its teacher shares."""

from __future__ import annotations

from models import search
from models.pilots.pilot import Circle, Pilot

KIND = "pilot"


def entry_of(pilot: Pilot) -> search.Entry:
    """Return what the search keeps of a pilot: its words, never its teacher or a day's notes.

    Only for one shared with the network or a community; whether that community's channel is
    private makes no difference to who may find it.
    """
    words = (
        pilot.aim,
        pilot.prediction,
        pilot.measure_name,
        pilot.result,
        pilot.learned,
        pilot.why,
    )
    return search.Entry(
        kind=KIND,
        about_id=pilot.id,
        title=pilot.name,
        body="\n".join(text for text in words if text),
        is_open=pilot.circle == Circle.NETWORK,
        community_id=pilot.community_id,
        happened_at=pilot.started_at,
    )
