"""How what the bot says of pilots is drawn, at the moment it is said, for those who read it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, true
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.message import Message
from handlers.blocks.pilots.cards import pilot_card, pilot_view, taken_back
from handlers.blocks.pilots.facts import Known
from handlers.blocks.pilots.sharing import after_problem, after_problem_taken_back, spark_letter
from handlers.blocks.problems.notes import withdrawn_since
from handlers.names import names_of
from models.communities import Community
from models.pilots.championing import champions_of
from models.pilots.cycles import EVERYBODY
from models.pilots.evidence import Evidence
from models.pilots.pilot import Circle, Pilot
from models.pilots.posted import CARD, OF_PROBLEM, card_key
from models.pilots.sight import is_seen_by
from models.pilots.telling import may_be_named
from models.posts import Post
from models.problems import Problem
from models.problems.posted import card_links
from models.problems.sight import is_seen_by as community_is_seen_by
from models.workspaces import Workspace


async def known_of_rows(
    session: AsyncSession, pilots: Sequence[Pilot], reader_id: str, now: datetime
) -> Known:
    """Return what lists for that reader take, in a fixed number of queries."""
    places, zones = await _homes(session, pilots, reader_id)
    return Known(
        names=await names_of(session, {pilot.member_id for pilot in pilots}),
        evidence=await Evidence.of_all(session, pilots, reader_id=reader_id),
        links=await _links(session, pilots, reader_id),
        places=places,
        zones=zones,
        now=now,
    )


async def known_of(session: AsyncSession, pilot: Pilot, reader_id: str) -> Known:
    """Return what drawing one pilot takes; with EVERYBODY only what its whole circle may see."""
    champions = await champions_of(session, [pilot.id])
    inspirers = await _inspirers(session, pilot, reader_id)
    problems = await _problems(session, pilot, reader_id)
    places, zones = await _homes(session, [pilot], reader_id)
    people = {
        pilot.member_id,
        *(one.member_id for one in inspirers.values()),
        *(one.member_id for one in champions.get(pilot.id, [])),
    }
    return Known(
        names=await names_of(session, people),
        evidence={pilot.id: await Evidence.of(session, pilot, reader_id=reader_id)},
        champions=champions,
        inspirers=inspirers,
        problems=problems,
        problem_links=await card_links(session, problems),
        places=places,
        zones=zones,
    )


async def view_of(
    session: AsyncSession, pilot: Pilot, member_id: str, now: datetime, notice: str = ""
) -> Message:
    """Return the pilot for this member's eyes: their own with all they can do, else its card."""
    known = await known_of(session, pilot, member_id)
    if pilot.member_id != member_id:
        return pilot_card(pilot, known)
    seen = {}
    if pilot.circle != Circle.ME and pilot.cycle > 1:
        everybodys = await Evidence.of(session, pilot, reader_id=EVERYBODY)
        seen = {pilot.id: everybodys.cycles}
    return pilot_view(pilot, replace(known, seen_cycles=seen, now=now), notice)


