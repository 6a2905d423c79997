"""Placing: where a member stands at a hangout, before and after they change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.hangouts.facts import Known
from handlers.blocks.hangouts.own import Own
from handlers.hangouts.knowing import known_for
from handlers.request import Where
from models.communities import Community
from models.database import Database
from models.errors import RuleError
from models.hangouts.admission import is_member
from models.hangouts.hangout import Hangout
from models.hangouts.standings import HangoutStanding
from models.time import Clock

# Among how many coming hangouts the next one that takes place is looked for.
LOOKS_AHEAD = 20
NOTHING_AHEAD = "No hangout is coming yet. A facilitator plans them with /hangout plan."


@dataclass(frozen=True)
class Placed:
    """One hangout as it stands, one member's own place there, and what drawing it needs."""

    standing: HangoutStanding
    own: Own
    known: Known

    @property
    def hangout(self) -> Hangout:
        return self.standing.hangout

    @property
    def presenters(self) -> list[str]:
        """Who has a seat or is offered one: what somebody gives back is theirs at once."""
        return [one.member_id for one in self.standing.seats]

    @classmethod
    async def at(cls, session: AsyncSession, hangout: Hangout, member_id: str) -> Placed:
        standing = await HangoutStanding.of(session, hangout)
        known = await known_for(session, [standing], member_id)
        return cls(standing, Own.of(standing, member_id), known)


async def to_sign_up(
    session: AsyncSession, hangout_id: object, member_id: str, now: datetime
) -> Hangout:
    """Return the hangout for somebody's answer; whoever is new in an open channel is welcome.

    Nobody else changes it until the transaction ends. Raises NotHereError for one of a private
    channel they are not in, RuleError when the channel is archived.
    """
    found = await Hangout.seen_by(session, str(hangout_id or ""), member_id)
    # Rows and no records: of a hundred who press at once each would read a hundred members.
    where = select(Community.name, Community.archived_at).where(Community.id == found.community_id)
    name, archived_at = (await session.execute(where)).one()
    if archived_at is not None:
        raise RuleError(f"The channel of {name} is archived, so nobody meets there.")
    if not await is_member(session, found.community_id, member_id):
        community = await Community.locked(session, found.community_id)
        community.welcome(member_id, now)
        await session.flush()
    return await Hangout.of(session, found.id, for_update=True)


async def hangout_meant(
    body: dict[str, Any], where: Where, db: Database, clock: Clock, *, may_have_begun: bool = False
) -> str | int:
    """Return the id of the hangout in a button's value, or of the next one of the community.

    An id from a button may be forged. `may_have_begun`: one that goes on now comes before the next.
    Raises RuleError when nothing is coming.
    """
    [action] = body.get("actions") or [{}]
    if value := str(action.get("value") or ""):
        return value
    community = await where.community()
    async with db() as session:
        coming = await Hangout.coming(session, community.id, clock(), limit=LOOKS_AHEAD)
    ahead = [one.id for one in coming if one.is_on and (may_have_begun or one.is_ahead(clock()))]
    if not ahead:
        raise RuleError(NOTHING_AHEAD)
    return ahead[0]


async def placed_now(db: Database, hangout: Hangout, member_id: str) -> Placed:
    """Return where somebody stands, without keeping others waiting for the hangout."""
    async with db() as session:
        return await Placed.at(session, hangout, member_id)
