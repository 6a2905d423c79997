"""Knowing: the names, problems and addresses that hangouts are drawn with."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.hangouts.facts import Known
from models.hangouts.standings import HangoutStanding
from models.members import Member
from models.problems import Problem
from models.problems.posted import card_links

# The longest list of people names four of them (handlers/blocks/hangouts/briefs.py), and leaves out
# whoever leads and whoever reads it, who may be its first.
NAMED_OF_A_LIST = 6


async def known_for(
    session: AsyncSession, standings: Collection[HangoutStanding], *people: str
) -> Known:
    """Return what drawing these hangouts and naming these people needs, in a few queries.

    Of the problems only those are known that everybody at the hangout may see: shared in its own
    community, with a name, and not withdrawn.
    """
    who = {*people, *(one.hangout.facilitator_id for one in standings)}
    for standing in standings:
        waiting = standing.waiting[:NAMED_OF_A_LIST]
        who |= {one.member_id for one in (*standing.seats, *waiting)}
        who |= set(standing.coming_ids[:NAMED_OF_A_LIST])
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
