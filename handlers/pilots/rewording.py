"""Rewording: a message whose value is noted is edited or deleted; the value follows, or stays.

(edited, still a value)     the value is changed, and so is the chart
(edited, no value)          the value stays, with [Edit] and [Take it back]
(deleted)                   the same, since one may tidy up and mean the value all the same
"""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.message import Message
from handlers.blocks.pilots.entering import student_notice
from handlers.blocks.pilots.rewording import value_stays
from handlers.blocks.text import unescape
from handlers.messages import Heard, Said
from handlers.pilots.noting import noted
from handlers.request import message_key
from models.pilots import observing
from models.pilots.observation import Observation
from models.pilots.pilot import Pilot
from models.pilots.reading import Reading
from models.student_data import suspicions
from models.text import clean

# "log 18/26 …" to the bot, also as "pilot log …" or with a slash.
LOG_WORDS = re.compile(r"/?(?:pilots?\s+)?log\b[\s:,]*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)


async def follow_reworded(session: AsyncSession, said: Said, now: datetime) -> Heard | None:
    """Change the value that came with the message, or say that it stays; None if none did."""
    row = await observing.made_by(session, message_key(said.channel_id, said.ts))
    if row is None or said.member_id is None:
        return None
    pilot, row = await observing.own_locked(session, row.id, said.member_id)
    if observing.is_gone(row):
        return None
    if said.change == "deleted":
        return Heard(value_stays(pilot, row, "You deleted the message."), is_change=False)
    before = row.edited_at
    answer = await _reworded(session, pilot, row, said, now)
    return Heard(answer, is_change=row.edited_at != before)


async def _reworded(
    session: AsyncSession, pilot: Pilot, row: Observation, said: Said, now: datetime
) -> Message | None:
    text = clean(unescape(said.text))
    found = LOG_WORDS.fullmatch(text)
    reading = Reading.of(pilot, found["rest"] if found else text, row.on_date)
    entry = reading.instead_of(row)
    if entry is None:
        return value_stays(pilot, row, reading.asked)
    if doubts := suspicions(reading.words):
        return value_stays(pilot, row, student_notice(doubts))
    if entry.is_kept_in(row):
        return None
    await observing.edit(session, pilot, row, entry, now)
    return await noted(session, row, pilot.member_id, is_new=True, is_changed=True)
