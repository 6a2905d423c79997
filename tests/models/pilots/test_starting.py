"""Starting, editing and deleting pilots: once, by whom they belong to, and without a trace."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from models import search
from models.digests.posted import WEEKLY
from models.errors import NotHereError, RuleError
from models.pilots import finding, starting
from models.pilots.evidence import Evidence
from models.pilots.observation import Champion, ChangeNote, Observation
from models.pilots.origin import Origin
from models.pilots.pilot import Circle, Decision, Pilot, Rhythm
from models.pilots.plan import Plan, PlanError
from models.pilots.posted import CARD
from models.posts import Post
from tests.examples import ANA, BEN, CHRIS, DAY, NOW, a_practice, an_observation
from tests.models.pilots.circles import STAFF_LOUNGE, a_circle, a_kept_pilot, a_kept_problem
from tests.models.pilots.test_plan import typed

TODAY = NOW.date()
FINISHED = {"finished_at": NOW, "decision": Decision.ADAPT}


def a_plan(**traits) -> Plan:
    return Plan.of(typed(**traits), today=TODAY)


async def start(db, community, plan=None, **traits) -> Pilot:
    """Start Ana's pilot there; `came_from` holds the ids of its origin."""
    came_from = traits.pop("came_from", {})
    traits = {"member_id": ANA, "request_key": "form:V1", "now": NOW} | traits
    async with db.begin() as session:
        community = await session.merge(community)
        origin = await Origin.of(session, came_from, traits["member_id"], for_update=True)
        return await starting.start(
            session, plan or a_plan(), community=community, origin=origin, **traits
        )


async def edit(db, pilot: Pilot, **changed) -> Pilot:
    async with db.begin() as session:
        mine = await finding.owned_by(session, pilot.id, ANA, for_update=True)
        await starting.edit(session, mine, Plan.edited(changed, mine, today=TODAY), NOW + DAY)
    return mine


async def count(db, table) -> int:
    async with db() as session:
        return await session.scalar(select(func.count(table.id))) or 0


async def note(db, pilot: Pilot, **traits) -> None:
    async with db.begin() as session:
        session.add(an_observation(pilot_id=pilot.id, **traits))


async def test_a_pilot_begins_with_what_was_planned_for_its_teacher_alone(db):
    circle = await a_circle(db)

    pilot = await start(db, circle, a_plan(baseline="14/26", goal="80%"))

    assert (pilot.member_id, pilot.cycle, pilot.first_id) == (ANA, 1, None)
    assert (pilot.baseline, pilot.goal) == ([[14.0, 26]], 80)
    assert (pilot.circle, pilot.shared_at) == (Circle.ME, None)
    assert await count(db, Post) == 0


async def test_values_are_asked_for_in_the_communitys_own_zone(db):
    pilot = await start(db, await a_circle(db, tz="America/Denver"))

    # Friday 20 November, 15:00 in Denver.
    assert f"{pilot.next_ask_at:%Y-%m-%d %H:%M}" == "2026-11-20 22:00"


async def test_whoever_wants_others_to_see_it_at_once_has_a_card(db):
    pilot = await start(db, await a_circle(db), a_plan(circle="community"))

    assert (pilot.circle, pilot.shared_at) == (Circle.COMMUNITY, NOW)
    async with db() as session:
        [card] = await session.scalars(select(Post))
        found = await search.find(
            session, "exit ticket", kinds=["pilot"], communities=[1], page=slice(5)
        )
    assert (card.kind, card.about_id) == (CARD, pilot.id)
    assert [hit.about_id for hit in found.hits] == [pilot.id]


async def test_a_form_sent_twice_starts_one_pilot(db):
    circle = await a_circle(db)
    first = await start(db, circle)

    again = await start(db, circle, now=NOW + DAY)

    assert again.id == first.id
    assert await count(db, Pilot) == 1


async def test_a_form_sent_twice_at_the_same_moment_starts_one_pilot(db):
    circle = await a_circle(db)

    both = await asyncio.gather(start(db, circle), start(db, circle))

    assert len({pilot.id for pilot in both}) == 1
    assert await count(db, Pilot) == 1


async def test_nobody_starts_a_pilot_in_a_private_community_of_others(db):
    circle = await a_circle(db, is_private=True)

    with pytest.raises(NotHereError):
        await start(db, circle, member_id="U0STRANGER")


