"""A message as it is drawn, before anybody says it: in a channel, in private or as an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.models.blocks import Block, ImageBlock
from slack_sdk.models.blocks.basic_components import SlackFile

from handlers.blocks.text import fit


@dataclass(frozen=True)
class Attachment:
    """A file to be shared. `name` ends as files of its kind do; `title` is what members read.

    Whoever shares it adds a number to the name, by which it is found again.
    """

    name: str
    title: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture that belongs into a message, once Slack has it; the text says what it shows.

    `paint` returns the bytes of a PNG; it takes a while, so it is called in a thread of its own.
    `fingerprint` is the same for pictures that look the same. `at` is the place among the blocks.
    `alt_text` takes 2,000 characters (slack-facts 1.1).
    """

    name: str
    title: str
    alt_text: str
    fingerprint: str
    paint: Callable[[], bytes]
    at: int


@dataclass(frozen=True)
class Message:
    """Blocks, and the text that screen readers and notifications read instead of them.

    `text` says everything the blocks say. It is mrkdwn: member-written parts are escaped. A message
    with a `file` is that file with the text beside it; Slack takes no blocks there. A `picture` is
    shown among the blocks once Slack has it; without it the message is complete as well. One that
    `is_over` is taken out of Slack, and its words stand there only where Slack keeps the message.
    """

    text: str
    blocks: Sequence[Block]
    file: Attachment | None = None
    picture: Picture | None = None
    is_over: bool = False

    @classmethod
    def of(cls, lines: Iterable[str], blocks: Iterable[Block]) -> Message:
        """Return a message whose text is the lines, as far as Slack takes them."""
        return cls(fit("\n".join(line for line in lines if line)), tuple(blocks))

    def with_picture(self, file_id: str) -> Message:
        """Return the message with its picture, which is that file in Slack, in its place."""
        if self.picture is None:
            return self
        shown = ImageBlock(slack_file=SlackFile(id=file_id), alt_text=self.picture.alt_text)
        blocks = [*self.blocks[: self.picture.at], shown, *self.blocks[self.picture.at :]]
        return replace(self, blocks=tuple(blocks), picture=None)

    def to_dict(self) -> dict[str, Any]:
        """Return it as arguments for chat.postMessage, chat.update or respond()."""
        return {"text": self.text, "blocks": [block.to_dict() for block in self.blocks]}
