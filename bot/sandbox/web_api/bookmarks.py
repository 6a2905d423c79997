"""Links the bot keeps at the top of a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.sandbox.places import Channel, Json
from bot.sandbox.refusals import Refusal
from bot.sandbox.web_api.methods import find_own_channel, method

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

EVERY_LINK: Json = {"icon_url": None, "entity_id": None, "shortcut_id": None}
EDITABLE = ("title", "link", "emoji")


@method("bookmarks.add", scope="bookmarks:write", required=("channel_id", "title", "type"))
def add(slack: Workspace, args: Json) -> Json:
    channel = find_own_channel(slack, args["channel_id"], to_write=True)
    if args["type"] != "link":
        raise Refusal("invalid_bookmark_type", "a bookmark is a link", "/type")
    _check_link(args.get("link"))
    now = int(slack.clock().timestamp())
    bookmark = {
        "id": slack.new_id("Bk"),
        "channel_id": channel.id,
        "title": args["title"],
        "link": args["link"],
        "emoji": args.get("emoji", ""),
        "type": "link",
        "date_created": now,
        "date_updated": now,
        "rank": str(len(channel.bookmarks)),
        "last_updated_by_user_id": slack.bot_user_id,
        "last_updated_by_team_id": slack.team_id,
        "app_id": slack.app_id,
        **EVERY_LINK,
    }
    channel.bookmarks.append(bookmark)
    slack.tell("bookmark", channel=channel.id)
    return {"bookmark": dict(bookmark)}


@method("bookmarks.edit", scope="bookmarks:write", required=("channel_id", "bookmark_id"))
def edit(slack: Workspace, args: Json) -> Json:
    channel = find_own_channel(slack, args["channel_id"], to_write=True)
    bookmark = _find(channel, args["bookmark_id"])
    if "link" in args:
        _check_link(args["link"])
    bookmark |= {name: args[name] for name in EDITABLE if name in args}
    bookmark["date_updated"] = int(slack.clock().timestamp())
    slack.tell("bookmark", channel=channel.id)
    return {"bookmark": dict(bookmark)}


@method("bookmarks.list", scope="bookmarks:read", required=("channel_id",))
def list_all(slack: Workspace, args: Json) -> Json:
    channel = find_own_channel(slack, args["channel_id"])
    return {"bookmarks": [dict(bookmark) for bookmark in channel.bookmarks]}


@method("bookmarks.remove", scope="bookmarks:write", required=("channel_id", "bookmark_id"))
def remove(slack: Workspace, args: Json) -> Json:
    channel = find_own_channel(slack, args["channel_id"], to_write=True)
    channel.bookmarks.remove(_find(channel, args["bookmark_id"]))
    slack.tell("bookmark", channel=channel.id)
    return {}


def _find(channel: Channel, bookmark_id: object) -> Json:
    for bookmark in channel.bookmarks:
        if bookmark["id"] == bookmark_id:
            return bookmark
    raise Refusal("not_found", "there is no such bookmark", "/bookmark_id")


def _check_link(link: object) -> None:
    if urlsplit(str(link or "")).scheme not in ("http", "https"):
        raise Refusal("invalid_link", "a link begins with http", "/link")