async def test_an_archived_community_begins_nothing(db):
    circle = await a_circle(db, archived_at=NOW)

    with pytest.raises(RuleError, match="archived"):
        await start(db, circle)


async def test_where_it_came_from_is_kept(db):
    circle = await a_circle(db)
    bens = await a_kept_pilot(db, circle, member_id=BEN, circle=Circle.COMMUNITY, number=7)
    problem = await a_kept_problem(db, circle)
    async with db.begin() as session:
        session.add(practice := a_practice())

    came_from = {
        "practice_id": practice.id,
        "inspired_by_id": bens.id,
        "problem_id": problem.id,
    }
    pilot = await start(db, circle, came_from=came_from)

    assert (pilot.practice_id, pilot.inspired_by_id) == (practice.id, bens.id)
    assert pilot.problem_id == problem.id


async def test_what_is_forged_private_or_gone_is_no_origin(db):
    circle = await a_circle(db)
    bens = await a_kept_pilot(db, circle, member_id=BEN, number=7, **FINISHED)
    async with db.begin() as session:
        session.add(practice := a_practice(withdrawn_at=NOW))
    facts = {
        "practice_id": practice.id,
        "inspired_by_id": bens.id,
        "problem_id": 10**30,
        "adapts_id": bens.id,
    }

    async with db() as session:
        origin = await Origin.of(session, facts, ANA)

    assert (origin.practice, origin.inspired_by) == (None, None)
    assert (origin.problem, origin.adapts) == (None, None)
    assert all(origin.lacks(facts, one) for one in ("practice", "inspired_by", "adapts"))


async def test_a_next_cycle_joins_the_series_of_the_one_before(db):
    circle = await a_circle(db)
    first = await a_kept_pilot(db, circle, number=7, **FINISHED)

    second = await start(db, circle, came_from={"adapts_id": first.id})
    async with db.begin() as session:
        (await session.get_one(Pilot, second.id)).finished_at = NOW
    third = await start(db, circle, came_from={"adapts_id": second.id}, request_key="form:V2")

    assert [one.cycle for one in (first, second, third)] == [1, 2, 3]
    assert {one.series_id for one in (first, second, third)} == {first.id}


async def test_a_next_cycle_waits_for_the_end_of_the_one_before(db):
    circle = await a_circle(db)
    first = await a_kept_pilot(db, circle, number=7)

    with pytest.raises(starting.SeriesError, match="still running"):
        await start(db, circle, came_from={"adapts_id": first.id})


async def test_a_next_cycle_begins_once_also_from_two_forms(db):
    circle = await a_circle(db)
    first = await a_kept_pilot(db, circle, number=7, **FINISHED)
    await start(db, circle, came_from={"adapts_id": first.id})

    with pytest.raises(starting.SeriesError, match="running already"):
        await start(db, circle, came_from={"adapts_id": first.id}, request_key="form:V2")


async def test_a_changed_plan_is_asked_about_at_its_new_time(db):
    pilot = await start(db, await a_circle(db))

    pilot = await edit(db, pilot, rhythm=Rhythm.DAILY, aim="More talk.")

    assert (pilot.aim, pilot.edited_at) == ("More talk.", NOW + DAY)
    assert f"{pilot.next_ask_at:%Y-%m-%d %H:%M}" == "2026-11-18 22:00"


async def test_an_unmeasured_prediction_may_still_change(db):
    pilot = await start(db, await a_circle(db))

    pilot = await edit(db, pilot, prediction="Nobody will.", measure="number")

    assert (pilot.prediction, pilot.measure) == ("Nobody will.", "number")


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("prediction", "As it turned out."),
        ("measure", "number"),
        ("better", "lower"),
        ("goal", "60%"),
        ("baseline", "2/26"),
    ],
)
async def test_once_there_are_values_the_prediction_stays_as_it_was(db, field, changed):
    pilot = await start(db, await a_circle(db))
    await note(db, pilot)

    with pytest.raises(PlanError, match="stays as it was") as refused:
        await edit(db, pilot, **{field: changed})

    assert refused.value.field == field


async def test_a_value_taken_back_frees_the_prediction_again(db):
    pilot = await start(db, await a_circle(db))
    await note(db, pilot, deleted_at=NOW)

    pilot = await edit(db, pilot, prediction="Nobody will.")

    assert pilot.prediction == "Nobody will."


