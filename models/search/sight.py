"""Sight: what a viewer may see, which no search goes beyond."""

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncSession

from models.database import EVERYWHERE, UnscopedError


def workspace_of(session: AsyncSession) -> str:
    """Return the one workspace this session sees; raises UnscopedError if it is not one."""
    workspace_id = session.info.get("workspace_id")
    if not workspace_id or workspace_id == EVERYWHERE:
        raise UnscopedError("a search is always in one workspace")
    return str(workspace_id)


def sight_of(kind: str, is_open: bool, community_id: int | None) -> str:
    """Return the name of the circle an entry is for, such as "problem/open" or "problem/7"."""
    return f"{kind}/{'open' if is_open else community_id}"


def sights_of(kinds: Collection[str], communities: Collection[int]) -> list[str]:
    """Return every circle a member of these communities belongs to."""
    return [
        sight
        for kind in dict.fromkeys(kinds)
        for sight in [
            sight_of(kind, True, None),
            *(sight_of(kind, False, one) for one in dict.fromkeys(communities)),
        ]
    ]
