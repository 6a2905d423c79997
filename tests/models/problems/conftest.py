"""Where problems are shared."""

import pytest

from models.communities import Community
from models.database import Database
from tests.examples import a_community


@pytest.fixture
async def math_circle(db: Database) -> Community:
    async with db.begin() as session:
        session.add(community := a_community())
    return community
