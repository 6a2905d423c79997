"""Consultancies in Slack.

(a hangout begins)                  a thread a presenter opens by itself
[Start] [Next step] [2 more minutes] [Finish]    for whoever leads; each step says what to do
(over some days)                    the same in a problem's own thread, step by step by itself
/hangout protocols                  the protocols, and the community's own editions
afterwards                          the next step, a word of thanks, and what became of it
every minute                        opens what begins, moves on what is due
"""

from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.consultancies import (
    days,
    following_up,
    leading,
    next_steps,
    outcomes,
    protocols,
)
from handlers.consultancies.days import follow_message
from handlers.consultancies.following_up import home_now
from models.database import Database
from models.time import Clock

__all__ = [
    "POSTS",
    "follow_message",
    "home_now",
    "keep_consultancies_going",
    "next_moment",
    "register",
]

PARTS = (leading, protocols, days, next_steps, following_up)
POSTS = {kind: drawn for part in (*PARTS, outcomes) for kind, drawn in part.POSTS.items()}


def register(app: Any) -> None:
    for part in PARTS:
        part.register(app)


async def keep_consultancies_going(db: Database, clock: Clock, client: AsyncWebClient) -> str:
    """Open and close what is due at hangouts, and move on what goes over some days."""
    said = []
    try:
        said.append(await leading.lead_consultancies(db, clock, client))
    finally:
        # What goes wrong at hangouts does not hold up the other ones.
        said.append(await days.move_days_on(db, clock, client))
    return "; ".join(said)


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when the tick will next change something that can be seen."""
    moments = [await part.next_moment(session, now) for part in (leading, days)]
    return min((one for one in moments if one is not None), default=None)
