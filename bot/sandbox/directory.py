"""Who is in the workspace, which channels there are, and how new things get their names."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import count
from typing import Any

from bot.sandbox.places import Channel, Json, User, UserGroup

Listener = Callable[[Json], None]
MICROSECONDS = 1_000_000


class Directory:
    """People and places; `gone` holds the ids of deleted channels."""

    bot_user_id = "U0STAFFBOT"
    bot_id = "B0STAFFBOT"
    app_id = "A0STAFF"

    def __init__(self, clock: Callable[[], datetime], team_id: str, bot_name: str) -> None:
        self.clock = clock
        self.team_id = team_id
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.usergroups: dict[str, UserGroup] = {}
        self.gone: set[str] = set()
        self._listeners: list[Listener] = []
        self._direct_messages: dict[str, Channel] = {}
        self._channel_ids: dict[str, str] = {}
        self._user_ids: dict[str, str] = {}
        self._numbers = count(1)
        self._last_ts = 0
        handle = bot_name.lower().replace(" ", "")
        self.add_user(handle, bot_name, id=self.bot_user_id, tz="UTC", is_bot=True)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with a small dict at each visible change; returns how to stop that.

        The dict has "what" (message, message_changed, message_deleted, ephemeral, view, home,
        channel, user, reaction, pin, bookmark, file) and where it applies channel, ts, user.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, what: str, **where: Any) -> None:
        for listener in list(self._listeners):
            listener({"what": what, **where})

    # People and places.

    def add_user(self, name: str, real_name: str = "", **traits: Any) -> User:
        """Let someone in; `traits` are those of User, and an id is made where none is given."""
        user_id = traits.pop("id", None) or self._readable_id("U", name, self.users)
        user = User(user_id, name, real_name or name.title(), **traits)
        user.updated = int(self.clock().timestamp())
        self.users[user.id] = user
        self._user_ids[name.lower()] = user.id
        self.tell("user", user=user.id)
        return user

    def add_usergroup(self, handle: str, users: Iterable[str], name: str = "") -> UserGroup:
        """Make a user group of these user ids, which members call @handle."""
        group_id = self._readable_id("S", handle, self.usergroups)
        created = int(self.clock().timestamp())
        group = UserGroup(group_id, handle, name or handle.title(), list(users), created)
        self.usergroups[group.id] = group
        return group

    def usergroup_named(self, handle: str) -> UserGroup | None:
        return next((one for one in self.usergroups.values() if one.handle == handle), None)

    def add_channel(
        self, name: str, members: Iterable[str] = (), is_private: bool = False, **traits: Any
    ) -> Channel:
        """Make a channel with these user ids in it, the bot's included if it is to be a member.

        Nobody is told of a joining: this is how things were before.
        """
        channel_id = traits.pop("id", None) or self._readable_id("C", name, self.channels)
        people = set(members)
        creator = min(people - {self.bot_user_id}, default=self.bot_user_id)
        created = int(self.clock().timestamp())
        channel = Channel(channel_id, name, creator, created, is_private, members=people, **traits)
        self.channels[channel.id] = channel
        self._channel_ids[name] = channel.id
        self.tell("channel", channel=channel.id)
        return channel

    def direct_message(self, user_id: str) -> Channel:
        """Return the conversation between this person and the bot, opening it if need be."""
        known = self._direct_messages.get(user_id)
        if known:
            return known
        channel = Channel(self.new_id("D"), "", user_id, int(self.clock().timestamp()))
        channel.is_im, channel.im_user = True, user_id
        channel.members = {user_id, self.bot_user_id}
        self.channels[channel.id] = self._direct_messages[user_id] = channel
        self.tell("channel", channel=channel.id, user=user_id)
        return channel

    def rename_channel(self, channel: Channel, name: str) -> None:
        self._channel_ids.pop(channel.name, None)
        channel.name = name
        self._channel_ids[name] = channel.id

    def readdress_channel(self, channel: Channel) -> None:
        """Give a channel another id, as Slack does when it is shared with another workspace."""
        self.forget_channel(channel)
        channel.id = self.new_id("C")
        self.channels[channel.id] = channel
        self._channel_ids[channel.name] = channel.id
        for message in [*channel.messages, *channel.ephemerals]:
            message["channel"] = channel.id

    def forget_channel(self, channel: Channel) -> None:
        self._channel_ids.pop(channel.name, None)
        self.gone.add(channel.id)
        del self.channels[channel.id]

    def channel_named(self, name: str) -> Channel | None:
        return self.channels.get(self._channel_ids.get(name, ""))

    def user_named(self, name: str) -> User | None:
        return self.users.get(self._user_ids.get(name, ""))

    def bot_profile(self) -> Json:
        """Return the `bot_profile` that stands in every message of the bot."""
        return {
            "id": self.bot_id,
            "app_id": self.app_id,
            "user_id": self.bot_user_id,
            "name": self.users[self.bot_user_id].real_name,
            "icons": {},
            "deleted": False,
            "updated": 0,
            "team_id": self.team_id,
        }

    # Names for new things.

    def new_ts(self) -> str:
        """Return the next timestamp: Unix seconds with six decimals, never the same twice."""
        now = round(self.clock().timestamp() * MICROSECONDS)
        self._last_ts = max(now, self._last_ts + 1)
        seconds, rest = divmod(self._last_ts, MICROSECONDS)
        return f"{seconds}.{rest:06d}"

    def new_id(self, prefix: str) -> str:
        return f"{prefix}0{next(self._numbers):09X}"

    def new_block_id(self) -> str:
        return secrets.token_urlsafe(4)

    def _readable_id(self, prefix: str, name: str, taken: Iterable[str]) -> str:
        letters = re.sub(r"[^A-Z0-9]", "", name.upper())
        wanted = f"{prefix}{letters}"
        return wanted if letters and wanted not in taken else self.new_id(prefix)
