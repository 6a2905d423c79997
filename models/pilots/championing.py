"""Championing: a lead's kind word for a shared pilot. It is told and shown, never counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.errors import NotAllowedError, RuleError
from models.members import Member
from models.pilots.finding import seen_by
from models.pilots.observation import Champion
from models.pilots.pilot import Pilot
from models.pilots.telling import redraw_cards, tell_of_champion
from models.problems.answers import add_once
from models.text import clean

WORDS_LENGTH = 300


class KindWordError(RuleError):
    """A kind word that is missing or does not fit on a card."""

    field = "words"


class OwnPilotError(RuleError):
    """One's own pilot is championed by somebody else."""


def kind_word(text: str | None) -> str:
    """Return what was typed, fit to keep; raises a KindWordError."""
    kept = clean(text or "")
    if not kept:
        raise KindWordError("What do you want to say? One sentence is plenty.")
    if len(kept) > WORDS_LENGTH:
        raise KindWordError(
            f"This is {len(kept)} characters long and {WORDS_LENGTH} fit on the card. "
            "The rest can go into its thread."
        )
    return kept


async def to_champion(session: AsyncSession, pilot_id: object, member: Member) -> Pilot:
    """Return the pilot if this member may champion it; raises NotHereError, NotAllowedError."""
    pilot = await seen_by(session, pilot_id, member.member_id)
    if pilot.member_id == member.member_id:
        raise OwnPilotError("This one is yours. A lead who likes it can say so here.")
    if not member.is_lead:
        raise NotAllowedError(
            "Championing is how leads stand behind a try. "
            "Your own kind word is welcome in its thread."
        )
    return pilot


async def champion(
    session: AsyncSession, pilot: Pilot, member: Member, words: str, now: datetime
) -> bool:
    """Keep the lead's kind word, in place of an earlier one, and return whether it is new.

    The teacher is told of the first.
    """
    said = Champion(pilot_id=pilot.id, member_id=member.member_id, words=words, said_at=now)
    known = await words_of(session, pilot.id, member.member_id)
    if known is None and not await add_once(session, said):
        known = await words_of(session, pilot.id, member.member_id)
    if known is not None:
        if known.words == words:
            return False
        known.words = words
    await tell_of_champion(session, pilot, member.member_id, now)
    await redraw_cards(session, pilot, now)
    return True


async def words_of(session: AsyncSession, pilot_id: int, member_id: str) -> Champion | None:
    """Return what this person said of it, if anything."""
    query = select(Champion).where(Champion.pilot_id == pilot_id, Champion.member_id == member_id)
    return await session.scalar(query)


async def champions_of(
    session: AsyncSession, pilot_ids: Collection[int]
) -> Mapping[int, list[Champion]]:
    """Return the kind words for those pilots, the earliest first."""
    query = select(Champion).where(Champion.pilot_id.in_(pilot_ids)).order_by(Champion.id)
    by_pilot: dict[int, list[Champion]] = defaultdict(list)
    for one in await session.scalars(query):
        by_pilot[one.pilot_id].append(one)
    return by_pilot
