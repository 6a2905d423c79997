"""Bringing: which problems a member may bring to a hangout, and at which hangout each one is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.errors import NotAllowedError, RuleError
from models.hangouts import signups
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Presenting, Signup
from models.members import Member
from models.posts import Post
from models.problems import HiddenAuthor, Problem, ResolvedError
from models.problems.posted import CARD


class NamelessProblemError(RuleError):
    """A seat shows who presents, so what was shared without a name has none."""


@dataclass(frozen=True, kw_only=True)
class OwnProblems:
    """What somebody may bring, the newest first, and how many of theirs are left out.

    `nameless` counts what they shared without their name: for their own eyes only.
    """

    problems: tuple[Problem, ...] = ()
    nameless: int = 0


async def own_problems(
    session: AsyncSession, member_id: str, community_id: int, brought_id: int | None = None
) -> OwnProblems:
    """Return the open problems this person shared in the community.

    The one they bring already, `brought_id`, stays among them when it is resolved meanwhile.
    """
    is_open = or_(Problem.resolved_at.is_(None), Problem.id == brought_id)
    is_there = (Problem.community_id == community_id, Problem.deleted_at.is_(None), is_open)
    named = select(Problem).where(Problem.author_id == member_id, *is_there)
    hidden = select(func.count(Problem.id)).where(
        Problem.id.in_(HiddenAuthor.problems_of(member_id)), *is_there
    )
    newest_first = named.order_by(Problem.shared_at.desc(), Problem.id.desc())
    return OwnProblems(
        problems=tuple(await session.scalars(newest_first)),
        nameless=await session.scalar(hidden) or 0,
    )


NAMELESS = "This was shared without a name, and whoever presents at a hangout is seen."
# Said to whoever shared it alone: it would lead everybody else into a refusal.
WAY_OUT = "An asynchronous consultancy keeps your name out; the menu of the card has it."


def require_named(problem: Problem) -> None:
    """Raise NamelessProblemError, in the same words for everybody: they tell nothing of who asks.

    Raises ResolvedError for a problem that is resolved.
    """
    if problem.is_without_name:
        raise NamelessProblemError(f"{NAMELESS} Thoughts in its thread help all the same.")
    if not problem.is_open:
        raise ResolvedError("This one is resolved by now. *Reopen* in its menu comes first.")


async def require_bringer(
    session: AsyncSession,
    problem: Problem,
    community: Community,
    member: Member,
    names: Mapping[str, str],
) -> str:
    """Return who presents when this member brings the problem: whoever shared it.

    Facilitators may bring it for them. Raises NotAllowedError for all others, and what
    `require_named` raises: whoever shared it without a name hears, alone, of a way that keeps it
    out. `names` are display names by member id.
    """
    if problem.is_without_name and await HiddenAuthor.of(session, problem.id) == member.member_id:
        raise NamelessProblemError(f"{NAMELESS} {WAY_OUT}")
    require_named(problem)
    author_id = problem.author_id or ""
    if author_id != member.member_id and not community.is_run_by(member):
        author = names.get(author_id, "whoever shared it")
        raise NotAllowedError(
            f"Only {author} and facilitators can bring this to a hangout. A word in its thread "
            "may encourage them, and *Me too* shows that they are not alone."
        )
    return author_id


async def bring(
    session: AsyncSession,
    hangout: Hangout,
    member_id: str,
    *,
    problem: Problem | None,
    question: str | None,
    now: datetime,
) -> None:
    """Note what somebody presents; the problem's own question need not be kept twice.

    The hangout's row is locked. Raises what `require_named` and `signups.bring` raise.
    """
    signup = await Signup.of(session, hangout.id, member_id)
    before, problem_id = signup.problem_id if signup else None, problem.id if problem else None
    if problem is not None and problem_id != before:
        require_named(problem)
    own = question if problem is None or question != problem.focus else None
    await signups.bring(session, hangout, member_id, problem_id=problem_id, question=own, now=now)
    if before is not None and before != problem_id:
        # The card of what is not brought any more says so.
        await Post.redraw(session, CARD, before, now)


async def hangouts_of(session: AsyncSession, problem_ids: Collection[int]) -> dict[int, Hangout]:
    """Return the latest hangout at which each of the problems has a seat, by problem, in a query.

    One that was called off does not count.
    """
    query = (
        select(Signup.problem_id, Hangout)
        .join(Hangout, Hangout.id == Signup.hangout_id)
        .where(Signup.problem_id.in_(problem_ids), Signup.presenting == Presenting.SEAT)
        .where(Hangout.called_off_at.is_(None))
        .order_by(Hangout.starts_at)
    )
    found = await session.execute(query)
    return {problem_id: hangout for problem_id, hangout in found if problem_id is not None}
