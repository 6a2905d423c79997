"""Noting: from what somebody wrote to a value in the right pilot, or to what has to be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from slack_sdk.models.views import View
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried
from handlers.blocks.message import Message
from handlers.blocks.pilots.chart_words import short_words
from handlers.blocks.pilots.entering import (
    asked_first,
    finished_already,
    log_form,
    nothing_running,
    shall_i,
    student_notice,
    which_pilot,
)
from handlers.blocks.pilots.observations import Noted, gone_already, noted_answer
from handlers.messages import Said
from models.communities import Community
from models.drafts import Draft
from models.pilots import asking, finding, observing
from models.pilots.entries import Entry
from models.pilots.evidence import Evidence
from models.pilots.measures import read_leading_value
from models.pilots.observation import Observation
from models.pilots.pilot import Pilot
from models.pilots.posted import ASK, FINISH_WANTED
from models.pilots.reading import Reading, fits
from models.posts import Post
from models.student_data import suspicions
from models.text import clean
from models.time import zone


@dataclass(frozen=True)
class Spoken:
    """What somebody wrote to be noted. `key` is its request's, `asked_in` the channel it was in.

    `is_sure` says that it is meant as a value; what is not, and could be something else, is asked
    about first.
    """

    member_id: str
    text: str
    key: str
    asked_in: str | None
    is_sure: bool = True


@dataclass(frozen=True)
class Taken:
    """What became of it: an answer, and a form where something has to be filled in first.

    `draft_id` is where the words are kept meanwhile. `is_repeated` says that the very same request
    was answered before.
    """

    message: Message
    is_noted: bool = False
    is_repeated: bool = False
    form: View | None = None
    draft_id: int | None = None


async def take(
    session: AsyncSession,
    spoken: Spoken,
    now: datetime,
    *,
    pilot_id: int | None = None,
    draft: Draft | None = None,
) -> Taken:
    """Note it in the pilot that is meant, or keep it and ask for what is missing.

    `draft` is where it is kept already. Raises NotHereError for a forged `pilot_id`.
    """
    running = await finding.running(session, spoken.member_id)
    if pilot_id is None and not running:
        return Taken(nothing_running(spoken.text))
    if pilot_id is None:
        fitting = [pilot for pilot in running if fits(pilot, spoken.text)] or list(running)
        pilot_id = await _only_one(session, fitting, spoken.member_id, now)
        if pilot_id is None:
            kept = draft or await keep(session, spoken, now)
            return Taken(which_pilot(fitting, kept.id, spoken.text), draft_id=kept.id)
    pilot = await finding.owned_by(session, pilot_id, spoken.member_id, for_update=True)
    if not pilot.is_running:
        return Taken(finished_already(pilot, spoken.text))
    return await _note_in(session, pilot, spoken, now, draft)


async def _only_one(
    session: AsyncSession, pilots: Sequence[Pilot], member_id: str, now: datetime
) -> int | None:
    """Return the only one of the pilots, else the only one of them that was asked about."""
    if len(pilots) == 1:
        return pilots[0].id
    waiting = set(await asking.awaiting(session, member_id, now))
    asked_about = [pilot.id for pilot in pilots if pilot.id in waiting]
    return asked_about[0] if len(asked_about) == 1 else None


async def _note_in(
    session: AsyncSession, pilot: Pilot, spoken: Spoken, now: datetime, draft: Draft | None
) -> Taken:
    today = await today_for(session, pilot, now)
    reading = Reading.of(pilot, spoken.text, today)
    doubts = suspicions(reading.words)
    if reading.entry is not None and not doubts:
        if spoken.is_sure:
            return await _note(session, pilot, reading.entry, spoken, now)
        kept = draft or await keep(session, spoken, now, pilot)
        return Taken(shall_i(pilot, reading.value, kept.id, spoken.text), draft_id=kept.id)
    kept = draft or await keep(session, spoken, now)
    kept.fields = kept.fields | {"pilot_id": pilot.id}
    form = log_form(
        [pilot],
        today=today,
        metadata=carried(pilot_id=pilot.id, draft_id=kept.id, asked_in=spoken.asked_in),
        typed=kept.fields,
        notice=reading.asked,
        suspicions=doubts,
    )
    asked = asked_first(reading.asked or student_notice(doubts), kept.id, spoken.text)
    # What does not fit into the form stays in sight beside it.
    return Taken(asked, form=form if reading.fits_the_form else None, draft_id=kept.id)


async def _note(
    session: AsyncSession, pilot: Pilot, entry: Entry, spoken: Spoken, now: datetime
) -> Taken:
    is_repeated = await observing.made_by(session, spoken.key) is not None
    row = await observing.log(session, pilot, entry, request_key=spoken.key, now=now)
    if observing.is_gone(row):
        return Taken(gone_already(pilot), is_repeated=True)
    is_new = row.request_key == spoken.key
    message = await noted(session, row, spoken.member_id, is_new=is_new)
    return Taken(message, is_noted=True, is_repeated=is_repeated)


async def keep(
    session: AsyncSession, spoken: Spoken, now: datetime, pilot: Pilot | None = None
) -> Draft:
    """Keep what was written until it is clear what it means, or for which pilot it is."""
    value, words = read_leading_value(spoken.text)
    fields: dict[str, Any] = {"text": spoken.text, "key": spoken.key, "value": value, "saw": words}
    if pilot is not None:
        fields["pilot_id"] = pilot.id
    draft = Draft(member_id=spoken.member_id, form="pilots.log", fields=fields, kept_at=now)
    session.add(draft)
    await session.flush()
    return draft


async def noted(
    session: AsyncSession,
    observation: Observation,
    member_id: str,
    *,
    is_new: bool,
    is_changed: bool = False,
) -> Message:
    """Return the short answer to its teacher, with what the series says so far."""
    pilot = await session.get_one(Pilot, observation.pilot_id)
    evidence = await Evidence.of(session, pilot, reader_id=member_id)
    summary = short_words(evidence)
    return noted_answer(Noted(pilot, observation, summary, is_new=is_new, is_changed=is_changed))


async def letter_answered(session: AsyncSession, said: Said) -> tuple[Post | None, bool]:
    """Return the letter about a pilot in whose thread it was said, or whether another has it.

    A thread of something else that the bot said speaks of no pilot.
    """
    if said.thread_ts is None:
        return None, False
    post = await Post.standing_at(session, said.channel_id, said.thread_ts)
    if post is None:
        return None, False
    is_ours = post.kind in (ASK, FINISH_WANTED) and post.place_id == said.member_id
    return (post, False) if is_ours else (None, True)


async def today_for(session: AsyncSession, pilot: Pilot, now: datetime) -> date:
    """Return the day it is where the pilot's community is."""
    return now.astimezone(zone(await zone_of(session, pilot))).date()


async def zone_of(session: AsyncSession, pilot: Pilot) -> str:
    """Return the zone that rules the pilot's hours; asking for the community reads its members."""
    tz = await session.scalar(select(Community.tz).where(Community.id == pilot.community_id))
    return str(tz)


def file_in(view: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, str | None]:
    """Return id and name of the file chosen in the form, or carried by it since it was chosen.

    Both may be forged; they are only shown.
    """
    values = view.get("state", {}).get("values", {})
    element: Mapping[str, Any] = next(iter(values.get("evidence_file", {}).values()), {})
    file: Mapping[str, Any] = next(iter(element.get("files") or ()), {})
    if file.get("id"):
        name = file.get("title") or file.get("name") or "file"
        return {"evidence_file_id": str(file["id"])[:32], "evidence_name": clean(str(name))}
    return {name: facts.get(name) for name in ("evidence_file_id", "evidence_name")}
