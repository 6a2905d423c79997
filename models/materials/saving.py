"""Saving: a link or file is kept once in a community; who brings it again adds what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.errors import NotHereError, RuleError
from models.materials import telling, visibility
from models.materials.attaching import attach
from models.materials.finding import lock, seen_by
from models.materials.material import Addition, Material
from models.materials.places import target_of
from models.materials.remixing import tell_of_remix
from models.materials.sight import is_seen_by
from models.materials.wording import TOPICS_AT_MOST, Plan
from models.members import Member
from models.problems.answers import add_once

# How long a material is taken to hold before its owner is asked.
YEAR = timedelta(days=365)


class NothingAddedError(RuleError):
    """An addition that says nothing new."""

    field = "note"


class RestingCommunityError(RuleError):
    """A community whose channel is archived takes nothing new."""


@dataclass(frozen=True)
class More:
    """What a colleague knows of a material that is there already, fit to keep."""

    note: str | None = None
    topics: Sequence[str] = ()


async def save(
    session: AsyncSession,
    plan: Plan,
    *,
    owner: Member,
    community: Community,
    request_key: str,
    now: datetime,
) -> Material:
    """Return the new material, or the one that is there: made by this request, or the same one.

    Of a link or file that the community has already, that one comes back, also when two save it at
    the same moment: its `request_key` is another one. Raises NotHereError for a community the
    owner is not in.
    """
    if made := await made_by(session, request_key):
        return made
    _require_place(community, owner.member_id)
    material = _row_of(plan, now)
    material.request_key, material.owner_id = request_key, owner.member_id
    material.community_id = community.id
    if not await _insert(session, material):
        return await _there_already(session, plan, community, request_key)
    await visibility.keep_findable(session, material)
    await telling.announce(session, material, community, now)
    await tell_of_remix(session, material, now)
    if plan.attach_to:
        await _attach(session, material, plan.attach_to, now)
    return material


def _row_of(plan: Plan, now: datetime) -> Material:
    """Return a material that holds from now on, still without an owner."""
    material = Material(saved_at=now, checked_at=now, next_check_at=now + YEAR)
    plan.set_on(material)
    material.remix_of_id = plan.remix_of_id
    if plan.source:
        material.source_channel_id, material.source_ts = plan.source
    return material


async def made_by(session: AsyncSession, request_key: str) -> Material | None:
    """Return the material that this request has saved already."""
    query = select(Material).where(Material.request_key == request_key)
    return (await session.scalars(query)).first()


async def twin_of(
    session: AsyncSession, plan: Plan, member_id: str, community: Community
) -> Material | None:
    """Return the same link or file as this person finds it: in that community, else elsewhere.

    What they may not see does not exist for them.
    """
    twins = await _twins(session, plan.same_key, member_id)
    here = [twin for twin in twins if twin.community_id == community.id]
    return next(iter([*here, *twins]), None)


async def seen_twin(session: AsyncSession, key: str, member_id: str) -> Material | None:
    """Return what is kept of the link of that key, wherever this person sees it."""
    return next(iter(await _twins(session, key, member_id)), None)


async def _twins(session: AsyncSession, key: str, member_id: str) -> Sequence[Material]:
    query = select(Material).where(Material.same_key == key, is_seen_by(member_id))
    return (await session.scalars(query.order_by(Material.id))).all()


async def add_to(
    session: AsyncSession,
    material_id: object,
    more: More,
    *,
    member_id: str,
    request_key: str,
    now: datetime,
) -> Material:
    """Add a note, and topics that are missing, to what is there; asked twice it is added once.

    `material_id` may be forged. Raises NotHereError, and NothingAddedError for nothing new.
    """
    # Read anew once it is locked, so that topics of two at once all stay.
    material = await lock(session, await seen_by(session, material_id, member_id))
    query = select(Addition.id).where(Addition.request_key == request_key)
    if await session.scalar(query):
        return material
    topics = _new_topics(material, more.topics)
    if not more.note and not topics:
        raise _nothing_new(material)
    row = Addition(
        request_key=request_key,
        material_id=material.id,
        member_id=member_id,
        note=more.note or f"Topics: {', '.join(topics)}",
        added_at=now,
    )
    if await add_once(session, row):
        material.topics = [*material.topics, *topics]
        await visibility.keep_findable(session, material)
        await telling.redraw(session, material, now)
    return material


async def _attach(session: AsyncSession, material: Material, place: str, now: datetime) -> None:
    try:
        target = await target_of(session, place, material.owner_id)
        await attach(session, material, target, material.owner_id, now)
    except RuleError:
        # The place is gone or full. What somebody filled in is saved all the same.
        return


def _new_topics(material: Material, topics: Iterable[str]) -> list[str]:
    known = {topic.casefold() for topic in material.topics}
    new = [topic for topic in topics if topic.casefold() not in known]
    return new[: max(0, TOPICS_AT_MOST - len(material.topics))]


def _nothing_new(material: Material) -> NothingAddedError:
    if len(material.topics) >= TOPICS_AT_MOST:
        return NothingAddedError(
            f"It has {TOPICS_AT_MOST} topics already, which is all that fits. A note is welcome."
        )
    return NothingAddedError(
        "What would you like to add? A sentence on how it helped you, for example."
    )


def _require_place(community: Community, member_id: str) -> None:
    if not community.has_member(member_id):
        raise NotHereError("I can't find that community. Please choose one of yours.")
    if community.archived_at is not None:
        raise RestingCommunityError(
            f"The channel of {community.name} is archived, so nothing new can be kept there."
        )


async def _insert(session: AsyncSession, material: Material) -> bool:
    try:
        async with session.begin_nested():
            session.add(material)
    except IntegrityError:
        return False
    return True


async def _there_already(
    session: AsyncSession, plan: Plan, community: Community, request_key: str
) -> Material:
    """Return what stood in the way of a new row: the same form sent twice, or the same link."""
    if made := await made_by(session, request_key):
        return made
    if twin := (await session.scalars(_same(plan.same_key, community))).first():
        return twin
    # It was deleted in the moment between.
    raise RuleError("Somebody changed the same thing at this moment. Please send it once more.")


def _same(key: str, community: Community) -> Select[Material]:
    return select(Material).where(
        Material.same_key == key,
        Material.community_id == community.id,
        Material.deleted_at.is_(None),
    )
