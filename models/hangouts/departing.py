"""Departing: what follows when somebody who was to lead hangouts leaves the community."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.hangouts.hangout import Hangout
from models.hangouts.posted import (
    BRIEF,
    CALENDAR,
    LEADER_WANTED,
    NOTES_WANTED,
    SOON,
    leader_wanted_key,
)
from models.members import Member
from models.posts import DUE, Post

ABOUT_LEADING = (BRIEF, SOON, NOTES_WANTED, CALENDAR)
# Longer than anything is asked after a hangout (models/hangouts/telling.py).
ASKED_AFTERWARDS_FOR = timedelta(days=5)


async def forget_letters(
    session: AsyncSession, community: Community, member_id: str, now: datetime
) -> None:
    """Write nothing more about leading to somebody who left, nor about what is just over."""
    theirs = select(Hangout.id).where(
        Hangout.community_id == community.id, Hangout.starts_at > now - ASKED_AFTERWARDS_FOR
    )
    await session.execute(
        delete(Post).where(
            Post.place_id == member_id,
            Post.kind.in_(ABOUT_LEADING),
            Post.state == DUE,
            Post.about_id.in_(theirs),
        ),
        execution_options={"synchronize_session": False},
    )


async def ask_for_a_leader(
    session: AsyncSession, hangout: Hangout, community: Community, *, gone: str, now: datetime
) -> None:
    """Ask who leads from this hangout on, now that `gone` left and nobody of the rotation is here.

    That are the community's facilitators, else the leads of the workspace, as far as they may see
    the community.
    """
    for member_id in await _who_can_help(session, community):
        await Post.add(
            session,
            leader_wanted_key(hangout, gone, member_id),
            member_id,
            kind=LEADER_WANTED,
            due_at=now,
            about_id=hangout.id,
            useful_until=hangout.starts_at,
        )


async def _who_can_help(session: AsyncSession, community: Community) -> list[str]:
    if community.facilitators:
        return community.facilitators
    leads = [lead.member_id for lead in await Member.leads(session)]
    return [one for one in leads if community.has_member(one) or not community.is_private]
