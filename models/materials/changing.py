"""Changing: whoever saved a material, and facilitators, may edit and delete it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete as deletion
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from models import search
from models.errors import RuleError
from models.materials import telling, visibility
from models.materials.attaching import redraw_places, shown_on
from models.materials.material import Addition, Kind, Material, Place, Use
from models.materials.posted import CHECK, GONE, REMIXED, USED
from models.materials.saving import YEAR
from models.materials.wording import Plan
from models.merging import mark_of, merged
from models.posts import DROPPED, DUE, Post

# The letters about a material, which nobody needs once it is deleted.
LETTERS = (USED, REMIXED, CHECK, GONE)


class TakenError(RuleError):
    """A link or file that the community has already, as another material."""

    field = "url"


def as_typed(material: Material) -> dict[str, str | None]:
    """Return a material's words as they stand in the form."""
    return {
        "title": material.title,
        "url": material.url,
        "kind": material.kind,
        "topics": ", ".join(material.topics) or None,
        "subject": material.subject,
        "grades": material.grades,
        "minutes": str(material.minutes) if material.minutes else None,
        "licence": material.licence,
        "note": material.note,
        "circle": material.circle,
    }


def marks_of(material: Material) -> dict[str, str]:
    """Return by field a mark of what a form shows, by which a change since then is known later."""
    return {name: mark_of(shown) for name, shown in as_typed(material).items()}


def with_others_words(
    material: Material, typed: Mapping[str, Any], seen: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what to keep of a form, where somebody else may have changed it in the meantime.

    What the writer left as it was shown stays as it is now; of the note both keep every word.
    `seen` are the marks of `marks_of` when the form was opened.
    """
    there = as_typed(material)
    kept = dict(typed)
    for name, now_there in there.items():
        if name not in typed:
            continue
        if name == "note":
            kept[name] = merged(now_there, typed[name], seen.get(name))
        elif mark_of(typed[name]) == seen.get(name):
            kept[name] = now_there
    return kept


async def edit(
    session: AsyncSession, material: Material, plan: Plan, *, by: str, now: datetime
) -> None:
    """Take over the new words and show them everywhere; raises TakenError.

    Whoever edits it has looked at it, so it counts as checked.
    """
    before, was_seen_in = material.same_key, material.circle
    shown = await shown_on(session, material)
    try:
        async with session.begin_nested():
            plan.set_on(material)
            material.edited_by, material.edited_at = by, now
    except IntegrityError:
        raise TakenError(
            "Your community has this already, as another material. "
            "`/material find` shows it; a note can be added there."
        ) from None
    if material.same_key != before:
        # What became of the old link, or of the message it was found in, is not news of this one.
        material.gone_at = material.source_channel_id = material.source_ts = None
    material.checked_at, material.next_check_at = now, now + YEAR
    material.asked_at = material.stale_at = None
    await visibility.keep_findable(session, material)
    await telling.redraw(session, material, now, was_seen_in=was_seen_in)
    await Post.redraw(session, CHECK, material.id, now)
    await redraw_places(session, shown | await shown_on(session, material), now)


async def delete(session: AsyncSession, material: Material, now: datetime) -> None:
    """Delete it with all that was said about it; its card says so, and its link is free again.

    What was built on it stays, without naming it.
    """
    await delete_all(session, [material], now)


async def delete_all(session: AsyncSession, materials: Sequence[Material], now: datetime) -> None:
    """Delete each of these, as `delete` does."""
    ids = [one.id for one in materials]
    shown = await shown_on(session, *materials)
    for material in materials:
        _empty(material, now)
    for rows in (Addition, Use, Place):
        await session.execute(deletion(rows).where(rows.material_id.in_(ids)))
    await search.forget(session, visibility.KIND, *ids)
    for material in materials:
        await telling.redraw(session, material, now)
    await _withdraw_letters(session, ids, now)
    await redraw_places(session, shown, now)


def _empty(material: Material, now: datetime) -> None:
    material.deleted_at = material.deleted_at or now
    material.title, material.kind, material.topics = "", Kind.OTHER, []
    material.url = material.file_id = material.file_name = material.same_key = None
    material.subject = material.grades = material.minutes = None
    material.licence = material.note = None
    material.source_channel_id = material.source_ts = None
    material.asked_at = material.next_check_at = material.stale_at = material.gone_at = None


async def _withdraw_letters(session: AsyncSession, ids: Sequence[int], now: datetime) -> None:
    """Send no more letters about them, and take their names out of those that were read."""
    await session.execute(
        update(Post)
        .where(Post.kind.in_(LETTERS), Post.about_id.in_(ids), Post.state == DUE)
        .values(state=DROPPED),
        execution_options={"synchronize_session": False},
    )
    for kind in LETTERS:
        await Post.redraw(session, kind, ids, now)
    # Whoever saved one was told of what was built on it.
    query = select(Material.id).where(Material.remix_of_id.in_(ids)).order_by(Material.id)
    await Post.redraw(session, REMIXED, (await session.scalars(query)).all(), now)
