"""Hangouts: seats are freed, others lead, and nobody knows any more that this person was there."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import LOCK, Community, Membership
from models.consultancies.afterwards import OUTCOME, THANKS
from models.consultancies.consultancy import Consultancy
from models.consultancies.follow_ups import FollowUp
from models.consultancies.protocols import ProtocolCopy
from models.consultancies.questions import Question
from models.consultancies.telling import HEADLINE
from models.findable import keep_hangout_findable
from models.hangouts import planning, posted, signups, telling
from models.hangouts.hangout import Hangout
from models.hangouts.series import Series
from models.hangouts.signup import Signup
from models.hangouts.swaps import Swap
from models.my_data.nobody import SOMEBODY, put_somebody
from models.posts import Post


async def leave_communities(session: AsyncSession, member_id: str, now: datetime) -> Counter[str]:
    """Leave every community as if they had left its channel; seats and turns go on to others."""
    theirs = select(Membership.community_id).where(Membership.member_id == member_id)
    query = select(Community).where(Community.id.in_(theirs)).order_by(Community.id)
    query = query.with_for_update(**LOCK).execution_options(populate_existing=True)
    left: Counter[str] = Counter()
    for community in (await session.scalars(query)).all():
        community.farewell(member_id, now)
        await signups.leave_all(session, community.id, member_id, now)
        await planning.replace_departed(session, community, by=SOMEBODY, now=now)
        if (membership := community.membership(member_id)) is not None:
            community.memberships.remove(membership)
            left[Membership.__tablename__] += 1
        await session.flush()
    return left


async def forget_hangouts(session: AsyncSession, member_id: str, now: datetime) -> Counter[str]:
    """Forget where they came, presented and led; what they set up stays the community's."""
    was_there = select(Signup.hangout_id).where(Signup.member_id == member_id)
    query = select(Hangout).where(
        or_(Hangout.facilitator_id == member_id, Hangout.id.in_(was_there))
    )
    shown = (await session.scalars(query.order_by(Hangout.id))).all()
    mine = delete(Signup).where(Signup.member_id == member_id).returning(Signup.id)
    signed_up = (await session.scalars(mine)).all()
    swaps = await _forget_swaps(session, member_id)
    await _leave_rotations(session, member_id)
    await put_somebody(
        session,
        *(Hangout.facilitator_id, Hangout.noted_by, Signup.entered_by, Series.planned_by),
        ProtocolCopy.changed_by,
        instead_of=member_id,
    )
    await telling.redraw_all(session, shown, now)
    await Post.redraw(session, posted.NOTES, [one.id for one in shown], now)
    for hangout in shown:
        # It still knows who led it; whoever needs it reads it anew.
        session.expire(hangout)
    return Counter({Signup.__tablename__: len(signed_up), Swap.__tablename__: swaps})


async def forget_consultancies(
    session: AsyncSession, member_id: str, now: datetime
) -> Counter[str]:
    """Forget what they brought to hangouts without sharing it before, and what they asked there."""
    query = select(Consultancy).where(Consultancy.presenter_id == member_id)
    gone: Counter[str] = Counter()
    for consultancy in (await session.scalars(query.with_for_update())).all():
        consultancy.presenter_id = SOMEBODY
        consultancy.question = consultancy.outcome = None
        consultancy.next_step = consultancy.thanks = None
        consultancy.finished_at = consultancy.finished_at or now
        if consultancy.key.endswith(f":{member_id}"):
            consultancy.key = f"gone:{consultancy.id}"
        about = FollowUp.consultancy_id == consultancy.id
        await session.execute(delete(FollowUp).where(about))
        for kind in (HEADLINE, OUTCOME, THANKS):
            await Post.redraw(session, kind, consultancy.id, now)
        await _forget_in_notes(session, consultancy, now)
        gone[Consultancy.__tablename__] += 1
    asked = delete(Question).where(Question.member_id == member_id).returning(Question.id)
    gone[Question.__tablename__] = len((await session.scalars(asked)).all())
    return gone


async def _forget_swaps(session: AsyncSession, member_id: str) -> int:
    """Forget whom they asked to lead, and who asked them; return how often that was."""
    asked = or_(Swap.asker_id == member_id, Swap.substitute_id == member_id)
    swaps = (await session.scalars(delete(Swap).where(asked).returning(Swap.id))).all()
    kinds = [posted.SWAP_ASKED, posted.SWAP_ANSWERED]
    await session.execute(delete(Post).where(Post.kind.in_(kinds), Post.about_id.in_(swaps)))
    return len(swaps)


async def _leave_rotations(session: AsyncSession, member_id: str) -> None:
    """Take them out of every rotation; where nobody is left in it the facilitators take turns."""
    for series in (await session.scalars(select(Series).with_for_update())).all():
        if member_id in series.facilitators:
            series.facilitators = [one for one in series.facilitators if one != member_id]
    await session.flush()


async def _forget_in_notes(session: AsyncSession, consultancy: Consultancy, now: datetime) -> None:
    await session.flush()
    hangout = await session.get(Hangout, consultancy.hangout_id or 0)
    if hangout is None or hangout.noted_at is None:
        return
    community = await session.get_one(Community, hangout.community_id)
    await keep_hangout_findable(session, hangout, community)
    await Post.redraw(session, posted.NOTES, hangout.id, now)
