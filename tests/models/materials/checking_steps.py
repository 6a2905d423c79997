"""Steps that tests of the yearly check take: what is a year old, who asks, who answers."""

from models.materials import checking
from models.materials.saving import YEAR
from tests.examples import DAY, NOW
from tests.models.materials.keeping import a_kept_material
from tests.models.materials.using_steps import member

# A Wednesday at 9:00 in Denver: by day, so a letter is due at once.
LATER = NOW + YEAR + DAY


async def asks(db, moment):
    """Ask about all that is due by then, as the tick does; return how many were asked about."""
    async with db.begin() as session:
        return sum(
            [
                await checking.ask(session, one, moment)
                for one in await checking.due(session, moment, 9)
            ]
        )


async def a_year_old(db, community, **traits):
    fields = {"next_check_at": NOW + YEAR, "checked_at": NOW}
    return await a_kept_material(db, community, **fields | traits)


async def says(db, what, material, member_id, moment):
    async with db.begin() as session:
        seen = await checking.to_check(session, material.id, await member(db, member_id))
        await what(session, seen, moment)
