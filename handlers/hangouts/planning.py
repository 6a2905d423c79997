"""Planning: a facilitator sets the rhythm once, and the bot keeps it planned ahead.

/hangout plan, [Plan]    opens one form, with the present series in it
(plan form)              plans or changes the series; says the next dates; the schedule is posted
every few minutes        each series is planned eight weeks ahead, its schedule is pinned
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Any, cast

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import answer_place, carried_by, read_form, remembering
from handlers.blocks.hangouts.ids import PLAN
from handlers.blocks.hangouts.planning import place_option
from handlers.blocks.hangouts.schedule import planned
from handlers.hangouts.choosing import named_in
from handlers.hangouts.fetching import SchoolCalendar, school_calendar
from handlers.hangouts.proposing import form_for, live_protocols
from handlers.hangouts.schedule import pin_schedules
from handlers.home import Home
from handlers.looking_after import looked_after
from handlers.names import names_of
from handlers.posts import PostKind
from handlers.request import Forms, Reply, Where
from models import guides
from models.communities import Community
from models.database import Database
from models.errors import RuleError
from models.hangouts import planning
from models.hangouts.days_off import matching_places
from models.hangouts.hangout import Hangout
from models.hangouts.rhythm import Rhythm, Typed
from models.hangouts.series import Series
from models.ids import id_from
from models.members import Member
from models.time import Clock, is_zone, zone

logger = logging.getLogger(__name__)

POSTS: dict[str, PostKind] = {}

# One tick plans no more series than this; the next one goes on.
PLANNED_AT_ONCE = 200
OFFERED_PLACES = 100
# What the answer to the form shows of what is coming.
DATES_SHOWN = 6

TO_PLAN = "plan the hangouts"


def register(app: Any) -> None:
    app.command("/hangout", "plan", alone=True)(open_plan)
    app.action(PLAN)(open_plan)
    app.options("holidays")(find_places)
    app.view(PLAN)(plan)


async def open_plan(
    ack: AsyncAck,
    body: dict[str, Any],
    member: Member,
    where: Where,
    db: Database,
    clock: Clock,
    forms: Forms,
) -> None:
    """Open the form for the community's series, for those who may plan it."""
    await ack()
    community_id = id_from(named_in(body)) or (await where.community()).id
    async with db() as session:
        community = await looked_after(session, community_id, member, TO_PLAN)
        form = await form_for(session, community, clock())
    remembering(form, was_between_us=forms.is_between_us)
    await forms.open(form, opener=PLAN, typed={}, value=str(community.id))


async def find_places(ack: AsyncAck, payload: dict[str, Any]) -> None:
    """Offer the countries and regions whose holidays are known and which fit what is typed."""
    # The first look at all the places takes half a second.
    places = await asyncio.to_thread(matching_places, str(payload.get("value") or ""))
    options = [place_option(code, label) for code, label in places[:OFFERED_PLACES]]
    await ack(options=[option.to_dict() for option in options])


async def plan(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    client: AsyncWebClient,
    reply: Reply,
    home: Home,
) -> None:
    """Plan the series as the form says, or leave the form open with what is wrong."""
    answers, community_id = read_form(view), carried_by(view).get("community_id")
    async with db() as session:
        # Who may not plan makes us fetch no files either.
        community = await looked_after(session, community_id, member, TO_PLAN)
        series = await Series.of_community(session, community.id)
        rhythm = await _rhythm_in(answers, community, series, clock())
        await _require_protocol(session, community, rhythm)
    calendar = await _calendar_in(answers, client, member, clock())
    async with db.begin() as session:
        community = await looked_after(session, community_id, member, TO_PLAN)
        coming = await _keep(session, community, rhythm, calendar, member, clock())
        await guides.follow(session, community.id, clock())
        names = await names_of(session, [one.facilitator_id for one in coming])
    await ack()
    message = planned(coming, community, names, is_new=series is None)
    await reply(message, place_id=answer_place(view, community.channel_id))
    await home.refresh(*{member.member_id, *rhythm.facilitators})


async def _rhythm_in(
    answers: dict[str, Any], community: Community, series: Series | None, now: datetime
) -> Rhythm:
    """Return the rhythm as it is chosen; raises a RuleError that names the field at fault."""
    tz = answers.get("tz")
    today = now.astimezone(zone(tz if is_zone(tz or "") else community.tz)).date()
    typed = {
        name: answer.isoformat() if isinstance(answer, date | time) else answer
        for name, answer in answers.items()
        if name in Typed.__annotations__
    }
    # Whether a place's holidays are known is asked of a library that takes a while to load.
    read = partial(Rhythm.of, today=today, series=series, **cast("Typed", typed))
    return await asyncio.to_thread(read)


async def _require_protocol(session: AsyncSession, community: Community, rhythm: Rhythm) -> None:
    protocols = {one.key: one for one in await live_protocols(session, community)}
    chosen = protocols.get(rhythm.protocol)
    if chosen is None:
        raise RuleError("Please choose one of the protocols in the list.", field="protocol")
    rhythm.require_time_for(chosen.name, chosen.minutes)


async def _calendar_in(
    answers: dict[str, Any], client: AsyncWebClient, member: Member, now: datetime
) -> SchoolCalendar | None:
    """Return the calendar that was handed in, an empty one to forget it, None to keep it."""
    if files := answers.get("school_calendar"):
        return await school_calendar(client, files[0], member.member_id, now.date())
    return SchoolCalendar(name=None, days=[]) if answers.get("forget_calendar") else None


async def _keep(
    session: AsyncSession,
    community: Community,
    rhythm: Rhythm,
    calendar: SchoolCalendar | None,
    member: Member,
    now: datetime,
) -> Sequence[Hangout]:
    """Plan or change the series; return what is coming then."""
    await planning.plan(
        session,
        community,
        rhythm,
        by=member.member_id,
        now=now,
        school_days=calendar.days if calendar else None,
        school_calendar=calendar.name if calendar else None,
    )
    return await Hangout.coming(session, community.id, now, limit=DATES_SHOWN)


async def keep_hangouts_planned(db: Database, clock: Clock, client: AsyncWebClient) -> str:
    """Plan every series that is due eight weeks ahead, and pin the schedules that are new."""
    async with db.everywhere()() as session:
        due = await planning.due(session, clock(), PLANNED_AT_ONCE)
    added = 0
    for series in due:
        try:
            added += await _plan_ahead(db.of(series.workspace_id), series, clock())
        except Exception:
            # One community's trouble keeps no other one waiting.
            logger.exception("The series %s could not be planned ahead", series.id)
    pinned = await pin_schedules(db, clock, client)
    return f"planned {added} hangouts in {len(due)} series, pinned {pinned} schedules"


async def _plan_ahead(db: Database, due: Series, now: datetime) -> int:
    async with db.begin() as session:
        series = await Series.of_community(session, due.community_id, for_update=True)
        if series is None or series.next_plan_at is None or series.next_plan_at > now:
            # Another replica was quicker.
            return 0
        community = await session.get_one(Community, series.community_id)
        if community.archived_at is not None or community.bot_left_at is not None:
            series.next_plan_at = now + planning.RESTS_FOR
            return 0
        return await planning.plan_ahead(session, series, community, now)
