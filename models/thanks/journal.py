"""The journal: all thanks somebody received and gave, for nobody's eyes but theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.members import Member
from models.thanks.sight import has_arrived
from models.thanks.thanks import Receiver, Thanks

PAGE_SIZE = 5
# How many App Home shows.
LATEST = 3


class Side(StrEnum):
    """The two halves of a journal."""

    RECEIVED = "received"
    GIVEN = "given"


@dataclass(frozen=True, kw_only=True)
class JournalPage:
    """A few thanks of one half; `number` counts from 0, `total` is of all pages.

    What was received comes by reason, the one that comes most often first and those without one
    last, and the newest first within each; `reasons` are all of them in that order. What was given
    comes newest first, and has none. `is_all` is False when the other half holds something.
    """

    side: Side
    thanks: tuple[Thanks, ...]
    number: int
    total: int
    reasons: tuple[str, ...] = ()
    is_all: bool = True

    @property
    def has_earlier(self) -> bool:
        return (self.number + 1) * PAGE_SIZE < self.total

    @property
    def has_later(self) -> bool:
        return self.number > 0


@dataclass(frozen=True, kw_only=True)
class Journal:
    """All of it: both halves as their pages have them, and who is in it.

    `receivers` are ids by the number of the thanks, `names` display names by id.
    """

    received: Sequence[Thanks]
    given: Sequence[Thanks]
    receivers: Mapping[int, Sequence[str]]
    names: Mapping[str, str]


async def page_of(
    session: AsyncSession, side: Side, member_id: str, now: datetime, number: int = 0
) -> JournalPage:
    """Return one page of this person's own journal; `number` may be forged."""
    query, reasons = await _half(session, side, member_id, now)
    other = _given(member_id) if side == Side.RECEIVED else _received(member_id, now)
    total = await session.scalar(select(func.count()).select_from(query.subquery())) or 0
    within = max(0, min(number, (total - 1) // PAGE_SIZE))
    page = query.limit(PAGE_SIZE).offset(within * PAGE_SIZE)
    return JournalPage(
        side=side,
        thanks=tuple(await session.scalars(page)),
        number=within,
        total=total,
        reasons=reasons,
        is_all=await session.scalar(other.with_only_columns(Thanks.id).limit(1)) is None,
    )


async def latest(session: AsyncSession, member_id: str, now: datetime) -> Sequence[Thanks]:
    """Return the few thanks this person received last, the newest first."""
    query = _received(member_id, now).order_by(_reached().desc(), Thanks.id.desc())
    return (await session.scalars(query.limit(LATEST))).all()


async def whole(session: AsyncSession, member_id: str, now: datetime) -> Journal:
    """Return all of this person's journal, in six questions however long it is."""
    received, _ = await _half(session, Side.RECEIVED, member_id, now)
    given, _ = await _half(session, Side.GIVEN, member_id, now)
    receivers = await _receivers(session, _received(member_id, now), _given(member_id))
    got, gave = (await session.scalars(received)).all(), (await session.scalars(given)).all()
    people = {one.giver_id for one in got} | {one for who in receivers.values() for one in who}
    known = await Member.known(session, people | {member_id})
    names = {one: row.name for one, row in known.items() if row.name}
    return Journal(received=got, given=gave, receivers=receivers, names=names)


async def _half(
    session: AsyncSession, side: Side, member_id: str, now: datetime
) -> tuple[Select[Thanks], tuple[str, ...]]:
    """Return the query for one half in its order; the reasons are those of what was received."""
    if side == Side.GIVEN:
        return _given(member_id).order_by(Thanks.thanked_at.desc(), Thanks.id.desc()), ()
    reasons = await _reasons(session, member_id, now)
    place = {reason: number for number, reason in enumerate(reasons)}
    order = case(place, value=Thanks.reason, else_=len(place)) if place else Thanks.deleted_at
    newest = (_reached().desc(), Thanks.id.desc())
    return _received(member_id, now).order_by(order, *newest), reasons


def _received(member_id: str, now: datetime) -> Select[Thanks]:
    """Return the query; a note of a shower is a surprise until it arrives."""
    return (
        select(Thanks)
        .join(Receiver, Receiver.thanks_id == Thanks.id)
        .where(Receiver.member_id == member_id, Thanks.deleted_at.is_(None))
        .where(has_arrived(now))
    )


def _given(member_id: str) -> Select[Thanks]:
    return select(Thanks).where(Thanks.giver_id == member_id, Thanks.deleted_at.is_(None))


def _reached() -> ColumnElement[datetime]:
    """Return when thanks reached whom they are for."""
    return func.coalesce(Thanks.arrives_at, Thanks.thanked_at)


async def _reasons(session: AsyncSession, member_id: str, now: datetime) -> tuple[str, ...]:
    """Return for what this person is thanked, the most often and then the latest first."""
    query = (
        _received(member_id, now)
        .with_only_columns(Thanks.reason)
        .where(Thanks.reason.is_not(None))
        .group_by(Thanks.reason)
        .order_by(func.count().desc(), func.max(_reached()).desc(), Thanks.reason)
    )
    return tuple(reason for reason in await session.scalars(query) if reason)


async def _receivers(session: AsyncSession, *queries: Select[Thanks]) -> dict[int, list[str]]:
    """Return who is thanked, in the order they were named, by the number of the thanks."""
    found: dict[int, list[str]] = {}
    for query in queries:
        ids = query.with_only_columns(Thanks.id)
        rows = select(Receiver.thanks_id, Receiver.member_id).where(Receiver.thanks_id.in_(ids))
        for thanks_id, member_id in await session.execute(rows.order_by(Receiver.id)):
            found.setdefault(thanks_id, []).append(member_id)
    return found
