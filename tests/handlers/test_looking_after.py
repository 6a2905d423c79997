"""Who may not do something is told whom to ask, also where nobody facilitates."""

import pytest

from handlers.looking_after import require_facilitator
from models.communities import Community
from models.errors import NotAllowedError
from models.members import Member
from tests.examples import ANA, BEN, CHRIS
from tests.models.digests.week import a_circle, change


@pytest.mark.parametrize(
    ("is_run", "is_led", "who"),
    [(True, True, "Ben"), (False, True, "Chris"), (False, False, "an admin of this workspace")],
)
async def test_a_facilitator_is_named_or_else_a_lead(db, is_run, is_led, who):
    circle = await a_circle(db)
    await change(db, BEN, name="Ben")
    await change(db, CHRIS, name="Chris", is_lead=is_led)
    async with db.begin() as session:
        (await session.get_one(Community, circle.id)).membership(BEN).is_facilitator = is_run

    async with db() as session:
        community = await session.get_one(Community, circle.id)
        ana = await Member.find(session, ANA)
        with pytest.raises(NotAllowedError, match=rf"change the settings\. Ask {who}\."):
            await require_facilitator(session, community, ana, "change the settings")
