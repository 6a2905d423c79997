"""Suggesting: who helped, told to the one they helped. Nobody is ever thanked without a press."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.consultancies.consultancy import Consultancy
from models.hangouts.attendance import attended, was_there
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Presenting, Signup
from models.members import Member
from models.posts import Post
from models.problems import HiddenAuthor, Problem, Reply
from models.thanks.posted import SUGGESTION, SUGGESTION_OF_PROBLEM
from models.thanks.thanks import RECEIVERS_AT_MOST, About, Receiver, Thanks
from models.time import next_daytime

SUGGESTED_AT_MOST = 5
# Not on the heels of a hangout, when the next step is asked for; mostly the next morning.
AFTER_A_HANGOUT = timedelta(hours=1)
IS_USEFUL_FOR = timedelta(days=3)
# Of a hangout that was over before, when the bot was down, nobody needs to be told.
HANGOUT_IS_FRESH = timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """Whom somebody may want to thank, and what for.

    What a problem without a name is about is linked to nothing, and meant to stay private.
    `is_certain` says that all of them are known to have helped, and did not only sign up.
    """

    member_ids: tuple[str, ...]
    community_id: int
    about_kind: About | None = None
    about_id: int | None = None
    is_private: bool = False
    is_certain: bool = True


async def for_problem(session: AsyncSession, problem: Problem, reader_id: str) -> Suggestion | None:
    """Return who helped with this person's own problem, and was not thanked since it was shared."""
    if problem.deleted_at is not None or not await problem.is_by(session, reader_id):
        return None
    community = await session.get_one(Community, problem.community_id)
    helpers = await _repliers(session, problem.id, problem.shared_at)
    who = await _to_thank(session, helpers, community, reader_id, problem.shared_at)
    if not who:
        return None
    about = None if problem.is_without_name else About.PROBLEM
    return Suggestion(
        member_ids=tuple(who[:SUGGESTED_AT_MOST]),
        community_id=community.id,
        about_kind=about,
        about_id=problem.id if about else None,
        is_private=problem.is_without_name,
    )


async def for_hangout(session: AsyncSession, hangout: Hangout, reader_id: str) -> Suggestion | None:
    """Return who thought along with this presenter and was not thanked since the hangout began."""
    if not hangout.is_on or not await _presented(session, hangout, reader_id):
        return None
    community = await session.get_one(Community, hangout.community_id)
    helpers = await at_hangout(session, hangout, reader_id)
    who = await _to_thank(session, helpers, community, reader_id, hangout.starts_at)
    if not who:
        return None
    named = who[:SUGGESTED_AT_MOST]
    return Suggestion(
        member_ids=tuple(named),
        community_id=community.id,
        about_kind=About.HANGOUT,
        about_id=hangout.id,
        is_certain=all(helpers[one] for one in named),
    )


async def took_part(session: AsyncSession, consultancy: Consultancy) -> list[str]:
    """Return whom a presenter may thank for their consultancy: who was there, or wrote along."""
    presenter_id = consultancy.presenter_id
    if presenter_id is None:
        return []
    community = await session.get_one(Community, consultancy.community_id)
    hangout = await session.get(Hangout, consultancy.hangout_id or 0)
    if hangout is not None:
        found = list(await at_hangout(session, hangout, presenter_id))
    else:
        found = await _repliers(session, consultancy.problem_id or 0, consultancy.opened_at)
    return (await _people(session, found, community, presenter_id))[:RECEIVERS_AT_MOST]


async def at_hangout(session: AsyncSession, hangout: Hangout, presenter_id: str) -> dict[str, bool]:
    """Return who may have been there besides the presenter, and whether that is known of them.

    Those who also wrote along come first, then who led or said that they came, then who only signed
    up.
    """
    came = await _of(session, attended(Hangout.id == hangout.id))
    known = await _of(session, was_there(Hangout.id == hangout.id))
    problem_id = await session.scalar(
        select(Consultancy.problem_id).where(
            Consultancy.hangout_id == hangout.id, Consultancy.presenter_id == presenter_id
        )
    )
    wrote = await _repliers(session, problem_id, hangout.starts_at) if problem_id else []
    sure = [*(one for one in wrote if one in came), *sorted(known)]
    return {one: one in sure for one in [*sure, *sorted(came)] if one != presenter_id}


