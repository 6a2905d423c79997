"""Sharing: a teacher lets others see a pilot, and may take it back at any time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.digests.telling import redraw_digests
from models.errors import RuleError
from models.pilots.finding import owned_by
from models.pilots.pilot import Circle, Pilot
from models.pilots.telling import keep_findable, post_card, read_on, redraw, tell_spark

# How wide each circle is; a wider one sees all that a narrower one sees.
WIDTHS = {Circle.ME: 0, Circle.COMMUNITY: 1, Circle.NETWORK: 2}


class CircleError(RuleError):
    """A circle that the form does not offer."""

    field = "circle"


class CannotShareError(RuleError):
    """The community's channel takes nothing from this teacher any more."""


@dataclass(frozen=True)
class Series:
    """A pilot in its teacher's hands with the earlier cycles of its series, the first one first."""

    pilot: Pilot
    earlier: tuple[Pilot, ...]

    def narrower(self, circle: str) -> list[Pilot]:
        """Return the earlier cycles that this circle does not see yet."""
        wide = WIDTHS[Circle(circle)]
        return [one for one in self.earlier if WIDTHS[Circle(one.circle)] < wide]

    @property
    def came_along(self) -> list[Pilot]:
        """The earlier cycles that are seen only because a later one was shared with them."""
        return [one for one in self.earlier if one.circle != Circle.ME and one.shared_at is None]


async def series_of(
    session: AsyncSession, pilot_id: object, member_id: str, *, for_update: bool = False
) -> Series:
    """Return one's own pilot and the cycles before it; raises as `finding.owned_by` does.

    `for_update` keeps others waiting, the first cycle first, so that two never wait for each other.
    """
    pilot = await owned_by(session, pilot_id, member_id)
    query = (
        select(Pilot)
        .where(or_(Pilot.id == pilot.series_id, Pilot.first_id == pilot.series_id))
        .where(Pilot.member_id == member_id)
        .order_by(Pilot.id)
    )
    if for_update:
        query = query.with_for_update(of=Pilot).execution_options(populate_existing=True)
    cycles: Sequence[Pilot] = (await session.scalars(query)).all()
    # It may have been deleted while this waited.
    pilot = await owned_by(session, pilot.id, member_id)
    earlier = [one for one in cycles if one.id < pilot.id and one.deleted_at is None]
    return Series(pilot, tuple(earlier))


async def share(
    session: AsyncSession, series: Series, circle: str | None, now: datetime, *, is_whole: bool
) -> bool:
    """Let that circle see the pilot and say so in its community's channel; twice is harmless.

    With `is_whole` the earlier cycles are seen by the circle as well, as points on the chart and in
    lists; they get no card. Returns whether that changed anything. Raises CircleError or
    CannotShareError.
    """
    if circle not in (Circle.COMMUNITY, Circle.NETWORK):
        raise CircleError("Please choose who may see it.")
    pilot = series.pilot
    await _require_place(session, pilot)
    along = [*(series.narrower(circle) if is_whole else []), *series.came_along]
    if pilot.shared_at is not None and all(one.circle == circle for one in [*along, pilot]):
        return False
    before = await _read_on(session, [*along, pilot])
    for earlier in along:
        earlier.circle = circle
        await keep_findable(session, earlier)
    pilot.circle = circle
    pilot.shared_at = pilot.shared_at or now
    await keep_findable(session, pilot)
    await post_card(session, pilot, now)
    await redraw(session, before | await _read_on(session, [*along, pilot]), now)
    await tell_spark(session, pilot, now)
    return True


async def take_back(session: AsyncSession, series: Series, now: datetime) -> None:
    """Let nobody else see the pilot any more, nor the earlier cycles that only came along with it.

    Its cards say that it was taken back and show nothing of it; the search forgets it.
    """
    hidden = [*series.came_along, series.pilot]
    before = await _read_on(session, hidden)
    for pilot in hidden:
        await redraw_in_digests(session, pilot, now)
        pilot.circle, pilot.shared_at = Circle.ME, None
        await keep_findable(session, pilot)
    await redraw(session, before, now)


async def redraw_in_digests(session: AsyncSession, pilot: Pilot, now: datetime) -> None:
    """Draw the digests anew that told of the pilot when it was shared, or finished after that."""
    for told_at in (pilot.shared_at, pilot.finished_at):
        await redraw_digests(session, pilot.community_id, told_at, now)


async def _read_on(session: AsyncSession, pilots: Sequence[Pilot]) -> set[int]:
    """Return the ids of the pilots on whose cards something of these is read."""
    return {one for pilot in pilots for one in await read_on(session, pilot)}


async def _require_place(session: AsyncSession, pilot: Pilot) -> None:
    community = await session.get_one(Community, pilot.community_id)
    if community.archived_at is not None:
        raise CannotShareError(
            f"The channel of {community.name} is archived, so nobody would read it there. "
            "It stays with you."
        )
    if not community.has_member(pilot.member_id):
        raise CannotShareError(
            f"You are not in {community.name} any more, so I cannot share it there for you. "
            "Join its channel again, and it works."
        )
