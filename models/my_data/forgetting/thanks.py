"""Thanks: what they gave goes, and what was for them alone; of others they are taken out."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.my_data.nobody import SOMEBODY, put_somebody
from models.posts import Post
from models.thanks import changing
from models.thanks.changing import Deletion, Part
from models.thanks.customs import Customs
from models.thanks.finding import receivers_of
from models.thanks.nudge import Nudge, NudgeLook
from models.thanks.posted import SHOWER_INVITATION
from models.thanks.shower import Shower
from models.thanks.telling import redraw_card
from models.thanks.thanks import Receiver, Second, Thanks


async def forget_thanks(session: AsyncSession, member_id: str, now: datetime) -> Counter[str]:
    """Delete the words they gave, then what they received."""
    gone: Counter[str] = Counter()
    await _forget_showers(session, member_id, now)
    gone[Thanks.__tablename__] += await _forget_given(session, member_id, now)
    gone[Thanks.__tablename__] += await _forget_received(session, member_id, now)
    gone += await _forget_seconds(session, member_id, now)
    gone += await _forget_nudges(session, member_id)
    await put_somebody(session, Customs.changed_by, instead_of=member_id)
    return gone


async def _forget_given(session: AsyncSession, member_id: str, now: datetime) -> int:
    query = select(Thanks).where(Thanks.giver_id == member_id).order_by(Thanks.id)
    given = (await session.scalars(query.with_for_update())).all()
    await changing.erase_all(session, given, now)
    for thanks in given:
        thanks.giver_id, thanks.request_key = SOMEBODY, f"gone:{thanks.id}"
    await session.flush()
    return len(given)


async def _forget_received(session: AsyncSession, member_id: str, now: datetime) -> int:
    """Delete what was for them alone; of what was for several they are taken out."""
    to_me = select(Receiver.thanks_id).where(Receiver.member_id == member_id)
    query = select(Thanks).where(Thanks.id.in_(to_me)).order_by(Thanks.id)
    received = (await session.scalars(query.with_for_update())).all()
    receivers = await receivers_of(session, [one.id for one in received])
    several = [one for one in received if len(receivers[one.id]) > 1]
    await changing.erase_all(session, [one for one in received if one not in several], now)
    for thanks in several:
        own = Deletion(thanks, receivers[thanks.id], member_id, Part.OWN)
        await changing.delete(session, own, now)
    await session.flush()
    return len(received)


async def _forget_seconds(session: AsyncSession, member_id: str, now: datetime) -> Counter[str]:
    mine = delete(Second).where(Second.member_id == member_id).returning(Second.thanks_id)
    seconded = (await session.scalars(mine)).all()
    for thanks_id in sorted(set(seconded)):
        await redraw_card(session, await session.get_one(Thanks, thanks_id), now)
    return Counter({Second.__tablename__: len(seconded)})


async def _forget_nudges(session: AsyncSession, member_id: str) -> Counter[str]:
    met = or_(Nudge.member_id == member_id, Nudge.colleague_id == member_id)
    nudges = await session.scalars(delete(Nudge).where(met).returning(Nudge.id))
    looks = delete(NudgeLook).where(NudgeLook.member_id == member_id).returning(NudgeLook.id)
    looked = await session.scalars(looks)
    return Counter(
        {Nudge.__tablename__: len(nudges.all()), NudgeLook.__tablename__: len(looked.all())}
    )


async def _forget_showers(session: AsyncSession, member_id: str, now: datetime) -> None:
    """Forget for whom showers were and who opened them, and hand on what still comes.

    Notes that wait for them go back to their writers on that day, as for anybody who left.
    """
    mine = select(Shower).where(or_(Shower.member_id == member_id, Shower.opened_by == member_id))
    for shower in (await session.scalars(mine.order_by(Shower.id).with_for_update())).all():
        if shower.member_id == member_id:
            await _leave_notes_to_writers(session, shower)
            shower.member_id = SOMEBODY
        if shower.opened_by == member_id:
            community = await session.get_one(Community, shower.community_id)
            others = [one for one in community.facilitators if one != shower.member_id]
            shower.opened_by = next(iter(others), SOMEBODY)
        shower.occasion, shower.request_key = None, f"gone:{shower.id}"
        await session.flush()
        await Post.redraw(session, SHOWER_INVITATION, shower.id, now)


async def _leave_notes_to_writers(session: AsyncSession, shower: Shower) -> None:
    """Let notes that have not arrived be for nobody; those that have are thanks like others."""
    if shower.arrived_at is None and shower.called_off_at is None:
        notes = select(Thanks.id).where(Thanks.shower_id == shower.id)
        await session.execute(
            update(Receiver)
            .where(Receiver.member_id == shower.member_id, Receiver.thanks_id.in_(notes))
            .values(member_id=SOMEBODY),
            execution_options={"synchronize_session": False},
        )
