"""Admitting: who may set up a channel, and who may facilitate there."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.communities.following import INVITED
from handlers.introductions import ask_for_profile
from handlers.looking import Look
from models.communities import Community, NoFacilitatorError
from models.database import Database
from models.errors import NotHereError
from models.members import Member
from models.posts import Post

NOT_THERE = (
    "You are not in that channel, as far as I can see. Type `/staffroom setup` in the channel "
    "itself."
)
# Slack's own bot is in every workspace.
SLACKBOT = "USLACKBOT"


async def require_presence(
    session: AsyncSession,
    member: Member,
    channel_id: str,
    community: Community | None,
    look: Look,
    *,
    was_typed_there: bool = False,
) -> bool:
    """Say whether this person is in the channel; raises NotHereError where that is needed.

    Only leads need not be in the channel of an open community to change its settings.
    """
    if was_typed_there and look.is_private is False:
        # Slack takes commands only from those who are there, and an open channel has no secrets.
        is_present = True
    elif look.people is not None:
        is_present = member.member_id in look.people
    else:
        is_known = community is not None and community.has_member(member.member_id)
        is_present = was_typed_there or is_known or await _has_invited(session, member, channel_id)
    is_open = community is not None and not (community.is_private or look.is_private)
    if not is_present and not (is_open and member.is_lead):
        raise NotHereError(NOT_THERE, field="channel_id")
    return is_present


async def _has_invited(session: AsyncSession, member: Member, channel_id: str) -> bool:
    """Say whether Slack told us that this person let us into the channel."""
    key = f"{INVITED}:{channel_id}:{member.member_id}:"
    query = select(Post.id).where(Post.kind == INVITED, Post.key.startswith(key, autoescape=True))
    return await session.scalar(query.limit(1)) is not None


@dataclass(frozen=True)
class Applicants:
    """Who is chosen to facilitate: which of them are bots, and their names by member id."""

    member_ids: Sequence[str]
    bots: frozenset[str]
    names: Mapping[str, str]

    def require_fit(
        self, community: Community, here: Collection[str], look: Look, *, is_private: bool
    ) -> None:
        """Raise NoFacilitatorError for a bot, and for whoever is not in the channel.

        `here` are those who have shown that they are in it, whatever Slack tells.
        """
        for one in self.member_ids:
            name = self.names.get(one, "Somebody you chose")
            if one in self.bots:
                raise NoFacilitatorError(f"{name} is a bot. Please choose people.")
            if look.people is not None:
                is_there = one in look.people
            else:
                is_there = not is_private or community.has_member(one)
            if not is_there and one not in here:
                raise NoFacilitatorError(
                    f"{name} is not in the channel. Invite them there first, or choose others."
                )


async def people_among(
    db: Database, client: AsyncWebClient, member_ids: Sequence[str], bot_user_id: str | None
) -> Applicants:
    """Return what is known of those who are chosen; Slack is asked about strangers."""
    async with db() as session:
        known = await Member.known(session, member_ids)
    bots = {bot_user_id or "", SLACKBOT} | {one for one, row in known.items() if row.is_bot}
    names = {one: row.name for one, row in known.items() if row.name}
    strangers = [one for one in member_ids if one not in names and one not in bots]
    profiles = await asyncio.gather(*(ask_for_profile(client, one) for one in strangers))
    for stranger, profile in zip(strangers, profiles, strict=True):
        if profile is not None:
            names[stranger] = profile.name
            if profile.is_bot:
                bots.add(stranger)
    return Applicants(member_ids, frozenset(bots), names)
