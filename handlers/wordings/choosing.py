"""Choosing: facilitators let the bot speak in their own words, and see first how that looks."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.wordings.choosing import (
    ours_again,
    preview_form,
    reword_form,
    wording_kept,
    wordings_list,
)
from handlers.blocks.wordings.ids import KEEP, OURS, REWORD, WORDINGS
from handlers.blocks.wordings.ours import our_words
from handlers.looking_after import looked_after
from handlers.request import Forms, Reply, Where
from models.communities import Community
from models.database import Database
from models.errors import NotHereError
from models.hangouts.hangout import Hangout
from models.hangouts.posted import INVITATION
from models.hangouts.series import Series
from models.ids import id_from
from models.members import Member
from models.posts import Post
from models.time import Clock
from models.wordings import rewording
from models.wordings.wording import Spot

TO_CHANGE = "choose what I say here"
GONE = "I do not know that text. Community settings, in /staffroom settings, shows all of them."
# So many invitations stand at a time that still matter: those of the next weeks.
REDRAWN_AT_MOST = 8


def register(app: Any) -> None:
    app.action(WORDINGS)(show_wordings)
    app.action(REWORD)(open_rewording)
    app.view(REWORD)(preview)
    app.view(KEEP)(keep)
    app.action(OURS)(go_back)


async def show_wordings(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    where: Where,
    db: Database,
    reply: Reply,
) -> None:
    """Show what can be reworded in the community that the button names, or that is meant."""
    await ack()
    named = id_from(action.get("value") or "") or (await where.community()).id
    async with db() as session:
        community = await looked_after(session, named, member, TO_CHANGE)
        own = await rewording.wordings_of(session, community.id)
        ours = our_words(await Series.of_community(session, community.id))
    await reply(wordings_list(community, own, ours))


async def open_rewording(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, forms: Forms
) -> None:
    """Open the form for one text, with what it says now."""
    await ack()
    value = str(action.get("value") or "")
    async with db() as session:
        community, spot = await _meant(session, *_parts(value), member)
        own = await rewording.wording_of(session, community.id, spot)
        ours = our_words(await Series.of_community(session, community.id))
    form = reword_form(community, spot, own, ours[spot])
    await forms.open(form, opener=REWORD, typed={}, value=value)


async def preview(ack: AsyncAck, view: dict[str, Any], member: Member, db: Database) -> None:
    """Show how it will look, over the form; or say at its field what does not fit."""
    async with db() as session:
        community, spot = await _meant(session, *_carried(view), member)
    text = rewording.checked(spot, read_form(view).get("text"))
    await ack(response_action="push", view=preview_form(community, spot, text))


async def keep(
    ack: AsyncAck, view: dict[str, Any], member: Member, db: Database, clock: Clock, reply: Reply
) -> None:
    """Keep what was shown, and say it so where an invitation stands already."""
    now = clock()
    async with db.begin() as session:
        community, spot = await _meant(session, *_carried(view), member)
        # Two facilitators who keep it at once: the second waits, and finds the first one's row.
        await Community.locked(session, community.id)
        text = str(carried_by(view).get("text") or "")
        await rewording.reword(session, community, spot, text, by=member.member_id, now=now)
        await _redraw(session, community, spot, clock)
    await ack(response_action="clear")
    await reply(wording_kept(community, spot), place_id=community.channel_id)


async def go_back(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Say it in our words again."""
    await ack()
    async with db.begin() as session:
        community, spot = await _meant(session, *_parts(str(action.get("value") or "")), member)
        await rewording.back_to_ours(session, community.id, spot)
        await _redraw(session, community, spot, clock)
    await reply(ours_again(community, spot))


def _parts(value: str) -> tuple[str, str]:
    community_id, _, spot = value.partition(":")
    return community_id, spot


def _carried(view: dict[str, Any]) -> tuple[object, object]:
    facts = carried_by(view)
    return facts.get("community_id"), facts.get("spot")


async def _meant(
    session: AsyncSession, community_id: object, spot: object, member: Member
) -> tuple[Community, Spot]:
    """Return which text is meant; both may be forged. Raises NotHereError, NotAllowedError."""
    community = await looked_after(session, community_id, member, TO_CHANGE)
    if spot not in list(Spot):
        raise NotHereError(GONE)
    return community, Spot(str(spot))


async def _redraw(session: AsyncSession, community: Community, spot: Spot, clock: Clock) -> None:
    """Draw the invitations anew that stand in the channel for what is still to come."""
    if spot != Spot.INVITATION:
        return
    for hangout in await Hangout.coming(session, community.id, clock(), limit=REDRAWN_AT_MOST):
        await Post.redraw(session, INVITATION, hangout.id, clock())
