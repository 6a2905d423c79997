"""What Slack calls us with: each envelope goes through Bolt to its handler and comes back answered.

An event is answered when its work is done, so that Slack sends it again should we die before.
"""

import asyncio
import json
import logging
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

logger = logging.getLogger(__name__)

Envelope = dict[str, Any]
EVENT = "events_api"


class Envelopes:
    """Hands envelopes to Bolt. Bolt itself would acknowledge an event before it is handled."""

    def __init__(self, app: AsyncApp) -> None:
        self._app = app
        self._events: dict[str, asyncio.Task[BoltResponse]] = {}

    async def answer(self, envelope: Envelope) -> Envelope | None:
        """Return what to send back; None lets Slack tell the person that it did not work."""
        try:
            if envelope["type"] == EVENT:
                response = await asyncio.shield(self._event(envelope))
            else:
                response = await self._dispatch(envelope)
        except Exception:
            logger.exception("An envelope of type %s could not be handled", envelope.get("type"))
            return None
        if response.status == 404:
            logger.warning("Nobody listens for %s", _name(envelope))
        # An event that nobody listens for would otherwise be repeated, and count against the app.
        is_taken = response.status == 404 and envelope["type"] == EVENT
        if response.status != 200 and not is_taken:
            return None
        payload = _payload(response) if response.status == 200 else {}
        return {"envelope_id": envelope["envelope_id"]} | payload

    def _event(self, envelope: Envelope) -> asyncio.Task[BoltResponse]:
        """Return the work on an event; one that is repeated meanwhile is not begun again."""
        event_id = str(envelope["payload"].get("event_id") or envelope["envelope_id"])
        if event_id not in self._events:
            self._events[event_id] = asyncio.create_task(self._dispatch(envelope))
            self._events[event_id].add_done_callback(lambda _: self._events.pop(event_id))
        return self._events[event_id]

    async def _dispatch(self, envelope: Envelope) -> BoltResponse:
        request = AsyncBoltRequest(
            mode="socket_mode", body=envelope["payload"], headers=_retries(envelope)
        )
        response = await self._app.async_dispatch(request)
        done = request.context.get("done")
        if done is not None and response.status == 200 and not await done:
            return BoltResponse(status=500)
        return response


def _payload(response: BoltResponse) -> dict[str, Any]:
    """Return Bolt's answer as the part of an envelope that carries it."""
    if not response.body:
        return {}
    kind = (response.headers.get("content-type") or [""])[0]
    is_json = kind.startswith("application/json")
    return {"payload": json.loads(response.body) if is_json else {"text": response.body}}


def _retries(envelope: Envelope) -> dict[str, Any]:
    """Return what Slack says of a repeated delivery, as the headers Bolt knows."""
    names = {"retry_attempt": "x-slack-retry-num", "retry_reason": "x-slack-retry-reason"}
    return {
        header: str(envelope[name])
        for name, header in names.items()
        if envelope.get(name) is not None
    }


def _name(envelope: Envelope) -> str:
    """Return what an envelope is about, without a word of what members wrote."""
    payload = envelope["payload"]
    parts = [payload, payload.get("event"), payload.get("view"), *(payload.get("actions") or ())]
    names = ("type", "command", "callback_id", "action_id")
    found = [str(part[name]) for part in parts if part for name in names if part.get(name)]
    return " ".join([envelope["type"], *found])
