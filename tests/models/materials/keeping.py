"""Where tests of materials take place, and materials that are kept there already."""

from typing import Any

from models.communities import Community
from models.database import Database
from models.materials.material import Material
from models.materials.visibility import keep_findable
from tests.examples import a_community, a_material

STAFF_LOUNGE = "C0STAFFLOUNGE"


async def a_circle(db: Database, **traits: Any) -> Community:
    """Keep the math circle of Ana, Ben and Chris, or another community."""
    async with db.begin() as session:
        session.add(community := a_community(**traits))
    return community


async def a_kept_material(db: Database, community: Community, **traits: Any) -> Material:
    """Keep Ana's material in that community, to be found; `number` tells several apart."""
    number = traits.pop("number", 1)
    numbered = {"request_key": f"V{number}", "same_key": f"link {number}"}
    async with db.begin() as session:
        material = a_material(**{"community_id": community.id} | numbered | traits)
        session.add(material)
        await session.flush()
        await keep_findable(session, material)
    return material
