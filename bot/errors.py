"""Telling a member what went wrong, in one place for every feature."""

import json
from logging import Logger
from secrets import token_hex
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import PlainTextObject, SectionBlock
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks.message import Message
from handlers.blocks.request import no_community, plain, which_community
from handlers.blocks.text import escape, unescape
from handlers.request import NoCommunityError, Reply, WhichCommunityError, said_in
from models.errors import RuleError

TOO_LATE = "That took a moment too long for Slack. Please press it once more."
# What Slack's error codes mean for the person in front of the screen, and the way out.
SENTENCES = {
    "not_in_channel": "I am not in {channel} yet. Type `/invite @Staffroom` there and try again.",
    "channel_not_found": "I cannot see {channel}. Type `/invite @Staffroom` there and try again.",
    "is_archived": "{channel} is archived, so nothing can be posted there any more.",
    "restricted_action": "This workspace does not let me post in {channel}. A lead can allow it.",
    "missing_scope": "The workspace has not given me the permission for that. "
    "A lead can add it by installing Staffroom again.",
    "ratelimited": "Slack asks me to slow down. Please try again in a minute.",
    "user_not_found": "I cannot find that person in this workspace.",
    "user_disabled": "That person's account is no longer active.",
    "expired_trigger_id": TOO_LATE,
    "trigger_expired": TOO_LATE,
    "exchanged_trigger_id": TOO_LATE,
    "trigger_exchanged": TOO_LATE,
    "invalid_trigger_id": TOO_LATE,
    "hash_conflict": "This changed while you were looking at it. Please open it again.",
    "view_not_found": "That form was closed in the meantime. Please open it again.",
}
# What came as an event was not asked of us, so nobody waits for an answer; the log has it.
UNASKED = "event"
QUOTED_AT_MOST = 2900


async def explain(
    error: Exception,
    body: dict[str, Any],
    ack: AsyncAck,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    respond: AsyncRespond,
    logger: Logger,
) -> BoltResponse | None:
    """Answer a broken rule with its own words, and anything else with a number to quote.

    A form stays open with the message at the right field, so nothing typed is lost. Bolt sends what
    is returned here; an acknowledgement that is not returned would be overwritten.
    """
    message = _message(error, body, logger)
    if body.get("type") == "view_submission" and ack.response is None:
        fields = _fields(body)
        field = getattr(error, "field", None)
        if fields:
            at = field if field in fields else fields[0]
            return await ack(response_action="errors", errors={at: _unmarked(message.text)})
    response = None if ack.response is not None else await ack()
    if UNASKED in body or not context.get("member_id"):
        return response
    try:
        await Reply(body, client, respond, context["member_id"])(message)
    except Exception:
        # Slack itself may be what is broken; then the log is all that is left.
        logger.exception("Could not tell the member: %s", message.text)
    return response


def _message(error: Exception, body: dict[str, Any], logger: Logger) -> Message:
    match error:
        case NoCommunityError():
            return no_community()
        case WhichCommunityError(choices=choices):
            asked = {"command": body.get("command"), "text": str(body.get("text") or "")[:1500]}
            values = [json.dumps(asked | {"community_id": choice.id}) for choice in choices]
            return which_community(choices, values)
        case RuleError():
            return plain(escape(str(error)))
        case SlackApiError() if error.response.get("error") in SENTENCES:
            logger.warning("Slack refused: %s", error.response.get("error"))
            channel_id = said_in(body)
            channel = f"<#{channel_id}>" if channel_id else "that channel"
            return plain(SENTENCES[error.response["error"]].format(channel=channel))
        case _:
            return _unexpected(error, body, logger)


def _unexpected(error: Exception, body: dict[str, Any], logger: Logger) -> Message:
    reference = token_hex(2).upper()
    logger.error("Unexpected error %s", reference, exc_info=error)
    typed = unescape(str(body.get("text") or "")).strip()
    kept = " Your text is kept below." if typed else ""
    text = (
        f"That did not work, and it is not your fault.{kept} "
        f"If it happens again, tell your lead the number {reference}."
    )
    if not typed:
        return plain(text)
    quoted = PlainTextObject(text=typed[:QUOTED_AT_MOST])
    return Message(f"{text}\n{escape(typed)}", [SectionBlock(text=text), SectionBlock(text=quoted)])


def _fields(body: dict[str, Any]) -> list[str]:
    """Return the fields an error may stand at: Slack takes only those of input blocks."""
    return [block["block_id"] for block in body["view"]["blocks"] if block["type"] == "input"]


def _unmarked(text: str) -> str:
    """Return the words as a form shows them, where markup would stand as it is."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
