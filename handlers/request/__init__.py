"""What a handler may ask for by name, besides what Bolt offers.

reply        answers the member privately, however they spoke
forms        opens a form, or keeps what was typed and offers a button that opens it
where        which community the member means
again        sends a request through the same handlers once more

[a community's name]    asks the same thing again, for the community that was pressed
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from slack_bolt.async_app import AsyncAck

from handlers.blocks.request import CHOOSE
from handlers.request.forms import Forms
from handlers.request.payloads import (
    as_command,
    channel_name_in,
    code_of,
    facts_in,
    is_passing,
    message_key,
    occurrence_of,
    request_key,
    said_by,
    said_in,
    thread_of,
)
from handlers.request.reply import Reply
from handlers.request.where import (
    CHANNELS,
    Directory,
    NoCommunityError,
    Where,
    WhichCommunityError,
)
from models.database import Database
from models.errors import NotHereError
from models.members import Member

__all__ = [
    "CHANNELS",
    "Again",
    "Directory",
    "Forms",
    "NoCommunityError",
    "Reply",
    "Where",
    "WhichCommunityError",
    "as_command",
    "channel_name_in",
    "code_of",
    "facts_in",
    "is_passing",
    "message_key",
    "names_of",
    "occurrence_of",
    "register",
    "request_key",
    "said_by",
    "said_in",
    "thread_of",
]

# What a choice may ask again; the button's value may be forged.
COMMANDS = (
    "/problem",
    "/hangout",
    "/pilot",
    "/practice",
    "/thanks",
    "/material",
    "/staffroom",
)

Again = Callable[[dict[str, Any]], Awaitable[None]]


def register(app: Any) -> None:
    app.action(re.compile(rf"^{re.escape(CHOOSE)}\.\d+$"))(choose_community)


async def choose_community(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], again: Again
) -> None:
    """Ask the same thing again, now for the community that was pressed."""
    await ack()
    asked = facts_in(action.get("value"))
    command, text = str(asked.get("command") or ""), str(asked.get("text") or "")
    if command not in COMMANDS:
        raise NotHereError("I do not know any more what you asked for. Please ask once more.")
    await again(as_command(body, command, text) | {"community_id": asked.get("community_id")})


async def names_of(db: Database, member_ids: Sequence[str]) -> dict[str, str]:
    """Return the display names of those people that are known, by id."""
    async with db() as session:
        known = await Member.known(session, member_ids)
    return {member_id: member.name for member_id, member in known.items() if member.name}
