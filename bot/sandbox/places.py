"""The people and places of a workspace."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]

# Shown by Slack for people who never chose a picture; nothing here ever loads it.
PLACEHOLDER = "https://a.slack-edge.com/df10d/img/avatars/ava_0001-{size}.png"
# What Slack says of everybody and every place here alike: nothing is shared, nobody is a guest.
EVERYBODY: Json = {
    "color": "9f69e7",
    "is_restricted": False,
    "is_ultra_restricted": False,
    "is_app_user": False,
    "who_can_share_contact_card": "EVERYONE",
}
EVERY_DIRECT_MESSAGE: Json = {
    "is_org_shared": False,
    "is_open": True,
    "is_user_deleted": False,
    "priority": 0,
}
EVERY_CHANNEL: Json = {
    "is_group": False,
    "is_mpim": False,
    "is_general": False,
    "unlinked": 0,
    "is_shared": False,
    "is_org_shared": False,
    "is_ext_shared": False,
    "is_pending_ext_shared": False,
    "pending_shared": [],
    "pending_connected_team_ids": [],
    "previous_names": [],
}
PICTURE_SIZES = (24, 32, 48, 72, 192, 512)


@dataclass
class User:
    """A person or a bot; `tz` is an IANA name, `title` what their profile says they do."""

    id: str
    name: str
    real_name: str
    tz: str = "America/Denver"
    is_bot: bool = False
    is_admin: bool = False
    is_owner: bool = False
    deleted: bool = False
    image: str | None = None
    title: str = ""
    updated: int = 0

    def as_slack(self, team_id: str, now: datetime) -> Json:
        """Return the user object of users.info."""
        zone = now.astimezone(ZoneInfo(self.tz))
        offset = zone.utcoffset() or timedelta()
        return {
            "id": self.id,
            "team_id": team_id,
            "name": self.name,
            "deleted": self.deleted,
            "real_name": self.real_name,
            "tz": self.tz,
            "tz_label": zone.tzname() or self.tz,
            "tz_offset": int(offset.total_seconds()),
            "profile": self.profile(team_id),
            "is_admin": self.is_admin,
            "is_owner": self.is_owner,
            "is_primary_owner": self.is_owner,
            "is_bot": self.is_bot,
            "updated": self.updated,
            "is_email_confirmed": not self.is_bot,
            **EVERYBODY,
        }

    def profile(self, team_id: str) -> Json:
        first, _, last = self.real_name.partition(" ")
        pictures = {
            f"image_{size}": self.image or PLACEHOLDER.format(size=size) for size in PICTURE_SIZES
        }
        return {
            "title": self.title,
            "phone": "",
            "skype": "",
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.name,
            "display_name_normalized": self.name,
            "fields": {},
            "status_text": "",
            "status_text_canonical": "",
            "status_emoji": "",
            "status_emoji_display_info": [],
            "status_expiration": 0,
            "avatar_hash": "0",
            "first_name": first,
            "last_name": last,
            "team": team_id,
            **pictures,
        }


@dataclass
class UserGroup:
    """Several people under one `handle`, such as math-team; `users` are their ids."""

    id: str
    handle: str
    name: str
    users: list[str]
    created: int

    def as_slack(self, team_id: str) -> Json:
        """Return the user group object of usergroups.list."""
        creator = next(iter(self.users), "")
        return {
            "id": self.id,
            "team_id": team_id,
            "is_usergroup": True,
            "is_subteam": True,
            "name": self.name,
            "description": "",
            "handle": self.handle,
            "is_external": False,
            "date_create": self.created,
            "date_update": self.created,
            "date_delete": 0,
            "auto_type": None,
            "created_by": creator,
            "updated_by": creator,
            "deleted_by": None,
            "prefs": {"channels": [], "groups": []},
            "user_count": len(self.users),
        }


@dataclass
class Channel:
    """A conversation; `messages` are Slack-shaped and sorted by ts, thread replies included.

    `ephemerals` carry a "user": the only person who sees them.
    """

    id: str
    name: str
    creator: str
    created: int
    is_private: bool = False
    is_im: bool = False
    im_user: str | None = None
    members: set[str] = field(default_factory=set)
    is_archived: bool = False
    topic: str = ""
    purpose: str = ""
    messages: list[Json] = field(default_factory=list)
    ephemerals: list[Json] = field(default_factory=list)
    pins: list[Json] = field(default_factory=list)
    bookmarks: list[Json] = field(default_factory=list)
    by_ts: dict[str, Json] = field(default_factory=dict, repr=False)
    threads: dict[str, list[Json]] = field(default_factory=dict, repr=False)
    bot_posted_at: datetime | None = None

    @property
    def kind(self) -> str:
        """What message events call it: "im", "group" (private) or "channel"."""
        return "im" if self.is_im else "group" if self.is_private else "channel"

    def scope(self, right: str) -> str:
        """Name the scope that grants `right` here: "history" → `groups:history` when private."""
        family = {"im": "im", "group": "groups", "channel": "channels"}[self.kind]
        return f"{family}:{right}"

    def as_slack(self, bot_user_id: str, team_id: str) -> Json:
        """Return the conversation object of conversations.info."""
        drawn: Json = {
            "id": self.id,
            "created": self.created,
            "updated": self.created * 1000,
            "is_archived": self.is_archived,
            "is_im": self.is_im,
            "context_team_id": team_id,
        }
        if self.is_im:
            return drawn | {"user": self.im_user, **EVERY_DIRECT_MESSAGE}
        return drawn | {
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": not self.is_private,
            "is_private": self.is_private,
            "creator": self.creator,
            "shared_team_ids": [team_id],
            "is_member": bot_user_id in self.members,
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": self.purpose, "creator": "", "last_set": 0},
            **EVERY_CHANNEL,
        }
