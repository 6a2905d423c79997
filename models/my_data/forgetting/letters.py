"""Letters: what colleagues got that names somebody, or has their words, is taken out or drawn anew.

A letter that told of several people is drawn anew without this one. One that told of nobody else
is taken out of its reader's conversation.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    delete,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy import update as updated
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Membership
from models.consultancies.moving_on import QUESTIONS
from models.consultancies.questions import Question
from models.database import announce
from models.digests.posted import ATTENTION
from models.digests.telling import redraw_personal
from models.hangouts import posted as hangouts
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Signup
from models.hangouts.swaps import Swap
from models.materials.material import Material, Use
from models.materials.posted import REMIXED, USED
from models.pilots.pilot import Pilot
from models.pilots.posted import SPARK
from models.posts import DUE, SAID, SENDING, Post
from models.problems import HiddenAuthor, Problem, Reply
from models.problems.posted import HEARD
from models.thanks.nudge import Nudge
from models.thanks.posted import KEPT_PRIVATE, NUDGE, SUGGESTION, SUGGESTION_OF_PROBLEM
from models.thanks.thanks import Receiver

# What a letter is from then on: nothing but a message that is to be taken out of Slack.
FORGOTTEN = "my_data.forgotten"
# A key that tells nothing.
NO_NAME = literal("gone:").concat(cast(Post.id, String))
_AT_ONCE = {"synchronize_session": False}


async def forget_letters(session: AsyncSession, member_id: str, now: datetime) -> Counter[str]:
    """Take what colleagues got about this person from them; ask while what it tells of is there."""
    about_them = or_(*_telling_of(member_id, now))
    gone = await take_away(session, and_(Post.place_id != member_id, about_them), now)
    for kind, ids in _telling_of_several(member_id, now):
        stale = select(Post.about_id).where(Post.kind == kind, Post.about_id.in_(ids)).distinct()
        about = [one for one in await session.scalars(stale) if one is not None]
        await Post.redraw(session, kind, about, now)
    await _redraw_weekly_letters(session, member_id, now)
    return Counter({Post.__tablename__: gone})


async def take_away(session: AsyncSession, which: ColumnElement[bool], now: datetime) -> int:
    """Forget these posts, and have those that stand in Slack taken out of it; say how many.

    Until that is done a row remembers where the message stands, and nothing else. One that is on
    its way, or perhaps was said, can only be found in Slack by its key; see `rename_settled`.
    """
    may_stand = or_(
        Post.state == SENDING, and_(Post.state == DUE, Post.maybe_said_since.is_not(None))
    )
    stands = or_(may_stand, and_(Post.state == SAID, Post.ts.is_not(None)))
    nothing = {
        "kind": FORGOTTEN,
        "key": case((may_stand, Post.key), else_=NO_NAME),
        "about_id": None,
        "cause_id": None,
        "thread_of": case((may_stand, Post.thread_of)),
        "useful_until": None,
        "wanted": Post.wanted + 1,
        "redraw_at": now,
    }
    number = 0
    for change in (
        delete(Post).where(which, ~stands).returning(Post.id),
        updated(Post).where(which, stands).values(nothing).returning(Post.id),
    ):
        number += len((await session.scalars(change, execution_options=_AT_ONCE)).all())
    announce(session)
    return number


async def rename_settled(session: AsyncSession) -> None:
    """Take ids out of the keys of those of which it is known by now whether they were said."""
    is_settled = Post.state.not_in([DUE, SENDING])
    named = updated(Post).where(Post.kind == FORGOTTEN, is_settled, Post.key != NO_NAME)
    values = {"key": NO_NAME, "thread_of": None}
    await session.execute(named.values(values), execution_options=_AT_ONCE)


def _telling_of(member_id: str, now: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions on letters that tell of this person alone, or of what is over."""
    over = _meetings(member_id).where(Hangout.ends_at <= now)
    tried = select(Pilot.id).where(Pilot.member_id == member_id)
    saved = select(Material.id).where(Material.owner_id == member_id)
    thanked = select(Receiver.thanks_id).where(Receiver.member_id == member_id)
    nudged = select(Nudge.id).where(Nudge.colleague_id == member_id)
    answered = select(Reply.problem_id).where(Reply.member_id == member_id)
    was_asked = or_(Swap.asker_id == member_id, Swap.substitute_id == member_id)
    swapped = select(Swap.id).where(was_asked)
    return [
        and_(Post.kind.in_(kinds), Post.about_id.in_(ids))
        for kinds, ids in (
            ([SPARK], tried),
            ([REMIXED], saved),
            ([KEPT_PRIVATE], thanked),
            ([NUDGE], nudged),
            ([SUGGESTION_OF_PROBLEM], answered),
            ([hangouts.BRIEF, SUGGESTION], over),
            ([hangouts.SWAP_ASKED, hangouts.SWAP_ANSWERED], swapped),
        )
    ]


def _telling_of_several(member_id: str, now: datetime) -> list[tuple[str, Select[int]]]:
    """Return the kinds of letters that tell of others as well, and what these are about."""
    communities = select(Membership.community_id).where(Membership.member_id == member_id)
    return [
        (HEARD, select(Reply.problem_id).where(Reply.member_id == member_id)),
        (USED, select(Use.material_id).where(Use.member_id == member_id)),
        (QUESTIONS, select(Question.consultancy_id).where(Question.member_id == member_id)),
        (hangouts.BRIEF, _meetings(member_id).where(Hangout.ends_at > now)),
        (ATTENTION, communities),
    ]


def _meetings(member_id: str) -> Select[int]:
    came = select(Signup.hangout_id).where(Signup.member_id == member_id)
    return select(Hangout.id).where(or_(Hangout.facilitator_id == member_id, Hangout.id.in_(came)))


async def _redraw_weekly_letters(session: AsyncSession, member_id: str, now: datetime) -> None:
    """Draw weekly letters anew that told of their answers, and of what they used.

    Of thanks it is done where they are deleted.
    """
    author = func.coalesce(Problem.author_id, HiddenAuthor.member_id)
    answered = (
        select(author, Reply.replied_at)
        .join(Problem, Problem.id == Reply.problem_id)
        .outerjoin(HiddenAuthor, HiddenAuthor.problem_id == Problem.id)
        .where(Reply.member_id == member_id)
    )
    used = (
        select(Material.owner_id, Use.used_at)
        .join(Use, Use.material_id == Material.id)
        .where(Use.member_id == member_id)
    )
    for query in (answered, used):
        rows = [(whose, at) for whose, at in await session.execute(query) if whose is not None]
        await redraw_personal(session, rows, now)
