"""Fields: the day, the hour and the channel, in every form about something that comes weekly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from slack_sdk.models.blocks import (
    ConversationFilter,
    ConversationSelectElement,
    InputBlock,
    Option,
    StaticSelectElement,
    TimePickerElement,
)

from handlers.blocks.text import plain

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_field(weekday: int | None, hint: str, never: Sequence[Option] = ()) -> InputBlock:
    """Return the days of a week; `never` is the choice of none, which stands before them."""
    days = [Option(value=str(number), text=plain(day)) for number, day in enumerate(DAYS)]
    return InputBlock(
        block_id="weekday",
        label=plain("Day"),
        hint=plain(hint),
        element=StaticSelectElement(
            action_id="weekday",
            options=[*never, *days],
            initial_option=never[0] if weekday is None else days[weekday],
        ),
    )


def time_field(at: time, hint: str, *, is_optional: bool) -> InputBlock:
    return InputBlock(
        block_id="at",
        label=plain("Time"),
        hint=plain(hint),
        optional=is_optional,
        element=TimePickerElement(action_id="at", initial_time=f"{at:%H:%M}"),
    )


def place_field(channel_id: str | None, hint: str, *, is_optional: bool) -> InputBlock:
    """Return the channels that everybody in the workspace can read."""
    return InputBlock(
        block_id="channel_id",
        label=plain("Channel"),
        hint=plain(hint),
        optional=is_optional,
        element=ConversationSelectElement(
            action_id="channel_id",
            initial_conversation=channel_id,
            filter=ConversationFilter(
                include=["public"], exclude_bot_users=True, exclude_external_shared_channels=True
            ),
        ),
    )
