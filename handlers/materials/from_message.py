"""From a message: its links and files, which somebody keeps as a material.

Save as material    the form with the link or file of the message; of several it asks which one

Nothing is opened or copied: a title is what the message calls it, and a file stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from slack_bolt.async_app import AsyncAck

from handlers.blocks.materials.ids import SAVE, SAVE_MESSAGE
from handlers.blocks.materials.saving import nothing_to_save
from handlers.blocks.text import excerpt
from handlers.materials.opening import open_form
from handlers.request import Forms, Reply, Where
from models.database import Database
from models.drafts import Draft
from models.errors import RuleError
from models.materials.likeness import file_key, kind_of
from models.materials.links import Link, begins_like_a_link
from models.materials.wording import LENGTHS, SlackFile
from models.text import one_line
from models.time import Clock

# What a choice among links and files calls each of them.
LABEL_LENGTH = 75
# A message with more links is a list of links, and Slack offers no more in a choice.
CHOICES_AT_MOST = 100
# What Slack calls files that it does not show any more, or shows only where they are from.
UNSEEN = ("tombstone", "hidden_by_limit")

_LINK = re.compile(r"<(https?://[^<>|]+)(?:\|([^<>]*))?>", re.IGNORECASE)

Found = dict[str, str]


def register(app: Any) -> None:
    app.shortcut(SAVE_MESSAGE)(open_from_message)


async def open_from_message(
    ack: AsyncAck,
    body: dict[str, Any],
    db: Database,
    clock: Clock,
    where: Where,
    forms: Forms,
    reply: Reply,
) -> None:
    """Open the form with what the message holds, or say that it holds nothing to keep."""
    await ack()
    message = body["message"]
    found, reasons = found_in(message)
    if not found:
        await reply(nothing_to_save(reasons))
        return
    typed: dict[str, Any] = {"source": f"{body['channel']['id']}/{message['ts']}"}
    if len(found) == 1:
        typed |= found[0]
    else:
        typed["choices"] = found
        async with db.begin() as session:
            draft = Draft(member_id=where.member_id, form=SAVE, fields=dict(typed), kept_at=clock())
            session.add(draft)
        typed["draft_id"] = draft.id
    await open_form(where, forms, typed, notices=await _far_files(where, message))


def found_in(message: Mapping[str, Any]) -> tuple[list[Found], list[str]]:
    """Return each link and file of a message once, and why the other links cannot be kept.

    Each has a `label` for a choice, and `url`, or `file_id` and `file_name`; `title` and `kind`
    where something tells them.
    """
    found: dict[str, Found] = {}
    reasons: dict[str, None] = {}
    for address, title in _links_in(message):
        try:
            link = Link.of(address)
        except RuleError as error:
            reasons[str(error)] = None
            continue
        seen = found.setdefault(link.key, {"url": link.url})
        if title and not (" " not in title and begins_like_a_link(title)):
            seen.setdefault("title", one_line(title)[: LENGTHS["title"]])
    for file in _files_in(message):
        title = file.name.rpartition(".")[0] or file.name
        facts = {"file_id": file.file_id, "file_name": file.name, "title": title}
        found[file_key(file.file_id)] = facts
    return [_told(one) for one in found.values()][:CHOICES_AT_MOST], list(reasons)


def _told(found: Found) -> Found:
    name = found.get("file_name") or found.get("url", "")
    title = found.get("title", "")
    label = name if found.get("file_name") or not title else f"{title} ({name})"
    kind = kind_of(name) or (kind_of(title) if title else None)
    return {
        **found,
        "label": excerpt(label.replace("https://", ""), LABEL_LENGTH),
        **({"kind": str(kind)} if kind else {}),
    }


def _links_in(message: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Return each address in the message with what it is called there, perhaps several times."""
    for element in _elements_in(message.get("blocks") or ()):
        if element.get("type") == "link":
            yield str(element.get("url") or ""), str(element.get("text") or "")
    for written in _LINK.finditer(str(message.get("text") or "")):
        yield unescape(written[1]), unescape(written[2] or "")
    for shown in message.get("attachments") or ():
        # What Slack shows below a message of the pages it links to.
        address = shown.get("from_url") or shown.get("title_link")
        if address and not shown.get("is_msg_unfurl"):
            yield str(address), str(shown.get("title") or "")
    for file in message.get("files") or ():
        if file.get("is_external") and file.get("url_private"):
            yield str(file["url_private"]), str(file.get("title") or "")


def _elements_in(nodes: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for node in nodes:
        yield node
        nested = node.get("elements")
        if isinstance(nested, list):
            yield from _elements_in([one for one in nested if isinstance(one, dict)])


def _files_in(message: Mapping[str, Any]) -> Iterator[SlackFile]:
    for facts in message.get("files") or ():
        if facts.get("mode") in UNSEEN or facts.get("is_external"):
            continue
        file = SlackFile.of(facts.get("id"), facts.get("name") or facts.get("title"))
        if file is not None:
            yield file


async def _far_files(where: Where, message: Mapping[str, Any]) -> list[str]:
    """Return which files colleagues may not get to, because their channel does not have them."""
    choices = await where.choices()
    if len(choices) != 1 or choices[0].channel_id == where.channel_id:
        return []
    here = choices[0]
    far = [
        str(file.get("name") or "file")
        for file in message.get("files") or ()
        if here.channel_id not in [*(file.get("channels") or ()), *(file.get("groups") or ())]
    ]
    return [
        f"“{excerpt(name, LABEL_LENGTH)}” is not in #{here.channel_name}. Who cannot see it where "
        "it is cannot open it; sharing it there once helps."
        for name in far[:3]
    ]
