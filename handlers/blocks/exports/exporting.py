"""What leads see of an export: the promise, how far it is, and the file in their conversation."""

from __future__ import annotations

from datetime import datetime

from handlers.blocks.hangouts.answers import in_lines
from handlers.blocks.hangouts.facts import phrase
from handlers.blocks.message import Attachment, Message
from models.members import Member
from models.time import zone

LEFT_OUT = (
    "Private thanks, private pilots, private channels you are not in, and who shared a problem "
    "without a name are left out."
)


def export_promised() -> Message:
    """Return what whoever asked for it sees at once."""
    first = "I put the network’s records together. They come into our conversation as one ZIP file."
    return in_lines([phrase(first), phrase(LEFT_OUT)], [])


def export_under_way() -> Message:
    line = "Your export is on its way already, or has just come: look into our conversation."
    return in_lines([phrase(line)], [])


def export_progress(done: int, total: int) -> Message:
    """Return how far it is, counted in communities."""
    if done < total:
        return in_lines(
            [phrase(f"Putting the records together: {done} of {total} communities.")], []
        )
    return in_lines([phrase(f"All {total} communities are in; the file follows.")], [])


def export_file(member: Member, content: bytes, now: datetime) -> Message:
    """Return the file, with what it holds and that it is to be handled with care."""
    day = f"{now.astimezone(zone(member.tz)):%Y-%m-%d}"
    text = (
        "The network’s records: a table for each kind of thing, for any spreadsheet. They hold "
        "names and what colleagues wrote for each other, so please keep the file where only those "
        "who need it can read it."
    )
    name = f"staffroom-export-{day}.zip"
    return Message(phrase(text).text, (), Attachment(name, f"Records of {day}", content))
