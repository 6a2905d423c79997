"""Calendars: the button that asks for a hangout's calendar file, and the file itself."""

from __future__ import annotations

import re

from slack_sdk.models.blocks import ButtonElement

from handlers.blocks.hangouts.facts import local_day_and_time, phrase
from handlers.blocks.hangouts.ids import CALENDAR_FILE
from handlers.blocks.message import Attachment, Message
from models.hangouts.hangout import Hangout
from models.time import zone

# So much of a community's name is enough to know a file by.
NAME_LENGTH = 40


def calendar_button(hangout: Hangout) -> ButtonElement:
    """Return the button that sends a calendar file into the member's own conversation."""
    return ButtonElement(text="Add to my calendar", action_id=CALENDAR_FILE, value=str(hangout.id))


def calendar_file(hangout: Hangout, content: bytes, *, place: str) -> Message:
    """Return the file for calendar programs with what it does there; `place` is the channel.

    It is named after both, such as math-circle-2026-12-10.ics.
    """
    when = local_day_and_time(hangout)
    if hangout.is_on:
        text = f"For your calendar: the hangout in {place}, {when}. Opening it adds or updates it."
    else:
        text = f"The hangout in {place}, {when}, is called off. Opening this takes it out."
    day = f"{hangout.starts_at.astimezone(zone(hangout.tz)):%Y-%m-%d}"
    name = re.sub(r"[\W_]+", "-", place.casefold())[:NAME_LENGTH].strip("-") or "hangout"
    file = Attachment(f"{name}-{day}.ics", f"Hangout {day}", content)
    return Message(phrase(text).text, (), file)


def calendar_promised() -> Message:
    """Return what whoever asked for the file sees."""
    line = phrase("The calendar file is in our conversation.")
    return Message.of([line.text], [line.block])
