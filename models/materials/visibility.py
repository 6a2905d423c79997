"""Visibility: what the search keeps of a material, and by which facets it is narrowed."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import search
from models.materials.filters import grades_in, subjects_in
from models.materials.material import Addition, Circle, Material

# What the search calls them.
KIND = "material"


async def keep_findable(session: AsyncSession, material: Material) -> None:
    """Let the search know what it may show: nothing of a material that was deleted."""
    if material.deleted_at is not None:
        await search.forget(session, KIND, material.id)
        return
    query = select(Addition.note).where(Addition.material_id == material.id).order_by(Addition.id)
    await search.keep(session, entry_of(material, (await session.scalars(query)).all()))


def entry_of(material: Material, additions: Sequence[str] = ()) -> search.Entry:
    """Return what the search keeps: its words and what colleagues added, never who saved it.

    Whether its community's channel is private makes no difference to who may find it.
    """
    words = (
        material.note,
        material.kind,
        " ".join(material.topics),
        material.subject,
        *(f"grade {grade}" for grade in grades_in(material.grades or "")),
        _host(material.url),
        material.file_name,
        *additions,
    )
    return search.Entry(
        kind=KIND,
        about_id=material.id,
        title=material.title,
        body="\n".join(word for word in words if word),
        is_open=material.circle == Circle.NETWORK,
        community_id=material.community_id,
        filters={
            "kind": material.kind,
            "subject": subjects_in(material.subject or ""),
            "grade": grades_in(material.grades or ""),
            "topic": material.topics,
        },
        happened_at=material.saved_at,
    )


def _host(url: str | None) -> str:
    """Return the name of the site, which many remember better than a title."""
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
