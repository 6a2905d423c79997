"""Members in Slack: getting to know them, and what each may switch off.

[My settings]           opens my settings, as /staffroom settings does (handlers/communities)
(my settings)           keeps quiet hours, days off and away, my school, what I teach, which
                        letters I want, the weekly one, and whether thanks to me stay private
[Stop telling me]       switches off the kind of letters it stands under
/staffroom stop         nothing unasked any more, the weekly letter included
/staffroom start        what was wanted before is written again
(a profile changes)     name, time zone and role follow; who left frees their seats
every 10 minutes        asks for profiles that are missing or old, and follows as above
"""

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import read_form
from handlers.blocks.members import (
    GROUPS,
    MUTE,
    OWN_DIGEST,
    QUIET_THANKS,
    SETTINGS,
    muted,
    settings_form,
)
from handlers.blocks.silence import SILENT, kept, started, stopped
from handlers.home import Home
from handlers.introductions import ask_for_profile, profile_of
from handlers.request import Forms, Reply
from models.communities import Community
from models.database import Database
from models.digests import personal
from models.errors import NotHereError
from models.hangouts import planning, signups
from models.members import SWITCHES, Member, Profile
from models.time import Clock

# users.info is Tier 4, about 100 a minute; a tick leaves room for members who are waiting.
PROFILES_A_TICK = 50


def register(app: Any) -> None:
    app.command("/staffroom", "stop", alone=True)(stop)
    app.command("/staffroom", "start", alone=True)(start)
    app.action(SETTINGS)(open_settings)
    app.view(SETTINGS)(keep_settings)
    app.action(MUTE)(mute)
    app.event("user_change")(follow_profile)


async def open_settings(ack: AsyncAck, member: Member, clock: Clock, forms: Forms) -> None:
    """Open my settings as they are now."""
    await ack()
    await forms.open(settings_form(member, clock()), opener=SETTINGS, typed={})


async def keep_settings(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Keep what was chosen, or leave the form open with what does not fit."""
    answers = read_form(view)
    async with db.begin() as session:
        mine = await session.get_one(Member, member.id, with_for_update=True)
        mine.keep_quiet(answers["quiet_from"], answers["quiet_until"])
        mine.be_away(answers["away_from"], answers["away_until"])
        mine.rest_on([int(day) for day in answers.get("days_off") or ()])
        mine.teach_at(answers["school"])
        mine.teach(answers.get("subjects"), answers.get("grades"))
        mine.is_thanked_quietly = bool(answers.get(QUIET_THANKS.name))
        # A form that was opened before there was such a box says nothing about it.
        mine.is_silent = bool(answers.get(SILENT.name, mine.is_silent))
        mine.muted = _muted(answers)
        turn = personal.choose if answers.get(OWN_DIGEST.name) else personal.unchoose
        turn(session, mine, clock())
    await ack()
    await home.refresh(member.member_id)
    await reply(kept(is_silent=mine.is_silent))


def _muted(answers: dict[str, Any]) -> list[str]:
    wanted = [switch for group in GROUPS for switch in answers[group]]
    return [switch for switch in SWITCHES if switch not in wanted]


async def mute(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, reply: Reply
) -> None:
    """Write this member no more letters of the kind the button stands under."""
    await ack()
    switch = str(action.get("value") or "")
    if switch not in SWITCHES:
        raise NotHereError("I do not know those letters. `/staffroom settings` shows all of them.")
    async with db.begin() as session:
        mine = await session.get_one(Member, member.id, with_for_update=True)
        mine.muted = sorted({*mine.muted, switch})
    await reply(muted(switch))


async def stop(ack: AsyncAck, member: Member, db: Database, reply: Reply) -> None:
    """Write nothing unasked any more; which letters were wanted stays kept."""
    await ack()
    async with db.begin() as session:
        (await session.get_one(Member, member.id, with_for_update=True)).is_silent = True
    await reply(stopped())


async def start(ack: AsyncAck, member: Member, db: Database, reply: Reply) -> None:
    """Write again what was wanted before."""
    await ack()
    async with db.begin() as session:
        mine = await session.get_one(Member, member.id, with_for_update=True)
        mine.is_silent = False
    await reply(started(mine))


async def follow_profile(event: dict[str, Any], db: Database, clock: Clock, home: Home) -> None:
    """Take over a changed profile of somebody we know; who left the workspace frees their seats."""
    user, now = event["user"], clock()
    async with db.begin() as session:
        member = await Member.find(session, user["id"])
        if member is None:
            return
        before = _shown_of(member)
        await _learn(session, member, profile_of(user), now)
        is_news = _shown_of(member) != before
    # A profile changes with every status; the page shows little of it.
    if is_news and member.left_at is None:
        await home.refresh(user["id"])


def _shown_of(member: Member) -> tuple[object, ...]:
    """Return what App Home shows of a profile."""
    return member.name, member.tz, member.is_lead


async def _learn(session: AsyncSession, member: Member, profile: Profile, now: datetime) -> None:
    """Take over what Slack says; whoever it says is gone leaves every community."""
    was_here = member.left_at is None
    member.learn(profile, now)
    if was_here and member.left_at is not None:
        await _leave_everywhere(session, member.member_id, now)


async def _leave_everywhere(session: AsyncSession, member_id: str, now: datetime) -> None:
    """Let others have the seats of somebody who left the workspace, and lead what they led."""
    theirs = await Community.of_member(session, member_id)
    for community in sorted(theirs, key=lambda one: one.id):
        community.farewell(member_id, now)
        await signups.leave_all(session, community.id, member_id, now)
        await planning.replace_departed(session, community, by=member_id, now=now)


async def refresh_profiles(db: Database, clock: Clock, client: AsyncWebClient) -> str:
    """Ask for profiles that are missing or old; one that fails is asked for again next time."""
    async with db.everywhere()() as session:
        strangers = await Member.strangers(session, clock(), PROFILES_A_TICK)
    learned = 0
    for stranger in strangers:
        profile = await ask_for_profile(client, stranger.member_id)
        if profile is None:
            continue
        async with db.of(stranger.workspace_id).begin() as session:
            row = await session.get_one(Member, stranger.id)
            await _learn(session, row, profile, clock())
        learned += 1
    return f"{learned} of {len(strangers)} profiles learned"
