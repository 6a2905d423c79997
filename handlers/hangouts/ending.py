"""Ending: a facilitator ends the rhythm, and whoever signed up is told.

/hangout end    asks first; what is ahead is called off and stays listed
"""

from typing import Any

from slack_bolt.async_app import AsyncAck

from handlers.blocks.forms import carried_by
from handlers.blocks.hangouts.ending import ENDED, end_form
from handlers.blocks.hangouts.ids import END
from handlers.blocks.request import plain
from handlers.home import Home
from handlers.looking_after import looked_after
from handlers.posts import PostKind
from handlers.request import Forms, Reply, Where
from models.database import Database
from models.errors import RuleError
from models.hangouts import planning
from models.hangouts.hangout import Hangout
from models.hangouts.series import Series
from models.hangouts.standings import HangoutStanding
from models.members import Member
from models.time import Clock

POSTS: dict[str, PostKind] = {}

TO_END = "end the hangouts"


def register(app: Any) -> None:
    app.command("/hangout", "end", alone=True)(open_end)
    app.action(END)(open_end)
    app.view(END)(end)


async def open_end(ack: AsyncAck, member: Member, where: Where, db: Database, forms: Forms) -> None:
    """Ask whether the hangouts shall end."""
    await ack()
    meant = await where.community()
    async with db() as session:
        community = await looked_after(session, meant.id, member, TO_END)
        series = await Series.of_community(session, community.id)
    if series is None or series.ended_at is not None:
        raise RuleError("No hangouts are planned here. `/hangout plan` begins them.")
    await forms.open(end_form(community), opener=END, typed={})


async def end(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """End the series. Done twice it is harmless."""
    concerned = {member.member_id}
    async with db.begin() as session:
        community_id = carried_by(view).get("community_id")
        community = await looked_after(session, community_id, member, TO_END)
        series = await Series.of_community(session, community.id, for_update=True)
        if series is not None:
            ahead = await Hangout.coming(session, community.id, clock())
            for standing in await HangoutStanding.of_all(session, ahead):
                concerned.update(standing.coming_ids)
            await planning.end(session, series, community, by=member.member_id, now=clock())
    await ack()
    await reply(plain(ENDED), place_id=community.channel_id)
    await home.refresh(*concerned)
