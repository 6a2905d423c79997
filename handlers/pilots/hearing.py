"""Hearing: what is said to the bot in a direct message, when it is a value for a pilot.

"18 of 26 they explained …"     notes it, as `/pilot log` does
"10 minutes late, sorry"        asks whether 10 is a value, unless one was just asked for
(words under the question)      are kept: without a number there is nothing to note yet
(such a message changes)        see rewording.py
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.pilots.entering import no_number
from handlers.blocks.text import unescape
from handlers.messages import Heard, Said
from handlers.pilots.noting import Spoken, keep, letter_answered, take
from handlers.pilots.rewording import LOG_WORDS, follow_reworded
from handlers.request import message_key
from handlers.request.words import command_in, is_courtesy
from models.pilots import asking, finding
from models.pilots.measures import read_leading_value
from models.pilots.posted import ASK
from models.posts import Post
from models.text import clean

# What nobody says in passing: "18 of 26", "18/26", "69 %".
_SURELY_A_VALUE = re.compile(r"of|/|⁄|%|per ?cent", re.IGNORECASE)


async def hear_words(session: AsyncSession, said: Said, now: datetime) -> Heard | None:
    """Note what somebody said to the bot, when it begins with a number or with "log".

    A number in the thread of something else is no value, and without a pilot it is just a number.
    """
    if said.change != "new":
        return await follow_reworded(session, said, now)
    text = clean(unescape(said.text))
    found = LOG_WORDS.fullmatch(text)
    value, words = read_leading_value(text)
    if said.member_id is None or (found and not found["rest"]):
        return None
    letter, is_elsewhere = await letter_answered(session, said)
    key = message_key(said.channel_id, said.ts)
    spoken = Spoken(said.member_id, found["rest"] if found else text, key, said.channel_id)
    if not found and not value:
        return await _hear_no_number(session, spoken, letter, now)
    running = await finding.running(session, said.member_id)
    if not found and (is_elsewhere or not (letter or running)):
        return None
    is_sure = bool(found or letter or not words or _SURELY_A_VALUE.search(value))
    is_sure = is_sure or bool(await asking.awaiting(session, said.member_id, now))
    spoken = replace(spoken, is_sure=is_sure)
    taken = await take(session, spoken, now, pilot_id=letter.about_id if letter else None)
    return Heard(None if taken.is_repeated else taken.message, is_change=taken.is_noted)


async def _hear_no_number(
    session: AsyncSession, spoken: Spoken, letter: Post | None, now: datetime
) -> Heard | None:
    """Answer words under the question for a value, unless they stand for a command."""
    words = spoken.text
    if letter is None or letter.kind != ASK or not words or command_in(words):
        return None
    if is_courtesy(words):
        return None
    pilot = await finding.owned_by(session, letter.about_id, spoken.member_id)
    if not pilot.is_running:
        return None
    kept = await keep(session, spoken, now, pilot)
    return Heard(no_number(kept.id, words), is_change=False)
