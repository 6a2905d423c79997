"""Opening: at its start a hangout gets a consultancy for each seat; after its end it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Row, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.consultancies import leading
from models.consultancies.consultancy import Consultancy
from models.consultancies.protocols import Protocol, live_protocol_of
from models.consultancies.telling import tell_of_opening
from models.hangouts import telling
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Presenting, Signup
from models.thanks import suggesting

# A consultancy that nobody has ended goes on for this long after its hangout.
FINISHED_BY_ITSELF_AFTER = timedelta(hours=2)

# Something that is due: its workspace, since when it is, and its id.
Due = Row[str, datetime, int]
# Before everything that can be due.
FIRST = (datetime(2000, 1, 1, tzinfo=UTC), 0)


def due_to_open(now: datetime) -> Select[str, datetime, int]:
    """Return a query for the hangouts that have begun and whose consultancies are not open."""
    return select(Hangout.workspace_id, Hangout.starts_at, Hangout.id).where(
        Hangout.starts_at <= now,
        Hangout.ends_at > now,
        Hangout.opened_at.is_(None),
        Hangout.closed_at.is_(None),
        Hangout.called_off_at.is_(None),
    )


def due_to_close(now: datetime) -> Select[str, datetime, int]:
    """Return a query for the hangouts that are over, those called off among them."""
    return select(Hangout.workspace_id, Hangout.ends_at, Hangout.id).where(
        Hangout.ends_at <= now, Hangout.closed_at.is_(None)
    )


def due_to_finish(now: datetime) -> Select[str, datetime, int]:
    """Return a query for the live consultancies that nobody has ended."""
    return (
        select(Consultancy.workspace_id, Hangout.ends_at, Consultancy.id)
        .join(Hangout, Hangout.id == Consultancy.hangout_id)
        .where(
            Consultancy.finished_at.is_(None),
            Consultancy.is_asynchronous.is_(False),
            Hangout.ends_at <= now - FINISHED_BY_ITSELF_AFTER,
        )
    )


async def a_page(
    session: AsyncSession,
    due: Select[str, datetime, int],
    limit: int,
    after: tuple[datetime, int] = FIRST,
) -> Sequence[Due]:
    """Return what is due, the earliest first, beginning after that moment and id."""
    # By moment first: to go by the id alone a database would walk through all that ever was.
    _, moment, ident = due.selected_columns
    is_later = or_(moment > after[0], and_(moment == after[0], ident > after[1]))
    page = await session.execute(due.where(is_later).order_by(moment, ident).limit(limit))
    return page.all()


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when the next hangout begins or ends, for which something is left to be done."""
    begins = select(func.min(Hangout.starts_at)).where(
        Hangout.starts_at > now,
        Hangout.opened_at.is_(None),
        Hangout.closed_at.is_(None),
        Hangout.called_off_at.is_(None),
    )
    ends = select(func.min(Hangout.ends_at)).where(
        Hangout.ends_at > now, Hangout.closed_at.is_(None)
    )
    moments = [await session.scalar(query) for query in (begins, ends)]
    return min((moment for moment in moments if moment is not None), default=None)


async def open_for_hangout(
    session: AsyncSession, hangout: Hangout, community: Community, now: datetime
) -> list[Consultancy]:
    """Open a consultancy for each seat, in the order in which they were asked for.

    Who calls holds the hangout's row. Done twice, called off or too late it opens nothing.
    """
    is_due = hangout.opened_at is None and hangout.closed_at is None and hangout.is_on
    if not is_due or hangout.is_over(now) or hangout.starts_at > now:
        return []
    hangout.opened_at = now
    protocol = await live_protocol_of(session, community.id, hangout.protocol)
    seats = await _seats(session, hangout)
    opened = [_consultancy(hangout, seat, protocol, now) for seat in seats]
    session.add_all(opened)
    await session.flush()
    for consultancy in opened:
        await tell_of_opening(session, consultancy, hangout, community, now)
    await telling.redraw_cards(session, hangout, now)
    return opened


async def close(session: AsyncSession, hangout: Hangout, now: datetime) -> bool:
    """Note that the hangout is over; who calls holds its row. Say whether that is news."""
    if hangout.closed_at is not None or not hangout.is_over(now):
        return False
    hangout.closed_at = now
    await telling.redraw_cards(session, hangout, now)
    await suggesting.after_hangout(session, hangout, now)
    return True


async def finish_by_itself(session: AsyncSession, consultancy: Consultancy, now: datetime) -> bool:
    """End what nobody has ended; who calls holds its row. Say whether that is news."""
    if consultancy.finished_at is not None:
        return False
    await leading.finish(session, consultancy, now)
    return True


async def _seats(session: AsyncSession, hangout: Hangout) -> Sequence[Signup]:
    """Return who presents. A seat that is offered counts: there is nobody else to give it to."""
    query = select(Signup).where(
        Signup.hangout_id == hangout.id,
        Signup.is_coming,
        Signup.presenting.in_([Presenting.SEAT, Presenting.OFFERED]),
    )
    return (await session.scalars(query.order_by(Signup.asked_at, Signup.id))).all()


def _consultancy(hangout: Hangout, seat: Signup, protocol: Protocol, now: datetime) -> Consultancy:
    return Consultancy(
        workspace_id=hangout.workspace_id,
        key=f"hangout:{hangout.id}:{seat.member_id}",
        community_id=hangout.community_id,
        hangout_id=hangout.id,
        problem_id=seat.problem_id,
        presenter_id=seat.member_id,
        question=seat.question,
        protocol_name=protocol.name,
        steps=[step.to_dict() for step in protocol.steps],
        step_moments=[],
        opened_at=now,
    )
