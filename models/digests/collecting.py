"""Collecting: what a digest tells of, in a fixed number of questions however long the history is.

Each question begins with an index and ends with a limit, so that ten years cost what one costs; and
it is asked of several communities at once, so that a network's digest costs no more questions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    func,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from models.communities import Community
from models.digests.addressing import links_in, names_in
from models.digests.digest import Digest, Meeting
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Presenting, Signup
from models.materials.material import Circle as MaterialCircle
from models.materials.material import Material
from models.pilots.cycles import EVERYBODY
from models.pilots.evidence import Evidence
from models.pilots.pilot import Circle, Pilot
from models.problems import Problem
from models.problems.standings import is_unanswered
from models.thanks.sight import is_public
from models.thanks.thanks import Receiver, Thanks
from models.wordings.rewording import wording_of
from models.wordings.wording import Spot

# A question that waited longer is in nobody's mind any more; `/problem unanswered` still has it.
WAITS_AT_MOST = timedelta(weeks=8)
# More of one kind nobody reads, not even on a page of their own.
AT_MOST = 50

Ids = Collection[int]
Moment = InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]
Row = TypeVar("Row", Problem, Pilot, Thanks, Material)


async def collect(
    session: AsyncSession,
    community: Community,
    since: datetime,
    now: datetime,
    *,
    is_elsewhere: bool = False,
) -> Digest:
    """Return what the community may be told of the time after `since` until `now`.

    `is_elsewhere` leaves out what only its own members see.
    """
    [digest] = await collect_all(session, [community], since, now, is_elsewhere=is_elsewhere)
    return replace(digest, opening=await wording_of(session, community.id, Spot.DIGEST))


async def collect_all(
    session: AsyncSession,
    communities: Sequence[Community],
    since: datetime,
    now: datetime,
    *,
    is_elsewhere: bool,
) -> list[Digest]:
    """Return the same of each of them, in their order and in as many questions as of one.

    The words with which a community begins its own digest are left out.
    """
    ids, new = [one.id for one in communities], _Time(since, now)
    questions = await _questions(session, ids, now)
    meetings = await _meetings(session, ids, now)
    pilots = await _pilots(session, ids, new, is_elsewhere=is_elsewhere)
    evidence = await Evidence.of_all(session, pilots, reader_id=EVERYBODY)
    # What is said in public only members see.
    thanks = [] if is_elsewhere else await _thanks(session, ids, new)
    receivers = await _receivers(session, [one.id for one in thanks])
    materials = await _materials(session, ids, new, is_elsewhere=is_elsewhere)
    asked, shared = _by_community(questions), _by_community(pilots)
    thanked, saved = _by_community(thanks), _by_community(materials)
    digests = [
        Digest(
            community=one,
            since=since,
            at=now,
            is_elsewhere=is_elsewhere,
            questions=asked[one.id],
            meeting=meetings.get(one.id),
            pilots=shared[one.id],
            evidence=evidence,
            thanks=thanked[one.id],
            receivers=receivers,
            materials=saved[one.id],
        )
        for one in communities
    ]
    names, links = await names_in(session, digests), await links_in(session, digests)
    return [replace(one, names=names, links=links) for one in digests]


class _Time:
    """The time a digest tells of."""

    def __init__(self, since: datetime, until: datetime) -> None:
        self.since, self.until = since, until

    def holds(self, moment: Moment) -> ColumnElement[bool]:
        """Return the condition that something came in this time."""
        return and_(moment > self.since, moment <= self.until)


def _by_community(rows: Iterable[Row]) -> Mapping[int, list[Row]]:
    """Return the rows of each community in their order, nothing for one without."""
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.community_id].append(row)
    return found


def _newest(
    table: type[Row], came: SQLColumnExpression[Any], *conditions: ColumnElement[bool]
) -> Select[Row]:
    """Return the question for the newest ones of each community, as many as anybody reads."""
    place = func.row_number().over(
        partition_by=table.community_id, order_by=(came.desc(), table.id.desc())
    )
    # The ids alone are put in order, not whole rows with all their words.
    placed = select(table.id.label("id"), place.label("place")).where(*conditions).subquery()
    newest = select(placed.c.id).where(placed.c.place <= AT_MOST)
    return select(table).where(table.id.in_(newest)).order_by(came.desc(), table.id.desc())


async def _questions(session: AsyncSession, ids: Ids, now: datetime) -> Sequence[Problem]:
    """Return what nobody has answered yet, the newest first."""
    query = _newest(
        Problem,
        Problem.shared_at,
        Problem.community_id.in_(ids),
        _Time(now - WAITS_AT_MOST, now).holds(Problem.shared_at),
        Problem.deleted_at.is_(None),
        is_unanswered(),
    )
    return (await session.scalars(query)).all()


async def _meetings(session: AsyncSession, ids: Ids, now: datetime) -> dict[int, Meeting]:
    """Return the next hangout of each community, with its seats that are free."""
    taken = (
        select(func.count(Signup.id))
        .where(Signup.hangout_id == Hangout.id)
        .where(Signup.presenting.in_([Presenting.SEAT, Presenting.OFFERED]))
        .scalar_subquery()
    )
    place = func.row_number().over(
        partition_by=Hangout.community_id, order_by=(Hangout.starts_at, Hangout.id)
    )
    placed = (
        select(Hangout.id.label("id"), place.label("place"))
        .where(Hangout.community_id.in_(ids), Hangout.starts_at > now)
        .where(Hangout.called_off_at.is_(None))
        .subquery()
    )
    query = select(Hangout, taken).where(
        Hangout.id.in_(select(placed.c.id).where(placed.c.place == 1))
    )
    return {
        hangout.community_id: Meeting(hangout, max(0, hangout.slots - count))
        for hangout, count in await session.execute(query)
    }


async def _pilots(
    session: AsyncSession, ids: Ids, new: _Time, *, is_elsewhere: bool
) -> Sequence[Pilot]:
    """Return what was shared or finished, the newest first.

    Each of the two is asked for with an index of its own; joined by "or" neither would be used.
    """
    here = [
        select(Pilot.id).where(Pilot.community_id.in_(ids), new.holds(one))
        for one in (Pilot.shared_at, Pilot.finished_at)
    ]
    circles = [Circle.NETWORK] if is_elsewhere else [Circle.NETWORK, Circle.COMMUNITY]
    query = _newest(
        Pilot,
        func.coalesce(Pilot.finished_at, Pilot.shared_at),
        Pilot.id.in_(here[0].union(here[1])),
        and_(Pilot.circle.in_(circles), Pilot.deleted_at.is_(None)),
    )
    return (await session.scalars(query)).all()


async def _thanks(session: AsyncSession, ids: Ids, new: _Time) -> Sequence[Thanks]:
    """Return what was said in public, the newest first."""
    is_told = and_(is_public(), new.holds(Thanks.thanked_at))
    query = _newest(Thanks, Thanks.thanked_at, Thanks.community_id.in_(ids), is_told)
    return (await session.scalars(query)).all()


async def _receivers(session: AsyncSession, ids: Ids) -> dict[int, list[str]]:
    query = select(Receiver.thanks_id, Receiver.member_id).where(Receiver.thanks_id.in_(ids))
    found = defaultdict(list)
    for thanks_id, member_id in await session.execute(query.order_by(Receiver.id)):
        found[thanks_id].append(member_id)
    return dict(found)


async def _materials(
    session: AsyncSession, ids: Ids, new: _Time, *, is_elsewhere: bool
) -> Sequence[Material]:
    """Return what was saved, without what its owner did not want posted in the channel."""
    network, community = MaterialCircle.NETWORK, MaterialCircle.COMMUNITY
    query = _newest(
        Material,
        Material.saved_at,
        Material.community_id.in_(ids),
        Material.circle.in_([network] if is_elsewhere else [network, community]),
        and_(new.holds(Material.saved_at), Material.is_announced),
        and_(Material.deleted_at.is_(None), Material.gone_at.is_(None)),
    )
    return (await session.scalars(query)).all()
