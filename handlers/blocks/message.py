"""A message as it is drawn, before anybody says it: in a channel, in private or as an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block

from handlers.blocks.text import fit


@dataclass(frozen=True)
class Attachment:
    """A file to be shared. `name` ends as files of its kind do; `title` is what members read.

    Whoever shares it adds a number to the name, by which it is found again.
    """

    name: str
    title: str
    content: bytes


@dataclass(frozen=True)
class Message:
    """Blocks, and the text that screen readers and notifications read instead of them.

    `text` says everything the blocks say. It is mrkdwn: member-written parts are escaped. A message
    with a `file` is that file with the text beside it; Slack takes no blocks there.
    """

    text: str
    blocks: Sequence[Block]
    file: Attachment | None = None

    @classmethod
    def of(cls, lines: Iterable[str], blocks: Iterable[Block]) -> Message:
        """Return a message whose text is the lines, as far as Slack takes them."""
        return cls(fit("\n".join(line for line in lines if line)), tuple(blocks))

    def to_dict(self) -> dict[str, Any]:
        """Return it as arguments for chat.postMessage, chat.update or respond()."""
        return {"text": self.text, "blocks": [block.to_dict() for block in self.blocks]}
