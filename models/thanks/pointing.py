"""Pointing: what thanks are linked to, as far as whoever reads them may see it.

A problem that was shared without a name is never pointed to: with the names on thanks beside it,
colleagues could guess whose it is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.hangouts import posted as of_hangouts
from models.hangouts.hangout import Hangout
from models.materials import posted as of_materials
from models.materials.material import Circle as MaterialCircle
from models.materials.material import Material
from models.materials.sight import is_seen_by as material_is_seen_by
from models.pilots import posted as of_pilots
from models.pilots.pilot import Circle, Pilot
from models.pilots.sight import is_seen_by as pilot_is_seen_by
from models.posts import Post
from models.problems import Problem
from models.problems.posted import CARD as PROBLEM_CARD
from models.problems.sight import is_seen_by as community_is_seen_by
from models.thanks.nameless import told_without_a_name
from models.thanks.thanks import About, Thanks
from models.time import zone
from models.workspaces import Workspace

# Who reads a card in a channel: everybody who is there.
EVERYBODY = ""


@dataclass(frozen=True, kw_only=True)
class Pointer:
    """What thanks are linked to; `url` is where its card is read, if that stands in Slack."""

    kind: About
    about_id: int
    title: str
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class _Thing:
    """A thing that may be pointed to. `is_open` is one that every community may know of.

    `post_key` is that of the message about it which links lead to; `otherwise` is where else it is.
    """

    title: str
    community_id: int
    is_open: bool
    post_key: str
    otherwise: str | None = None


_Find = Callable[[AsyncSession, Collection[int], str], Awaitable[dict[int, _Thing]]]


async def pointers_of(
    session: AsyncSession, several: Sequence[Thanks], reader_id: str
) -> dict[int, Pointer]:
    """Return what these thanks are linked to, by their numbers, in a fixed number of queries.

    With EVERYBODY only what the whole community of each may see.
    """
    pointers: dict[int, Pointer] = {}
    for kind, find in _FINDS.items():
        linked = [one for one in several if one.about_kind == kind and one.about_id is not None]
        if not linked:
            continue
        things = await find(session, {one.about_id for one in linked if one.about_id}, reader_id)
        urls = await _urls(session, things, reader_id)
        for thanks in linked:
            about_id = thanks.about_id or 0
            thing = things.get(about_id)
            is_near = thing is not None and thing.community_id == thanks.community_id
            if thing is None or not (reader_id or thing.is_open or is_near):
                continue
            url, is_for_all = urls.get(about_id, (None, False))
            shown = url if url and (is_for_all or is_near) else thing.otherwise
            pointers[thanks.id] = Pointer(
                kind=kind, about_id=about_id, title=thing.title, url=shown
            )
    return pointers


async def sources_of(
    session: AsyncSession,
    several: Sequence[Thanks],
    reader_id: str,
    receivers: Mapping[int, Sequence[str]],
) -> dict[int, str]:
    """Return the addresses of the messages that gave rise to thanks, by the number of the thanks.

    Giver and receivers get them all; others those written where everybody there may read. What was
    said about a problem without a name is linked for nobody.
    """
    told = {one.id: one for one in several if _source_of(one) is not None}
    messages = {source for one in told.values() if (source := _source_of(one))}
    nameless = await told_without_a_name(session, messages) if told else set()
    told = {number: one for number, one in told.items() if _source_of(one) not in nameless}
    address = await Workspace.address(session) if told else None
    if not address:
        return {}
    places = {one.source_channel_id for one in told.values()}
    query = select(Community).where(Community.channel_id.in_(places))
    communities = {one.channel_id: one for one in await session.scalars(query)}
    return {
        number: _permalink(address, one)
        for number, one in told.items()
        if (reader_id and reader_id in (one.giver_id, *receivers.get(number, ())))
        or _is_read_by_all(one, communities.get(one.source_channel_id or ""))
    }


def _source_of(thanks: Thanks) -> tuple[str, str] | None:
    channel_id, ts = thanks.source_channel_id, thanks.source_ts
    return (channel_id, ts) if channel_id and ts else None


def _permalink(address: str, thanks: Thanks) -> str:
    ts = (thanks.source_ts or "").replace(".", "")
    return f"{address}archives/{thanks.source_channel_id}/p{ts}"


def _is_read_by_all(thanks: Thanks, there: Community | None) -> bool:
    """Say whether whoever reads the card may read the message; `there` is its channel's community.

    Of other channels only public ones are ever kept (handlers/thanks/opening.py).
    """
    if there is None:
        return (thanks.source_channel_id or "").startswith("C")
    return not there.is_private or there.id == thanks.community_id


async def _urls(
    session: AsyncSession, things: Mapping[int, _Thing], reader_id: str
) -> dict[int, tuple[str, bool]]:
    """Return where the messages about these things stand, and whether any reader may go there."""
    keys = {thing.post_key: about_id for about_id, thing in things.items()}
    posts = await session.scalars(select(Post).where(Post.key.in_(keys), Post.ts.is_not(None)))
    ids = {thing.community_id for thing in things.values()}
    seen = community_is_seen_by(reader_id) if reader_id else Community.is_private.is_(False)
    within = set(await session.scalars(select(Community.id).where(Community.id.in_(ids), seen)))
    address = await Workspace.address(session)
    links = {keys[post.key]: post.permalink(address) for post in posts}
    return {
        about_id: (url, things[about_id].community_id in within)
        for about_id, url in links.items()
        if url
    }


async def _problems(
    session: AsyncSession, ids: Collection[int], reader_id: str
) -> dict[int, _Thing]:
    query = (
        select(Problem, Community.is_private)
        .join(Community, Community.id == Problem.community_id)
        .where(Problem.id.in_(ids), Problem.deleted_at.is_(None), Problem.author_id.is_not(None))
    )
    if reader_id:
        query = query.where(community_is_seen_by(reader_id))
    return {
        one.id: _Thing(
            title=one.title,
            community_id=one.community_id,
            is_open=not is_private,
            post_key=f"{PROBLEM_CARD}:{one.id}",
        )
        for one, is_private in await session.execute(query)
    }


async def _hangouts(
    session: AsyncSession, ids: Collection[int], reader_id: str
) -> dict[int, _Thing]:
    query = (
        select(Hangout, Community.is_private)
        .join(Community, Community.id == Hangout.community_id)
        .where(Hangout.id.in_(ids))
    )
    if reader_id:
        query = query.where(community_is_seen_by(reader_id))
    return {
        one.id: _Thing(
            title=f"hangout of {_day(one)}",
            community_id=one.community_id,
            is_open=not is_private,
            post_key=of_hangouts.invitation_key(one.id),
        )
        for one, is_private in await session.execute(query)
    }


def _day(hangout: Hangout) -> str:
    local = hangout.starts_at.astimezone(zone(hangout.tz))
    return f"{local:%A} {local.day} {local:%B}"


async def _pilots(session: AsyncSession, ids: Collection[int], reader_id: str) -> dict[int, _Thing]:
    seen = pilot_is_seen_by(reader_id) if reader_id else Pilot.circle != Circle.ME
    query = select(Pilot).where(Pilot.id.in_(ids), Pilot.deleted_at.is_(None), seen)
    return {
        one.id: _Thing(
            title=one.name,
            community_id=one.community_id,
            is_open=one.circle == Circle.NETWORK,
            post_key=of_pilots.card_key(one),
        )
        for one in await session.scalars(query)
    }


async def _materials(
    session: AsyncSession, ids: Collection[int], reader_id: str
) -> dict[int, _Thing]:
    query = select(Material).where(Material.id.in_(ids), Material.deleted_at.is_(None))
    if reader_id:
        query = query.where(material_is_seen_by(reader_id))
    return {
        one.id: _Thing(
            title=one.title,
            community_id=one.community_id,
            is_open=one.circle == MaterialCircle.NETWORK,
            post_key=of_materials.card_key(one),
            otherwise=one.url,
        )
        for one in await session.scalars(query)
    }


_FINDS: Mapping[About, _Find] = {
    About.PROBLEM: _problems,
    About.HANGOUT: _hangouts,
    About.PILOT: _pilots,
    About.MATERIAL: _materials,
}
