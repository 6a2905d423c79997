"""Opening forms, and keeping what was typed when Slack does not open one."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks.request import kept_draft, offered_form
from handlers.request.payloads import code_of, is_between_us, is_passing
from handlers.request.reply import Reply
from models.database import Database
from models.drafts import Draft
from models.time import Clock

logger = logging.getLogger(__name__)

# Slack takes a trigger for three seconds; the guide and the reference name its errors differently.
TRIGGER_IS_OVER = {"expired_trigger_id", "invalid_trigger_id", "trigger_expired"}
# The trigger has opened its form: Slack told us twice, or its answer to us was lost.
IS_OPEN_ALREADY = {"exchanged_trigger_id", "trigger_exchanged"}


@dataclass(frozen=True)
class Forms:
    """Opens forms; what was typed before a form could open is kept as a draft."""

    body: dict[str, Any]
    client: AsyncWebClient
    reply: Reply
    db: Database
    clock: Clock

    @property
    def is_between_us(self) -> bool:
        """Whether a button in the member's own conversation with us asks for the form."""
        return is_between_us(self.body)

    async def open(
        self,
        view: View | dict[str, Any],
        *,
        opener: str,
        typed: Mapping[str, Any],
        value: str = "",
    ) -> str | None:
        """Open the form and return its id.

        A message comes without a trigger and an old trigger opens nothing: then `typed` is kept and
        a button with the action id `opener` is offered. Its value is the draft's id, or `value`
        when nothing was typed.
        """
        trigger_id = self.body.get("trigger_id")
        if not trigger_id:
            kept = await self._keep(opener, typed)
            await self.reply(offered_form(opener, kept or value, has_words=bool(kept)))
            return None
        try:
            answer = await self.client.views_open(trigger_id=trigger_id, view=view)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            if isinstance(error, SlackApiError) and code_of(error) in IS_OPEN_ALREADY:
                return None
            if not _may_work_later(error):
                raise
            logger.warning("Slack did not open a form: %s", error)
            kept = await self._keep(opener, typed)
            await self.reply(kept_draft(opener, kept or value, has_words=bool(kept)))
            return None
        return str(answer["view"]["id"])

    async def _keep(self, form: str, typed: Mapping[str, Any]) -> str:
        """Return the id of the draft that holds what was typed, or "" for nothing."""
        if not typed:
            return ""
        if "draft_id" in typed:
            return str(typed["draft_id"])
        async with self.db.begin() as session:
            draft = Draft(
                member_id=self.reply.member_id, form=form, fields=dict(typed), kept_at=self.clock()
            )
            session.add(draft)
        return str(draft.id)


def _may_work_later(error: Exception) -> bool:
    if not isinstance(error, SlackApiError):
        return True
    return code_of(error) in TRIGGER_IS_OVER or is_passing(error)
