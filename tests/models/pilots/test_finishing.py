"""Finishing a pilot: outcome, decision, and taking it up again."""

import pytest
from sqlalchemy import select

from models.pilots.finishing import (
    LENGTHS,
    CannotReopenError,
    Outcome,
    OutcomeError,
    finish,
    reopen,
)
from models.pilots.pilot import Circle, Decision, Matched, Pilot
from models.pilots.posted import SPARK
from models.posts import Post
from tests.examples import ANA, BEN, CHRIS, DAY, NOW
from tests.models.pilots.circles import a_circle, a_kept_pilot

SAID = {
    "result": "20 of 26 wrote an answer.",
    "matched": "partly",
    "learned": "One question is enough.",
    "decision": "adapt",
}


async def sparks(db):
    async with db() as session:
        found = await session.scalars(select(Post).where(Post.kind == SPARK))
        return [(post.place_id, post.about_id) for post in found]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("result", None),
        ("result", "\u200b"),
        ("result", "x" * (LENGTHS["result"] + 1)),
        ("learned", " "),
        ("learned", "x" * 5000),
        ("why", "x" * 5000),
        ("matched", None),
        ("matched", "exactly"),
        ("decision", ""),
        ("decision", "quit"),
        ("as_planned", "never"),
    ],
)
def test_what_is_missing_too_long_or_forged_is_told_at_its_field(field, typed):
    with pytest.raises(OutcomeError) as told:
        Outcome.of(**SAID | {field: typed})

    assert told.value.field == field


async def test_a_finished_pilot_keeps_the_outcome_and_is_asked_about_no_more(db):
    pilot = await a_kept_pilot(db, await a_circle(db), next_ask_at=NOW + DAY, paused_at=NOW)

    async with db.begin() as session:
        mine = await session.get_one(Pilot, pilot.id)
        await finish(session, mine, Outcome.of(**SAID, why="They like it."), NOW)

    async with db() as session:
        kept = await session.get_one(Pilot, pilot.id)
    assert (kept.decision, kept.matched, kept.why) == (
        Decision.ADAPT,
        Matched.PARTLY,
        "They like it.",
    )
    assert (kept.finished_at, kept.next_ask_at, kept.paused_at) == (NOW, None, None)


async def test_changing_the_outcome_later_leaves_the_day_it_ended(db):
    pilot = await a_kept_pilot(db, await a_circle(db))

    async with db.begin() as session:
        mine = await session.get_one(Pilot, pilot.id)
        await finish(session, mine, Outcome.of(**SAID), NOW)
        await finish(session, mine, Outcome.of(**SAID | {"decision": "abandon"}), NOW + DAY)

    assert (mine.finished_at, mine.decision) == (NOW, Decision.ABANDON)


async def test_the_very_same_outcome_again_is_nothing_new(db):
    pilot = await a_kept_pilot(db, await a_circle(db))

    async with db.begin() as session:
        mine = await session.get_one(Pilot, pilot.id)
        news = [await finish(session, mine, Outcome.of(**SAID), NOW) for _ in range(2)]
        news.append(await finish(session, mine, Outcome.of(**SAID | {"learned": "Two."}), NOW))

    assert news == [True, False, True]


async def test_a_reopened_pilot_keeps_what_was_written_but_decides_anew(db):
    pilot = await a_kept_pilot(db, await a_circle(db))

    async with db.begin() as session:
        mine = await session.get_one(Pilot, pilot.id)
        await finish(session, mine, Outcome.of(**SAID), NOW)
        await reopen(session, mine, NOW + DAY)

    assert mine.is_running
    assert (mine.decision, mine.learned) == (None, "One question is enough.")
    assert mine.next_ask_at is not None


async def test_a_running_pilot_cannot_be_reopened(db):
    pilot = await a_kept_pilot(db, await a_circle(db))

    async with db.begin() as session:
        mine = await session.get_one(Pilot, pilot.id)
        with pytest.raises(CannotReopenError):
            await reopen(session, mine, NOW)


async def test_what_has_gone_on_in_a_next_cycle_is_not_reopened(db):
    circle = await a_circle(db)
    first = await a_kept_pilot(db, circle, number=1, finished_at=NOW)
    await a_kept_pilot(db, circle, number=2, first_id=first.id, cycle=2)

    async with db.begin() as session:
        mine = await session.get_one(Pilot, first.id)
        with pytest.raises(CannotReopenError):
            await reopen(session, mine, NOW)


@pytest.mark.parametrize(
    ("inspirer", "circle", "told"),
    [
        (BEN, Circle.COMMUNITY, [BEN]),
        (BEN, Circle.NETWORK, [BEN]),
        (BEN, Circle.ME, []),
        (ANA, Circle.NETWORK, []),
        ("U0ERIN", Circle.COMMUNITY, []),
    ],
)
async def test_only_who_may_see_the_end_hears_what_their_spark_became(db, inspirer, circle, told):
    math_circle = await a_circle(db)
    spark = await a_kept_pilot(db, math_circle, number=1, member_id=inspirer, circle=Circle.NETWORK)
    pilot = await a_kept_pilot(db, math_circle, number=2, circle=circle, inspired_by_id=spark.id)

    async with db.begin() as session:
        mine = await session.get_one(Pilot, pilot.id)
        await finish(session, mine, Outcome.of(**SAID), NOW)
        await finish(session, mine, Outcome.of(**SAID), NOW + DAY)

    assert await sparks(db) == [(one, pilot.id) for one in told]


async def test_a_deleted_spark_gets_no_letter(db):
    math_circle = await a_circle(db)
    spark = await a_kept_pilot(
        db, math_circle, number=1, member_id=CHRIS, circle=Circle.NETWORK, deleted_at=NOW
    )
    pilot = await a_kept_pilot(
        db, math_circle, number=2, circle=Circle.NETWORK, inspired_by_id=spark.id
    )

    async with db.begin() as session:
        mine = await session.get_one(Pilot, pilot.id)
        await finish(session, mine, Outcome.of(**SAID), NOW)

    assert await sparks(db) == []
