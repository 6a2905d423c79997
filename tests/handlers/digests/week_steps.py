"""Steps that tests of weekly letters take."""

from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from handlers.digests.attention import write_to_facilitators
from handlers.digests.personal import write_personal
from models.communities import Community
from models.problems import Reply
from tests.handlers.problems.steps import Card, key_of
from tests.world import World

# A Monday, 7:30 in Denver.
MONDAY = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)


async def it_is(world: World, moment: datetime) -> None:
    """Move the clock there, and let the ticks write what is due."""
    world.clock.move(moment - world.clock())
    # Nothing is asked of Slack itself, so a client that reaches nothing will do.
    client = AsyncWebClient()
    await write_personal(world.database, world.clock, client)
    await write_to_facilitators(world.database, world.clock, client)
    await world.settled()


async def colleagues_reply(world: World, card: Card, *member_ids: str) -> None:
    """Note that these people wrote in the problem's thread just now."""
    async with world.db.begin() as session:
        session.add_all(
            Reply(
                problem_id=card.problem_id,
                ts=f"{world.clock().timestamp()}.{one}",
                member_id=one,
                replied_at=world.clock(),
            )
            for one in member_ids
        )


async def was_set_up_before(world: World, circle: Community) -> None:
    """Let the community be as old as one that has a list on its first Monday."""
    async with world.db.begin() as session:
        row = await session.get_one(Community, circle.id)
        row.set_up_at = MONDAY - timedelta(days=60)


def letters(world: World, member_id: str, kind: str) -> list[dict[str, Any]]:
    """Return the letters of one kind that somebody got, the oldest first."""
    return [one for one in world.letters(member_id) if key_of(one).startswith(f"{kind}:")]
