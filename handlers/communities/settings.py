"""Settings: all that facilitators choose for a community, from one place.

/staffroom settings      in a channel one looks after: its settings; anywhere else, one's own
[Community settings]     the same, or which of several
"""

from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.communities.ids import COMMUNITY
from handlers.blocks.communities.settings import (
    Chosen,
    nothing_to_set,
    settings_menu,
    which_settings,
)
from handlers.blocks.members import SETTINGS, settings_form
from handlers.blocks.message import Message
from handlers.looking_after import looked_after
from handlers.request import Forms, Reply, Where
from models.communities import Community
from models.database import Database
from models.digests.customs import DigestCustoms
from models.hangouts.series import Series
from models.ids import id_from
from models.members import Member
from models.thanks import habits
from models.time import Clock
from models.wordings.rewording import wordings_of

TO_CHANGE = "change the settings"


def register(app: Any) -> None:
    app.command("/staffroom", "settings", alone=True)(open_settings)
    app.action(COMMUNITY)(show_settings)


async def open_settings(
    ack: AsyncAck,
    where: Where,
    member: Member,
    db: Database,
    clock: Clock,
    forms: Forms,
    reply: Reply,
) -> None:
    """Show the channel's settings to whoever looks after it; open one's own for everybody else."""
    await ack()
    choices = await where.choices()
    here = next((one for one in choices if one.channel_id == where.channel_id), None)
    if here is None or not here.is_run_by(member):
        await forms.open(settings_form(member, clock()), opener=SETTINGS, typed={})
        return
    async with db() as session:
        menu = await _menu(session, here.id, member)
    await reply(menu)


async def show_settings(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, reply: Reply
) -> None:
    """Show the settings of the community that the button names, or ask which one is meant."""
    await ack()
    named = str(action.get("value") or "")
    async with db() as session:
        asked = await _asked(session, named, member)
    await reply(asked)


async def _asked(session: AsyncSession, named: str, member: Member) -> Message:
    if named:
        return await _menu(session, named, member)
    mine = await Community.of_member(session, member.member_id)
    run_by_me = [one for one in mine if one.is_run_by(member)]
    if not run_by_me:
        return nothing_to_set(is_for_lead=member.is_lead)
    if len(run_by_me) == 1:
        return await _menu(session, run_by_me[0].id, member)
    return which_settings(run_by_me)


async def _menu(session: AsyncSession, community_id: object, member: Member) -> Message:
    """Return the menu; the number may be forged. Raises NotHereError, NotAllowedError."""
    community = await looked_after(session, id_from(community_id), member, TO_CHANGE)
    return settings_menu(
        Chosen(
            community=community,
            series=await Series.of_community(session, community.id),
            digest=await DigestCustoms.of(session, community.id),
            thanks=await habits.customs_of(session, community.id),
            reworded=len(await wordings_of(session, community.id)),
            is_for_lead=member.is_lead,
        )
    )
