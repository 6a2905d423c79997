"""Starting: a small test is planned in one form, and so is the next cycle of one.

/pilot start [practice]     opens the form; a practice of the tool belt is chosen in it
[Try this], [Start …]       opens it with what the button knows: practice, pilot, problem, cycle
[More choices]              shows the fields that have sensible answers already
(the form)                  starts the pilot, or asks once more where a student may be named
⋯ Edit plan, Delete         changes what was planned, or deletes the pilot
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.views import View
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.message import Message
from handlers.blocks.pilots.forms import START_FORM, start_form
from handlers.blocks.pilots.started import begun_words
from handlers.blocks.problems.fields import doubts_about
from handlers.home import Home
from handlers.pilots.drawing import view_of
from handlers.pilots.sheets import community_in, origin_in, sheet_again, today_in
from handlers.request import Reply
from models.communities import Community
from models.database import Database
from models.drafts import Draft
from models.members import Member
from models.pilots import starting
from models.pilots.asking import next_ask
from models.pilots.origin import Origin
from models.pilots.pilot import Pilot
from models.pilots.plan import Plan, PlanError
from models.time import Clock

# What a pilot can begin without, although it was there when the form was opened.
LOSABLE = ("practice", "inspired_by", "problem")
WITHDRAWN = (
    "That practice was taken out of the tool belt in the meantime. Please choose another one, "
    "or press More choices and say in your own words what you try."
)


def register(app: Any) -> None:
    app.view(START_FORM)(start)


@dataclass(frozen=True)
class Sent:
    """A form for a new pilot as it was sent: what it says and what it carries along."""

    view: Mapping[str, Any]
    answers: Mapping[str, Any]
    facts: Mapping[str, Any]

    @classmethod
    def in_view(cls, view: Mapping[str, Any]) -> Sent:
        return cls(view, read_form(view), carried_by(view))

    @property
    def ids(self) -> dict[str, int]:
        """The ids of what the pilot comes from, which may be forged."""
        return origin_in({**self.facts, "practice_id": self.answers.get("practice_id")})

    @property
    def request_key(self) -> str:
        return f"form:{self.view['id']}"


@dataclass(frozen=True)
class Begun:
    """A pilot that runs now, and what tells its teacher so."""

    pilot: Pilot
    message: Message


async def start(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Start the pilot, or show the form again where something has to be looked at once more."""
    sent, now = Sent.in_view(view), clock()
    async with db.begin() as session:
        begun = await _begin(session, sent, member, now)
    if isinstance(begun, View):
        await ack(response_action="update", view=begun)
        return
    await ack()
    if begun.pilot.started_at == now:
        await reply(begun.message, place_id=sent.facts.get("asked_in"))
        await home.refresh(member.member_id)


async def _begin(session: AsyncSession, sent: Sent, member: Member, now: datetime) -> Begun | View:
    """Return the pilot, new or begun by this very form before, or the form to be drawn again."""
    origin = await Origin.of(session, sent.ids, member.member_id, for_update=True)
    if origin.lacks(sent.ids, "adapts"):
        return start_form(await sheet_again(session, sent.view, member, now))
    community = await _community(session, sent, origin, member)
    plan = _plan_in(sent, origin, today=today_in(community, member, now))
    if doubts := doubts_about(plan.everything, sent.answers):
        sheet = await sheet_again(session, sent.view, member, now)
        return start_form(replace(sheet, suspicions=doubts))
    if school := sent.answers.get("school"):
        (await session.get_one(Member, member.id, with_for_update=True)).teach_at(school)
    pilot = await starting.start(
        session,
        plan,
        member_id=member.member_id,
        community=community,
        request_key=sent.request_key,
        now=now,
        origin=origin,
    )
    await Draft.done(session, sent.facts.get("draft_id"), member.member_id)
    lost = [one for one in LOSABLE if origin.lacks(sent.ids, one)]
    notice = begun_words(pilot, next_ask(pilot, community.tz, now), community.tz, lost)
    message = await view_of(session, pilot, member.member_id, now, notice)
    return Begun(pilot, message)


async def _community(
    session: AsyncSession, sent: Sent, origin: Origin, member: Member
) -> Community:
    """Return where the pilot belongs; a next cycle stays with the one before."""
    chosen = {**sent.answers, **sent.facts}
    if origin.adapts is not None:
        chosen = {"community_id": origin.adapts.community_id}
    return await community_in(session, chosen, member)


def _plan_in(sent: Sent, origin: Origin, *, today: date) -> Plan:
    """Return what the form says; raises a RuleError that names the field at fault."""
    if origin.adapts is not None:
        return Plan.following(sent.answers, origin.adapts, today=today)
    own_words = sent.answers.get("practice_name")
    if sent.answers.get("practice_id") and origin.practice is None and not own_words:
        raise PlanError(WITHDRAWN, field="practice_id")
    called = own_words or (origin.practice.name if origin.practice else None)
    return Plan.of({**sent.answers, "practice_name": called}, today=today)
