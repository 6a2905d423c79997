"""Keeping: how long a network keeps its records, as its leads have chosen and were told."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.database import workspace_of
from models.errors import RuleError
from models.exports import aging
from models.exports.posted import REMOVAL_NEAR, letter_key
from models.exports.sending import require_lead
from models.members import Member
from models.posts import Post
from models.workspaces import Workspace

# Months. Less than a school's term would take what a community still works on.
KEEPS_AT_LEAST, KEEPS_AT_MOST = 3, 120
# So long before the first record is removed, leads are told.
TOLD_BEFORE = timedelta(days=30)
TO_CHOOSE = "choose how long records are kept"


async def rule_of(session: AsyncSession, *, for_update: bool = False) -> Workspace:
    """Return the workspace with its rule; `for_update` keeps others waiting who change it."""
    query = select(Workspace).where(Workspace.id == workspace_of(session))
    if for_update:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.scalars(query)).one()


async def choose(
    session: AsyncSession, member: Member, months: int | None, now: datetime
) -> Workspace:
    """Keep records for so many months from now on, or for ever, and return the rule.

    A shorter time is announced anew before anything goes. Raises NotAllowedError or RuleError.
    """
    await require_lead(session, member, TO_CHOOSE)
    if months is not None and not KEEPS_AT_LEAST <= months <= KEEPS_AT_MOST:
        raise RuleError(
            f"Please choose between {KEEPS_AT_LEAST} and {KEEPS_AT_MOST} months, or keep "
            "everything.",
            field="keeps_months",
        )
    workspace = await rule_of(session, for_update=True)
    before = workspace.keeps_months
    if months != before:
        workspace.keeps_months, workspace.keeps_changed_at = months, now
        if months is None or before is None or months < before:
            workspace.keeps_told_at = None
        await announce(session, workspace, now)
    return workspace


async def announce(session: AsyncSession, workspace: Workspace, now: datetime) -> bool:
    """Tell all leads if the first records are to go within a month; say whether that is news.

    Where nobody leads, nobody can be told, and so nothing goes.
    """
    if workspace.keeps_months is None or workspace.keeps_told_at is not None:
        return False
    if not await aging.is_anything_older(session, cutoff(workspace, now + TOLD_BEFORE)):
        return False
    leads = [lead for lead in await Member.leads(session) if not lead.is_bot]
    if not leads:
        return False
    workspace.keeps_told_at = now
    for lead in leads:
        await Post.add(
            session,
            letter_key(REMOVAL_NEAR, now, lead.member_id),
            lead.member_id,
            kind=REMOVAL_NEAR,
            due_at=lead.next_loud_moment(now),
        )
    return True


async def is_still_so(session: AsyncSession, post: Post) -> Workspace | None:
    """Return the rule that a letter tells of, or None when leads have changed it since."""
    workspace = await rule_of(session)
    told_at = workspace.keeps_told_at
    if workspace.keeps_months is None or told_at is None:
        return None
    is_this = post.key == letter_key(REMOVAL_NEAR, told_at, post.place_id)
    return workspace if is_this else None


def removes_from(workspace: Workspace) -> datetime | None:
    """Return when the first records may go, or None while leads were not told of it."""
    if workspace.keeps_months is None or workspace.keeps_told_at is None:
        return None
    return workspace.keeps_told_at + TOLD_BEFORE


def cutoff(workspace: Workspace, now: datetime) -> datetime:
    """Return the moment before which records are too old; `workspace` has a rule."""
    return months_before(now, workspace.keeps_months or KEEPS_AT_MOST)


def months_before(moment: datetime, months: int) -> datetime:
    """Return the same day that many months earlier, or the last day of a shorter month."""
    utc = moment.astimezone(UTC)
    year, month = divmod(utc.year * 12 + utc.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return utc.replace(year=year, month=month + 1, day=min(utc.day, last))


async def with_a_rule(session: AsyncSession) -> Sequence[str]:
    """Return the workspaces that keep their records for a time only."""
    query = select(Workspace.id).where(
        Workspace.keeps_months.is_not(None), Workspace.gone_at.is_(None)
    )
    return (await session.scalars(query.order_by(Workspace.id))).all()


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when some workspace's first records may go, if leads were told of it."""
    told_at = await session.scalar(
        select(func.min(Workspace.keeps_told_at)).where(
            Workspace.keeps_months.is_not(None), Workspace.keeps_told_at > now - TOLD_BEFORE
        )
    )
    return told_at + TOLD_BEFORE if told_at else None
