"""Starting: a plan becomes a pilot, a finished one goes into its next cycle, plans change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import search
from models.communities import Community
from models.errors import NotHereError, RuleError
from models.pilots import asking, sharing
from models.pilots.observation import Champion, ChangeNote, Observation
from models.pilots.origin import NOWHERE, Origin
from models.pilots.pilot import Circle, Pilot
from models.pilots.plan import Plan, PlanError, answers_of
from models.pilots.sharing import Series
from models.pilots.telling import keep_findable, read_on, redraw, redraw_cards
from models.pilots.visibility import KIND
from models.problems.answers import add_once

# What stays as it was planned once there are values to hold against it.
SETTLED = ("prediction", "measure", "better", "goal", "baseline")
# What all cycles of a series note in the same way.
IN_COMMON = ("measure_name", "unit")


class SeriesError(RuleError):
    """A next cycle needs the one before it to be finished, and begins once."""


class OverError(RuleError):
    """What is finished is not planned any more."""


async def start(
    session: AsyncSession,
    plan: Plan,
    *,
    member_id: str,
    community: Community,
    request_key: str,
    now: datetime,
    origin: Origin = NOWHERE,
) -> Pilot:
    """Return the new pilot, or the one that this very request made before.

    Raises NotHereError for a community this person cannot see, RuleError for one that rests, and
    SeriesError for a next cycle that cannot begin.
    """
    _require_place(community, member_id)
    made = select(Pilot).where(Pilot.request_key == request_key)
    if known := await session.scalar(made):
        return known
    pilot = Pilot(request_key=request_key, member_id=member_id, started_at=now)
    pilot.workspace_id, pilot.community_id = community.workspace_id, community.id
    pilot.circle = Circle.ME
    await _take_origin(session, pilot, origin)
    _take(pilot, plan)
    asking.plan_next(pilot, community.tz, now)
    if not await add_once(session, pilot):
        return (await session.scalars(made)).one()
    if not community.has_member(member_id):
        await Community.locked(session, community.id)
        community.welcome(member_id, now)
    if plan.circle != Circle.ME:
        await sharing.share(session, Series(pilot, ()), plan.circle, now, is_whole=False)
    return pilot


async def edit(session: AsyncSession, pilot: Pilot, plan: Plan, now: datetime) -> None:
    """Change the plan. The pilot is locked; who sees it is changed by sharing, not here.

    Raises PlanError where something would change that values were noted for already.
    """
    require_running(pilot)
    if await is_settled(session, pilot):
        _require_same(pilot, plan)
    _take(pilot, plan)
    pilot.edited_at = now
    community = await session.get_one(Community, pilot.community_id)
    asking.plan_next(pilot, community.tz, now)
    await keep_findable(session, pilot)
    await redraw_cards(session, pilot, now)


async def withdraw(session: AsyncSession, pilot: Pilot, now: datetime) -> None:
    """Delete it: nothing that was written or noted is kept. Doing so twice is harmless."""
    await withdraw_all(session, [pilot], now)


async def withdraw_all(session: AsyncSession, pilots: Sequence[Pilot], now: datetime) -> None:
    """Delete each of these, as `withdraw` does."""
    ids = [one.id for one in pilots]
    before = {shown for pilot in pilots for shown in await read_on(session, pilot)}
    for pilot in pilots:
        _empty(pilot, now)
    nothing = {
        "value": 0.0,
        "total": None,
        "saw": None,
        "surprised": None,
        "evidence_url": None,
        "evidence_file_id": None,
        "evidence_name": None,
        "deleted_at": func.coalesce(Observation.deleted_at, now),
    }
    theirs = update(Observation).where(Observation.pilot_id.in_(ids)).values(nothing)
    await session.execute(theirs, execution_options={"synchronize_session": False})
    for table in (ChangeNote, Champion):
        await session.execute(delete(table).where(table.pilot_id.in_(ids)))
    await search.forget(session, KIND, *ids)
    await redraw(session, before, now)
    for pilot in pilots:
        if pilot.circle != Circle.ME:
            await sharing.redraw_in_digests(session, pilot, now)


def _empty(pilot: Pilot, now: datetime) -> None:
    pilot.practice_name = pilot.aim = pilot.prediction = pilot.measure_name = ""
    pilot.with_class = pilot.unit = pilot.goal = None
    pilot.practice_id = pilot.inspired_by_id = pilot.problem_id = None
    pilot.result = pilot.learned = pilot.why = None
    pilot.matched = pilot.as_planned = pilot.decision = None
    pilot.baseline, pilot.next_ask_at = [], None
    pilot.deleted_at = pilot.deleted_at or now


async def is_settled(session: AsyncSession, pilot: Pilot) -> bool:
    """Say whether what is held against the values stays as it is: there are some, or cycles."""
    noted = select(Observation.id).where(
        Observation.pilot_id == pilot.id, Observation.deleted_at.is_(None)
    )
    later = select(Pilot.id).where(Pilot.first_id == pilot.id, Pilot.deleted_at.is_(None))
    query = select(or_(noted.exists(), later.exists()))
    return pilot.cycle > 1 or bool(await session.scalar(query))


def require_running(pilot: Pilot) -> None:
    """Raise OverError for a pilot that is finished."""
    if not pilot.is_running:
        raise OverError(
            "This pilot is finished, so its plan stays as it was. Reopen it to go on, "
            "or start a next cycle."
        )


async def require_next(session: AsyncSession, earlier: Pilot) -> None:
    """Raise SeriesError unless the next cycle after this one can begin."""
    if earlier.finished_at is None:
        raise SeriesError(
            f"Cycle {earlier.cycle} is still running. Finish it first; then the next one begins."
        )
    running = select(Pilot.cycle).where(
        Pilot.first_id == earlier.series_id,
        Pilot.deleted_at.is_(None),
        Pilot.finished_at.is_(None),
    )
    if cycle := await session.scalar(running.limit(1)):
        raise SeriesError(f"Cycle {cycle} of it is running already. `/pilot` shows it.")


def _require_place(community: Community, member_id: str) -> None:
    if community.is_private and not community.has_member(member_id):
        raise NotHereError("I can't find that community. Please choose one of yours.")
    if community.archived_at is not None:
        raise RuleError(f"{community.name} is archived. Please choose another community.")


async def _take_origin(session: AsyncSession, pilot: Pilot, origin: Origin) -> None:
    """Note where it comes from; a next cycle goes on with the practice and problem of its series.

    Raises SeriesError.
    """
    pilot.cycle = 1
    pilot.practice_id = origin.practice.id if origin.practice else None
    pilot.problem_id = origin.problem.id if origin.problem else None
    pilot.inspired_by_id = origin.inspired_by.id if origin.inspired_by else None
    if earlier := origin.adapts:
        await require_next(session, earlier)
        cycles = select(func.max(Pilot.cycle)).where(Pilot.first_id == earlier.series_id)
        pilot.first_id = earlier.series_id
        pilot.cycle = max(await session.scalar(cycles) or 1, earlier.cycle) + 1
        pilot.practice_id, pilot.problem_id = earlier.practice_id, earlier.problem_id


def _take(pilot: Pilot, plan: Plan) -> None:
    pilot.practice_name, pilot.with_class = plan.practice_name, plan.with_class
    pilot.aim, pilot.prediction = plan.aim, plan.prediction
    pilot.measure, pilot.measure_name = plan.measure, plan.measure_name
    pilot.unit, pilot.better, pilot.goal = plan.unit, plan.better, plan.goal
    pilot.baseline = _kept(plan)
    pilot.starts_on, pilot.ends_on = plan.starts_on, plan.ends_on
    pilot.rhythm, pilot.ask_at = plan.rhythm, plan.ask_at


def _kept(plan: Plan) -> list[list[float | None]]:
    """Return the values from before the start as a pilot keeps them."""
    return [[one.value, one.total] for one in plan.baseline]


def _require_same(pilot: Pilot, plan: Plan) -> None:
    names = [*SETTLED, *(IN_COMMON if pilot.cycle > 1 else ())]
    before, planned = answers_of(pilot), vars(plan) | {"baseline": _kept(plan)}
    for name in names:
        if planned[name] != getattr(pilot, name):
            raise PlanError(
                "Values are noted already, so this stays as it was: "
                f"{str(before.get(name) or '').replace(chr(10), ', ') or 'empty'}. "
                "Otherwise the plan would follow the result.",
                field=name,
            )
