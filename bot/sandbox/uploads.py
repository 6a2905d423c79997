"""Files and pictures people and the bot have put into the workspace."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

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


@dataclass
class Upload:
    """One file; `content` is empty until its bytes have arrived."""

    id: str
    name: str
    user_id: str
    created: int
    length: int
    title: str = ""
    alt_text: str = ""
    content: bytes = b""
    is_complete: bool = False
    channels: list[str] = field(default_factory=list)

    @property
    def mimetype(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def as_slack(self, slack: Workspace) -> dict[str, Any]:
        """Return the file object of files.info."""
        path = f"{slack.team_id}-{self.id}/{quote(self.name)}"
        filetype = self.name.rpartition(".")[2].lower() or "text"
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.mimetype,
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
