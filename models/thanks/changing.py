"""Changing: undo and edit for ten minutes, keep it private, delete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete as delete_rows
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.digests.telling import redraw_digests
from models.errors import NotAllowedError, RuleError
from models.members import Member
from models.thanks.finding import receivers_of, seen_by
from models.thanks.telling import (
    redraw,
    redraw_card,
    redraw_for,
    redraw_letters,
    tell_of_keeping_private,
)
from models.thanks.thanks import Receiver, Second, Thanks
from models.thanks.wording import Wording


class TooLateError(RuleError):
    """Its ten minutes are over; whoever was thanked has read it as it is."""


class Part(StrEnum):
    """How much of the thanks somebody deletes: all of it, or that they were thanked as well."""

    WHOLE = "whole"
    OWN = "own"


@dataclass(frozen=True)
class Deletion:
    """What this member may delete. `receiver_ids` are all who are thanked until then."""

    thanks: Thanks
    receiver_ids: Sequence[str]
    member_id: str
    part: Part


async def to_change(
    session: AsyncSession, thanks_id: object, member_id: str, now: datetime
) -> Thanks:
    """Return one's own thanks that can still be put otherwise, locked; `thanks_id` may be forged.

    Raises NotHereError, NotAllowedError for what a colleague said, or TooLateError.
    """
    thanks = await seen_by(session, thanks_id, member_id, now, for_update=True)
    if thanks.giver_id != member_id:
        raise NotAllowedError("Only whoever said these words can change them.")
    if not thanks.may_change(now):
        raise TooLateError(
            "Ten minutes have passed, so the words stay as they are. You can still delete them."
        )
    return thanks


async def edit(
    session: AsyncSession, thanks: Thanks, wording: Wording, now: datetime, *, is_private: bool
) -> None:
    """Put it otherwise, and keep it between giver and receivers if that is wished now.

    What is private stays so, whatever a form says. `thanks` comes from `to_change`.
    """
    thanks.text, thanks.effect, thanks.reason = wording.text, wording.effect, wording.reason
    thanks.edited_at = now
    if is_private and not thanks.is_private:
        await _leave_channel(session, thanks, now)
    await redraw(session, thanks, now)


async def keep_private(
    session: AsyncSession, thanks_id: object, member_id: str, now: datetime
) -> Thanks:
    """Let thanks to this person be seen by giver and receivers only, for good; twice is harmless.

    The giver gets a letter. Raises NotHereError, or NotAllowedError for anybody not thanked.
    """
    thanks = await seen_by(session, thanks_id, member_id, now, for_update=True)
    if member_id not in (await receivers_of(session, [thanks.id])).get(thanks.id, []):
        raise NotAllowedError("Only those who are thanked can keep it between them.")
    if not thanks.is_private:
        await _leave_channel(session, thanks, now)
        await redraw(session, thanks, now)
        await tell_of_keeping_private(session, thanks, now)
    return thanks


async def undo(session: AsyncSession, thanks: Thanks, now: datetime) -> None:
    """Take back what one has just said, from everybody; `thanks` comes from `to_change`."""
    await erase(session, thanks, now)


async def to_delete(
    session: AsyncSession, thanks_id: object, member: Member, now: datetime
) -> Deletion:
    """Return what this member may delete of it, locked; `thanks_id` may be forged.

    The giver deletes all of it; of several receivers each only their own part; facilitators what is
    public in their community. Raises NotHereError or NotAllowedError.
    """
    thanks = await seen_by(session, thanks_id, member.member_id, now, for_update=True)
    receivers = (await receivers_of(session, [thanks.id])).get(thanks.id, [])
    part = Part.WHOLE
    if member.member_id in receivers:
        part = Part.OWN if len(receivers) > 1 else Part.WHOLE
    elif member.member_id != thanks.giver_id:
        await _require_facilitator(session, thanks, member)
    return Deletion(thanks, receivers, member.member_id, part)


async def delete(session: AsyncSession, deletion: Deletion, now: datetime) -> None:
    """Delete what was asked for: card and letters say nothing of it any more."""
    thanks = deletion.thanks
    if deletion.part == Part.WHOLE:
        await erase(session, thanks, now)
        return
    mine = (Receiver.thanks_id == thanks.id, Receiver.member_id == deletion.member_id)
    await redraw_letters(session, thanks, [deletion.member_id], now)
    await session.execute(delete_rows(Receiver).where(*mine))
    await redraw(session, thanks, now)


async def _require_facilitator(session: AsyncSession, thanks: Thanks, member: Member) -> None:
    community = await session.get_one(Community, thanks.community_id)
    if not community.is_run_by(member):
        names = await Member.known(session, community.facilitators)
        known = [one.name for one in names.values() if one.name]
        ask = f" Ask {' or '.join(known)}." if known else ""
        raise NotAllowedError(
            f"Only giver, receivers and facilitators can delete these words.{ask}"
        )


async def _leave_channel(session: AsyncSession, thanks: Thanks, now: datetime) -> None:
    """Keep it between giver and receivers: who seconded it is forgotten, the card shows nothing."""
    thanks.is_private = True
    await session.execute(delete_rows(Second).where(Second.thanks_id == thanks.id))
    await redraw_card(session, thanks, now)
    await redraw_digests(session, thanks.community_id, thanks.thanked_at, now)


async def erase(session: AsyncSession, thanks: Thanks, now: datetime) -> None:
    """Keep nothing that was written, nor whom it was for."""
    await erase_all(session, [thanks], now)


async def erase_all(session: AsyncSession, several: Sequence[Thanks], now: datetime) -> None:
    """Keep nothing of any of these."""
    ids = [one.id for one in several]
    receivers = await receivers_of(session, ids)
    for thanks in several:
        thanks.text = ""
        thanks.effect = thanks.reason = None
        thanks.about_kind = thanks.about_id = None
        thanks.source_channel_id = thanks.source_ts = None
        thanks.deleted_at = thanks.deleted_at or now
    for table in (Receiver, Second):
        await session.execute(delete_rows(table).where(table.thanks_id.in_(ids)))
    for thanks in several:
        await redraw_for(session, thanks, receivers.get(thanks.id, []), now)
