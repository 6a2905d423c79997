"""App Home: what the communities have for this member, on one page.

opening the Home tab    shows the page
(something of mine changes)    the page is drawn anew
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.home import home_page
from handlers.introductions import introduce
from models.communities import Community
from models.database import Database
from models.members import Member
from models.time import Clock

logger = logging.getLogger(__name__)

Section = Callable[[AsyncSession, Member, datetime], Awaitable[Sequence[Block]]]


def register(app: Any) -> None:
    app.event("app_home_opened")(open_home)


async def open_home(event: dict[str, Any], home: "Home", member_id: str) -> None:
    """Show the page when its tab is opened, not when the Messages tab is."""
    if event.get("tab") == "home":
        await home.open(member_id)


@dataclass(frozen=True)
class Home:
    """Draws the page from what each feature has to show."""

    db: Database
    clock: Clock
    client: AsyncWebClient
    sections: Sequence[Section]

    async def open(self, member_id: str) -> None:
        """Show the page to somebody who looks at it, and remember that they do."""
        member = await introduce(self.db, self.clock, self.client, member_id)
        async with self.db.begin() as session:
            mine = await session.get_one(Member, member.id)
            mine.home_opened_at = self.clock()
        await self._publish(member)

    async def refresh(self, *member_ids: str) -> None:
        """Draw the page anew for those who have it; what fails is drawn when they open it next."""
        if not any(member_ids):
            return
        async with self.db() as session:
            members = (await Member.known(session, member_ids)).values()
        for member in members:
            if member.home_opened_at is None:
                continue
            try:
                await self._publish(member)
            except Exception:
                logger.exception("Could not refresh a Home page")

    async def _publish(self, member: Member) -> None:
        async with self.db() as session:
            page = await page_for(session, member, self.sections, self.clock())
        await self.client.views_publish(user_id=member.member_id, view=page)


async def page_for(
    session: AsyncSession, member: Member, sections: Sequence[Section], now: datetime
) -> View:
    """Return the page of somebody as things are; each question it asks has a limit."""
    communities = await Community.of_member(session, member.member_id)
    parts = [await show(session, member, now) for show in sections]
    return home_page(member, communities, parts)
