"""What Slack lets pass and we do not: messages a screen reader skips, shouts to a whole channel.

docs.slack.dev, chat.postMessage ("accessibility") and formatting-message-text; voice.md says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.block_kit.schema import Fault, escaped

_SHOUT = re.compile(r"<!(channel|here|everyone)(\|[^>]*)?>")
# Slack makes a mention of a bare name too, in mrkdwn that is not verbatim and in text sent with
# link_names or parse="full"; an e-mail address is none.
_BARE_SHOUT = re.compile(r"(?<![\w.&])@(channel|here|everyone)\b(?!\.\w)")
_WORD = re.compile(r"[^\W_]{4,}")
_MARKUP = re.compile(r"<[^<>]*>|:[\w+-]+:")
_SHARE_OF_WORDS = 0.5
"""How much of what the blocks tell the top-level text must hold to count as telling it, too."""


def check_manners(args: Mapping[str, Any]) -> list[Fault]:
    """Find what is unkind in the arguments of a call that shows something.

    Takes the arguments of chat.* calls, response_url bodies, and views.* calls (or a bare view).
    """
    is_view = "view" in args or args.get("type") in ("modal", "home")
    return [
        *(() if is_view else _missing_words(args)),
        *_shouts_on_top(args),
        *(fault for at, part in _every_object(args, "") for fault in _unkind(at, part)),
    ]


def _missing_words(args: Mapping[str, Any]) -> Iterator[Fault]:
    if args.get("delete_original") or args.get("markdown_text"):
        return
    text = str(args.get("text") or "")
    if not text.strip():
        yield Fault("/text", "no_accessible_text", "must say everything the blocks say")
        return
    told = {word for part in _told(args.get("blocks")) for word in _words(part)}
    missing = told - _words(text)
    if told and len(missing) > len(told) * (1 - _SHARE_OF_WORDS):
        words = ", ".join(sorted(missing)[:5])
        message = f"must say everything the blocks say; it lacks for instance: {words}"
        yield Fault("/text", "no_accessible_text", message)


def _told(blocks: Any) -> Iterator[str]:
    """Yield what headers, sections and rich texts say; buttons and grey lines may be left out."""
    for block in blocks if isinstance(blocks, list | tuple) else ():
        if isinstance(block, dict):
            parts = {"section": ["text", "fields"], "header": ["text"], "rich_text": ["elements"]}
            for name in parts.get(str(block.get("type")), []):
                for _, part in _every_object({name: block.get(name)}, ""):
                    if isinstance(part.get("text"), str):
                        yield part["text"]


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(_MARKUP.sub(" ", text))}


def _shouts_on_top(args: Mapping[str, Any]) -> Iterator[Fault]:
    names_are_linked = bool(args.get("link_names")) or args.get("parse") == "full"
    for name in ("text", "markdown_text"):
        words = args.get(name)
        if isinstance(words, str) and _shouts(words, bare=names_are_linked):
            yield _shout(f"/{name}")


def _unkind(at: str, part: Mapping[str, Any]) -> Iterator[Fault]:
    kind = part.get("type")
    if kind == "broadcast":
        yield _shout(at)
    if kind == "image" and not str(part.get("alt_text") or "").strip():
        yield Fault(f"{at}/alt_text", "no_alt_text", "must describe the picture")
    is_formatted = kind in ("mrkdwn", "markdown")
    is_attachment = kind is None and at.startswith("/attachments/")
    for name in ("text", "pretext", "fallback") if is_formatted or is_attachment else ():
        bare = is_formatted and part.get("verbatim") is not True
        if isinstance(part.get(name), str) and _shouts(part[name], bare=bare):
            yield _shout(f"{at}/{name}")


def _shouts(words: str, *, bare: bool) -> bool:
    return bool(_SHOUT.search(words) or (bare and _BARE_SHOUT.search(words)))


def _shout(at: str) -> Fault:
    return Fault(at, "channel_mention", "must not call everyone in the channel")


def _every_object(value: Any, at: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(value, Mapping):
        yield at, value
        for name, inner in value.items():
            yield from _every_object(inner, f"{at}/{escaped(str(name))}")
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _every_object(inner, f"{at}/{index}")
