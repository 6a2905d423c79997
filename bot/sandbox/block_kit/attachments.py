"""The older way to add things below a message: npm @slack/types 3.2.0, message-attachments.d.ts."""

from __future__ import annotations

from bot.sandbox.block_kit.schema import Anything, Each, Flag, Node, Shape, String, choice

_WORDS = (
    *("fallback", "color", "pretext", "author_name", "author_link", "author_icon"),
    *("author_subname", "title", "title_link", "text", "image_url", "thumb_url", "footer"),
    *("footer_icon", "callback_id", "app_unfurl_url", "app_id", "bot_id"),
)
_FIELD = Shape({"title": String(), "value": String(), "short": Flag()})
_FIELDS: dict[str, Node] = {
    "fields": Each(_FIELD),
    "mrkdwn_in": Each(choice("pretext", "text", "fields")),
    "is_app_unfurl": Flag(),
    # Blocks are walked by `check_blocks`; buttons of this age and previews nobody sends any more.
    "blocks": Anything(),
    "actions": Anything(),
    "preview": Anything(),
    # The definitions say string, Slack's own examples send a number.
    "ts": Anything(),
}

ATTACHMENT = Shape({name: String() for name in _WORDS} | _FIELDS)
