"""Whose voice has not been heard for long, as facilitators see it."""

from models.communities import Community
from models.hangouts import signups
from models.hangouts.hangout import Hangout
from models.hangouts.voices import Voice, voices
from tests.examples import ANA, BEN, CHRIS, DAY, NOW, a_member
from tests.models.hangouts.signing import (
    call_off,
    does,
    is_deactivated,
    leave,
    say_they_missed_it,
    set_up,
)

DANA, EVE, ZOE, BOT = "U0DANA", "U0EVE", "U0ZOE", "U0BOT"
LONG_AGO = NOW - 90 * DAY
AGO = {weeks: NOW - weeks * 7 * DAY for weeks in (6, 4, 2, -2)}


async def heard(db, hangout_id):
    async with db() as session:
        hangout = await Hangout.of(session, hangout_id)
        community = await session.get(Community, hangout.community_id)
        return await voices(session, community, NOW)


async def test_the_longest_silence_comes_first(db):
    starts = [{"starts_at": when, "facilitator_id": ZOE} for when in AGO.values()]
    six, four, two, coming = await set_up(db, (ANA, BEN, CHRIS, DANA, EVE), hangouts=starts)
    for hangout_id, who in ((six, ANA), (four, BEN), (two, BEN), (coming, EVE)):
        await does(db, signups.ask_to_present, hangout_id, who, now=LONG_AGO)
    await does(db, signups.join, two, ANA, now=LONG_AGO)
    await does(db, signups.join, four, DANA, now=LONG_AGO)
    await does(db, signups.cannot_come, two, CHRIS, now=LONG_AGO)

    assert await heard(db, six) == [
        Voice(member_id=CHRIS, presented_at=None, joined_at=None, member_since=NOW),
        Voice(member_id=EVE, presented_at=None, joined_at=None, member_since=NOW),
        Voice(member_id=DANA, presented_at=None, joined_at=AGO[4], member_since=NOW),
        Voice(member_id=ANA, presented_at=AGO[6], joined_at=AGO[2], member_since=NOW),
        Voice(member_id=BEN, presented_at=AGO[2], joined_at=AGO[2], member_since=NOW),
    ]


async def test_what_was_called_off_or_missed_is_no_voice(db):
    starts = [{"starts_at": when, "facilitator_id": ZOE} for when in AGO.values()]
    six, four, *_ = await set_up(db, (ANA, BEN), hangouts=starts)
    await does(db, signups.ask_to_present, six, ANA, now=LONG_AGO)
    await does(db, signups.ask_to_present, four, BEN, now=LONG_AGO)
    await does(db, call_off, six, now=LONG_AGO)
    await does(db, say_they_missed_it, four, BEN)

    assert [(one.presented_at, one.joined_at) for one in await heard(db, six)] == [(None, None)] * 2


async def test_whoever_led_was_there_unless_they_say_that_they_were_not(db):
    starts = [{"starts_at": when, "facilitator_id": ANA} for when in (AGO[4], AGO[-2])]
    four, _ = await set_up(db, (ANA, BEN), hangouts=starts)
    two = (await set_up(db, (CHRIS,), hangouts=[{"starts_at": AGO[2]}], channel_id="C2"))[0]

    assert [(one.member_id, one.joined_at) for one in await heard(db, four)] == [
        (BEN, None),
        (ANA, AGO[4]),
    ]
    assert [one.joined_at for one in await heard(db, two)] == [None]

    await does(db, signups.join, four, ANA, now=LONG_AGO)
    await does(db, say_they_missed_it, four, ANA)
    assert [one.joined_at for one in await heard(db, four)] == [None, None]


async def test_only_people_who_are_here_are_listed(db):
    [hangout_id] = await set_up(db, (ANA, BEN, CHRIS, BOT))
    async with db.begin() as session:
        session.add_all([a_member(ANA), a_member(BOT, is_bot=True)])
    await is_deactivated(db, CHRIS)
    await leave(db, hangout_id, BEN)

    assert [one.member_id for one in await heard(db, hangout_id)] == [ANA]
