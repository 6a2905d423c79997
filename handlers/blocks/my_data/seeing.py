"""What one sees of what is kept about oneself: in plain words, with the ways to take or end it."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from handlers.blocks.hangouts.facts import Phrase, grey_line, phrase
from handlers.blocks.members import SETTINGS
from handlers.blocks.message import Message
from handlers.blocks.my_data.ids import DELETE, EXPORT
from handlers.blocks.text import bullets, first_upper
from models.my_data.seeing import MyData

# What is told in a sentence of its own.
TOLD_APART = ("about-me", "communities")
NOTHING = (
    "I keep nothing about you. Once you use me that is your name and time zone from Slack, and "
    "what you share here. `/staffroom me` shows it at any time."
)
IN_SLACK = "What you write in channels and threads is in Slack itself; I keep that it was written."


def kept_about_you(data: MyData) -> Message:
    """Return what is kept about this person, for their eyes only."""
    if not data.filled:
        nothing = phrase(NOTHING.replace("`", ""))
        return Message.of([NOTHING], [nothing.block])
    first = phrase(phrase("This is what I keep about you.", bold=True), " Only you see it.")
    points = [_from_slack(data), _communities(data), _things(data), _thanks(data)]
    shown = [point for point in points if point]
    buttons = [
        ButtonElement(text="Export", action_id=EXPORT),
        ButtonElement(text="My settings", action_id=SETTINGS, value=""),
        ButtonElement(text="Delete everything", action_id=DELETE, style="danger"),
    ]
    return Message.of(
        [first.text, *(point.text for point in shown), IN_SLACK],
        [
            first.block,
            bullets(*(list(point.pieces) for point in shown)),
            grey_line([IN_SLACK]),
            ActionsBlock(elements=buttons),
        ],
    )


def _from_slack(data: MyData) -> Phrase:
    member = data.member
    facts = f"your name, {member.name}" if member.name else "your member id"
    zone = f", and your time zone, {member.tz}" if member.tz else ""
    return phrase(f"{first_upper(facts)}{zone}, from Slack, and what you chose in your settings.")


def _communities(data: MyData) -> Phrase:
    names = [str(row[0]) for row in _rows(data, "communities") if row[3] is None]
    run = [str(row[0]) for row in _rows(data, "communities") if row[1] == "yes"]
    if not names:
        return phrase("")
    helping = f"; you look after {_joined(run)}" if run else ""
    return phrase(f"You are in {_joined(names)}{helping}.")


def _things(data: MyData) -> Phrase:
    """Return how much there is of each kind; thanks are not counted, so they are no kind."""
    kinds = [one.counted for one in data.filled if one.name not in TOLD_APART]
    return phrase(f"{first_upper(_joined(kinds))}." if kinds else "")


def _thanks(data: MyData) -> Phrase:
    if not data.has_thanks:
        return phrase("")
    return phrase("Thanks you gave and received, which are in your journal: /thanks journal")


def _rows(data: MyData, name: str) -> Sequence[Sequence[object]]:
    return next((sheet.rows for sheet in data.sheets if sheet.name == name), ())


def _joined(parts: Sequence[str]) -> str:
    *before, last = parts
    return f"{', '.join(before)} and {last}" if before else last
