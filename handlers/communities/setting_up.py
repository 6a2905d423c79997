"""Setting up: one form makes a channel a community, and changes its settings later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.communities import (
    set_up_done,
    set_up_form,
    settings_kept,
    with_trouble,
    zone_option,
)
from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.request import SET_UP
from handlers.communities.admitting import Applicants, people_among, require_presence
from handlers.communities.following import take_over
from handlers.home import Home
from handlers.looking import Look, look_at
from handlers.looking_after import require_facilitator
from handlers.request import CHANNELS, Directory, Forms, Reply, channel_name_in, said_in
from models import guides, undelivered
from models.communities import Community, NotInvitedError, UnansweredError
from models.database import Database
from models.digests import customs as digest_customs
from models.errors import NotHereError
from models.members import Member
from models.practices.stocking import stock
from models.time import Clock, matching_zones

# What Slack calls every private channel where it only tells a name.
NAMELESS = "privategroup"
PUBLIC, PRIVATE = "public", "private"
TO_CHANGE = "change the settings"


def register(app: Any) -> None:
    app.command("/staffroom", "setup", alone=True)(open_set_up)
    app.action(SET_UP)(open_set_up)
    app.options("tz")(find_zones)
    app.view(SET_UP)(set_up)


async def open_set_up(
    ack: AsyncAck,
    body: dict[str, Any],
    context: AsyncBoltContext,
    client: AsyncWebClient,
    member: Member,
    db: Database,
    forms: Forms,
) -> None:
    """Open the form for this channel, or for one to be chosen when this is no channel."""
    await ack()
    channel_id, is_here = _meant_in(body)
    name = channel_name_in(body) if is_here else ""
    async with db() as session:
        community = await Community.of_channel(session, channel_id) if channel_id else None
    if channel_id and not is_here and not (community and community.has_member(member.member_id)):
        look = await look_at(client, channel_id, context.bot_user_id)
        async with db() as session:
            await require_presence(session, member, channel_id, community, look)
        name = look.name or ""
    if community is not None:
        async with db() as session:
            await require_facilitator(session, community, member, TO_CHANGE)
    form = set_up_form(
        is_known=community is not None,
        name=community.name if community else _as_title(name),
        tz=community.tz if community else member.tz or "UTC",
        facilitators=community.facilitators if community else [member.member_id],
        channel_id=channel_id,
        typed_in=_privacy_told_by(name) if is_here else None,
    )
    await forms.open(form, opener=SET_UP, typed={})


def _meant_in(body: dict[str, Any]) -> tuple[str | None, bool]:
    """Return the channel that is meant, and whether the member is in it at this moment."""
    [action] = body.get("actions") or [{}]
    pressed_for, here = str(action.get("value") or ""), said_in(body) or ""
    if pressed_for.startswith(CHANNELS) and pressed_for != here:
        # A button's value may be forged, and its message may be older than somebody's leaving.
        return pressed_for, False
    return (here, True) if here.startswith(CHANNELS) else (None, False)


def _as_title(channel_name: str) -> str:
    if channel_name == NAMELESS:
        return ""
    return channel_name.replace("-", " ").replace("_", " ").capitalize()


def _privacy_told_by(channel_name: str) -> str:
    """Return what the name of a channel tells; a channel without a name counts as private."""
    is_group = channel_name == NAMELESS or channel_name.startswith("mpdm-")
    return PUBLIC if channel_name and not is_group else PRIVATE


async def find_zones(ack: AsyncAck, payload: dict[str, Any]) -> None:
    """Offer the time zones that fit what is typed."""
    zones = matching_zones(payload.get("value") or "")
    await ack(options=[zone_option(name).to_dict() for name in zones[:100]])


@dataclass(frozen=True)
class Request:
    """What the form asks for. `typed_in` is None unless it was opened in the channel itself.

    `is_known` says whether the form was opened for a community that had been set up.
    """

    channel_id: str
    name: str
    tz: str
    facilitators: list[str]
    typed_in: str | None
    is_known: bool
    is_channel_chosen: bool

    @classmethod
    def read(cls, view: dict[str, Any]) -> Request:
        answers, facts = read_form(view), carried_by(view)
        return cls(
            channel_id=str(answers.get("channel_id") or facts.get("channel_id") or ""),
            name=answers["name"] or "",
            tz=answers["tz"] or "",
            facilitators=answers["facilitators"],
            typed_in=None if "channel_id" in answers else facts.get("typed_in"),
            is_known=bool(facts.get("is_known")),
            is_channel_chosen="channel_id" in answers,
        )


async def set_up(
    ack: AsyncAck,
    view: dict[str, Any],
    context: AsyncBoltContext,
    member: Member,
    db: Database,
    clock: Clock,
    client: AsyncWebClient,
    reply: Reply,
    home: Home,
    directory: Directory,
    workspace_id: str,
) -> None:
    """Make the channel a community, or leave the form open with what is wrong."""
    asked = Request.read(view)
    try:
        look = await look_at(client, asked.channel_id, context.bot_user_id)
        chosen = await people_among(db, client, asked.facilitators, context.bot_user_id)
        async with db.begin() as session:
            community, is_new = await _keep(session, asked, look, chosen, member, clock)
    except (NotInvitedError, NotHereError, UnansweredError) as error:
        if asked.is_channel_chosen:
            raise
        await ack(response_action="update", view=_with_trouble(asked, str(error)))
        return
    await ack()
    directory.forget(workspace_id, community.channel_id)
    here = community.channel_id if asked.typed_in else None
    # In their own conversation the guide says that it worked.
    if here or not is_new:
        done = set_up_done(community) if is_new else settings_kept(community)
        await reply(done, place_id=here)
    if is_new:
        await _welcome_everybody(db, clock, community, look)
    await home.refresh(*{member.member_id, *community.facilitators})


async def _keep(
    session: AsyncSession,
    asked: Request,
    look: Look,
    chosen: Applicants,
    member: Member,
    clock: Clock,
) -> tuple[Community, bool]:
    """Return the community as it is asked for, and whether it is a new one."""
    known = await Community.of_channel(session, asked.channel_id, for_update=True)
    is_present = await require_presence(
        session, member, asked.channel_id, known, look, was_typed_there=bool(asked.typed_in)
    )
    is_private = _privacy(asked, look, known)
    if known is not None:
        await require_facilitator(session, known, member, TO_CHANGE)
    community = known or Community.found(
        channel_id=asked.channel_id, channel_name="", is_private=is_private, now=clock()
    )
    community.workspace_id = member.workspace_id
    here = [member.member_id] if is_present else []
    chosen.require_fit(community, here, look, is_private=is_private)
    is_moved = known is not None and known.tz != asked.tz
    community.configure(name=asked.name, tz=asked.tz, facilitators=asked.facilitators, now=clock())
    if is_present:
        community.welcome(member.member_id, clock())
    session.add(community)
    await session.flush()
    await take_over(session, community, look.name, is_private, clock())
    community.bot_left_at = community.archived_at = None
    await undelivered.revive_in(session, community.channel_id, clock())
    if known is None:
        await guides.begin(session, community, member.member_id, clock())
    elif is_moved:
        await digest_customs.replan(session, community, clock())
    return community, known is None


def _privacy(asked: Request, look: Look, known: Community | None) -> bool:
    """Say whether the channel is private: as Slack tells, as it was, or as the command told."""
    if look.is_private is not None:
        return look.is_private
    if known is not None:
        return known.is_private
    return asked.channel_id.startswith("G") or asked.typed_in != PUBLIC


def _with_trouble(asked: Request, trouble: str) -> dict[str, Any]:
    """Return the form as it was filled in, with what is wrong above its fields."""
    form = set_up_form(
        is_known=asked.is_known,
        name=asked.name,
        tz=asked.tz,
        facilitators=asked.facilitators,
        channel_id=asked.channel_id,
        typed_in=asked.typed_in,
    )
    return dict(with_trouble(form, trouble).to_dict())


async def _welcome_everybody(db: Database, clock: Clock, community: Community, look: Look) -> None:
    """Note who is in the channel; events keep that true from now on.

    Where Slack does not tell, whoever uses the bot in the channel is noted then.
    """
    async with db.begin() as session:
        row = await Community.locked(session, community.id)
        for member_id in sorted(look.people or ()):
            row.welcome(member_id, clock())
        await Member.note_all(session, sorted(look.people or ()))
        await stock(session, row.workspace_id, clock())
