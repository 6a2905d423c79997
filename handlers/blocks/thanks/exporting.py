"""What one sees of the own journal as files: the promise, and the files in one's conversation."""

from __future__ import annotations

from datetime import datetime

from handlers.blocks.hangouts.facts import phrase
from handlers.blocks.message import Attachment, Message
from models.members import Member
from models.time import zone


def journal_promised() -> Message:
    """Return what whoever asked for it sees at once."""
    line = phrase(
        "Your journal comes into our conversation in a moment: a document to read or print, and a "
        "table. Nobody else gets it."
    )
    return Message.of([line.text], [line.block])


def journal_document(member: Member, content: bytes, now: datetime) -> Message:
    """Return the document, for its own member alone."""
    text = (
        "Your journal of thanks, to read on a quiet day. Download the file to keep it; it opens in "
        "any browser."
    )
    file = Attachment(f"{_name(member, now)}.html", "My journal of thanks", content)
    return Message(phrase(text).text, (), file)


def journal_table_file(member: Member, content: bytes, now: datetime) -> Message:
    """Return the table."""
    text = "The same as a table for a spreadsheet."
    file = Attachment(f"{_name(member, now)}.csv", "My journal of thanks, table", content)
    return Message(phrase(text).text, (), file)


def _name(member: Member, now: datetime) -> str:
    """Return how the files are named, such as journal-of-thanks-2026-11-17."""
    return f"journal-of-thanks-{now.astimezone(zone(member.tz)):%Y-%m-%d}"
