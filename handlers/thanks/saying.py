"""Saying: thanks are kept and announced, and the giver sees to whom they go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.message import Message
from handlers.blocks.thanks.facts import Facts
from handlers.blocks.thanks.giving import given_answer, not_in_channel, note_kept, quiet_note
from handlers.thanks.drawing import facts_of
from models.communities import Community
from models.errors import NotHereError
from models.ids import id_from
from models.members import Member
from models.thanks import showering
from models.thanks.giving import give
from models.thanks.linking import chosen, may_answer
from models.thanks.shower import Shower
from models.thanks.wording import Wording


@dataclass(frozen=True, kw_only=True)
class Request:
    """What somebody wants to say to whom. `key` is the request's.

    `about` is a form's link, `source` a channel and a message, `back_of_id` the thanks that these
    answer; all of them, and `community_id`, may be forged.
    """

    giver: Member
    receivers: Sequence[Member]
    wording: Wording
    community_id: object
    is_private: bool
    key: str
    about: str | None = None
    source: str | None = None
    back_of_id: int | None = None
    shower: Shower | None = None

    @property
    def is_between_us(self) -> bool:
        """Whether it was meant for giver and receivers alone; a note of a shower always is."""
        return self.is_private or self.shower is not None


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was said. `is_new` is False for a request that was answered before.

    `concerned` are the ids of those whose own pages show it. `quiet` are names of those who would
    rather be thanked between us.
    """

    facts: Facts
    community: Community
    is_new: bool
    concerned: Sequence[str]
    shower: Shower | None = None
    quiet: Sequence[str] = field(default_factory=tuple)

    def answer(self, notes: Sequence[str] = ()) -> Message:
        """Return what tells the giver that it worked; `notes` are sentences about details."""
        if self.shower is not None:
            return note_kept(self.facts, self.shower, self.community.tz)
        notes = [*notes, *([quiet_note(self.quiet)] if self.quiet else [])]
        if not self.facts.thanks.is_private and self.community.bot_left_at is not None:
            notes.append(not_in_channel(self.community.channel_name))
        return given_answer(self.facts, self.community.channel_id, notes)


async def say(session: AsyncSession, request: Request, now: datetime) -> Said:
    """Keep the thanks and whatever they cause; raises a RuleError that names the field at fault."""
    community = await _community(session, request, now)
    giver_id, is_private = request.giver.member_id, request.is_between_us
    if request.shower:
        # It may have been called off, or have arrived, since the form asked for it.
        await showering.to_write_for(session, request.shower.id, giver_id, now)
    pointer = await chosen(session, request.about, giver_id, community.id, is_private=is_private)
    thanks = await give(
        session,
        request.wording,
        giver=request.giver,
        receivers=request.receivers,
        community=community,
        is_private=is_private,
        about=(pointer.kind, pointer.about_id) if pointer else None,
        source=source_in(request.source),
        back_of_id=await may_answer(session, request.back_of_id, giver_id),
        shower=request.shower,
        request_key=request.key,
        now=now,
    )
    facts = await facts_of(session, thanks, giver_id)
    return _said(request, facts, community, is_new=thanks.thanked_at == now)


def _said(request: Request, facts: Facts, community: Community, *, is_new: bool) -> Said:
    receivers = [] if request.shower else [one.member_id for one in request.receivers]
    quiet = [one.name or "They" for one in request.receivers if one.is_thanked_quietly]
    return Said(
        facts=facts,
        community=community,
        is_new=is_new,
        concerned=[request.giver.member_id, *receivers],
        shower=request.shower,
        quiet=[] if request.is_between_us else quiet,
    )


def source_in(value: object) -> tuple[str, str] | None:
    """Return channel and `ts` of the message that a form carries, if it carries one."""
    channel_id, _, ts = str(value or "").partition("/")
    is_one = channel_id.isalnum() and ts.replace(".", "", 1).isdigit()
    return (channel_id, ts) if is_one and len(channel_id) <= 32 and len(ts) <= 32 else None


async def _community(session: AsyncSession, request: Request, now: datetime) -> Community:
    """Return the community it belongs to; whoever says something there in public is in it."""
    community = await session.get(Community, id_from(request.community_id) or 0)
    member_id = request.giver.member_id
    if community is None or (community.is_private and not community.has_member(member_id)):
        raise NotHereError("I can’t find that community. Please choose one of yours.")
    if not request.is_between_us and not community.has_member(member_id):
        # Its members are read anew: at this very moment they may be welcomed elsewhere.
        community = await Community.locked(session, community.id)
        community.welcome(member_id, now)
    return community


async def shower_for(
    session: AsyncSession, shower_id: object, member_id: str, now: datetime
) -> Shower | None:
    """Return the shower that a note is for, or None without one; raises NotHereError."""
    if not shower_id:
        return None
    return await showering.to_write_for(session, shower_id, member_id, now)
