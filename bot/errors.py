"""Telling a member what went wrong, in one place for every feature."""

import json
from logging import Logger
from secrets import token_hex
from typing import Any

from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.errors import SlackApiError

from handlers.blocks.message import Message
from handlers.blocks.request import no_community, plain, which_community, with_kept
from handlers.blocks.text import escape, unescape
from handlers.request import NoCommunityError, Reply, WhichCommunityError, code_of, said_in
from models.errors import RuleError

TOO_LATE = "That took a moment too long for Slack. Please press it once more."
# What Slack's error codes mean for the person in front of the screen, and the way out.
SENTENCES = {
    "not_in_channel": "I am not in {channel} yet. Type `/invite @Staffroom` there and try again.",
    "channel_not_found": "I can’t see {channel}. Type `/invite @Staffroom` there and try again.",
    "is_archived": "{channel} is archived, so nothing can be posted there any more.",
    "restricted_action": "This workspace does not let me post in {channel}. A lead can allow it.",
    "missing_scope": "The workspace has not given me the permission for that. "
    "A lead can add it by installing Staffroom again.",
    "ratelimited": "Slack asks me to slow down. Please try again in a minute.",
    "user_not_found": "I can’t find that person in this workspace.",
    "user_disabled": "That person's account is no longer active.",
    "expired_trigger_id": TOO_LATE,
    "trigger_expired": TOO_LATE,
    "exchanged_trigger_id": TOO_LATE,
    "trigger_exchanged": TOO_LATE,
    "invalid_trigger_id": TOO_LATE,
    "hash_conflict": "This changed while you were looking at it. Please open it again.",
    "view_not_found": "That form was closed in the meantime. Please open it again.",
}
# A command asked for again has to fit into a button's value of 2,000 characters.
ASKED_AGAIN_AT_MOST = 300


async def explain(error: Exception, args: AsyncArgs) -> None:
    """Answer a broken rule with its own words, and anything else with a number to quote.

    A form stays open with the message at the right field, so nothing typed is lost.
    """
    body, ack = args.body, args.ack
    fields = _fields(body) if ack.response is None else []
    message = _message(error, body, args.logger, stays_open=bool(fields))
    if fields:
        field = getattr(error, "field", None)
        at = field if field in fields else fields[0]
        await ack(response_action="errors", errors={at: _unmarked(message.text)})
        return
    if ack.response is None:
        await ack()
    member_id = args.context.get("member_id")
    if not member_id or not _was_asked(body):
        return
    try:
        await Reply(body, args.client, args.respond, member_id)(message)
    except Exception:
        # Slack itself may be what is broken; then the log is all that is left.
        args.logger.exception("Could not tell the member what went wrong")


def _message(
    error: Exception, body: dict[str, Any], logger: Logger, *, stays_open: bool
) -> Message:
    """Return what to tell; `stays_open` says whether the member keeps the form in front of them."""
    match error:
        case NoCommunityError(typed=typed, open_ones=open_ones):
            return no_community(typed, open_ones)
        case WhichCommunityError(choices=choices):
            text = str(body.get("text") or "")[:ASKED_AGAIN_AT_MOST]
            asked = {"command": body.get("command"), "text": text}
            values = [
                json.dumps(asked | {"community_id": choice.id}, ensure_ascii=False)
                for choice in choices
            ]
            return which_community(choices, values)
        case RuleError():
            return plain(escape(str(error)))
        case SlackApiError() if code_of(error) in SENTENCES:
            logger.warning("Slack refused: %s", code_of(error))
            channel_id = said_in(body)
            channel = f"<#{channel_id}>" if channel_id else "that channel"
            return _kept(SENTENCES[code_of(error)].format(channel=channel), "", body, stays_open)
        case _:
            return _unexpected(error, body, logger, stays_open)


def _unexpected(
    error: Exception, body: dict[str, Any], logger: Logger, stays_open: bool
) -> Message:
    reference = token_hex(2).upper()
    logger.error("Unexpected error %s", reference, exc_info=error)
    first = "That did not work, and it is not your fault."
    last = f"If it happens again, tell your lead the number {reference}."
    return _kept(first, last, body, stays_open)


def _kept(first: str, last: str, body: dict[str, Any], stays_open: bool) -> Message:
    """Return the sentences, and what somebody typed below them."""
    typed = unescape(_typed(body)).strip()
    kept = "Your text is kept below." if typed else ""
    if stays_open:
        kept = "What you filled in stays here."
    return with_kept(plain(" ".join(part for part in (first, kept, last) if part)), typed)


def _typed(body: dict[str, Any]) -> str:
    return str(body.get("text") or (body.get("event") or {}).get("text") or "")


def _was_asked(body: dict[str, Any]) -> bool:
    """Say whether somebody waits for an answer: of events, only those that speak to the bot."""
    event = body.get("event")
    if event is None:
        return True
    is_direct = event.get("type") == "message" and event.get("channel_type") == "im"
    is_new = not event.get("subtype") and not event.get("bot_id")
    return is_new and (is_direct or event.get("type") == "app_mention")


def _fields(body: dict[str, Any]) -> list[str]:
    """Return the form's fields an error may stand at: Slack takes only those of input blocks."""
    if body.get("type") != "view_submission":
        return []
    return [block["block_id"] for block in body["view"]["blocks"] if block["type"] == "input"]


def _unmarked(text: str) -> str:
    """Return the words as a form shows them, where markup would stand as it is."""
    for mark, meant in (("`", ""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(mark, meant)
    return text
