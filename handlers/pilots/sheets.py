"""Sheets: what the form for a new pilot begins with, and what it shows when it is drawn again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.pilots.forms import Sheet
from handlers.blocks.text import excerpt
from models.communities import Community
from models.errors import NotHereError
from models.ids import id_from
from models.members import Member
from models.pilots.origin import Origin
from models.pilots.pilot import Pilot
from models.pilots.plan import LENGTHS
from models.practices.practice import Practice
from models.time import zone

# What a START button's value may hold.
ORIGINS = ("practice_id", "inspired_by_id", "problem_id", "adapts_id")
GONE = {
    "adapts": "The cycle before was deleted in the meantime, so this begins anew.",
    "practice": "That practice is not in the tool belt any more. Choose another one, or say in "
    "your own words what you try.",
}


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """From what a form for a new pilot begins: ids of its origin, words typed, the place."""

    facts: Mapping[str, Any]
    typed: Mapping[str, Any]
    communities: Sequence[Community]
    asked_in: str | None


def origin_in(facts: Mapping[str, Any]) -> dict[str, int]:
    """Return the ids among the facts of a button or a form, which may be forged."""
    ids = {name: id_from(facts.get(name)) for name in ORIGINS}
    return {name: one for name, one in ids.items() if one is not None}


async def first_sheet(
    session: AsyncSession, beginning: Beginning, member: Member, now: datetime
) -> Sheet:
    """Return what the form begins with. Raises NotHereError for a cycle to follow that is gone."""
    ids = origin_in(beginning.facts)
    origin = await Origin.of(session, ids, member.member_id)
    if origin.lacks(ids, "adapts"):
        raise NotHereError("I can't find that cycle. `/pilot` shows those of yours.")
    if origin.practice is None and origin.inspired_by is not None:
        origin = replace(origin, practice=await _practice_of(session, origin.inspired_by))
    communities = await _communities(session, beginning.communities, origin.adapts)
    known = communities[0] if len(communities) == 1 else None
    facts = {name: one for name, one in ids.items() if name != "practice_id"} | {
        "community_id": known.id if known else None,
        "asked_in": beginning.asked_in,
        "draft_id": beginning.typed.get("draft_id"),
    }
    missing = origin.lacks(ids, "practice") and ids.get("inspired_by_id") is None
    return Sheet(
        today=today_in(known, member, now),
        origin=origin,
        typed=_suggested(origin) | dict(beginning.typed),
        facts=facts,
        communities=() if known else communities,
        asks_school=not member.school,
        notes=(GONE["practice"],) if missing else (),
    )


async def sheet_again(
    session: AsyncSession, view: Mapping[str, Any], member: Member, now: datetime
) -> Sheet:
    """Return what the form shows as it is filled in so far."""
    answers, facts = read_form(view), carried_by(view)
    ids = origin_in(facts | {"practice_id": answers.get("practice_id")})
    origin = await Origin.of(session, ids, member.member_id)
    known = await community_in(session, facts, member) if facts.get("community_id") else None
    theirs = () if known else await Community.of_member(session, member.member_id)
    lost = "adapts" if origin.lacks(ids, "adapts") else None
    return Sheet(
        today=today_in(known, member, now),
        origin=origin,
        typed={name: answer for name, answer in answers.items() if answer is not None},
        facts=facts | ({"adapts_id": None} if lost else {}),
        communities=theirs,
        is_full=bool(facts.get("is_full")),
        asks_school="school" in answers,
        notes=(GONE[lost],) if lost else (),
    )


async def community_in(
    session: AsyncSession, answers: Mapping[str, Any], member: Member
) -> Community:
    """Return the community of that id, which may be forged, so it has to be seen."""
    if community_id := id_from(answers.get("community_id")):
        community = await session.get(Community, community_id)
        if community is not None and (
            not community.is_private or community.has_member(member.member_id)
        ):
            return community
    raise NotHereError("I can't find that community. Please choose one of yours.")


def today_in(community: Community | None, member: Member, now: datetime) -> date:
    """Return the day it is where the community is, else where the member is."""
    return now.astimezone(zone(community.tz if community else member.tz)).date()


async def _communities(
    session: AsyncSession, choices: Sequence[Community], earlier: Pilot | None
) -> Sequence[Community]:
    """Return where the pilot may belong; a next cycle stays with the one before."""
    if earlier is None:
        return choices
    return [await session.get_one(Community, earlier.community_id)]


async def _practice_of(session: AsyncSession, pilot: Pilot) -> Practice | None:
    practice = await session.get(Practice, pilot.practice_id) if pilot.practice_id else None
    return practice if practice and practice.withdrawn_at is None else None


def _suggested(origin: Origin) -> dict[str, Any]:
    """Return answers that can be taken over: how a colleague noted it, what a problem asks.

    The words of a problem without a name stay out, for the pilot has its teacher's name.
    """
    suggested: dict[str, Any] = {}
    if spark := origin.inspired_by:
        suggested |= {name: getattr(spark, name) for name in ("measure_name", "measure", "better")}
        suggested |= {"unit": spark.unit} if spark.unit else {}
        if origin.practice is None:
            suggested["practice_name"] = spark.practice_name
    if origin.problem is not None and not origin.problem.is_without_name:
        suggested["aim"] = excerpt(origin.problem.focus, LENGTHS["aim"])
    return suggested
