"""Finding: thanks by their number, for those who see them, with who is thanked and who joins in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.errors import NotHereError
from models.ids import id_from
from models.thanks.sight import is_seen_by
from models.thanks.thanks import Receiver, Second, Thanks

# The same words whether it does not exist, is over, or is between others.
NOT_HERE = "I can't find these words of thanks. `/thanks journal` shows those that you keep."


async def of(session: AsyncSession, thanks_id: int | None) -> Thanks | None:
    """Return thanks whoever may see them, for the bot's own doings; deleted ones as well."""
    return await session.get(Thanks, thanks_id) if thanks_id is not None else None


async def seen_by(
    session: AsyncSession,
    thanks_id: object,
    member_id: str,
    now: datetime,
    *,
    for_update: bool = False,
) -> Thanks:
    """Return the thanks if this person sees them; `thanks_id` may be forged.

    `for_update` keeps others waiting. Raises NotHereError.
    """
    query = select(Thanks).where(Thanks.id == (id_from(thanks_id) or 0), is_seen_by(member_id, now))
    if for_update:
        query = query.with_for_update(of=Thanks).execution_options(populate_existing=True)
    thanks = await session.scalar(query)
    if thanks is None:
        raise NotHereError(NOT_HERE)
    return thanks


async def receivers_of(session: AsyncSession, thanks_ids: Collection[int]) -> dict[int, list[str]]:
    """Return who is thanked, in the order they were named, by the number of the thanks."""
    query = (
        select(Receiver.thanks_id, Receiver.member_id)
        .where(Receiver.thanks_id.in_(thanks_ids))
        .order_by(Receiver.id)
    )
    found: dict[int, list[str]] = {}
    for thanks_id, member_id in await session.execute(query):
        found.setdefault(thanks_id, []).append(member_id)
    return found


async def seconders_of(session: AsyncSession, thanks_ids: Collection[int]) -> dict[int, list[str]]:
    """Return who says the same, each once, the first one first, by the number of the thanks."""
    query = (
        select(Second.thanks_id, Second.member_id)
        .where(Second.thanks_id.in_(thanks_ids))
        .order_by(Second.seconded_at, Second.id)
    )
    found: dict[int, dict[str, None]] = {}
    for thanks_id, member_id in await session.execute(query):
        found.setdefault(thanks_id, {})[member_id] = None
    return {thanks_id: list(who) for thanks_id, who in found.items()}
