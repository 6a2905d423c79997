"""Words, and the small objects made of them: texts, options, confirmations, pictures, dates.

Everything here is docs.slack.dev/reference/block-kit/composition-objects unless a comment says so.
"""

from __future__ import annotations

import ipaddress
import re
from datetime import date
from functools import cache
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from bot.sandbox import limits
from bot.sandbox.block_kit.schema import (
    Each,
    Flag,
    Kind,
    Node,
    Shape,
    String,
    choice,
    exactly_one_of,
)

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_FILE_ID = re.compile(r"F[A-Z0-9]{8,}")
_PRIVATE_HOST = re.compile(r"(.*\.)?(localhost|local|internal|files\.slack\.com)")
_timezones = cache(available_timezones)


def _plain(longest: int) -> Shape:
    fields: dict[str, Node] = {"type": String(), "text": String(longest, 1), "emoji": Flag()}
    return Shape(fields, required=("text",))


def _mrkdwn(longest: int) -> Shape:
    fields: dict[str, Node] = {"type": String(), "text": String(longest, 1), "verbatim": Flag()}
    return Shape(fields, required=("text",))


def plain_text(longest: int = limits.TEXT) -> Kind:
    """Ask for words without formatting: mrkdwn is refused."""
    return Kind({"plain_text": _plain(longest)})


def any_text(longest: int = limits.TEXT) -> Kind:
    return Kind({"plain_text": _plain(longest), "mrkdwn": _mrkdwn(longest)})


def _wrong_date(value: str) -> str | None:
    try:
        if _DATE.fullmatch(value):
            date.fromisoformat(value)
            return None
    except ValueError:
        pass
    return "must be a valid date in the format YYYY-MM-DD"


def _wrong_time(value: str) -> str | None:
    return None if _TIME.fullmatch(value) else "must be a valid time in the format HH:mm"


def _wrong_timezone(value: str) -> str | None:
    return None if value in _timezones() else "must be a valid IANA time zone"


def _wrong_address(value: str) -> str | None:
    return None if _ADDRESS.fullmatch(value) else "must be a valid URL"


def _wrong_picture(value: str) -> str | None:
    """Say why Slack's servers, which fetch every picture themselves, could not fetch this one."""
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
    except ValueError:
        return "must be a valid URL"
    if parts.scheme not in ("http", "https") or not host:
        return "must be a valid URL"
    if _PRIVATE_HOST.fullmatch(host):
        return "downloading image failed"
    try:
        reachable = ipaddress.ip_address(host).is_global
    except ValueError:
        return None
    return None if reachable else "downloading image failed"


def _wrong_file_id(value: str) -> str | None:
    # Slack's own words, as python-slack-sdk #1521 has them.
    matches = _FILE_ID.fullmatch(value)
    return None if matches else "input must match regex pattern: ^[F][A-Z0-9]{8,}$"


DATE = String(wrong_with=_wrong_date)
TIME = String(wrong_with=_wrong_time)
TIMEZONE = String(wrong_with=_wrong_timezone)
ADDRESS = String(limits.URL, 1, wrong_with=_wrong_address)
PICTURE_ADDRESS = String(limits.URL, 1, wrong_with=_wrong_picture)

PLACEHOLDER = plain_text(limits.PLACEHOLDER)

CONFIRM = Shape(
    {
        "title": plain_text(limits.CONFIRM_TITLE),
        "text": any_text(limits.CONFIRM_TEXT),
        "confirm": plain_text(limits.CONFIRM_BUTTON),
        "deny": plain_text(limits.CONFIRM_BUTTON),
        "style": choice("primary", "danger"),
    },
    required=("text",),
)


def _option(text: Kind, description: Kind, **more: Node) -> Shape:
    fields: dict[str, Node] = {
        "text": text,
        "value": String(limits.OPTION_VALUE),
        "description": description,
    }
    return Shape({**fields, **more}, required=("text", "value"))


OPTION = _option(plain_text(limits.OPTION_TEXT), plain_text(limits.OPTION_DESCRIPTION))
MENU_OPTION = _option(
    plain_text(limits.OPTION_TEXT), plain_text(limits.OPTION_DESCRIPTION), url=ADDRESS
)
BOX_OPTION = _option(any_text(limits.OPTION_TEXT), any_text(limits.OPTION_DESCRIPTION))

OPTIONS = Each(OPTION, 1, limits.SELECT_OPTIONS)
OPTION_GROUPS = Each(
    Shape(
        {"label": plain_text(limits.GROUP_LABEL), "options": OPTIONS},
        required=("label", "options"),
    ),
    1,
    limits.OPTION_GROUPS,
)

FILE_ID = String(wrong_with=_wrong_file_id)
SLACK_FILE = Shape({"id": FILE_ID, "url": ADDRESS}, rules=(exactly_one_of("id", "url"),))
PICTURE: dict[str, Node] = {
    "type": String(),
    "alt_text": String(limits.ALT_TEXT),
    "image_url": PICTURE_ADDRESS,
    "slack_file": SLACK_FILE,
}
PICTURE_RULES = (exactly_one_of("image_url", "slack_file"),)
IMAGE = Shape(PICTURE, required=("alt_text",), rules=PICTURE_RULES)