async def _of(session: AsyncSession, people: Select[int, str]) -> set[str]:
    return set(await session.scalars(select(people.subquery().c.member_id)))


async def after_hangout(session: AsyncSession, hangout: Hangout, now: datetime) -> None:
    """Keep a letter to each presenter, one a hangout; what it says is decided when it is said."""
    if not hangout.is_on or now - hangout.ends_at > HANGOUT_IS_FRESH:
        return
    due_at = next_daytime(hangout.ends_at + AFTER_A_HANGOUT, hangout.tz)
    for member_id in await session.scalars(_presenters(hangout)):
        await Post.add(
            session,
            f"{SUGGESTION}:{hangout.id}:{member_id}",
            member_id,
            kind=SUGGESTION,
            due_at=due_at,
            about_id=hangout.id,
            useful_until=due_at + IS_USEFUL_FOR,
        )


async def after_resolving(session: AsyncSession, problem: Problem, by: str, now: datetime) -> None:
    """Keep a letter to the author of a problem that somebody else resolved, once a problem.

    Who resolves their own is told in the answer. Where nobody helped there is no letter.
    """
    author_id = problem.author_id or await HiddenAuthor.of(session, problem.id)
    if author_id in (None, by) or await for_problem(session, problem, author_id or "") is None:
        return
    await Post.add(
        session,
        # No id of a person: the key of a problem without a name must not give one away.
        f"{SUGGESTION_OF_PROBLEM}:{problem.id}",
        author_id or "",
        kind=SUGGESTION_OF_PROBLEM,
        due_at=now,
        about_id=problem.id,
        useful_until=now + IS_USEFUL_FOR,
    )


def _presenters(hangout: Hangout) -> Select[str]:
    return select(Signup.member_id).where(
        Signup.hangout_id == hangout.id,
        Signup.is_coming,
        Signup.came.is_not(False),
        Signup.presenting.in_([Presenting.SEAT, Presenting.OFFERED]),
    )


async def _presented(session: AsyncSession, hangout: Hangout, member_id: str) -> bool:
    query = _presenters(hangout).where(Signup.member_id == member_id)
    return await session.scalar(query) is not None


async def _repliers(session: AsyncSession, problem_id: int, since: datetime) -> list[str]:
    """Return who wrote in a problem's thread since then, in the order of their first words."""
    query = (
        select(Reply.member_id)
        .where(Reply.problem_id == problem_id, Reply.deleted_at.is_(None))
        .where(Reply.replied_at >= since)
        .order_by(Reply.ts)
    )
    return list(dict.fromkeys(await session.scalars(query)))


async def _to_thank(
    session: AsyncSession,
    found: Iterable[str],
    community: Community,
    giver_id: str,
    since: datetime,
) -> list[str]:
    """Return those of them who can be thanked there and were not since then."""
    query = (
        select(Receiver.member_id)
        .join(Thanks, Thanks.id == Receiver.thanks_id)
        .where(Thanks.giver_id == giver_id, Thanks.thanked_at >= since)
        .where(Thanks.deleted_at.is_(None))
    )
    thanked = set(await session.scalars(query))
    here = await _people(session, found, community, giver_id)
    return [one for one in here if one not in thanked]


async def _people(
    session: AsyncSession, found: Iterable[str], community: Community, but_not: str
) -> list[str]:
    """Return those of them who are still members there, and persons."""
    ids = [one for one in found if one != but_not and community.has_member(one)]
    known = await Member.known(session, ids)
    return [
        one for one in ids if one in known and not known[one].is_bot and known[one].left_at is None
    ]
