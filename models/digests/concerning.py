"""Concerning: what there is for one member across all their communities since some moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.hangouts.hangout import A_HANGOUT_AT_MOST, Hangout
from models.hangouts.standings import HangoutStanding
from models.materials.material import Material, Use
from models.materials.posted import CARD as MATERIAL_CARD
from models.pilots.pilot import Pilot
from models.pilots.waiting import waiting
from models.posts import Post
from models.problems import HiddenAuthor, Problem, Reply
from models.problems.posted import CARD as PROBLEM_CARD
from models.thanks.thanks import Receiver, Thanks
from models.workspaces import Workspace

# A hangout further ahead is for the next letter.
LOOKS_AHEAD = timedelta(days=7)
# Rows read of each kind; the letter names fewer things than that, but each with who did it.
READ_AT_MOST = 60
# Some of these their reader has declined.
HANGOUTS_AT_MOST = 8
# How many things of each kind the letter tells: together they fit on one screen of a phone.
TOLD = MappingProxyType({"hangouts": 2, "answered": 3, "pilots": 2, "thanks": 3, "used": 2})


@dataclass(frozen=True, kw_only=True)
class Touched:
    """A thing of mine and who did something with it, the first one first: each person once."""

    about_id: int
    title: str
    member_ids: tuple[str, ...]
    link: str | None = None


@dataclass(frozen=True, kw_only=True)
class Concerns:
    """What one member may want to know, for their eyes only.

    `answered` are problems of mine, also those without my name, with who answered; `used` are
    materials of mine. `hangouts` come with the community's name. `pilots` wait for a value, or for
    a decision; `has_new_pilots` says whether some of them did not yet when I was last told.
    `thanks` are what I received. There may be more of each: `more` are their names.
    """

    answered: Sequence[Touched] = ()
    hangouts: Sequence[tuple[str, HangoutStanding]] = ()
    pilots: Sequence[Pilot] = ()
    has_new_pilots: bool = False
    thanks: Sequence[Thanks] = ()
    used: Sequence[Touched] = ()
    more: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_nothing(self) -> bool:
        return not (self.answered or self.hangouts or self.pilots or self.thanks or self.used)

    @property
    def is_news(self) -> bool:
        """Whether it is worth a letter: a pilot that waits is so once, then beside other things."""
        others = self.answered or self.hangouts or self.thanks or self.used
        return bool(others) or self.has_new_pilots

    @property
    def people(self) -> set[str]:
        """Everybody who is named in it."""
        touching = {who for one in (*self.answered, *self.used) for who in one.member_ids}
        leading = {standing.hangout.facilitator_id for _, standing in self.hangouts}
        return touching | leading | {one.giver_id for one in self.thanks}


async def concerning(
    session: AsyncSession,
    member_id: str,
    since: datetime,
    now: datetime,
    told_at: datetime | None = None,
) -> Concerns:
    """Return what concerns this person, in a fixed number of queries however much there is.

    `told_at` is when they had the letter before this one, if they had any.
    """
    hangouts = await _hangouts(session, member_id, now)
    answered = await _answered(session, member_id, (since, now))
    pilots = await waiting(session, member_id, now, TOLD["pilots"] + 1)
    told = await waiting(session, member_id, told_at, READ_AT_MOST) if told_at else ()
    thanks = await _thanks(session, member_id, since, now)
    used = await _used(session, member_id, (since, now))
    numbers = {
        "hangouts": len(hangouts),
        "answered": len(answered),
        "pilots": len(pilots),
        "thanks": len(thanks),
        "used": len(used),
    }
    return Concerns(
        hangouts=hangouts[: TOLD["hangouts"]],
        answered=answered[: TOLD["answered"]],
        pilots=pilots[: TOLD["pilots"]],
        has_new_pilots=bool({one.id for one in pilots} - {one.id for one in told}),
        thanks=thanks[: TOLD["thanks"]],
        used=used[: TOLD["used"]],
        more=frozenset(kind for kind, number in numbers.items() if number > TOLD[kind]),
    )


async def _answered(
    session: AsyncSession, member_id: str, between: tuple[datetime, datetime]
) -> list[Touched]:
    """Return the problems of mine that others wrote about; gathered questions are no answers."""
    since, until = between
    mine = or_(Problem.author_id == member_id, Problem.id.in_(HiddenAuthor.problems_of(member_id)))
    query = (
        select(Problem.id, Problem.title, Reply.member_id)
        .join(Reply, Reply.problem_id == Problem.id)
        .where(mine, Problem.deleted_at.is_(None))
        .where(Reply.replied_at > since, Reply.replied_at <= until, Reply.deleted_at.is_(None))
        .where(Reply.is_question.is_(False), Reply.member_id != member_id)
        .order_by(Reply.replied_at.desc(), Reply.id.desc())
    )
    return await _touched(session, query.limit(READ_AT_MOST), PROBLEM_CARD)


async def _used(
    session: AsyncSession, member_id: str, between: tuple[datetime, datetime]
) -> list[Touched]:
    since, until = between
    query = (
        select(Material.id, Material.title, Use.member_id)
        .join(Use, Use.material_id == Material.id)
        .where(Material.owner_id == member_id, Material.deleted_at.is_(None))
        .where(Use.used_at > since, Use.used_at <= until, Use.member_id != member_id)
        .order_by(Use.used_at.desc(), Use.id.desc())
    )
    return await _touched(session, query.limit(READ_AT_MOST), MATERIAL_CARD)


async def _touched(session: AsyncSession, query: Select[int, str, str], card: str) -> list[Touched]:
    """Return each thing once, in the order of the query, with where its card stands."""
    titles: dict[int, str] = {}
    people: dict[int, dict[str, None]] = {}
    for about_id, title, member_id in await session.execute(query):
        titles[about_id] = title
        people.setdefault(about_id, {})[member_id] = None
    cards = await Post.standing(session, card, list(titles))
    address = await Workspace.address(session)
    links = {one.about_id: one.permalink(address) for one in cards}
    return [
        Touched(
            about_id=about_id,
            title=titles[about_id],
            member_ids=tuple(reversed(who)),
            link=links.get(about_id),
        )
        for about_id, who in people.items()
    ]


async def _hangouts(
    session: AsyncSession, member_id: str, now: datetime
) -> list[tuple[str, HangoutStanding]]:
    """Return what is on in the coming days in my communities, the soonest first."""
    names = {one.id: one.name for one in await Community.of_member(session, member_id)}
    query = (
        select(Hangout)
        .where(Hangout.community_id.in_(list(names)), Hangout.called_off_at.is_(None))
        .where(Hangout.starts_at > now - A_HANGOUT_AT_MOST, Hangout.ends_at > now)
        .where(Hangout.starts_at < now + LOOKS_AHEAD)
        .order_by(Hangout.starts_at, Hangout.id)
    )
    soon = (await session.scalars(query.limit(HANGOUTS_AT_MOST))).all()
    standings = await HangoutStanding.of_all(session, soon)
    # Whoever said that they can't come need not be reminded.
    return [
        (names[one.hangout.community_id], one)
        for one in standings
        if member_id not in one.cannot_ids
    ]


async def _thanks(
    session: AsyncSession, member_id: str, since: datetime, now: datetime
) -> Sequence[Thanks]:
    """Return what I received, the newest first; a note of a shower once it has arrived."""
    reached = func.coalesce(Thanks.arrives_at, Thanks.thanked_at)
    query = (
        select(Thanks)
        .join(Receiver, Receiver.thanks_id == Thanks.id)
        .where(Receiver.member_id == member_id, Thanks.deleted_at.is_(None))
        .where(reached > since, reached <= now)
        .order_by(reached.desc(), Thanks.id.desc())
    )
    return (await session.scalars(query.limit(TOLD["thanks"] + 1))).all()
