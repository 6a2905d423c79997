"""Thanks in Slack.

/thanks @ana @ben because …     posts at once; private … for their eyes only
/thanks                     the form: who, for what, its effect, a reason, a link
Say thanks, Say thanks for this    the same from the shortcut menus
(a card, letters)           [Second this] or the emoji; [Thank back] [Keep private]
for ten minutes             [Undo] [Edit]; later Delete, for giver, receivers, facilitators
/thanks journal             what I received, by reason, and gave; to keep as a document
/thanks shower, customs     facilitators: notes for one member that arrive together; reasons
(time)                      a nudge, ideas whom to thank, the weekly prompt
"""

from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.thanks import (
    changing,
    customs,
    entering,
    exporting,
    giving,
    journal,
    linking,
    nudging,
    opening,
    receiving,
    seconding,
    showering,
    suggesting,
)
from handlers.thanks.customs import prompt_for_thanks
from handlers.thanks.journal import home_section
from handlers.thanks.nudging import nudge
from handlers.thanks.seconding import follow_reaction
from handlers.thanks.showering import keep_showers_going
from models.database import Database
from models.time import Clock

__all__ = [
    "POSTS",
    "follow_reaction",
    "home_section",
    "keep_thanks_going",
    "next_moment",
    "nudge",
    "prompt_for_thanks",
    "register",
]

PARTS = (
    entering,
    opening,
    giving,
    linking,
    receiving,
    seconding,
    changing,
    journal,
    exporting,
    nudging,
    suggesting,
    showering,
    customs,
)
POSTS = (
    receiving.POSTS
    | exporting.POSTS
    | nudging.POSTS
    | suggesting.POSTS
    | showering.POSTS
    | customs.POSTS
)


def register(app: Any) -> None:
    for part in PARTS:
        part.register(app)


async def keep_thanks_going(db: Database, clock: Clock, client: AsyncWebClient) -> str:
    """Invite to showers and let their notes arrive; ask the channels that want to be asked."""
    said = []
    try:
        said.append(await keep_showers_going(db, clock, client))
    finally:
        # A channel is asked also when something is wrong with a shower.
        said.append(await prompt_for_thanks(db, clock, client))
    return "; ".join(said)


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when the tick will next say something by itself."""
    moments = [await part.next_moment(session, now) for part in (showering, customs)]
    return min((one for one in moments if one is not None), default=None)
