"""Pilots go with all that was noted in them; a practice stays while colleagues use it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.my_data.nobody import SOMEBODY, put_somebody
from models.pilots import starting, telling
from models.pilots.observation import Champion, Observation
from models.pilots.pilot import Circle, Pilot
from models.practices import editing
from models.practices.practice import Menu, Practice


async def forget_pilots(session: AsyncSession, member_id: str, now: datetime) -> Counter[str]:
    """Withdraw every pilot, shared or not, and take back what they said of colleagues' pilots."""
    query = select(Pilot).where(Pilot.member_id == member_id).order_by(Pilot.id)
    query = query.with_for_update().execution_options(populate_existing=True)
    gone: Counter[str] = Counter()
    mine = (await session.scalars(query)).all()
    await starting.withdraw_all(session, mine, now)
    noted = delete(Observation).where(Observation.pilot_id.in_([one.id for one in mine]))
    await session.execute(noted)
    for pilot in mine:
        pilot.circle, pilot.first_id = Circle.ME, None
        pilot.member_id, pilot.request_key = SOMEBODY, f"gone:{pilot.id}"
        gone[Pilot.__tablename__] += 1
    await session.flush()
    said = delete(Champion).where(Champion.member_id == member_id).returning(Champion.pilot_id)
    for pilot_id in sorted((await session.scalars(said)).all()):
        await telling.redraw_cards(session, await session.get_one(Pilot, pilot_id), now)
        gone[Champion.__tablename__] += 1
    return gone


async def forget_practices(session: AsyncSession, member_id: str, now: datetime) -> Counter[str]:
    """Withdraw the practices they added that nobody tries; the others stay, without their name."""
    on_menus = {one for ids in await session.scalars(select(Menu.practice_ids)) for one in ids}
    tried = set(
        await session.scalars(
            select(Pilot.practice_id).where(Pilot.practice_id.is_not(None)).distinct()
        )
    )
    gone: Counter[str] = Counter()
    query = select(Practice).where(Practice.added_by == member_id).order_by(Practice.id)
    for practice in (await session.scalars(query.with_for_update())).all():
        if practice.id not in on_menus | tried:
            await editing.withdraw(session, practice, by=SOMEBODY, now=now)
            practice.edited_by = None
        practice.added_by, practice.request_key = None, f"gone:{practice.id}"
        gone[Practice.__tablename__] += 1
    await session.flush()
    await put_somebody(session, Practice.edited_by, Menu.changed_by, instead_of=member_id)
    return gone
