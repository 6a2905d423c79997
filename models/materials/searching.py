"""Searching: from words and filters, or a title as it is remembered, to the materials meant."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz, process, utils
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import search
from models.communities import Community
from models.materials.facets import facets_seen
from models.materials.filters import Sought
from models.materials.finding import PAGE_SIZE, MaterialPage, among, page_within
from models.materials.material import Material
from models.materials.sight import is_seen_by
from models.materials.visibility import KIND
from models.text import one_line

# rapidfuzz gives 0 to 100; below this a name only shares letters with what was typed.
NEAR_ENOUGH = 75
# Of titles that somebody may mean, the newest are looked through; the search still finds others.
LOOKED_AT = 1_000
CHOICES_AT_MOST = 5


@dataclass(frozen=True, kw_only=True)
class Found:
    """A page of what a search found; `corrected` maps what was typed to what stood for it."""

    page: MaterialPage
    corrected: Mapping[str, str] = field(default_factory=dict)


async def search_for(session: AsyncSession, sought: Sought, member_id: str, page: int = 0) -> Found:
    """Return what words and filters find among what this person may see, the best first.

    A subject or topic that finds nothing counts as the nearest one they can see.
    """
    mine = [community.id for community in await Community.of_member(session, member_id)]
    findings = await _sought(session, sought, mine)
    corrected: dict[str, str] = {}
    if not findings.hits and (sought.subject or sought.topic):
        nearer, corrected = await _respelled(session, sought, member_id)
        findings = await _sought(session, nearer, mine) if corrected else findings
    ids = await _there(session, [hit.about_id for hit in findings.hits], member_id)
    number = page_within(page, len(ids))
    shown = await among(session, ids[number * PAGE_SIZE : (number + 1) * PAGE_SIZE], member_id)
    return Found(
        page=MaterialPage(materials=tuple(shown), number=number, total=len(ids)),
        corrected=findings.corrected | corrected if ids else {},
    )


async def named(session: AsyncSession, words: str, member_id: str) -> list[Material]:
    """Return the materials that this person may mean by a title as they remember it.

    One of exactly that title is the only one meant. At most CHOICES_AT_MOST.
    """
    query = select(Material.id, Material.title).where(is_seen_by(member_id))
    rows = await session.execute(query.order_by(Material.id.desc()).limit(LOOKED_AT))
    titles = {one: title.casefold() for one, title in rows}
    wanted = one_line(words).casefold()
    exact = [one for one, title in titles.items() if one_line(title) == wanted]
    near = exact or [
        one
        for *_, one in process.extract(
            wanted,
            titles,
            scorer=fuzz.WRatio,
            processor=utils.default_process,
            score_cutoff=NEAR_ENOUGH,
            limit=CHOICES_AT_MOST,
        )
    ]
    return await among(session, near[:CHOICES_AT_MOST], member_id)


async def _sought(
    session: AsyncSession, sought: Sought, communities: Collection[int]
) -> search.Findings:
    return await search.find(
        session,
        sought.words,
        kinds=[KIND],
        communities=communities,
        filters=sought.filters,
        page=slice(search.MOST_FINDS),
    )


async def _respelled(
    session: AsyncSession, sought: Sought, member_id: str
) -> tuple[Sought, dict[str, str]]:
    """Return the same with the nearest subjects and topics in sight, and which took whose place."""
    seen = await facets_seen(session, member_id)
    corrected: dict[str, str] = {}

    def nearest(values: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
        for value in values:
            near = process.extractOne(value, known, score_cutoff=NEAR_ENOUGH)
            if near and near[0] != value:
                corrected[value] = near[0]
        return tuple(corrected.get(value, value) for value in values)

    nearer = replace(
        sought,
        subject=nearest(sought.subject, seen.subjects),
        topic=nearest(sought.topic, seen.topics),
    )
    return nearer, corrected


async def _there(session: AsyncSession, ids: Sequence[int], member_id: str) -> list[int]:
    """Return those of the ids that exist for this person; the search's own sight says the same."""
    query = select(Material.id).where(Material.id.in_(ids), is_seen_by(member_id))
    there = set(await session.scalars(query)) if ids else set()
    return [one for one in ids if one in there]
