"""What facilitators see of the archive: the promise, and the files in their conversation."""

from __future__ import annotations

import re

from slack_sdk.models.blocks import ButtonElement

from handlers.blocks.hangouts.facts import phrase
from handlers.blocks.materials.ids import ARCHIVE
from handlers.blocks.message import Attachment, Message
from models.archive.contents import Archive
from models.communities import Community
from models.time import zone

# So much of a channel's name is enough to know a file by.
NAME_LENGTH = 40


def archive_button(community: Community) -> ButtonElement:
    """Return the button that sends the archive to a facilitator."""
    return ButtonElement(text="Send the archive", action_id=ARCHIVE, value=str(community.id))


def archive_promised(community: Community) -> Message:
    """Return what whoever asked for it sees at once."""
    line = phrase(
        f"The archive of {community.name} comes into our conversation in a moment: a document to "
        "read or print, and tables for a spreadsheet."
    )
    return Message.of([line.text], [line.block])


def archive_document(archive: Archive, content: bytes) -> Message:
    """Return the document with what it is good for."""
    text = (
        f"The archive of {archive.community.name}: all that is public there. Download the file to "
        "keep it, for Slack’s free plan hides messages and files after 90 days; it opens in any "
        "browser."
    )
    file = Attachment(f"{_name(archive)}.html", f"Archive of {archive.community.name}", content)
    return Message(phrase(text).text, (), file)


def archive_tables_file(archive: Archive, content: bytes) -> Message:
    """Return the ZIP file of tables."""
    text = f"The same of {archive.community.name} as tables, one for each kind of thing."
    file = Attachment(f"{_name(archive)}.zip", f"Tables of {archive.community.name}", content)
    return Message(phrase(text).text, (), file)


def _name(archive: Archive) -> str:
    """Return how the files are named, such as math-circle-archive-2026-10-01."""
    community = archive.community
    place = re.sub(r"[\W_]+", "-", (community.channel_name or community.name).casefold())
    day = f"{archive.made_at.astimezone(zone(community.tz)):%Y-%m-%d}"
    return f"{place[:NAME_LENGTH].strip('-') or 'community'}-archive-{day}"
