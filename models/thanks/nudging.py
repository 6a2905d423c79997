"""Nudging: now and then a member is reminded, in private, of one colleague not thanked yet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import Select, and_, or_, select, union, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.errors import NotHereError
from models.hangouts.signup import Signup
from models.ids import id_from
from models.materials.material import Material, Use
from models.members import Member
from models.pilots.observation import Observation
from models.pilots.pilot import Pilot
from models.posts import Post
from models.problems import Problem, Reply
from models.problems.answers import add_once
from models.thanks.colleagues import Colleague, worked_with
from models.thanks.nudge import Nudge, NudgeLook
from models.thanks.posted import IDEAS, NUDGE
from models.thanks.thanks import Thanks
from models.time import next_daytime

# At most one nudge in this time, and about the same colleague much more seldom.
EVERY, SAME_AGAIN_AFTER = timedelta(days=14), timedelta(days=90)
# What was done together before this is hardly in anybody's mind; nor is who did nothing since.
LATELY = timedelta(days=28)
IS_USEFUL_FOR = timedelta(days=2)
# Most have nobody to be reminded of, and asking takes many questions: each is looked at once in
# this time, and of a workspace no more than these in an hour.
LOOKS_EVERY, AT_ONCE = timedelta(hours=20), 200


async def to_consider(
    session: AsyncSession, now: datetime, limit: int = AT_ONCE
) -> Sequence[Member]:
    """Return some who may be nudged at this moment: active lately, awake, and not nudged for long.

    Whoever was looked at before, or never, comes first, and nobody twice within a day.
    """
    rested = select(Nudge.member_id).where(Nudge.nudged_at > now - EVERY)
    active = select(_active(now - LATELY).subquery().c.member_id)
    look = and_(
        NudgeLook.workspace_id == Member.workspace_id, NudgeLook.member_id == Member.member_id
    )
    query = (
        select(Member)
        .outerjoin(NudgeLook, look)
        .where(Member.member_id.in_(active), Member.member_id.not_in(rested))
        .where(Member.left_at.is_(None), Member.is_bot.is_(False))
        .where(or_(NudgeLook.id.is_(None), NudgeLook.looked_at <= now - LOOKS_EVERY))
        .order_by(NudgeLook.looked_at.asc().nulls_first(), Member.id)
    )
    awake = (one for one in await session.scalars(query) if is_awake(one, now))
    return list(islice(awake, limit))


async def note_looks(session: AsyncSession, member_ids: Collection[str], now: datetime) -> None:
    """Note that these people are looked at now."""
    known = await session.scalars(
        update(NudgeLook)
        .where(NudgeLook.member_id.in_(member_ids))
        .values(looked_at=now)
        .returning(NudgeLook.member_id)
    )
    for member_id in sorted(set(member_ids) - set(known)):
        await add_once(session, NudgeLook(member_id=member_id, looked_at=now))


def is_awake(member: Member, now: datetime) -> bool:
    """Say whether a letter of this kind is welcome now: by day, on a weekday, in no quiet hour."""
    by_day = next_daytime(now, member.tz) == now
    return by_day and member.wants(IDEAS) and member.next_loud_moment(now) == now


async def somebody_for(session: AsyncSession, member_id: str, now: datetime) -> Colleague | None:
    """Return of whom this person may be reminded now, if of anybody."""
    query = select(Nudge).where(
        Nudge.member_id == member_id, Nudge.nudged_at > now - SAME_AGAIN_AFTER
    )
    earlier = (await session.scalars(query)).all()
    if any(one.nudged_at > now - EVERY for one in earlier):
        return None
    named = {one.colleague_id for one in earlier}
    known = await worked_with(session, member_id, now - LATELY, now)
    return next((one for one in known if one.member_id not in named), None)


async def nudge(session: AsyncSession, member_id: str, now: datetime) -> Nudge | None:
    """Keep a nudge and its letter, if there is somebody to be reminded of.

    The member's row is locked, so that two replicas at once make one nudge.
    """
    query = select(Member).where(Member.member_id == member_id).with_for_update()
    member = await session.scalar(query.execution_options(populate_existing=True))
    if member is None or not is_awake(member, now):
        return None
    colleague = await somebody_for(session, member_id, now)
    return await _keep(session, member_id, colleague, now) if colleague else None


async def _keep(
    session: AsyncSession, member_id: str, colleague: Colleague, now: datetime
) -> Nudge:
    made = Nudge(
        member_id=member_id,
        colleague_id=colleague.member_id,
        why_kind=colleague.why_kind,
        why_id=colleague.why_id,
        nudged_at=now,
    )
    session.add(made)
    await session.flush()
    await Post.add(
        session,
        f"{NUDGE}:{made.id}",
        member_id,
        kind=NUDGE,
        due_at=now,
        about_id=made.id,
        useful_until=now + IS_USEFUL_FOR,
    )
    return made


async def still_meant(session: AsyncSession, nudge: Nudge, now: datetime) -> Colleague | None:
    """Return whom it is about and why, unless that person was thanked meanwhile, left or hid it."""
    since = nudge.nudged_at - LATELY
    for one in await worked_with(session, nudge.member_id, since, now):
        if one.member_id == nudge.colleague_id:
            return one
    return None


async def own(session: AsyncSession, nudge_id: object, member_id: str) -> Nudge:
    """Return one's own nudge; its id may be forged. Raises NotHereError."""
    query = select(Nudge).where(Nudge.id == (id_from(nudge_id) or 0), Nudge.member_id == member_id)
    found = await session.scalar(query)
    if found is None:
        raise NotHereError("That letter is not there any more.")
    return found


def _active(since: datetime) -> Select[str]:
    """Return a query for who did something in a community since then, each once."""
    did = [
        select(Reply.member_id.label("member_id")).where(Reply.replied_at >= since),
        select(Problem.author_id).where(Problem.shared_at >= since, Problem.author_id.is_not(None)),
        select(Signup.member_id).where(Signup.answered_at >= since),
        select(Pilot.member_id).where(Pilot.started_at >= since),
        select(Pilot.member_id)
        .join(Observation, Observation.pilot_id == Pilot.id)
        .where(Observation.logged_at >= since),
        select(Thanks.giver_id).where(Thanks.thanked_at >= since),
        select(Material.owner_id).where(
            or_(Material.saved_at >= since, Material.edited_at >= since)
        ),
        select(Use.member_id).where(Use.used_at >= since),
    ]
    return select(union(*did).subquery().c.member_id)
