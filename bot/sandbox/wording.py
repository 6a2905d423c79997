"""What someone types, and how Slack writes it down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

PICKED = re.compile(
    r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>|<#([CG][A-Z0-9]+)(?:\|[^>]*)?>"
    r"|<!subteam\^(S[A-Z0-9]+)(?:\|[^>]*)?>"
)
NAMED = re.compile(r"(?<![\w@#])([@#])([a-z0-9][a-z0-9._-]*)", re.IGNORECASE)
LINK = re.compile(r"\bhttps?://[^\s<>|]+[^\s<>|.,;:!?)\]'\"]")
TOKEN = re.compile(r"<([@#!])([^>|]+)(?:\|[^>]*)?>|<((?:https?|mailto):[^>|]+)(?:\|([^>]*))?>")
BROADCASTS = ("here", "channel", "everyone")


def escape(text: str) -> str:
    """Escape Slack's three control characters."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def as_message_text(slack: Workspace, typed: str) -> str:
    """Return the `text` of a message: escaped, with people, channels and links in brackets.

    `<@U…>` of a known person, `<#C…>` of a known channel and `<!subteam^S…>` of a known user group
    stand for a name picked from the list; any other bracket is what was typed.
    """
    return _written(slack, typed, with_names=False)


def as_command_text(slack: Workspace, typed: str, should_escape: bool) -> str:
    """Return the `text` of a slash command, with `<@U…|name>` when the manifest asks for it."""
    return _written(slack, typed, with_names=True) if should_escape else escape(typed)


def _written(slack: Workspace, typed: str, *, with_names: bool) -> str:
    pieces: list[str] = []
    end = 0
    for match in PICKED.finditer(typed):
        token = _picked(slack, match, with_names)
        if token:
            pieces += [_plain(slack, typed[end : match.start()], with_names), token]
            end = match.end()
    return "".join([*pieces, _plain(slack, typed[end:], with_names)])


def _picked(slack: Workspace, match: re.Match[str], with_names: bool) -> str | None:
    user_id, channel_id, group_id = match.groups()
    if group_id:
        return _group_token(slack, group_id, with_names) if group_id in slack.usergroups else None
    if user_id:
        return _user_token(slack, user_id, with_names) if user_id in slack.users else None
    return _channel_token(slack, channel_id) if channel_id in slack.channels else None


def _plain(slack: Workspace, typed: str, with_names: bool) -> str:
    def name(match: re.Match[str]) -> str:
        sign, word = match.group(1), match.group(2)
        bare = word.rstrip(".-_")
        token = _named(slack, sign, bare, with_names)
        return token + word[len(bare) :] if token else match.group()

    linked = LINK.sub(lambda match: f"<{match.group()}>", escape(typed))
    outside = re.split(r"(<[^>]*>)", linked)
    return "".join(part if part.startswith("<") else NAMED.sub(name, part) for part in outside)


def _named(slack: Workspace, sign: str, word: str, with_names: bool) -> str | None:
    if sign == "#":
        channel = slack.channel_named(word.lower())
        return _channel_token(slack, channel.id) if channel else None
    if word.lower() in BROADCASTS:
        return f"<!{word.lower()}>"
    if user := slack.user_named(word.lower()):
        return _user_token(slack, user.id, with_names)
    group = slack.usergroup_named(word.lower())
    return _group_token(slack, group.id, with_names) if group else None


def _user_token(slack: Workspace, user_id: str, with_name: bool) -> str:
    return f"<@{user_id}|{slack.users[user_id].name}>" if with_name else f"<@{user_id}>"


def _group_token(slack: Workspace, group_id: str, with_name: bool) -> str:
    handle = slack.usergroups[group_id].handle
    return f"<!subteam^{group_id}|@{handle}>" if with_name else f"<!subteam^{group_id}>"


def _channel_token(slack: Workspace, channel_id: str) -> str:
    channel = slack.channels[channel_id]
    return f"<#{channel_id}|{'' if channel.is_private else channel.name}>"


def as_rich_text(text: str, block_id: str) -> dict[str, Any]:
    """Return the rich_text block Slack's composer sends along with `text`."""
    section = {"type": "rich_text_section", "elements": list(_rich_elements(text))}
    return {"type": "rich_text", "block_id": block_id, "elements": [section]}


def _rich_elements(text: str) -> Iterator[dict[str, Any]]:
    end = 0
    for match in TOKEN.finditer(text):
        if match.start() > end:
            yield {"type": "text", "text": unescape(text[end : match.start()])}
        yield _rich_token(match)
        end = match.end()
    if end < len(text):
        yield {"type": "text", "text": unescape(text[end:])}


def _rich_token(match: re.Match[str]) -> dict[str, Any]:
    sign, word, url, label = match.groups()
    if sign == "@":
        return {"type": "user", "user_id": word}
    if sign == "#":
        return {"type": "channel", "channel_id": word}
    if word and word.startswith("subteam^"):
        return {"type": "usergroup", "usergroup_id": word.removeprefix("subteam^")}
    if sign == "!":
        return {"type": "broadcast", "range": word}
    return {"type": "link", "url": unescape(url)} | ({"text": unescape(label)} if label else {})
