"""When a list for facilitators is worth a letter: it has something that the one before had not."""

from models.digests.attention import attention, is_news, told_before
from models.digests.posted import ATTENTION
from models.posts import FAILED
from tests.examples import ANA, BEN, DAY, NOW, a_hangout
from tests.models.digests.week import a_circle, a_hangout_of, a_post, a_problem_with, keep


async def news(db, circle, told_at, now=NOW):
    """Say whether Ben would have a list after the one he had then."""
    async with db() as session:
        wanted = await attention(session, circle, BEN, now, told_at)
        return await is_news(session, wanted, told_at)


async def test_a_question_is_worth_a_list_once(db):
    circle = await a_circle(db)
    await a_problem_with(db, circle, shared_at=NOW - DAY)

    assert [await news(db, circle, at) for at in (None, NOW - 2 * DAY, NOW)] == [True, True, False]


async def test_a_hangout_is_worth_a_list_once_when_it_is_near_and_the_next(db):
    circle = await a_circle(db)
    hangout = await a_hangout_of(db, circle, starts_at=NOW + 10 * DAY)

    far, near = NOW - 5 * DAY, NOW - 3 * DAY
    assert [await news(db, circle, at) for at in (None, far, near)] == [True, True, False]

    facts = {"community_id": circle.id, "series_id": hangout.series_id}
    await keep(db, a_hangout(**facts, starts_at=NOW - DAY))
    assert await news(db, circle, near)


async def test_a_hangout_that_nobody_leads_is_told_of_until_somebody_does(db):
    circle = await a_circle(db)
    await a_hangout_of(db, circle, facilitator_id="")

    assert await news(db, circle, NOW - DAY)


async def test_whoever_grew_quiet_and_what_went_wrong_is_news(db):
    circle = await a_circle(db)
    assert not await news(db, circle, NOW - DAY)

    await keep(db, a_post("a", "problems.card", state=FAILED, due_at=NOW))

    assert await news(db, circle, NOW - DAY)


async def test_the_list_before_is_the_last_that_its_reader_had_of_the_community(db):
    circle = await a_circle(db)
    facts = {"about_id": circle.id, "place_id": BEN}
    for days, traits in {
        21: facts,
        14: facts | {"said_at": None},
        7: facts | {"place_id": ANA},
        6: facts | {"about_id": None},
    }.items():
        at = NOW - days * DAY
        await keep(db, a_post(f"{days}", ATTENTION, **{"said_at": at, "due_at": at} | traits))
    post = a_post("now", ATTENTION, **facts)

    async with db() as session:
        assert await told_before(session, post) == NOW - 21 * DAY
