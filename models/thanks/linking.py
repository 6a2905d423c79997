"""Linking: what somebody may link thanks to, so that nobody learns of what is not theirs.

Everything offered is seen by whoever gives thanks; for public ones the whole community has to see
it as well. A problem that was shared without a name is offered to nobody, its author included:
whether it is there or missing would tell something.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.errors import RuleError
from models.hangouts.hangout import Hangout
from models.ids import id_from
from models.materials.material import Material
from models.materials.sight import is_seen_by as material_is_seen_by
from models.pilots.pilot import Pilot
from models.pilots.sight import is_seen_by as pilot_is_seen_by
from models.problems import Problem
from models.problems.sight import is_seen_by as community_is_seen_by
from models.thanks.pointing import EVERYBODY, Pointer, pointers_of
from models.thanks.thanks import About, Receiver, Thanks

# Of each kind the newest; Slack takes 100 options in all.
OFFERED_AT_MOST = 20


class LinkError(RuleError):
    """Something that cannot be linked here."""

    field = "about"


def value_of(kind: str, about_id: int) -> str:
    """Return what a form holds for a link."""
    return f"{kind}:{about_id}"


async def pointer_to(
    session: AsyncSession, value: object, giver_id: str, community_id: int
) -> Pointer | None:
    """Return what a form's link leads to, or None for what this person does not see."""
    return (await pointers_of(session, _alike(value, community_id), giver_id)).get(0)


async def is_for_all(session: AsyncSession, pointer: Pointer, community_id: int) -> bool:
    """Say whether the whole community may see it."""
    alike = _alike(value_of(pointer.kind, pointer.about_id), community_id)
    return bool(await pointers_of(session, alike, EVERYBODY))


async def chosen(
    session: AsyncSession, value: object, giver_id: str, community_id: int, *, is_private: bool
) -> Pointer | None:
    """Return what a form's link means, or None without one. It may be forged, or gone by now.

    Raises LinkError, with the same words whether a thing does not exist or is not to be seen.
    """
    if not value:
        return None
    pointer = await pointer_to(session, value, giver_id, community_id)
    if pointer is None:
        raise LinkError("I can’t find that any more. Please choose something else, or nothing.")
    if not is_private and not await is_for_all(session, pointer, community_id):
        raise LinkError(
            "Not everybody in the channel may see that. Keep your thanks private, or leave the "
            "link out."
        )
    return pointer


async def offered(
    session: AsyncSession, words: str, giver_id: str, community_id: int | None, *, is_private: bool
) -> Mapping[About, list[Pointer]]:
    """Return what can be linked and has these words in its name, the newest first, by kind.

    Without a community only what every one of them may see.
    """
    found: dict[About, list[Pointer]] = {}
    for kind, query in _queries(words, giver_id).items():
        ids = (await session.scalars(query.limit(OFFERED_AT_MOST))).all()
        alike = [
            Thanks(id=one, community_id=community_id or 0, about_kind=kind, about_id=one)
            for one in ids
        ]
        pointers = await pointers_of(session, alike, giver_id)
        if not is_private:
            public = await pointers_of(session, alike, EVERYBODY)
            pointers = {one: pointers[one] for one in public if one in pointers}
        found[kind] = [
            pointers[one]
            for one in ids
            if one in pointers and words.casefold() in pointers[one].title.casefold()
        ]
    return {kind: several for kind, several in found.items() if several}


async def may_answer(session: AsyncSession, back_of_id: object, giver_id: str) -> int | None:
    """Return the number of the thanks that somebody answers, if they received these; else None."""
    query = select(Receiver.thanks_id).where(
        Receiver.thanks_id == (id_from(back_of_id) or 0), Receiver.member_id == giver_id
    )
    return await session.scalar(query)


def _alike(value: object, community_id: int) -> list[Thanks]:
    """Return thanks that are linked like that, to ask who would see the link; they are not kept."""
    kind, _, number = str(value).partition(":")
    return [Thanks(id=0, community_id=community_id, about_kind=kind, about_id=id_from(number))]


def _queries(words: str, giver_id: str) -> dict[About, Select[int]]:
    """Return what this person sees and may name, newest first; links are held against it again."""
    theirs = select(Community.id).where(community_is_seen_by(giver_id))
    return {
        About.PROBLEM: select(Problem.id)
        .where(Problem.community_id.in_(theirs), Problem.deleted_at.is_(None))
        .where(Problem.author_id.is_not(None), Problem.title.icontains(words, autoescape=True))
        .order_by(Problem.shared_at.desc(), Problem.id.desc()),
        # A hangout is called after its day, which no column spells out.
        About.HANGOUT: select(Hangout.id)
        .where(Hangout.community_id.in_(theirs), Hangout.opened_at.is_not(None))
        .order_by(Hangout.starts_at.desc(), Hangout.id.desc()),
        About.PILOT: select(Pilot.id)
        .where(pilot_is_seen_by(giver_id))
        .where(Pilot.practice_name.icontains(words, autoescape=True))
        .order_by(Pilot.started_at.desc(), Pilot.id.desc()),
        About.MATERIAL: select(Material.id)
        .where(material_is_seen_by(giver_id))
        .where(Material.title.icontains(words, autoescape=True))
        .order_by(Material.saved_at.desc(), Material.id.desc()),
    }
