"""Which cards are drawn anew, and that what is done with a private pilot marks none of them."""

import pytest
from sqlalchemy import select

from models.pilots import changing, finding, observing, starting
from models.pilots.entries import Entry
from models.pilots.finishing import Outcome, finish, reopen
from models.pilots.measures import Value
from models.pilots.pilot import Circle, Pilot
from models.pilots.plan import Plan
from models.pilots.posted import CARD, OF_PROBLEM
from models.pilots.sharing import series_of, share, take_back
from models.pilots.telling import redraw_begun_with
from models.posts import Post
from models.problems import Problem
from tests.examples import ANA, BEN, DAY, NOW
from tests.models.pilots.circles import STAFF_LOUNGE, a_circle, a_kept_pilot, a_kept_problem
from tests.models.pilots.test_finishing import SAID

TODAY = NOW.date()


async def shared(db, pilot, circle=Circle.COMMUNITY):
    async with db.begin() as session:
        series = await series_of(session, pilot.id, pilot.member_id, for_update=True)
        await share(session, series, circle, NOW, is_whole=False)


async def redraws(db) -> dict[int, int]:
    """Return how often the posts about each pilot were asked to be drawn anew."""
    async with db() as session:
        query = select(Post).where(Post.kind.in_([CARD, OF_PROBLEM]))
        counts: dict[int, int] = {}
        for post in await session.scalars(query):
            counts[post.about_id] = counts.get(post.about_id, 0) + post.wanted
        return counts


def an_entry(value: float) -> Entry:
    return Entry.of(Value(value, 26), {}, on_date=None, today=TODAY)


async def logged(session, pilot):
    return await observing.log(session, pilot, an_entry(18), request_key="E1", now=NOW)


async def lives_through_everything(session, pilot) -> None:
    """Do all that its teacher can do with it, from its first value to its end."""
    value = await logged(session, pilot)
    await observing.edit(session, pilot, value, an_entry(20), NOW)
    await observing.take_back(session, pilot, value, NOW)
    mark = await changing.note_change(session, pilot, "Seats", TODAY, request_key="C1", now=NOW)
    await changing.remove_change(session, mark.id, ANA, NOW)
    plan = Plan.edited({"aim": "More talk."}, pilot, today=TODAY)
    await starting.edit(session, pilot, plan, NOW)
    await finish(session, pilot, Outcome.of(**SAID), NOW)
    await finish(session, pilot, Outcome.of(**SAID | {"decision": "abandon"}), NOW)
    await reopen(session, pilot, NOW)
    await starting.withdraw(session, pilot, NOW)


async def test_nothing_done_with_a_private_pilot_marks_a_card_anywhere(db):
    circle = await a_circle(db)
    problem = await a_kept_problem(db, circle)
    first = await a_kept_pilot(db, circle, number=1, finished_at=NOW)
    second = await a_kept_pilot(
        db, circle, number=2, first_id=first.id, cycle=2, problem_id=problem.id
    )
    inspired = await a_kept_pilot(db, circle, number=3, member_id=BEN, inspired_by_id=second.id)
    for pilot in (first, second, inspired):
        await shared(db, pilot)
    async with db.begin() as session:
        series = await series_of(session, second.id, ANA, for_update=True)
        await take_back(session, series, NOW)
    before = await redraws(db)

    async with db.begin() as session:
        mine = await finding.owned_by(session, second.id, ANA, for_update=True)
        await lives_through_everything(session, mine)

    assert set(before) == {first.id, second.id, inspired.id}
    assert await redraws(db) == before


@pytest.mark.parametrize(
    ("before", "after", "is_drawn"),
    [
        (Circle.COMMUNITY, Circle.COMMUNITY, True),
        (Circle.NETWORK, Circle.COMMUNITY, True),
        # What the network sees begins after it, so nothing moves there.
        (Circle.COMMUNITY, Circle.NETWORK, False),
    ],
)
async def test_a_value_moves_its_own_card_and_those_of_later_cycles_that_show_it(
    db, before, after, is_drawn
):
    circle = await a_circle(db)
    cycles = [await a_kept_pilot(db, circle, number=1)]
    for number in (2, 3):
        first = cycles[0]
        cycles.append(
            await a_kept_pilot(db, circle, number=number, first_id=first.id, cycle=number)
        )
    for pilot, width in zip(cycles, (Circle.NETWORK, before, after), strict=True):
        await shared(db, pilot, width)
    drawn = await redraws(db)

    async with db.begin() as session:
        await logged(session, await finding.owned_by(session, cycles[1].id, ANA, for_update=True))

    moved = {one for one, count in (await redraws(db)).items() if count > drawn[one]}
    assert moved == {cycles[1].id, *([cycles[2].id] if is_drawn else [])}


@pytest.mark.parametrize(
    ("place", "author", "circle", "is_drawn"),
    [
        ("here", ANA, Circle.COMMUNITY, True),
        ("elsewhere", ANA, Circle.NETWORK, True),
        ("here", None, Circle.COMMUNITY, False),
        ("here", ANA, Circle.ME, False),
    ],
)
async def test_a_problems_new_words_move_the_pilots_that_name_it_and_no_others(
    db, place, author, circle, is_drawn
):
    here, lounge = await a_circle(db), await a_circle(db, channel_id=STAFF_LOUNGE)
    at = here if place == "here" else lounge
    problem = await a_kept_problem(db, at, author_id=author)
    pilot = await a_kept_pilot(db, here, problem_id=problem.id)
    await shared(db, pilot, Circle.NETWORK if circle == Circle.NETWORK else Circle.COMMUNITY)
    async with db.begin() as session:
        (await session.get_one(Pilot, pilot.id)).circle = circle
    before = (await redraws(db))[pilot.id]

    async with db.begin() as session:
        kept = await session.get_one(Problem, problem.id)
        await redraw_begun_with(session, kept, NOW + DAY)

    assert ((await redraws(db))[pilot.id] > before) is is_drawn
