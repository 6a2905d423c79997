"""Names: what people are called in what is drawn for their colleagues."""

from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncSession

from models.members import Member
from models.my_data import nobody


async def names_of(session: AsyncSession, member_ids: Iterable[str | None]) -> dict[str, str]:
    """Return display names by id; Slack itself fills in those missing here, if it can."""
    ids = list(dict.fromkeys(one for one in member_ids if one))
    known = await Member.known(session, ids) if ids else {}
    names = {
        one: row.name or (nobody.NAME if row.left_at is not None else None)
        for one, row in known.items()
    }
    return {one: name for one, name in names.items() if name}
