"""Getting to know people: their name, time zone and role, as Slack's profile has them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import IntegrityError

from models.database import Database
from models.members import Member, Profile
from models.time import Clock

logger = logging.getLogger(__name__)

# Gets to know whoever is behind a request: for handlers that many may call at once, strangers among
# them, and that answer Slack before they ask it for a profile.
Meet = Callable[[], Awaitable[Member]]

# Slack waits three seconds for an answer; getting to know somebody may use a third of that.
PATIENCE = 1.0


def profile_of(user: dict[str, Any]) -> Profile:
    """Return what counts of a user as users.info and user_change give it."""
    profile = user.get("profile") or {}
    names = (
        profile.get("display_name"),
        profile.get("real_name"),
        user.get("real_name"),
        user.get("name"),
    )
    return Profile(
        name=next((name for name in names if name), "Somebody")[:255],
        tz=user.get("tz"),
        is_lead=bool(user.get("is_admin") or user.get("is_owner")),
        is_bot=bool(user.get("is_bot")) or user.get("id") == "USLACKBOT",
        is_gone=bool(user.get("deleted")),
    )


async def introduce(db: Database, clock: Clock, client: AsyncWebClient, member_id: str) -> Member:
    """Return the member, known from first contact on.

    A profile that Slack does not give in time is asked for again at the next contact.
    """
    now = clock()
    async with db() as session:
        member = await Member.find(session, member_id)
    if member is not None and not member.needs_profile(now):
        return member
    profile = await ask_for_profile(client, member_id)
    if member is not None and profile is None:
        return member
    try:
        return await _note(db, clock, member_id, profile)
    except IntegrityError:
        # Two first contacts of the same person at once: the other one noted them.
        return await _note(db, clock, member_id, profile)


async def _note(db: Database, clock: Clock, member_id: str, profile: Profile | None) -> Member:
    async with db.begin() as session:
        member = await Member.find(session, member_id)
        if member is None:
            member = Member(member_id=member_id, muted=[])
            session.add(member)
        if profile is not None:
            member.learn(profile, clock())
    return member


async def ask_for_profile(client: AsyncWebClient, member_id: str) -> Profile | None:
    """Return what Slack says about somebody, or None when it does not say so in time."""
    try:
        answer = await asyncio.wait_for(client.users_info(user=member_id), PATIENCE)
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
        logger.info("No profile for now: %s", error)
        return None
    return profile_of(answer["user"])
