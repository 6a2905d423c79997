"""All of it deleted.

[Delete everything]     asks whether it is meant
/staffroom me NAME      asks a lead the same about somebody who has left the workspace
(the form, ticked)      everything is deleted or made nobody's; my Home page is emptied
"""

import asyncio
import logging
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.home import home_page
from handlers.blocks.my_data.erasing import (
    SURE,
    deleted_for_them,
    erasing_form,
    everything_deleted,
)
from handlers.blocks.my_data.ids import DELETE
from handlers.request import Directory, Forms, Reply, request_key
from models.database import Database
from models.errors import RuleError
from models.members import Member
from models.my_data.departing import departed
from models.my_data.erasing import Erased, erase
from models.time import Clock

logger = logging.getLogger(__name__)

# Seconds until a form is acknowledged all the same; Slack waits three.
SLACK_WAITS = 1.0


def register(app: Any) -> None:
    app.action(DELETE)(ask_whether_meant)
    app.view(DELETE)(delete_everything)


async def ask_whether_meant(ack: AsyncAck, forms: Forms) -> None:
    """Open the question; nothing happens before it is answered."""
    await ack()
    await forms.open(erasing_form(), opener=DELETE, typed={})


async def ask_about_somebody_gone(typed: str, lead: Member, db: Database, forms: Forms) -> None:
    """Open the question about whoever is meant, for a lead; raises a RuleError if nobody is."""
    async with db() as session:
        member = await departed(session, typed, lead)
    await forms.open(erasing_form(member), opener=DELETE, typed={})


async def delete_everything(
    ack: AsyncAck,
    body: dict[str, Any],
    view: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    client: AsyncWebClient,
    reply: Reply,
    directory: Directory,
    workspace_id: str,
) -> None:
    """Delete everything about whoever sent the form; sent twice it is harmless.

    The form closes when it is done: who sees it stay open after a fault can press once more. Of
    many years' work it closes earlier, and the answer comes when all is deleted.
    """
    if not read_form(view).get(SURE.name):
        raise RuleError("Please tick the box if you mean it.", field=SURE.name)
    about_id = str(carried_by(view).get("member_id") or "")
    key, now = request_key(body), clock()
    deleting = asyncio.create_task(_delete(db, member_id, about_id, key, now))
    done = await _acknowledged(ack, deleting)
    directory.forget_those_of(workspace_id, about_id or member_id)
    if about_id:
        await reply(deleted_for_them(is_news=done.is_news))
        return
    if done.had_home:
        await _empty_home(client, member_id)
    await reply(everything_deleted(is_news=done.is_news))


async def _acknowledged(ack: AsyncAck, deleting: asyncio.Task[Erased]) -> Erased:
    """Close the form once it is done, or when it takes longer than Slack waits."""
    await asyncio.wait([deleting], timeout=SLACK_WAITS)
    if takes_long := not deleting.done():
        await ack()
    done = await deleting
    if not takes_long:
        await ack()
    return done


async def _delete(db: Database, by_id: str, about_id: str, key: str, now: datetime) -> Erased:
    """Delete what is about the one who asks, or about somebody gone if a lead may; ids are forged.

    Who was deleted a moment ago is known no more, and a second press finds nothing.
    """
    async with db.begin() as session:
        if about_id:
            by = await Member.find(session, by_id)
            if await Member.find(session, about_id) is not None:
                stranger = Member(member_id=by_id, is_lead=False, muted=[])
                await departed(session, f"<@{about_id}>", by or stranger)
            elif by is None or not by.is_lead:
                return Erased(is_news=False, had_home=False)
        return await erase(session, about_id or by_id, request_key=key, now=now)


async def _empty_home(client: AsyncWebClient, member_id: str) -> None:
    """Show the page of somebody we do not know; it is drawn anew when they open it again."""
    stranger = Member(member_id=member_id, is_lead=False, muted=[])
    try:
        await client.views_publish(user_id=member_id, view=home_page(stranger, [], []))
    except Exception:
        logger.exception("Could not empty a Home page")