async def test_a_finished_pilot_is_not_planned_any_more(db):
    pilot = await a_kept_pilot(db, await a_circle(db), **FINISHED)

    with pytest.raises(starting.OverError, match="Reopen"):
        await edit(db, pilot, aim="More talk.")


async def test_of_a_deleted_pilot_no_word_and_no_value_is_left(db):
    circle = await a_circle(db)
    secret = "Kim wept"
    pilot = await a_kept_pilot(
        db,
        circle,
        aim=secret,
        prediction=secret,
        result=secret,
        learned=secret,
        why=secret,
        circle=Circle.COMMUNITY,
        **FINISHED,
    )
    await note(db, pilot, saw=secret, surprised=secret, evidence_name=secret)
    async with db.begin() as session:
        about = {"pilot_id": pilot.id, "workspace_id": pilot.workspace_id}
        session.add(
            ChangeNote(request_key="C1", on_date=TODAY, words=secret, noted_at=NOW, **about)
        )
        session.add(Champion(member_id=CHRIS, words=secret, said_at=NOW, **about))

    async with db.begin() as session:
        mine = await finding.owned_by(session, pilot.id, ANA, for_update=True)
        await starting.withdraw(session, mine, NOW)

    async with db() as session:
        [row] = await session.scalars(select(Observation))
        gone = await session.get_one(Pilot, pilot.id)
        kept = [vars(one) for one in (row, gone)]
        found = await search.find(session, "Kim", kinds=["pilot"], communities=[1], page=slice(5))
    assert secret not in str(kept)
    assert (row.value, row.total, row.deleted_at) == (0, None, NOW)
    assert (found.hits, await count(db, ChangeNote), await count(db, Champion)) == ([], 0, 0)


async def test_a_deleted_cycle_leaves_no_points_on_the_chart_of_the_next(db):
    circle = await a_circle(db)
    first = await a_kept_pilot(db, circle, number=7, baseline=[[14.0, 26]], **FINISHED)
    await note(db, first)
    second = await start(db, circle, came_from={"adapts_id": first.id})

    async with db.begin() as session:
        mine = await finding.owned_by(session, first.id, ANA, for_update=True)
        await starting.withdraw(session, mine, NOW)

    async with db() as session:
        evidence = await Evidence.of(session, second, reader_id=ANA)
    assert evidence.points == ()


@pytest.mark.parametrize(("circle", "is_redrawn"), [(Circle.COMMUNITY, True), (Circle.ME, False)])
async def test_a_digest_that_told_of_a_deleted_pilot_is_drawn_anew(db, circle, is_redrawn):
    community = await a_circle(db)
    pilot = await a_kept_pilot(db, community, circle=circle, shared_at=NOW, finished_at=NOW)
    async with db.begin() as session:
        traits = {"kind": WEEKLY, "due_at": NOW, "about_id": community.id}
        post = await Post.add(session, "digest", community.channel_id, **traits)
        post.was_said(community.channel_id, "1.1", drawn=0, now=NOW + DAY)
        mine = await finding.owned_by(session, pilot.id, ANA, for_update=True)

        await starting.withdraw(session, mine, NOW + 2 * DAY)
        await session.refresh(post)

    # What a teacher does with one of their own leaves no mark anywhere.
    assert (post.redraw_at is not None) is is_redrawn


async def test_a_form_for_a_pilot_deleted_since_starts_it_no_second_time(db):
    circle = await a_circle(db)
    pilot = await start(db, circle)
    async with db.begin() as session:
        mine = await finding.owned_by(session, pilot.id, ANA, for_update=True)
        await starting.withdraw(session, mine, NOW)

    again = await start(db, circle)

    assert again.deleted_at == NOW
    with pytest.raises(NotHereError):
        await edit(db, pilot, aim="More talk.")


async def test_whoever_starts_one_in_another_channel_belongs_to_it_then(db):
    lounge = await a_circle(db, channel_id=STAFF_LOUNGE, memberships=[])

    pilot = await start(db, lounge, a_plan(ends_on=date(2026, 11, 17) + timedelta(weeks=2)))

    async with db() as session:
        there = await session.get_one(type(lounge), pilot.community_id)
    assert there.has_member(ANA)
