"""Where tests of pilots take place, and pilots that are there already."""

from typing import Any

from models.communities import Community
from models.database import Database
from models.pilots.pilot import Pilot
from models.problems import Problem
from tests.examples import ANA, NOW, a_community, a_pilot

STAFF_LOUNGE = "C0STAFFLOUNGE"


async def a_circle(db: Database, **traits: Any) -> Community:
    """Keep the math circle of Ana, Ben and Chris, or another community."""
    async with db.begin() as session:
        session.add(community := a_community(**traits))
    return community


async def a_kept_pilot(db: Database, community: Community, **traits: Any) -> Pilot:
    """Keep Ana's pilot in that community; `number` tells several apart."""
    number = traits.pop("number", 1)
    traits = {"community_id": community.id, "request_key": f"V{number}"} | traits
    async with db.begin() as session:
        session.add(pilot := a_pilot(**traits))
    return pilot


async def a_kept_problem(db: Database, community: Community, **traits: Any) -> Problem:
    """Keep Ana's problem in that community."""
    fields = {
        "community_id": community.id,
        "request_key": "P1",
        "author_id": ANA,
        "title": "Nobody reads my exit tickets",
        "happening": "They pile up.",
        "topics": [],
        "shared_at": NOW,
    }
    async with db.begin() as session:
        session.add(problem := Problem(**fields | traits))
    return problem
