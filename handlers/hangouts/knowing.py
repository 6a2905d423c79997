"""Knowing: the names, problems and addresses that hangouts are drawn with."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.hangouts.facts import Known
from handlers.blocks.text import NAMED_AT_MOST
from models.hangouts.standings import HangoutStanding
from models.members import Member
from models.problems import Problem
from models.problems.posted import card_links


async def known_for(
    session: AsyncSession, standings: Collection[HangoutStanding], *people: str
) -> Known:
    """Return what drawing these hangouts and naming these people needs, in a few queries.

    Of the problems only those are known that everybody at the hangout may see: shared in its own
    community, with a name, and not withdrawn.
    """
    who = {*people, *(one.hangout.facilitator_id for one in standings)}
    for standing in standings:
        # Only the first of a long list are ever named.
        who |= {*standing.coming_ids[:NAMED_AT_MOST], *(one.member_id for one in standing.seats)}
    members = await Member.known(session, who)
    problems = await _problems(session, standings)
    return Known(
        names={one: row.name for one, row in members.items() if row.name},
        problems=problems,
        links=await card_links(session, list(problems)),
    )


async def _problems(
    session: AsyncSession, standings: Collection[HangoutStanding]
) -> dict[int, Problem]:
    ids = {
        one.problem_id
        for standing in standings
        for one in (*standing.seats, *standing.waiting)
        if one.problem_id is not None
    }
    if not ids:
        return {}
    communities = {standing.hangout.community_id for standing in standings}
    query = (
        select(Problem)
        .where(Problem.id.in_(ids), Problem.community_id.in_(communities))
        .where(Problem.deleted_at.is_(None), Problem.author_id.is_not(None))
    )
    return {problem.id: problem for problem in await session.scalars(query)}
