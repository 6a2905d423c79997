"""Naming: from mentions and user groups to people of the workspace."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import IntegrityError

from handlers.introductions import PATIENCE, ask_for_profile
from models.communities import Community
from models.database import Database
from models.errors import RuleError
from models.members import Member, Profile
from models.thanks.naming import Roster
from models.time import Clock

logger = logging.getLogger(__name__)

# Each stranger is a question to Slack, which waits three seconds for us. Thanks go to ten.
STRANGERS_AT_MOST = 12
STRANGERS = (
    "I can’t find one of these people in this workspace right now. Please choose them once more, "
    "or try again in a minute."
)


class StrangersError(RuleError):
    """Slack does not say who somebody is."""

    field = "receiver_ids"


@dataclass(frozen=True)
class People:
    """Gets to know people: from the database, and those never met before from Slack."""

    db: Database
    clock: Clock
    client: AsyncWebClient

    async def met(self, member_ids: Collection[str]) -> list[Member]:
        """Return those of these people that Slack knows, in the given order.

        An id may be forged: nobody is noted of whom Slack does not say who they are.
        """
        wanted = list(dict.fromkeys(member_ids))
        async with self.db() as session:
            known = await Member.known(session, wanted)
        unmet = [one for one in wanted if one not in known or known[one].profile_at is None]
        known |= await self._meet(unmet[:STRANGERS_AT_MOST])
        return [known[one] for one in wanted if one in known]

    async def all_of(self, member_ids: Collection[str]) -> list[Member]:
        """Return all these people in the given order; raises StrangersError."""
        people = await self.met(member_ids)
        if len(people) < len(set(member_ids)):
            raise StrangersError(STRANGERS)
        return people

    async def in_groups(self, group_ids: Collection[str]) -> dict[str, Sequence[str]]:
        """Return the ids of these user groups’ people by group, nobody where Slack does not tell.

        Slack is asked about all of them at the same time.
        """
        people = await asyncio.gather(*[self._in_group(one) for one in group_ids])
        return {one: several or [] for one, several in zip(group_ids, people, strict=True)}

    async def _in_group(self, group_id: str) -> Sequence[str] | None:
        """Return the ids of a user group’s people, or None when Slack does not tell.

        Apps and those who left are not among them, as far as we know of it.
        """
        try:
            answer = await asyncio.wait_for(
                self.client.usergroups_users_list(usergroup=group_id), PATIENCE
            )
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            logger.info("A user group could not be read: %s", error)
            return None
        people = [str(one) for one in answer["users"]]
        async with self.db() as session:
            known = await Member.known(session, people)
        away = {one.member_id for one in known.values() if one.is_bot or one.left_at is not None}
        return [one for one in people if one not in away]

    async def roster(self, communities: Sequence[Community]) -> Roster:
        """Return who may be meant by a name: everybody in these communities."""
        here = {
            one.member_id
            for community in communities
            for one in community.memberships
            if one.left_at is None
        }
        async with self.db() as session:
            known = await Member.known(session, here)
        people = [one for one in known.values() if not one.is_bot and one.left_at is None]
        people.sort(key=lambda one: (one.name or "", one.member_id))
        return Roster({one.member_id: one.name for one in people if one.name})

    async def _meet(self, member_ids: Sequence[str]) -> dict[str, Member]:
        """Return those of these strangers whose profile Slack gives; from now on they are known."""
        asked = await asyncio.gather(*[ask_for_profile(self.client, one) for one in member_ids])
        told = {one: its for one, its in zip(member_ids, asked, strict=True) if its is not None}
        if not told:
            return {}
        try:
            return await self._note(told)
        except IntegrityError:
            # Somebody else met one of them at the same moment.
            return await self._note(told)

    async def _note(self, profiles: Mapping[str, Profile]) -> dict[str, Member]:
        async with self.db.begin() as session:
            await Member.note_all(session, profiles)
            await session.flush()
            known = await Member.known(session, profiles)
            for member_id, member in known.items():
                member.learn(profiles[member_id], self.clock())
        return known
