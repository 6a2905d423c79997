"""Fetching: a school calendar that somebody put into a form, brought from Slack and read."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.request import code_of
from models.hangouts.school_calendars import BYTES_AT_MOST, CalendarError, read_calendar

logger = logging.getLogger(__name__)

# Slack waits three seconds for the form's answer: this long for the file, this long to read it.
FETCHED_WITHIN, READ_WITHIN = 1.5, 1.0
NAME_LENGTH = 255
SLACK = "slack.com"

TOO_LARGE = "This file has more than 1 MB. Please export this school year alone and try again."
TOO_SLOW = "Slack did not hand me the file in time. What you filled in stays here; try once more."
NOT_YOURS = "I can’t open this file. Please choose it again from your computer."
NO_SCOPE = (
    "The workspace has not given me the permission to read files. A lead can add it by installing "
    "Staffroom again. Until then, write the dates into the field “Dates to leave out”."
)


@dataclass(frozen=True)
class SchoolCalendar:
    """A calendar's days off, as `read_calendar` returns them, and its file's name.

    One that is to be forgotten has neither.
    """

    name: str | None
    days: list[list[str]]


async def school_calendar(
    client: AsyncWebClient, file_id: str, member_id: str, today: date
) -> SchoolCalendar:
    """Return what this member's file says; raises CalendarError when it says nothing in time.

    The id may be forged, so Slack is asked whose file it is, and only what Slack names is fetched.
    """
    try:
        async with asyncio.timeout(FETCHED_WITHIN):
            file = (await client.files_info(file=file_id)).get("file") or {}
            _require_own(file, member_id)
            url = file.get("url_private_download") or file.get("url_private")
            content = await _content(client, str(url or ""))
    except SlackApiError as error:
        logger.warning("Slack did not show a school calendar: %s", code_of(error))
        message = NO_SCOPE if code_of(error) == "missing_scope" else NOT_YOURS
        raise CalendarError(message) from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise CalendarError(TOO_SLOW) from error
    return SchoolCalendar(
        str(file.get("name") or "calendar.ics")[:NAME_LENGTH], await _read(content, today)
    )


def _require_own(file: dict[str, Any], member_id: str) -> None:
    if file.get("user", member_id) != member_id:
        raise CalendarError(NOT_YOURS)
    if int(file.get("size") or 0) > BYTES_AT_MOST:
        raise CalendarError(TOO_LARGE)


async def _content(client: AsyncWebClient, url: str) -> bytes:
    """Return the file's bytes. The token goes to Slack alone, also when Slack names another."""
    if not is_slacks(url, client.base_url):
        logger.error("A file's address is not Slack's: %s", urlsplit(url).hostname)
        raise CalendarError(NOT_YOURS)
    async with AsyncExitStack() as opened:
        session = client.session
        if session is None:
            session = await opened.enter_async_context(aiohttp.ClientSession())
        headers = {"Authorization": f"Bearer {client.token}"}
        # A redirect leads to Slack's sign-in page, or away from Slack.
        answer = await opened.enter_async_context(
            session.get(url, headers=headers, allow_redirects=False)
        )
        if answer.status != 200:
            raise CalendarError(NOT_YOURS)
        content = bytearray()
        async for part in answer.content.iter_chunked(65_536):
            content += part
            if len(content) > BYTES_AT_MOST:
                raise CalendarError(TOO_LARGE)
    return bytes(content)


def is_slacks(url: str, api_url: str) -> bool:
    """Say whether an address is Slack's own, or that of the local Slack the bot talks to."""
    try:
        asked, ours = urlsplit(url), urlsplit(api_url)
        # Reading a port is what finds out that it is none.
        host, own, _ = asked.hostname or "", ours.hostname or "", asked.port
    except ValueError:
        return False
    if host == own and asked.scheme == ours.scheme:
        return True
    return asked.scheme == "https" and any(
        host == known or host.endswith(f".{known}") for known in (own, SLACK) if known
    )


async def _read(content: bytes, today: date) -> list[list[str]]:
    """Read the calendar beside the event loop, so that nobody else waits for a large one."""
    reading = asyncio.to_thread(read_calendar, content, today=today)
    try:
        return await asyncio.wait_for(reading, READ_WITHIN)
    except TimeoutError as error:
        raise CalendarError(
            "This calendar takes too long to read. Please export this school year alone."
        ) from error
