"""Departing: who has left the workspace cannot press a button, so a lead has it done for them."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.errors import NotAllowedError, RuleError
from models.members import Member
from models.my_data.nobody import SOMEBODY
from models.text import one_line

_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
NOBODY = (
    "I know nobody of that name who has left. Write the name as it was in Slack, or the member id."
)
SEVERAL = (
    "Several people of that name have left. Their member id, as in their Slack profile, tells "
    "whom you mean."
)


class StillHereError(RuleError):
    """Somebody who can have it done themselves."""


async def departed(session: AsyncSession, typed: str, by: Member) -> Member:
    """Return who is meant of those who have left; `typed` is a mention, an id or a name.

    Raises NotAllowedError for who does not lead, StillHereError, and RuleError where nobody or
    more than one is meant.
    """
    if not by.is_lead:
        raise NotAllowedError(
            "Only a lead can have the data of somebody who has left deleted. "
            "`/staffroom me` shows your own."
        )
    found = await _meant(session, typed)
    gone = [one for one in found if one.left_at is not None]
    if found and not gone:
        raise StillHereError(
            "They are still in this workspace, so it is theirs to decide: "
            "`/staffroom me` shows them how."
        )
    if len(gone) != 1:
        raise RuleError(SEVERAL if gone else NOBODY)
    return gone[0]


async def _meant(session: AsyncSession, typed: str) -> list[Member]:
    """Return whom the words may mean; nobody means who stands for those that were deleted."""
    mentioned = _MENTION.fullmatch(typed.strip())
    wanted = mentioned[1] if mentioned else one_line(typed).removeprefix("@")
    # The database alone knows which letters it makes small, so it does so on both sides.
    is_meant: ColumnElement[bool] = func.lower(Member.member_id) == func.lower(wanted)
    if not mentioned:
        is_meant = or_(is_meant, func.lower(Member.name) == func.lower(wanted))
    query = select(Member).where(Member.is_bot.is_(False), Member.member_id != SOMEBODY, is_meant)
    return list(await session.scalars(query))
