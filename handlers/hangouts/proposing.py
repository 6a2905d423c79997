"""Proposing: what the form for a series begins with, the present plan or what is usual."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from slack_sdk.models.blocks import Option
from slack_sdk.models.views import View
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.hangouts.planning import Proposal, place_option, plan_form
from models.communities import Community
from models.consultancies.protocols import Protocol, all_of
from models.hangouts.days_off import place_name
from models.hangouts.rhythm import Rhythm
from models.hangouts.series import Series
from models.time import zone

THURSDAY = 3
USUAL_HOUR = time(16)


async def form_for(session: AsyncSession, community: Community, now: datetime) -> View:
    """Return the form with the community's series in it, or with what is usual."""
    series = await Series.of_community(session, community.id)
    rhythm = _present(series, community) if series else _usual(community, now)
    if series is not None and series.ended_at is not None:
        rhythm = replace(rhythm, first_on=_next_thursday(rhythm.tz, now))
    proposal = Proposal(
        rhythm=rhythm,
        protocols=await live_protocols(session, community),
        holidays=await _holidays(rhythm),
        school_calendar=series.school_calendar if series else None,
        is_known=series is not None and series.ended_at is None,
    )
    return plan_form(proposal, community)


async def live_protocols(session: AsyncSession, community: Community) -> list[Protocol]:
    """Return what can be done at a meeting; what takes days belongs into a thread."""
    every = await all_of(session, community.id)
    return [one for one in every if not one.is_asynchronous]


def _usual(community: Community, now: datetime) -> Rhythm:
    """Return what most communities do: every other Thursday afternoon, for an hour."""
    return Rhythm(
        first_on=_next_thursday(community.tz, now),
        every_weeks=2,
        at=USUAL_HOUR,
        tz=community.tz,
        minutes=60,
        slots=2,
        slot_minutes=20,
        protocol="mini",
        link=None,
        facilitators=tuple(community.facilitators),
        skills=(),
        skipped_on=(),
        holidays=None,
    )


def _next_thursday(tz: str, now: datetime) -> date:
    today = now.astimezone(zone(tz)).date()
    return today + timedelta(days=(THURSDAY - today.weekday()) % 7 or 7)


def _present(series: Series, community: Community) -> Rhythm:
    """Return the rhythm as it is; who left does not lead any more."""
    here = tuple(one for one in series.facilitators if community.has_member(one))
    return replace(Rhythm.of_series(series), facilitators=here or tuple(community.facilitators))


async def _holidays(rhythm: Rhythm) -> Option | None:
    code = rhythm.holidays
    # The library behind it takes a tenth of a second to load.
    name = await asyncio.to_thread(place_name, code) if code else None
    return place_option(code, name) if code and name else None
