"""Files and pictures people and the bot have put into the workspace.

Slack looks through a file after it came: until then it tells no kind of it, and no message can show
it (node-slack-sdk #2040, python-slack-sdk #1658).
"""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bot.sandbox.events import Deliveries, announce

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

EVERY_FILE: dict[str, Any] = {
    "editable": False,
    "mode": "hosted",
    "is_external": False,
    "external_type": "",
    "is_public": True,
    "public_url_shared": False,
    "display_as_bot": False,
    "username": "",
    "groups": [],
    "ims": [],
    "file_access": "visible",
}


# docs.slack.dev, composition objects: the kinds of file that a Slack file object may name.
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif"})


@dataclass
class Upload:
    """One file; `content` is empty until its bytes have arrived.

    At `ready_at` Slack has looked through it, at once if there is none.
    """

    id: str
    name: str
    user_id: str
    created: int
    length: int
    title: str = ""
    alt_text: str = ""
    content: bytes = b""
    is_complete: bool = False
    ready_at: datetime | None = None
    is_deleted: bool = False
    channels: list[str] = field(default_factory=list)

    @property
    def mimetype(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def is_ready(self, now: datetime) -> bool:
        return self.is_complete and (self.ready_at is None or self.ready_at <= now)

    def is_picture(self, now: datetime) -> bool:
        """Say whether an image block can show it."""
        return not self.is_deleted and self.is_ready(now) and self.mimetype in PICTURES

    def delete(self, slack: Workspace) -> Deliveries:
        """Take it out of Slack, which tells the app of every file's end (docs: file_deleted)."""
        self.is_deleted, self.content = True, b""
        event = {"type": "file_deleted", "file_id": self.id, "event_ts": slack.new_ts()}
        return announce(slack, "file_deleted", event)

    def as_slack(self, slack: Workspace) -> dict[str, Any]:
        """Return the file object of files.info."""
        path = f"{slack.team_id}-{self.id}/{quote(self.name)}"
        is_ready = self.is_ready(slack.clock())
        filetype = self.name.rpartition(".")[2].lower() or "text" if is_ready else ""
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.mimetype if is_ready else "",
            "filetype": filetype,
            "pretty_type": filetype.upper(),
            "user": self.user_id,
            "user_team": slack.team_id,
            "size": len(self.content),
            "alt_txt": self.alt_text,
            "url_private": f"{slack.base_url}files-pri/{path}",
            "url_private_download": f"{slack.base_url}files-pri/{path}?download",
            "permalink": f"{slack.base_url}files/{self.user_id}/{self.id}/{quote(self.name)}",
            "channels": list(self.channels),
            **EVERY_FILE,
        }
