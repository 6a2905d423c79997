"""Pictures that blocks name: which file is meant, and whether Slack would show it.

docs.slack.dev, composition objects: a Slack file is named by its id, its url_private or its
permalink. What cannot be shown is answered with "invalid slack file" (python-slack-sdk #1658).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bot.sandbox.refusals import Reason, Refusal

if TYPE_CHECKING:
    from bot.sandbox.uploads import Upload
    from bot.sandbox.workspace import Workspace

_FILE_ID = re.compile(r"[-/](F[A-Z0-9]{8,})(?=/|$)")


def check_pictures(slack: Workspace, blocks: Any, at: str, error: str) -> None:
    """Refuse blocks with a picture that Slack would not show; raises Refusal with the `error`.

    `at` is the JSON pointer to the blocks. A file that was never there is a mistake of the bot; one
    that is gone, or that Slack is still looking through, is not.
    """
    wrong = [
        (pointer, upload)
        for pointer, named in _named(blocks, at)
        if not (upload := _meant(slack, named)) or not upload.is_picture(slack.clock())
    ]
    if wrong:
        reasons = [Reason(pointer, "invalid slack file") for pointer, _ in wrong]
        was_never = any(upload is None or not upload.is_complete for _, upload in wrong)
        raise Refusal(error, reasons=reasons, mistake=was_never)


def _named(value: Any, at: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield what images below here name as their file."""
    if isinstance(value, Mapping):
        file = value.get("slack_file")
        if value.get("type") == "image" and isinstance(file, Mapping):
            yield f"{at}/slack_file", file
        for name, inner in value.items():
            yield from _named(inner, f"{at}/{name}")
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _named(inner, f"{at}/{index}")


def _meant(slack: Workspace, named: Mapping[str, Any]) -> Upload | None:
    found = _FILE_ID.search(str(named.get("url") or ""))
    file_id = found[1] if found else str(named.get("id") or "")
    return slack.files.get(file_id)
