"""Facets: the subjects, grades and topics a member can choose from: those of what they may see."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.materials.filters import grades_in, subjects_in
from models.materials.material import Material
from models.materials.sight import is_seen_by

# What is chosen from is what the newest materials have.
LOOKED_AT = 500
# Slack takes so many options in a list (slack-facts 1.3).
OFFERED_AT_MOST = 100


@dataclass(frozen=True, kw_only=True)
class Facets:
    """What is in use, in small letters: the most used subjects and topics first, grades by age."""

    subjects: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


async def facets_seen(session: AsyncSession, member_id: str) -> Facets:
    """Return what the newest materials that this person may see are sorted by."""
    query = (
        select(Material.subject, Material.grades, Material.topics)
        .where(is_seen_by(member_id))
        .order_by(Material.id.desc())
        .limit(LOOKED_AT)
    )
    rows = (await session.execute(query)).all()
    grades = {grade for _, text, _ in rows for grade in grades_in(text or "")}
    return Facets(
        subjects=_most_used(one for text, _, _ in rows for one in subjects_in(text or "")),
        grades=tuple(sorted(grades, key=_by_age)[:OFFERED_AT_MOST]),
        topics=_most_used(topic.casefold() for _, _, topics in rows for topic in topics),
    )


def _most_used(values: Iterable[str]) -> tuple[str, ...]:
    counted = sorted(Counter(values).items(), key=lambda one: (-one[1], one[0]))
    return tuple(value for value, _ in counted[:OFFERED_AT_MOST])


def _by_age(grade: str) -> tuple[int, str]:
    """Return what sorts kindergarten first, then numbers, then words."""
    if grade == "k":
        return -1, grade
    number = re.match(r"\d+", grade)
    return (int(number[0]) if number else 99), grade
