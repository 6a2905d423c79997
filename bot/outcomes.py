"""What an answer of Slack means for the post that a call carried."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

logger = logging.getLogger(__name__)

# Slack may have done what was asked and still answer with one of these.
UNCLEAR = {
    "fatal_error",
    "internal_error",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
}
# The whole workspace is unreachable for us; what we have to say waits until that is mended.
LOCKED_OUT = {"invalid_auth", "not_authed", "org_login_required", "token_expired", "token_revoked"}
RATE_LIMITED = {"ratelimited", "rate_limited", "message_limit_exceeded"}
# The card, or the message in whose thread a post belongs, is no longer there to be touched.
DELETED = {
    "cannot_reply_to_message",
    "cant_update_message",
    "edit_window_closed",
    "message_not_found",
    "thread_not_found",
}
# Seconds to wait when Slack does not say how long.
WITHOUT_RETRY_AFTER = 5.0
UNREACHABLE_FOR = 2.0
LOCKED_OUT_FOR = 30.0


@dataclass(frozen=True)
class Said:
    """Slack has the message: where it stands. Of a file it may not tell the `ts` at once.

    `lacks_picture`: it was said without the picture that belongs into it.
    """

    channel_id: str
    ts: str | None
    lacks_picture: bool = False


@dataclass(frozen=True)
class Later:
    """Slack did not take it: again in `seconds`. `everywhere`: the token itself is locked out."""

    seconds: float
    everywhere: bool = False


@dataclass(frozen=True)
class Unclear:
    """Nobody knows whether Slack took it. Look in the channel before saying it again."""

    reason: str


@dataclass(frozen=True)
class Refused:
    """Slack will never take it."""

    error: str


@dataclass(frozen=True)
class Gone:
    """The message was deleted in Slack: the card itself, or the head of the post's thread."""

    error: str


Outcome = Said | Later | Unclear | Refused | Gone


def outcome_of(error: Exception) -> Outcome:
    """Return what a failed call means for the post it carried."""
    if isinstance(error, SlackApiError):
        return _outcome_of_answer(error.response)
    if isinstance(error, aiohttp.ClientConnectorError):
        return Later(UNREACHABLE_FOR)
    if not isinstance(error, aiohttp.ClientError | OSError):
        # Such as an answer that is no JSON object: not Slack's words, but Slack may have heard us.
        logger.warning("A call to Slack ended in a way nobody foresaw", exc_info=error)
    return Unclear(type(error).__name__)


def _outcome_of_answer(response: Any) -> Outcome:
    # What was labelled JSON and is none comes as aiohttp's own response, without data.
    data = getattr(response, "data", None)
    status: int = getattr(response, "status_code", None) or response.status
    code = str(data.get("error") or "") if isinstance(data, dict) else ""
    if status == 429 or code in RATE_LIMITED:
        return Later(retry_after(response.headers))
    if code in LOCKED_OUT:
        return Later(LOCKED_OUT_FOR, everywhere=True)
    if code in DELETED:
        return Gone(code)
    # Without a code it is not Slack that refuses but something on the way, such as a proxy.
    if status >= 500 or code in UNCLEAR or not code:
        return Unclear(code[:80] or str(status))
    return Refused(code[:200])


def retry_after(headers: Mapping[str, str]) -> float:
    """Return how many seconds Slack asks to wait."""
    for name, value in headers.items():
        if name.lower() == "retry-after" and value.strip().isdigit():
            return float(value)
    return WITHOUT_RETRY_AFTER
