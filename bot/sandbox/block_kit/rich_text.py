"""Rich text: what people write in Slack's own editor.

Shapes are those of npm @slack/types 3.2.0, block-elements.d.ts. That a text of no characters is
refused, while a section without elements is not, is told by python-slack-sdk #1576 and
NousResearch/hermes-agent #59621.
"""

from __future__ import annotations

from bot.sandbox import limits
from bot.sandbox.block_kit.schema import Each, Flag, Kind, Node, Number, Shape, String, choice, only

STYLE = Shape({name: Flag() for name in ("bold", "code", "italic", "strike", "underline")})


def _word(*required: str, **fields: Node) -> Shape:
    return Shape({"type": String(), "style": STYLE, **fields}, required=required)


_SOME = String(shortest=1)

WORDS = {
    "text": _word("text", text=_SOME),
    "link": _word("url", url=_SOME, text=_SOME, unsafe=Flag()),
    "user": _word("user_id", user_id=_SOME),
    "channel": _word("channel_id", channel_id=_SOME),
    "usergroup": _word("usergroup_id", usergroup_id=_SOME),
    "team": _word("team_id", team_id=_SOME),
    "emoji": _word("name", name=_SOME, unicode=String(), url=String()),
    "date": _word(
        "timestamp",
        "format",
        timestamp=Number(),
        format=_SOME,
        url=String(),
        fallback=String(),
    ),
    "broadcast": _word("range", range=choice("here", "channel", "everyone")),
    "color": _word("value", value=_SOME),
}

_BORDER = Number(0, 1)


def _part(of: Node, *required: str, **fields: Node) -> Shape:
    known: dict[str, Node] = {"type": String(), "elements": Each(of)}
    return Shape({**known, **fields}, required=("elements", *required))


SECTION = _part(Kind(WORDS))

PARTS = {
    "rich_text_section": SECTION,
    "rich_text_list": _part(
        Kind({"rich_text_section": SECTION}),
        "style",
        style=choice("bullet", "ordered"),
        indent=Number(0, limits.LIST_INDENT),
        offset=Number(0),
        border=_BORDER,
    ),
    "rich_text_quote": _part(Kind(WORDS), border=_BORDER),
    "rich_text_preformatted": _part(only(WORDS, "text", "link"), border=_BORDER),
}

RICH_TEXT = Shape(
    {"type": String(), "block_id": String(limits.BLOCK_ID), "elements": Each(Kind(PARTS))},
    required=("elements",),
)
RICH_TEXT_KIND = Kind({"rich_text": RICH_TEXT})
