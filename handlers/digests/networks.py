"""Network digests: leads have several communities summed up, in a channel of their own.

/staffroom digest network, [Network digest]   leads: those there are, else the form of the first
[Change], [New network digest]                the form of one
[How it would look], [Read it now]            what would be posted now, for one's own eyes
[End]                                         it comes no more
[See all]                                     all of one that was posted, a page at a time
"""

from datetime import date
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.digests.ids import (
    NETWORK_BACK,
    NETWORK_END,
    NETWORK_FURTHER,
    NETWORK_PLAN,
    NETWORK_PREVIEW,
    NETWORK_SEE_ALL,
    NETWORKS,
)
from handlers.blocks.digests.network_forms import (
    network_ended,
    network_form,
    network_kept,
    network_list,
)
from handlers.blocks.digests.networks import network_preview, whole_network
from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.message import Message
from handlers.digests.places import require_open
from handlers.request import Forms, Reply
from models.database import Database
from models.digests import networks
from models.digests.ledger import Fate, IssuedNetworkDigest
from models.digests.network_news import news_now, news_of
from models.digests.networks import GONE, NetworkDigest, NetworkPlan, open_communities
from models.errors import NotHereError
from models.exports.sending import require_lead
from models.ids import id_from
from models.members import Member
from models.time import Clock

TO_CHANGE = "set up a network digest"
# No digest has more pages; a number beyond is forged.
PAGES_AT_MOST = 100


def register(app: Any) -> None:
    app.action(NETWORKS)(show_networks)
    app.action(NETWORK_PLAN)(open_plan)
    app.view(NETWORK_PLAN)(keep_plan)
    app.action(NETWORK_END)(end)
    app.action(NETWORK_PREVIEW)(show_preview)
    app.action(NETWORK_SEE_ALL)(see_all)
    app.action(NETWORK_FURTHER)(turn_page)
    app.action(NETWORK_BACK)(turn_page)


async def show_networks(
    ack: AsyncAck, member: Member, db: Database, forms: Forms, reply: Reply
) -> None:
    """Show a lead the network digests there are; while there is none, open the form of one."""
    await ack()
    async with db() as session:
        await require_lead(session, member, TO_CHANGE)
        living = await NetworkDigest.living(session)
        offered = await open_communities(session)
    if living:
        await reply(network_list(living, {one.id: one.name for one in offered}))
        return
    await forms.open(network_form(None, offered, member.tz), opener=NETWORK_PLAN, typed={})


async def open_plan(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, forms: Forms
) -> None:
    """Open the form of the network digest that the button names, or of a new one."""
    await ack()
    value = str(action.get("value") or "")
    async with db() as session:
        await require_lead(session, member, TO_CHANGE)
        network = await _named(session, value) if value else None
        offered = await open_communities(session)
    form = network_form(network, offered, member.tz)
    await forms.open(form, opener=NETWORK_PLAN, typed={}, value=value)


async def keep_plan(
    ack: AsyncAck,
    view: dict[str, Any],
    context: AsyncBoltContext,
    client: AsyncWebClient,
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Keep what was chosen, or leave the form open with what does not fit."""
    carried = carried_by(view)
    network_id = (id_from(carried["network_id"]) or 0) if "network_id" in carried else None
    async with db() as session:
        await require_lead(session, member, TO_CHANGE)
        plan = await _plan(session, view)
    await require_open(client, plan.channel_id, context.bot_user_id)
    async with db.begin() as session:
        plan = await _plan(session, view)
        kept = await networks.keep(session, plan, network_id, member, clock())
    await ack()
    await reply(network_kept(kept))


async def _plan(session: AsyncSession, view: dict[str, Any]) -> NetworkPlan:
    answers = read_form(view)
    return NetworkPlan.of(
        await open_communities(session),
        name=answers.get("name"),
        channel_id=answers.get("channel_id"),
        chosen=answers.get("community_ids") or [],
        weekday=id_from(answers.get("weekday")),
        at=answers.get("at"),
    )


async def end(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """End the network digest that the button names; pressing twice ends it once."""
    await ack()
    async with db.begin() as session:
        await require_lead(session, member, TO_CHANGE)
        ended = await networks.end(session, id_from(action.get("value") or ""), clock())
    await reply(network_ended(ended))


async def show_preview(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, clock: Clock, reply: Reply
) -> None:
    """Show a lead what would be posted now."""
    await ack()
    async with db() as session:
        await require_lead(session, member, TO_CHANGE)
        network = await _named(session, action.get("value"))
        news = await news_now(session, network, clock())
    await reply(network_preview(news))


async def see_all(
    ack: AsyncAck, action: dict[str, Any], db: Database, clock: Clock, reply: Reply
) -> None:
    """Show all of the digest whose button was pressed; it holds nothing but what all may see."""
    await ack()
    await reply(await _whole(db, str(action.get("value") or ""), clock))


async def turn_page(
    ack: AsyncAck, action: dict[str, Any], db: Database, clock: Clock, reply: Reply
) -> None:
    """Show the page the button leads to, in place of this one."""
    await ack()
    await reply(await _whole(db, str(action.get("value") or ""), clock), replace=True)


async def _whole(db: Database, value: str, clock: Clock) -> Message:
    """Return the page that a button names. Its value may be forged."""
    number, _, rest = value.partition(":")
    week, _, page = rest.partition(":")
    async with db() as session:
        network = await _named(session, number)
        if week:
            news = await news_of(session, network, await _issued(session, network, week))
        elif network.ended_at is not None:
            raise NotHereError(GONE)
        else:
            news = await news_now(session, network, clock())
    return whole_network(news, week, min(id_from(page) or 0, PAGES_AT_MOST))


async def _named(session: AsyncSession, value: object) -> NetworkDigest:
    network = await NetworkDigest.of(session, id_from(value or ""))
    if network is None:
        raise NotHereError(GONE)
    return network


async def _issued(session: AsyncSession, network: NetworkDigest, week: str) -> IssuedNetworkDigest:
    try:
        monday = date.fromisoformat(week)
    except ValueError as error:
        raise NotHereError(GONE) from error
    issued = await IssuedNetworkDigest.of(session, network.id, monday)
    if issued is None or issued.fate != Fate.POSTED:
        raise NotHereError(GONE)
    return issued
