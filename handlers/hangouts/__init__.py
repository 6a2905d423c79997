"""Hangouts in Slack.

/hangout, join, present, leave      what is coming, and my part in it
/hangout plan                       the rhythm: set once, then kept planned ahead
/hangout skip, move, swap           what facilitators change, and who hears of it
/hangout notes                      what was said, written down and found again
a week, a day, 15 minutes before    invitation, reminders with a calendar file, the brief
afterwards                          did you come, and the notes
every minute                        plans ahead, pins schedules, passes seats on that lapsed
"""

from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.hangouts import (
    attending,
    bringing,
    changing,
    ending,
    entering,
    inviting,
    listing,
    noting,
    planning,
    preparing,
    reminding,
    schedule,
    signing_up,
    swapping,
)
from handlers.hangouts.listing import home_now
from handlers.hangouts.schedule import follow_message
from models.database import Database
from models.time import Clock

__all__ = [
    "POSTS",
    "follow_message",
    "home_now",
    "keep_hangouts_going",
    "next_moment",
    "register",
]

PARTS = (
    listing,
    planning,
    changing,
    swapping,
    ending,
    schedule,
    signing_up,
    preparing,
    bringing,
    entering,
    inviting,
    reminding,
    attending,
    noting,
)
POSTS = {kind: drawn for part in PARTS for kind, drawn in part.POSTS.items()}


def register(app: Any) -> None:
    for part in PARTS:
        part.register(app)


async def keep_hangouts_going(db: Database, clock: Clock, client: AsyncWebClient) -> str:
    """Plan ahead, pin what is not pinned, and pass on seats that nobody took in time."""
    said = []
    try:
        said.append(await planning.keep_hangouts_planned(db, clock, client))
    finally:
        # A seat goes on also when something is wrong with a plan.
        said.append(await inviting.lapse_offers(db, clock, client))
    return "; ".join(said)


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when the tick will next change something that can be seen."""
    return await inviting.next_moment(session, now)
