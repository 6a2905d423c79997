"""When and where a community has its digest.

[Change day and hour]    facilitators: the day and hour, another channel, or no digest at all
"""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks.digests.customs import customs_form, customs_kept
from handlers.blocks.digests.ids import CUSTOMS
from handlers.blocks.forms import answer_place, carried_by, read_form, remembering
from handlers.digests.places import require_open
from handlers.looking_after import looked_after
from handlers.request import Forms, Reply, Where
from models import guides
from models.communities import Community
from models.database import Database
from models.digests import customs as digests
from models.digests.customs import Choice, DigestCustoms
from models.ids import id_from
from models.members import Member
from models.time import Clock

TO_CHANGE = "change when the digest comes"


def register(app: Any) -> None:
    app.action(CUSTOMS)(open_customs)
    app.view(CUSTOMS)(keep_customs)


async def open_customs(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    where: Where,
    db: Database,
    forms: Forms,
) -> None:
    """Open the form of the community that the button names, or of the one that is meant."""
    await ack()
    named = id_from(action.get("value") or "") or (await where.community()).id
    async with db() as session:
        community = await looked_after(session, named, member, TO_CHANGE)
        chosen = await DigestCustoms.of(session, community.id)
    form = remembering(customs_form(community, chosen), was_between_us=forms.is_between_us)
    await forms.open(form, opener=CUSTOMS, typed={}, value=str(community.id))


async def keep_customs(
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
    answers, community_id = read_form(view), carried_by(view).get("community_id")
    async with db() as session:
        community = await looked_after(session, community_id, member, TO_CHANGE)
    choice = Choice.of(
        community,
        weekday=id_from(answers.get("weekday")),
        at=answers.get("at"),
        channel_id=answers.get("channel_id"),
    )
    if choice.channel_id is not None:
        await require_open(client, choice.channel_id, context.bot_user_id)
    async with db.begin() as session:
        community = await looked_after(session, community_id, member, TO_CHANGE)
        # Two facilitators who keep it at once: the second waits, and finds the first one's row.
        await Community.locked(session, community.id)
        kept = await digests.change(session, community, choice, by=member.member_id, now=clock())
        await guides.follow(session, community.id, clock())
    await ack()
    await reply(customs_kept(community, kept), place_id=answer_place(view, community.channel_id))
