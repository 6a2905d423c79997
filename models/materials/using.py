"""Using: who used a material and how it went, told once a person and corrected at any time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.errors import RuleError
from models.materials.finding import lock, seen_by
from models.materials.material import Material, Use
from models.materials.posted import CARD, USED, used_key
from models.pilots.pilot import Pilot
from models.pilots.sight import is_seen_by as pilot_is_seen_by
from models.posts import DUE, Post
from models.text import clean

# One or two sentences; whoever wants to say more has a pilot for it.
HOW_LENGTH = 500
# Uses that come within this time of the last letter about them wait and share the next one.
BETWEEN_LETTERS = timedelta(days=1)
# Slack takes no more in one list; nobody has so many at a time.
PILOTS_AT_MOST = 100


class OwnMaterialError(RuleError):
    """Whoever keeps a material says how it went in its note."""


class HowItWentError(RuleError):
    """More words than fit beside a name."""

    field = "how"


class NotMyPilotError(RuleError):
    """A pilot is named by whoever ran it, and by nobody else."""

    field = "pilot"


@dataclass(frozen=True)
class Told:
    """What somebody says of their use: how it went, and in which pilot of theirs it was."""

    how: str | None = None
    pilot_id: int | None = None


@dataclass(frozen=True)
class Used:
    """One use, with its pilot if the reader may see that one."""

    use: Use
    pilot: Pilot | None = None


def how_it_went(text: str | None) -> str | None:
    """Return what was typed, fit to keep, or None for nothing; raises a HowItWentError."""
    kept = clean(text or "")
    if len(kept) > HOW_LENGTH:
        raise HowItWentError(
            f"This is {len(kept):,} characters long and {HOW_LENGTH} fit here. "
            "The rest can go into the thread of its card."
        )
    return kept or None


async def to_use(session: AsyncSession, material_id: object, member_id: str) -> Material:
    """Return the material if this person may say that they used it; raises a RuleError."""
    material = await seen_by(session, material_id, member_id)
    if material.owner_id == member_id:
        raise OwnMaterialError(
            "This one is yours, so it counts without a press. How it went fits into its note: "
            "⋯ Edit."
        )
    return material


async def use_of(session: AsyncSession, material_id: int, member_id: str) -> Use | None:
    """Return what this person said of their use, if they used it."""
    query = select(Use).where(Use.material_id == material_id, Use.member_id == member_id)
    return await session.scalar(query)


async def my_pilots(session: AsyncSession, member_id: str) -> Sequence[Pilot]:
    """Return the pilots in which this person may have used it: their own, the running ones first.

    Private ones are among them, for only those who may see one will read of it.
    """
    query = (
        select(Pilot)
        .where(Pilot.member_id == member_id, Pilot.deleted_at.is_(None))
        .order_by(Pilot.finished_at.is_not(None), Pilot.started_at.desc(), Pilot.id.desc())
    )
    return (await session.scalars(query.limit(PILOTS_AT_MOST))).all()


async def use(
    session: AsyncSession, material: Material, member_id: str, told: Told, now: datetime
) -> bool:
    """Keep what this person says of their use, in place of what they said before.

    Returns whether it is their first word on it. Its owner hears of it, at most once a day. Raises
    NotMyPilotError, and NotHereError for a material that was deleted since it was read.
    """
    # Two who used it at once are told in one letter, and of what is deleted nobody speaks.
    await lock(session, material)
    await _require_own_pilot(session, told.pilot_id, member_id)
    known = await use_of(session, material.id, member_id)
    if known is None:
        row = Use(material_id=material.id, member_id=member_id)
        row.how, row.pilot_id = told.how, told.pilot_id
        row.used_at = await _tell_owner(session, material, now)
        session.add(row)
        await Post.redraw(session, CARD, material.id, now)
        return True
    if told.how and not known.how:
        # Now there is something to read that its owner has not had yet.
        known.used_at = await _tell_owner(session, material, now)
    known.how, known.pilot_id = told.how, told.pilot_id
    return False


async def take_back(
    session: AsyncSession, material: Material, member_id: str, now: datetime
) -> bool:
    """Count this person no more, and say whether they counted before."""
    mine = and_(Use.material_id == material.id, Use.member_id == member_id)
    gone = await session.scalar(delete(Use).where(mine).returning(Use.id))
    if gone is None:
        return False
    await Post.redraw(session, CARD, material.id, now)
    return True


async def uses_of(
    session: AsyncSession, material_ids: Collection[int], reader_id: str
) -> Mapping[int, Sequence[Used]]:
    """Return who used those materials, the latest first, by material id, in one query.

    Ask for materials the reader sees: whoever sees one sees its uses. A pilot comes along only
    where that reader sees it as well.
    """
    query = (
        select(Use, Pilot)
        .outerjoin(Pilot, and_(Pilot.id == Use.pilot_id, pilot_is_seen_by(reader_id)))
        .where(Use.material_id.in_(material_ids))
        .order_by(Use.used_at.desc(), Use.id.desc())
    )
    found: dict[int, list[Used]] = defaultdict(list)
    for one, pilot in await session.execute(query):
        found[one.material_id].append(Used(one, pilot))
    return found


async def news_in(session: AsyncSession, letter: Post) -> Sequence[Used]:
    """Return the uses that this letter to the owner tells of, the earliest first.

    Its key says from when on they are news; what comes before it is sent is told with it, unless
    there is a next letter already.
    """
    material_id, since = _told_by(letter)
    query = select(Post).where(Post.kind == USED, Post.about_id == material_id, Post.id > letter.id)
    following = await session.scalar(query.order_by(Post.id).limit(1))
    until = _told_by(following)[1] if following else None
    news = (await uses_of(session, [material_id], letter.place_id)).get(material_id, [])
    return [
        one
        for one in reversed(news)
        if since <= one.use.used_at and (until is None or one.use.used_at < until)
    ]


def _told_by(letter: Post) -> tuple[int, datetime]:
    """Return of which material a letter tells, and since when."""
    material_id, _, since = letter.key.removeprefix(f"{USED}:").partition(":")
    return int(material_id), datetime.fromisoformat(since)


async def _require_own_pilot(session: AsyncSession, pilot_id: int | None, member_id: str) -> None:
    if pilot_id is None:
        return
    query = select(Pilot.id).where(
        Pilot.id == pilot_id, Pilot.member_id == member_id, Pilot.deleted_at.is_(None)
    )
    if await session.scalar(query) is None:
        raise NotMyPilotError("Please choose one of your own pilots, or none.")


async def _tell_owner(session: AsyncSession, material: Material, now: datetime) -> datetime:
    """Keep a letter: the first use is told at once, more of them once a day.

    Returns when it was used as far as the letter is concerned, which tells of nothing earlier than
    itself.
    """
    query = select(Post).where(Post.kind == USED, Post.about_id == material.id)
    query = query.order_by(Post.id.desc()).limit(1).with_for_update()
    last = await session.scalar(query, execution_options={"populate_existing": True})
    if last is not None and last.state == DUE:
        # It is drawn when it is sent, with this use in it; nobody sends it before we are done.
        return max(now, _told_by(last)[1])
    due_at = now if last is None else max(now, last.due_at + BETWEEN_LETTERS)
    await Post.add(
        session,
        used_key(material, now),
        material.owner_id,
        kind=USED,
        due_at=due_at,
        about_id=material.id,
    )
    return now
