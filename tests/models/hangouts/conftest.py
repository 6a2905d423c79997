"""Where hangouts are planned."""

import pytest

from models.communities import Community
from models.database import Database
from tests.examples import BEN, a_community


@pytest.fixture
async def math_circle(db: Database) -> Community:
    """A community of Ana, Ben and Chris, run by Ben."""
    async with db.begin() as session:
        session.add(community := a_community())
        community.membership(BEN).is_facilitator = True
    return community