async def draw_card(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the card as things stand; of a pilot that was taken back it shows nothing any more."""
    pilot = await _shared(session, post, CARD)
    if pilot is None:
        return taken_back() if post.ts is not None else None
    return pilot_card(pilot, await known_of(session, pilot, EVERYBODY))


async def draw_of_problem(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw what somebody tried after a problem, while both may be told of there."""
    pilot = await _shared(session, post, OF_PROBLEM)
    problem = await session.get(Problem, pilot.problem_id or 0) if pilot is not None else None
    if problem is not None and problem.deleted_at is not None:
        return withdrawn_since() if post.ts is not None else None
    is_told = (
        pilot is not None
        and problem is not None
        and may_be_named(problem)
        and (pilot.circle == Circle.NETWORK or problem.community_id == pilot.community_id)
    )
    if pilot is None or not is_told:
        return after_problem_taken_back() if post.ts is not None else None
    return after_problem(pilot, await known_of(session, pilot, EVERYBODY))


async def draw_spark(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw what became of somebody's idea elsewhere, if they may still see it."""
    reader = post.place_id
    pilot = await session.scalar(select(Pilot).where(Pilot.id == post.about_id, is_seen_by(reader)))
    if pilot is None or pilot.finished_at is None:
        return None
    inspirers = await _inspirers(session, pilot, reader)
    inspired_by = inspirers.get(pilot.inspired_by_id or 0)
    if inspired_by is None or inspired_by.member_id != reader:
        return None
    return spark_letter(pilot, inspired_by, await known_of(session, pilot, reader))


async def _shared(session: AsyncSession, post: Post, kind: str) -> Pilot | None:
    """Return the pilot if this very message about it still stands for its being shared."""
    pilot = await session.get(Pilot, post.about_id)
    if pilot is None or pilot.deleted_at is not None or pilot.circle == Circle.ME:
        return None
    key = card_key(pilot) if kind == CARD else f"{kind}:{card_key(pilot)}"
    return pilot if post.key == key else None


async def _inspirers(session: AsyncSession, pilot: Pilot, reader_id: str) -> dict[int, Pilot]:
    """Return the pilot that inspired it, if the reader may see that one."""
    if pilot.inspired_by_id is None:
        return {}
    wanted = Pilot.id == pilot.inspired_by_id
    if reader_id != EVERYBODY:
        seen = await session.scalar(select(Pilot).where(wanted, is_seen_by(reader_id)))
        return {seen.id: seen} if seen else {}
    seen = await session.scalar(select(Pilot).where(wanted, Pilot.deleted_at.is_(None)))
    if seen is None:
        return {}
    is_near = seen.community_id == pilot.community_id and seen.circle == pilot.circle
    return {seen.id: seen} if is_near or seen.circle == Circle.NETWORK else {}


async def _problems(session: AsyncSession, pilot: Pilot, reader_id: str) -> dict[int, Problem]:
    """Return the problem it began with, if it has a name and the reader may see it."""
    if pilot.problem_id is None:
        return {}
    is_seen = (
        Community.id == pilot.community_id
        if reader_id == EVERYBODY
        else community_is_seen_by(reader_id)
    )
    query = (
        select(Problem)
        .join(Community, Community.id == Problem.community_id)
        .where(Problem.id == pilot.problem_id, is_seen)
    )
    problem = await session.scalar(query)
    return {problem.id: problem} if problem is not None and may_be_named(problem) else {}


async def _links(session: AsyncSession, pilots: Sequence[Pilot], reader_id: str) -> dict[int, str]:
    """Return the addresses of the cards that stand where this reader can go, by pilot id."""
    shared = {card_key(pilot): pilot for pilot in pilots if pilot.shared_at is not None}
    if not shared:
        return {}
    ids = {pilot.community_id for pilot in shared.values()}
    open_to = select(Community.id).where(Community.id.in_(ids), community_is_seen_by(reader_id))
    within = set(await session.scalars(open_to))
    address = await Workspace.address(session)
    cards = await Post.standing(session, CARD, [pilot.id for pilot in shared.values()])
    standing = [(shared[card.key], card.permalink(address)) for card in cards if card.key in shared]
    return {pilot.id: link for pilot, link in standing if link and pilot.community_id in within}


async def _homes(
    session: AsyncSession, pilots: Sequence[Pilot], reader_id: str
) -> tuple[dict[int, str], dict[int, str]]:
    """Return what the channels are called in which these pilots are at home, and their zones.

    Private channels have a name only for who is in them; a card stands in its own channel.
    """
    ids = {pilot.community_id for pilot in pilots}
    is_named = true() if reader_id == EVERYBODY else community_is_seen_by(reader_id)
    query = select(Community.id, Community.channel_name, Community.name, Community.tz, is_named)
    rows = (await session.execute(query.where(Community.id.in_(ids)))).all()
    names = {
        one: f"#{channel}" if channel else name for one, channel, name, _, named in rows if named
    }
    return names, {one: tz for one, _, _, tz, _ in rows}
