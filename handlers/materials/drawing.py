"""Drawing: what a material's card, lists and letters take to be drawn for those who read them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.beside import EVERYBODY
from handlers.blocks.materials.cards import material_card, withdrawn
from handlers.blocks.materials.facts import Known
from handlers.blocks.message import Message
from handlers.names import names_of
from handlers.posts import PostKind
from models.communities import Community
from models.materials.finding import among
from models.materials.material import Material, Use
from models.materials.posted import CARD, card_key
from models.materials.remixing import Lineage, lineages_of
from models.posts import Post
from models.problems.sight import is_seen_by as community_is_seen_by
from models.workspaces import Workspace


def register(app: Any) -> None:
    """Nobody presses anything here; the card's buttons belong to what they do."""


async def known_of(
    session: AsyncSession,
    materials: Sequence[Material],
    reader_id: str,
    people: Collection[str] = (),
) -> Known:
    """Return what drawing them for that reader takes, in a fixed number of queries.

    With EVERYBODY only what all may see who read the cards. `people` are named there besides.
    """
    lineages = await lineages_of(session, materials, reader_id)
    remixes = {one: lineage.remixes for one, lineage in lineages.items() if lineage.remixes}
    origins = {one: it.origin for one, it in lineages.items() if it.origin is not None}
    owners = {one.owner_id for one in [*materials, *_relatives(lineages)]}
    return Known(
        names=await names_of(session, {*owners, *people}),
        places=await homes_of(session, materials, reader_id),
        uses=await _uses(session, materials),
        origins=origins,
        remixes=remixes,
        links=await _links(session, materials, reader_id),
        address=await Workspace.address(session),
    )


async def told_in(session: AsyncSession, letter: Post) -> Material | None:
    """Return what a letter is about, unless it is gone or out of its reader's sight by now.

    Whoever has left a community reads nothing more of what is said there, not even of their own.
    """
    found = await among(session, [letter.about_id or 0], letter.place_id)
    return found[0] if found else None


async def homes_of(
    session: AsyncSession, materials: Sequence[Material], reader_id: str
) -> dict[int, str]:
    """Return what the channels are called in which these materials are at home.

    Private ones only for who is in them; a card stands in its own channel.
    """
    ids = {material.community_id for material in materials}
    query = select(Community.id, Community.channel_name, Community.name).where(
        Community.id.in_(ids)
    )
    if reader_id != EVERYBODY:
        query = query.where(community_is_seen_by(reader_id))
    rows = await session.execute(query)
    return {one: f"#{channel}" if channel else name for one, channel, name in rows}


async def draw_card(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the card as things stand; one that was deleted leaves a line in its place."""
    material = await session.get(Material, post.about_id)
    is_there = (
        material is not None and material.deleted_at is None and post.key == card_key(material)
    )
    if material is None or not is_there:
        return withdrawn() if post.ts is not None else None
    return material_card(material, await known_of(session, [material], EVERYBODY))


def _relatives(lineages: dict[int, Lineage]) -> list[Material]:
    return [
        one
        for lineage in lineages.values()
        for one in (*([lineage.origin] if lineage.origin else []), *lineage.remixes)
    ]


async def _uses(session: AsyncSession, materials: Sequence[Material]) -> dict[int, int]:
    query = (
        select(Use.material_id, func.count(Use.id))
        .where(Use.material_id.in_([material.id for material in materials]))
        .group_by(Use.material_id)
    )
    return dict((await session.execute(query)).all())


async def _links(
    session: AsyncSession, materials: Sequence[Material], reader_id: str
) -> dict[int, str]:
    """Return the addresses of the cards that stand where this reader can go, by material id."""
    announced = {one.id: one.community_id for one in materials if one.is_announced}
    if not announced or reader_id == EVERYBODY:
        return {}
    open_to = select(Community.id).where(
        Community.id.in_(set(announced.values())), community_is_seen_by(reader_id)
    )
    within = set(await session.scalars(open_to))
    address = await Workspace.address(session)
    cards = await Post.standing(session, CARD, list(announced))
    links = {card.about_id: card.permalink(address) for card in cards}
    return {one: link for one, link in links.items() if one and link and announced[one] in within}


POSTS: dict[str, PostKind] = {CARD: PostKind(draw_card)}
