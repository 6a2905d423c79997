"""What stands beside a practice, a problem or notes: the materials that colleagues attached."""

from collections.abc import Collection, Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.hangouts.facts import Phrase
from handlers.blocks.materials.attaching import materials_line
from models.materials.attaching import attached_to
from models.materials.material import About
from models.workspaces import Workspace

# The reader of what stands in a channel: whoever reads there.
EVERYBODY = ""


async def materials_beside(
    session: AsyncSession, kind: About, ids: Collection[int], reader_id: str
) -> Mapping[int, Phrase]:
    """Return the line of materials for each of those that has any, as far as the reader may see."""
    attached = await attached_to(session, kind, ids, reader_id)
    if not attached:
        return {}
    address = await Workspace.address(session)
    return {about_id: materials_line(found, address) for about_id, found in attached.items()}
