"""Small pieces of what members read: names, days and their own words, exactly as typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from html import unescape as _unescape_entities
from types import MappingProxyType

from slack_sdk.models.blocks import (
    MarkdownTextObject,
    PlainTextObject,
    RichTextBlock,
    RichTextElement,
    RichTextElementParts,
    RichTextListElement,
    RichTextSectionElement,
    SectionBlock,
)

from models.time import zone

# chat.update refuses a longer top-level text (slack-facts 1.1).
TEXT_LENGTH = 4000
URL_LENGTH = 3000
NAMED_AT_MOST = 2
NO_NAMES: Mapping[str, str] = MappingProxyType({})

# How a moment is shown: each reader sees it in their own zone. Slack's "pretty" dates begin with
# a small letter, and in a message of yesterday they would still be read as said today.
_WHEN = "{date_long} at {time}"
_URL = re.compile(r"https?://[^\s<>\"|]+", re.IGNORECASE)
_TRAILING = re.compile(r"[.,;:!?'’”…)\]}*_~`]+$")
_TAG = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
# What a cut may leave of an entity or of a mention at the end of a text.
_CUT_MARKUP = re.compile(r"(?:&[a-z]{0,3}|<[^<>]*)$")


def escape(text: str) -> str:
    """Return member-written text that Slack will not read as markup or as a ping."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str, names: Mapping[str, str] = NO_NAMES) -> str:
    """Return the text of a command or message as its writer saw it, as plain characters.

    Mentions become words that ping nobody: @ben, #math, @channel. `names` are display names by
    member id, for mentions that carry none.
    """

    def as_seen(tag: re.Match[str]) -> str:
        sigil, target, label = tag[1], tag[2], tag[3]
        match sigil:
            case "@":
                return "@" + (label or names.get(target, "someone"))
            case "#":
                return "#" + (label or "channel")
            case "!":
                return label or "@" + target.partition("^")[0]
            case _:
                return target.removeprefix("mailto:").removeprefix("tel:")

    return _unescape_entities_only(_TAG.sub(as_seen, text))


def _unescape_entities_only(text: str) -> str:
    # Slack escapes these three and nothing else, so an "&eacute;" was typed as such.
    return re.sub(r"&(?:amp|lt|gt);", lambda entity: _unescape_entities(entity[0]), text)


def mention(member_id: str) -> str:
    return f"<@{member_id}>"


def when(moment: datetime, tz: str | None) -> str:
    """Return a moment that each reader sees in their own zone; `tz` is that of the fallback."""
    return f"<!date^{int(moment.timestamp())}^{_WHEN}|{in_words(moment, tz)}>"


def when_said(
    moment: datetime, tz: str | None, *, bold: bool = False, struck: bool = False
) -> RichTextElement:
    """Return a moment as `when` does, as a piece of rich text."""
    return RichTextElementParts.Date(
        timestamp=int(moment.timestamp()),
        format=_WHEN,
        fallback=in_words(moment, tz),
        style=_style(bold, struck),
    )


def in_words(moment: datetime, tz: str | None) -> str:
    """Return a moment as it is said in that zone, which is named."""
    local = moment.astimezone(zone(tz))
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M} ({zone(tz).key})"


def day(moment: datetime, tz: str | None, now: datetime) -> str:
    """Return the weekday in that zone, with the date when it is more than six days ago."""
    local, today = moment.astimezone(zone(tz)), now.astimezone(zone(tz))
    if 0 <= (today.date() - local.date()).days <= 6:
        return f"{local:%A}"
    year = "" if local.year == today.year else f" {local.year}"
    return f"{local:%A} {local.day} {local:%B}{year}"


def first_upper(text: str) -> str:
    """Return the text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def listed(names: list[str]) -> str:
    """Return a few names as they are said, the rest as a number: a rest of one is named as well."""
    shown = names[: NAMED_AT_MOST + 1]
    if len(names) > len(shown):
        shown[NAMED_AT_MOST:] = [f"{len(names) - NAMED_AT_MOST} others"]
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else shown[0]


def excerpt(text: str, length: int) -> str:
    """Return the text as one line of at most `length` characters, cut between words if possible."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    head = line[: length - 1]
    words, space, _ = head.rpartition(" ")
    kept = words if space and len(words) > length // 2 else head
    return kept.rstrip(" ,;:.") + "…"


def fit(text: str) -> str:
    """Return a message's top-level text within Slack's limit; no entity or mention is cut apart."""
    if len(text) <= TEXT_LENGTH:
        return text
    return _CUT_MARKUP.sub("", text[: TEXT_LENGTH - 1]) + "…"


def plain(text: str) -> PlainTextObject:
    """Return a text in which Slack reads no markup, only emoji such as :wave:."""
    return PlainTextObject(text=text, emoji=True)


def section(text: str) -> SectionBlock:
    """Return a paragraph of mrkdwn in which a bare "@channel", a quoted word say, calls nobody."""
    return SectionBlock(text=MarkdownTextObject(text=text, verbatim=True))


def words(text: str, *, bold: bool = False, struck: bool = False) -> RichTextElement:
    """Return a piece of rich text. The text must not be empty."""
    return RichTextElementParts.Text(text=text, style=_style(bold, struck))


def link(text: str, url: str | None, *, bold: bool = False) -> RichTextElement:
    """Return the text as a link, or as it is when there is nothing to link to."""
    if url is None:
        return words(text, bold=bold)
    return RichTextElementParts.Link(url=url, text=text, style=_style(bold))


def said(text: str, *, bold: bool = False) -> list[RichTextElement]:
    """Return what a member wrote, faithfully: nothing formats or pings, web addresses are links."""
    pieces: list[RichTextElement] = []
    at = 0
    for found in _URL.finditer(text):
        url = _TRAILING.sub("", found[0])
        if not url.partition("://")[2] or len(url) > URL_LENGTH:
            continue
        if text[at : found.start()]:
            pieces.append(words(text[at : found.start()], bold=bold))
        pieces.append(RichTextElementParts.Link(url=url, style=_style(bold)))
        at = found.start() + len(url)
    return [*pieces, words(text[at:], bold=bold)] if text[at:] else pieces


def paragraph(*pieces: RichTextElement) -> RichTextBlock:
    return RichTextBlock(elements=[RichTextSectionElement(elements=pieces)])


def bullets(*items: list[RichTextElement]) -> RichTextBlock:
    points = [RichTextSectionElement(elements=item) for item in items]
    return RichTextBlock(elements=[RichTextListElement(style="bullet", elements=points)])


def _style(bold: bool, struck: bool = False) -> dict[str, bool] | None:
    style = {"bold": bold, "strike": struck}
    return {name: True for name, is_set in style.items() if is_set} or None
