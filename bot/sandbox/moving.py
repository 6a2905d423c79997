"""Someone comes, goes, invites, or changes how a channel or their own profile is."""

from __future__ import annotations

from typing import Any

from bot.sandbox.events import announce
from bot.sandbox.hands import Hands, Reply
from bot.sandbox.membership import add_member, remove_member
from bot.sandbox.places import Channel
from bot.sandbox.refusals import Refused


class Moving(Hands):
    """The feet of a person, and what an admin may do to channels."""

    async def joins(self, channel: Channel | str) -> Reply:
        """Join a public channel."""
        place = self._place(channel)
        if place.is_private or place.is_im:
            raise Refused("nobody joins a private channel uninvited")
        return await self._told(add_member(self.slack, place, self.id))

    async def leaves(self, channel: Channel | str) -> Reply:
        return await self._told(remove_member(self.slack, self.channel(channel), self.id))

    async def invites(self, user_id: str, channel: Channel | str) -> Reply:
        """Bring someone, or the bot, into a channel one is in."""
        place = self.channel(channel)
        if user_id in place.members:
            raise Refused(f"{user_id} is in {place.name} already")
        return await self._told(add_member(self.slack, place, user_id, inviter=self.id))

    async def removes(self, user_id: str, channel: Channel | str) -> Reply:
        """Take someone, or the bot, out of a channel."""
        return await self._told(remove_member(self.slack, self.channel(channel), user_id))

    async def renames(self, channel: Channel | str, name: str) -> Reply:
        place = self.channel(channel)
        self.slack.rename_channel(place, name)
        described = {
            "id": place.id,
            "name": name,
            "name_normalized": name,
            "created": place.created,
            "is_channel": not place.is_private,
            "is_mpim": False,
        }
        return await self._tells_of(place, "rename", channel=described)

    async def archives(self, channel: Channel | str) -> Reply:
        place = self.channel(channel)
        place.is_archived = True
        return await self._tells_of(place, "archive", channel=place.id, user=self.id)

    async def unarchives(self, channel: Channel | str) -> Reply:
        place = self.channel(channel)
        place.is_archived = False
        return await self._tells_of(place, "unarchive", channel=place.id, user=self.id)

    async def deletes_channel(self, channel: Channel | str) -> Reply:
        place = self.channel(channel)
        self.slack.forget_channel(place)
        return await self._tells_of(place, "deleted", channel=place.id)

    async def shares_outside(self, channel: Channel | str) -> Reply:
        """Share a channel with another workspace: its id changes."""
        place = self.channel(channel)
        old_id = place.id
        self.slack.readdress_channel(place)
        ids = {"old_channel_id": old_id, "new_channel_id": place.id}
        event = {"type": "channel_id_changed", **ids, "event_ts": self.slack.new_ts()}
        self.slack.tell("channel", channel=place.id)
        return await self._told(announce(self.slack, "channel_id_changed", event, place))

    async def changes_profile(self, **traits: Any) -> Reply:
        """Change one's own `tz`, `real_name`, `title` … or be deactivated with `deleted`."""
        user = self.slack.users[self.id]
        for name, value in traits.items():
            if not hasattr(user, name):
                raise Refused(f"a profile has no {name}")
            setattr(user, name, value)
        now = self.slack.clock()
        user.updated = int(now.timestamp())
        self.slack.tell("user", user=self.id)
        event = {
            "type": "user_change",
            "user": user.as_slack(self.slack.team_id, now) | {"locale": "en-US"},
            "cache_ts": user.updated,
            "event_ts": self.slack.new_ts(),
        }
        return await self._told(announce(self.slack, "user_change", event))

    async def _tells_of(self, place: Channel, change: str, **event: Any) -> Reply:
        self.slack.tell("channel", channel=place.id)
        kind = f"{'group' if place.is_private else 'channel'}_{change}"
        event |= {"type": kind, "event_ts": self.slack.new_ts()}
        return await self._told(announce(self.slack, kind, event, place))

    def _place(self, channel: Channel | str) -> Channel:
        found = channel if isinstance(channel, Channel) else self.slack.channels.get(channel)
        found = found or self.slack.channel_named(str(channel).removeprefix("#"))
        if found is None or self.id in found.members:
            raise Refused(f"{self.id} cannot join {channel}")
        return found
