"""A post office beside the local Slack."""

import aiohttp
import pytest

from tests.bot.posting import Office


@pytest.fixture
def office(slack, database, clock):
    """Posts and postmen, without the rest of the bot."""
    return Office(slack, database, clock)


@pytest.fixture
async def aiohttp_session():
    async with aiohttp.ClientSession() as session:
        yield session
