"""The yardstick: a bare Bolt AsyncApp that only opens the same form."""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


async def main(view: dict[str, Any]) -> None:
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(
            token=os.environ.pop("SLACK_BOT_TOKEN"),
            base_url=os.environ["SLACK_API_URL"],
            session=session,
        )
        app = AsyncApp(client=client)

        @app.command("/problem")
        async def open_form(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=view)

        await AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start_async()


asyncio.run(main(json.loads(Path(sys.argv[1]).read_text())))
