"""How the local Slack says no, and which noes are the bot's own mistake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# Refusals that can meet a faultless bot, because the world changed or someone else was quicker.
CIRCUMSTANCES = frozenset(
    {
        "already_in_channel",
        "already_pinned",
        "already_reacted",
        "cannot_dm_bot",
        "cannot_reply_to_message",
        "channel_not_found",
        "expired_trigger_id",
        "expired_url",
        "file_deleted",
        "hash_conflict",
        "is_archived",
        "message_not_found",
        "messages_tab_disabled",
        "no_pin",
        "no_reaction",
        "not_found",
        "not_in_channel",
        "ratelimited",
        "thread_not_found",
        "token_revoked",
        "account_inactive",
        "invalid_auth",
        "user_disabled",
        "user_not_found",
        "user_not_in_channel",
    }
)


@dataclass(frozen=True)
class Reason:
    """One wrong place in a call: `pointer` is a JSON pointer into its arguments."""

    pointer: str
    message: str


class Refusal(Exception):  # noqa: N818 - it is an answer, the caller did not crash
    """What a Web API method raises instead of answering; `error` is Slack's own code."""

    def __init__(
        self,
        error: str,
        message: str = "",
        pointer: str = "",
        *,
        reasons: Sequence[Reason] = (),
        mistake: bool | None = None,
        headers: dict[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(error, message)
        self.error = error
        self.reasons = list(reasons) or ([Reason(pointer, message)] if message else [])
        self.is_mistake = error not in CIRCUMSTANCES if mistake is None else mistake
        self.headers = headers or {}
        self.extra = extra

    def as_answer(self) -> dict[str, Any]:
        """Return the body Slack sends, with the places under response_metadata.messages."""
        answer: dict[str, Any] = {"ok": False, "error": self.error, **self.extra}
        if self.reasons:
            messages = [
                f"[ERROR] {reason.message}"
                + (f" [json-pointer:{reason.pointer}]" if reason.pointer else "")
                for reason in self.reasons
            ]
            answer["errors"] = messages
            answer["response_metadata"] = {"messages": messages}
        return answer


class Refused(Exception):  # noqa: N818 - Slack's own window refuses, nothing was sent
    """Raised when a person tries what Slack's window would not let them do.

    `errors` maps block ids of a form to what is shown beside them; it is empty elsewhere.
    """

    def __init__(self, message: str, errors: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.errors = errors or {}
