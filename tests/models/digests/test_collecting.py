"""What a digest tells of: what is open and new, and nothing that some reader may not see."""

from datetime import timedelta

import pytest

from models.materials.posted import CARD as MATERIAL_CARD
from models.pilots.posted import CARD as PILOT_CARD
from models.problems import Problem, Reply
from models.problems.posted import CARD as PROBLEM_CARD
from models.thanks.posted import CARD as THANKS_CARD
from models.workspaces import Workspace
from tests.examples import ANA, BEN, CHRIS, DAY, NOW, a_community, a_material, a_pilot
from tests.models.digests.weekly_steps import (
    WEEK,
    a_busy_week,
    asks,
    collected,
    questions_counted,
    stands,
)
from tests.models.thanks.belonging import a_circle, a_note, a_shower, replies, thanks_said

# With the community, its members and the beginning of the transaction, which are asked for before.
QUESTIONS_AT_MOST = 16


@pytest.fixture
async def circle(db):
    return await a_circle(db)


async def test_a_busy_week_is_told_with_names_seats_and_receivers(db, circle):
    await a_busy_week(db, circle)

    digest = await collected(db, circle)

    assert [one.title for one in digest.questions] == ["Quiet students"]
    assert digest.meeting.free_seats == 2
    assert [one.practice_name for one in digest.pilots] == ["Exit ticket"]
    assert list(digest.evidence) == [digest.pilots[0].id]
    assert list(digest.receivers.values()) == [[BEN]]
    assert [one.title for one in digest.materials] == ["Fraction talk rubric"]
    assert digest.names == {ANA: "Ana", BEN: "Ben"}


async def test_each_thing_leads_to_its_message_and_a_pilot_shared_again_to_the_new_one(db, circle):
    await a_busy_week(db, circle)
    async with db.begin() as session:
        session.add(Workspace(id="T0STAFF", url="https://x.slack.com/", first_seen_at=NOW))
    digest = await collected(db, circle)
    pilot = digest.pilots[0]
    for kind in (PROBLEM_CARD, THANKS_CARD, MATERIAL_CARD):
        await stands(db, kind, 1)
    await stands(db, PILOT_CARD, pilot.id, key=f"{PILOT_CARD}:{pilot.id}:17")

    links = (await collected(db, circle)).links

    assert {kind for kind, _ in links} == {PROBLEM_CARD, THANKS_CARD, MATERIAL_CARD}
    assert links[PROBLEM_CARD, 1] == "https://x.slack.com/archives/C0MATHCIRCLE/p1700000000000001"


async def test_an_answered_a_resolved_and_a_very_old_question_wait_no_more(db, circle):
    answered = await asks(db, circle, NOW - DAY)
    await asks(db, circle, NOW - 2 * DAY, resolved_at=NOW)
    await asks(db, circle, NOW - 10 * WEEK)
    own = await asks(db, circle, NOW - 3 * DAY, title="Still open")
    await replies(db, answered, BEN)
    await replies(db, own, ANA)

    digest = await collected(db, circle)

    assert [one.title for one in digest.questions] == ["Still open"]


async def test_who_asked_without_a_name_has_none_here(db, circle):
    await asks(db, circle, author_id=None)

    digest = await collected(db, circle)

    assert digest.has_news
    assert digest.names == {}


async def test_what_is_private_deleted_or_old_is_no_news(db, circle):
    await thanks_said(db, circle, BEN, is_private=True)
    await thanks_said(db, circle, BEN, request_key="T2", deleted_at=NOW)
    await thanks_said(db, circle, BEN, request_key="T3", thanked_at=NOW - WEEK)
    await a_note(db, await a_shower(db, circle), BEN)
    async with db.begin() as session:
        mine = {"community_id": circle.id, "started_at": NOW}
        session.add(a_pilot(**mine, finished_at=NOW))
        session.add(a_pilot(**mine, request_key="V2", circle="network", finished_at=NOW + DAY))
        gone = {"circle": "network", "shared_at": NOW, "deleted_at": NOW}
        session.add(a_pilot(**mine, request_key="V3", **gone))
        session.add(a_material(community_id=circle.id, is_announced=False))

    digest = await collected(db, circle)

    assert not digest.has_news


async def test_a_finished_pilot_is_news_though_it_was_shared_long_ago(db, circle):
    async with db.begin() as session:
        long_ago = {"started_at": NOW - 6 * WEEK, "shared_at": NOW - 5 * WEEK}
        session.add(
            a_pilot(community_id=circle.id, circle="community", finished_at=NOW, **long_ago)
        )

    digest = await collected(db, circle)

    assert digest.finished == digest.pilots
    assert len(digest.finished) == 1


async def test_another_channel_is_told_only_what_anybody_may_see(db, circle):
    await a_busy_week(db, circle)
    async with db.begin() as session:
        for_all = {"community_id": circle.id, "request_key": "N", "circle": "network"}
        session.add(a_pilot(**for_all, practice_name="Wait time", shared_at=NOW))
        session.add(a_material(**for_all, title="Wait time cards", url="https://example.org/cards"))

    digest = await collected(db, circle, is_elsewhere=True)

    assert [one.practice_name for one in digest.pilots] == ["Wait time"]
    assert [one.title for one in digest.materials] == ["Wait time cards"]
    assert not digest.thanks
    assert digest.questions


async def test_another_communitys_news_stays_there(db, circle):
    other = await a_circle_of_others(db)
    await a_busy_week(db, other)

    digest = await collected(db, circle)

    assert not digest.has_news
    assert digest.meeting is None


async def a_circle_of_others(db):
    async with db.begin() as session:
        session.add(other := a_community(channel_id="C0OTHER", name="Others"))
    return other


async def test_ten_years_of_history_ask_as_many_questions_as_a_week(db, circle):
    await a_busy_week(db, circle)
    with questions_counted(db) as in_a_week:
        await collected(db, circle)
    async with db.begin() as session:
        for number in range(40):
            at = NOW - number * 13 * WEEK
            problem = {"community_id": circle.id, "title": "Old", "happening": "…", "topics": []}
            session.add(old := Problem(**problem, request_key=f"O{number}", shared_at=at))
            await session.flush()
            session.add(Reply(problem_id=old.id, ts="1.1", member_id=CHRIS, replied_at=at))
            session.add(
                a_pilot(
                    community_id=circle.id,
                    request_key=f"O{number}",
                    circle="community",
                    shared_at=at - timedelta(hours=1),
                )
            )

    with questions_counted(db) as in_ten_years:
        await collected(db, circle)

    assert len(in_ten_years) == len(in_a_week) <= QUESTIONS_AT_MOST
