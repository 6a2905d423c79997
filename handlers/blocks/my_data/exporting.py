"""What one sees of the own data as a file: the promise, and the file in one's conversation."""

from __future__ import annotations

from datetime import datetime

from handlers.blocks.hangouts.facts import phrase
from handlers.blocks.message import Attachment, Message
from models.members import Member
from models.time import zone


def export_promised() -> Message:
    """Return what whoever asked for it sees at once."""
    line = phrase(
        "All of it comes into our conversation in a moment, as one file: documents to read and "
        "tables for a spreadsheet. Nobody else gets it."
    )
    return Message.of([line.text], [line.block])


def export_file(member: Member, content: bytes, now: datetime) -> Message:
    """Return the ZIP file, for its own member alone."""
    text = (
        "This is all I keep about you. Open the file and begin with my-data.html; the folder "
        "tables has the same for a spreadsheet."
    )
    name = f"my-data-{now.astimezone(zone(member.tz)):%Y-%m-%d}.zip"
    return Message(phrase(text).text, (), Attachment(name, "My data", content))
