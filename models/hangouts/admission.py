"""Admission: who may sign up for a hangout, until when, and what they may bring."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community, Membership
from models.errors import NotHereError, RuleError
from models.hangouts.hangout import Hangout, HangoutOffError, HangoutOverError
from models.members import Member
from models.problems import Problem


class NotAMemberError(RuleError):
    """Hangouts are for the members of their community."""


def require_on(hangout: Hangout, now: datetime) -> None:
    """Raise HangoutOffError for a hangout that does not take place, HangoutOverError after it."""
    if not hangout.is_on:
        raise HangoutOffError("This hangout was called off. `/hangout` shows the next one.")
    if hangout.is_over(now):
        raise HangoutOverError("This hangout is over. `/hangout` shows the next one.")


def require_ahead(hangout: Hangout, now: datetime) -> None:
    """Raise HangoutOffError for a hangout that does not take place, HangoutOverError once begun."""
    require_on(hangout, now)
    if not hangout.is_ahead(now):
        raise HangoutOverError(
            "This hangout has begun and its presenters are set. Come in; the next one has seats."
        )


async def is_member(session: AsyncSession, community_id: int, member_id: str) -> bool:
    """Say whether this person is in the community, and still in the workspace, and no bot."""
    query = select(Membership.id).where(
        Membership.community_id == community_id,
        Membership.member_id == member_id,
        Membership.left_at.is_(None),
    )
    if await session.scalar(query) is None:
        return False
    known = await Member.find(session, member_id)
    return known is None or (known.left_at is None and not known.is_bot)


async def require_member(
    session: AsyncSession, hangout: Hangout, member_id: str, by: str | None
) -> None:
    """Raise NotAMemberError, in words for whoever signs them up: themselves, unless it is `by`."""
    if await is_member(session, hangout.community_id, member_id):
        return
    if by is None or by == member_id:
        raise NotAMemberError(
            "Hangouts are for members of this community. Join its channel, then press again."
        )
    raise NotAMemberError(
        "They are not in this community. Invite them to its channel, then sign them up."
    )


async def require_own(
    session: AsyncSession, hangout: Hangout, problem_id: int, member_id: str
) -> None:
    """Raise NotHereError for a problem of somebody else, or one that is not for everybody here.

    Raises what `require_named` raises for one that was shared without a name, or is resolved.
    """
    # Bringing a problem is a way to sign up, and signing up begins with admission.
    from models.hangouts.bringing import require_named

    problem = await Problem.visible_to(session, problem_id, member_id)
    require_named(problem)
    if problem.author_id != member_id:
        raise NotHereError("Only whoever shared a problem can bring it to a hangout.")
    if problem.community_id != hangout.community_id:
        home = await session.get(Community, problem.community_id)
        if home is None or home.is_private:
            raise NotHereError("That problem is from a private channel. It can't be shown here.")
