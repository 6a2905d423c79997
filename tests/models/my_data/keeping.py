"""How the world of these tests is kept, and what stands in Ana’s words."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from models.database import Base
from tests.examples import (
    DAY,
    NOW,
)

# In all of Ana's words that nobody has built upon.
HERON = "heron"
EARLIER = NOW - 10 * DAY
# Titles of Ana's that colleagues answered to, or that they use.
ANSWERED, ANSWERED_NAMELESS, USED, TRIED = "Loud hallways", "Late homework", "Bingo", "Quick write"


async def kept(session: AsyncSession, *rows: Base) -> None:
    """Keep the rows in their order."""
    for row in rows:
        session.add(row)
        await session.flush()
