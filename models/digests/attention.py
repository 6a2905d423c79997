"""Attention: what in a community its facilitators may want to look at, once a week, for them alone.

The list says nothing that only one member may know: letters to persons are left out of it, and what
was shared without a name stays without one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.digests.collecting import WAITS_AT_MOST
from models.digests.ledger import Fate, IssuedDigest
from models.digests.posted import ATTENTION, missed_key
from models.digests.posted import MISSED as MISSED_LETTER
from models.hangouts.hangout import Hangout
from models.hangouts.standings import HangoutStanding
from models.hangouts.voices import Voice, voices
from models.members import Member
from models.posts import DUE, FAILED, MISSED, SAID, SENDING, Post
from models.problems import Page, Problem, Reply, Standing
from models.time import A_WEEK, zone

# Presenters are looked for when the hangout is this near.
LOOKS_AHEAD = timedelta(days=14)
# Three hangouts of a bi-weekly series; then a word every four weeks, for a list of every week that
# names the same people would be a complaint.
QUIET_FOR_WEEKS, AGAIN_AFTER_WEEKS = 6, 4
HANGOUTS_AT_MOST = 5
# What went wrong is told once, in the next list; longer ago than this it is over.
LOOKS_BACK = timedelta(weeks=4)


@dataclass(frozen=True, kw_only=True)
class Attention:
    """What wants attention in a community.

    `hangout` is the next one if it lacks presenters, or somebody to lead it. `quiet_ids` are those
    not heard for a while. `missed` and `failed` count the messages that were too late for the
    channel, and those that Slack did not take, by kind; `missed_weeks` are those whose digest was
    missed.
    """

    unanswered: Page
    hangout: HangoutStanding | None
    quiet_ids: Sequence[str]
    missed: Mapping[str, int]
    failed: Mapping[str, int]
    missed_weeks: Sequence[date]

    @property
    def is_nothing(self) -> bool:
        went_wrong = self.missed or self.failed or self.missed_weeks
        return not (self.unanswered.total or self.hangout or self.quiet_ids or went_wrong)


async def attention(
    session: AsyncSession,
    community: Community,
    reader_id: str,
    now: datetime,
    told_at: datetime | None = None,
) -> Attention:
    """Return what wants attention there, for the eyes of one who facilitates it.

    `told_at` is when they had the list before; what went wrong until then is left out.
    """
    since = now - A_WEEK if told_at is None else max(told_at, now - LOOKS_BACK)
    unsaid = await _unsaid(session, community, since)
    asked_since = now - WAITS_AT_MOST
    return Attention(
        unanswered=await Standing.unanswered_since(session, community.id, reader_id, asked_since),
        hangout=await _lacking(session, community, now),
        quiet_ids=await quiet(session, community, reader_id, now),
        missed=unsaid[MISSED],
        failed=unsaid[FAILED],
        missed_weeks=await _missed_weeks(session, community, reader_id, since),
    )


async def told_before(session: AsyncSession, post: Post) -> datetime | None:
    """Return when the reader of that list had the one before it, if they had any."""
    query = select(func.max(Post.said_at)).where(
        Post.kind == ATTENTION,
        Post.about_id == post.about_id,
        Post.place_id == post.place_id,
        Post.due_at < post.due_at,
    )
    return await session.scalar(query)


async def is_news(session: AsyncSession, wanted: Attention, told_at: datetime | None) -> bool:
    """Say whether a list has anything that the one before it, said at `told_at`, had not."""
    if told_at is None or wanted.quiet_ids:
        return not wanted.is_nothing
    if wanted.missed or wanted.failed or wanted.missed_weeks:
        return True
    if any(one.problem.shared_at > told_at for one in wanted.unanswered.standings):
        return True
    if wanted.hangout is None:
        return False
    hangout = wanted.hangout.hangout
    return not hangout.facilitator_id or not await _was_told(session, hangout, told_at)


async def _was_told(session: AsyncSession, hangout: Hangout, told_at: datetime) -> bool:
    """Say whether this was at that time already the next hangout, and near."""
    if hangout.starts_at >= told_at + LOOKS_AHEAD:
        return False
    coming = await Hangout.coming(session, hangout.community_id, told_at, limit=HANGOUTS_AT_MOST)
    following = next((one for one in coming if one.is_ahead(told_at)), None)
    return following is not None and following.id == hangout.id


async def quiet(
    session: AsyncSession, community: Community, reader_id: str, now: datetime
) -> list[str]:
    """Return who has come to no hangout for some weeks and wrote nothing, when it is time to say.

    Nobody is called quiet where nobody came, nor while they are away.
    """
    known = await voices(session, community, now)
    since = now - QUIET_FOR_WEEKS * A_WEEK
    if not any(one.joined_at is not None and one.joined_at > since for one in known):
        return []
    silent = [one.member_id for one in known if _is_to_be_said(one, now)]
    heard = await _heard_otherwise(session, community, since) if silent else set()
    left_out = heard | {reader_id, *(await _away(session, silent, now))}
    return [one for one in silent if one not in left_out]


def _is_to_be_said(voice: Voice, now: datetime) -> bool:
    weeks = (now - (voice.joined_at or voice.member_since)) // A_WEEK - QUIET_FOR_WEEKS
    return weeks >= 0 and weeks % AGAIN_AFTER_WEEKS == 0


async def _heard_otherwise(
    session: AsyncSession, community: Community, since: datetime
) -> set[str | None]:
    """Return who wrote in a thread or shared a problem with their name since then."""
    here = Problem.community_id == community.id
    wrote = (
        select(Reply.member_id.label("member_id"))
        .join(Problem, Problem.id == Reply.problem_id)
        .where(here, Reply.replied_at > since, Reply.deleted_at.is_(None))
    )
    shared = select(Problem.author_id).where(
        here, Problem.shared_at > since, Problem.author_id.is_not(None)
    )
    return set(await session.scalars(select(union_all(wrote, shared).subquery().c.member_id)))


async def _away(session: AsyncSession, member_ids: Sequence[str], now: datetime) -> set[str]:
    members = (await Member.known(session, member_ids)).values() if member_ids else []
    return {one.member_id for one in members if one.is_away(now.astimezone(zone(one.tz)).date())}


async def _lacking(
    session: AsyncSession, community: Community, now: datetime
) -> HangoutStanding | None:
    """Return the next hangout if nobody leads it, or seats to present are free and it is near."""
    coming = await Hangout.coming(session, community.id, now, limit=HANGOUTS_AT_MOST)
    following = next((one for one in coming if one.is_ahead(now)), None)
    if following is None:
        return None
    standing = await HangoutStanding.of(session, following)
    is_near = following.starts_at < now + LOOKS_AHEAD
    is_lacking = not following.facilitator_id or (is_near and standing.free_seats > 0)
    return standing if is_lacking else None


async def _unsaid(
    session: AsyncSession, community: Community, since: datetime
) -> Mapping[str, Counter[str]]:
    """Return how many messages to the channel came to a bad end, by state and kind.

    Letters are nobody's. They are few, and counted here: SQLite would read all that was ever said,
    sorted by kind, to have the database count.
    """
    query = (
        select(Post.state.label("state"), Post.kind.label("kind"))
        .where(Post.place_id == community.channel_id, Post.state.in_((MISSED, FAILED)))
        .where(Post.due_at > since)
    )
    unsaid = {MISSED: Counter[str](), FAILED: Counter[str]()}
    for row in sorted(await session.execute(query), key=lambda one: one.kind):
        unsaid[row.state][row.kind] += 1
    return unsaid


async def _missed_weeks(
    session: AsyncSession, community: Community, reader_id: str, since: datetime
) -> Sequence[date]:
    """Return the weeks without a digest that no letter told of, nor a later one made up for."""
    query = (
        select(IssuedDigest.week, IssuedDigest.fate)
        .where(IssuedDigest.community_id == community.id, IssuedDigest.noted_at > since)
        .order_by(IssuedDigest.week)
    )
    missed = list[date]()
    for week, fate in await session.execute(query):
        missed = [*missed, week] if fate == Fate.MISSED else missed
        missed = [] if fate in (Fate.POSTED, Fate.NOTHING) else missed
    letters = select(Post.key).where(
        Post.kind == MISSED_LETTER,
        Post.about_id == community.id,
        Post.place_id == reader_id,
        Post.state.in_([DUE, SENDING, SAID]),
    )
    told = set(await session.scalars(letters))
    return [one for one in missed if missed_key(community.id, one, reader_id) not in told]
