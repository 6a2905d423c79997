"""What facilitators are told of their community, and what stays everybody's own."""

from datetime import date

from models.digests.attention import attention, quiet
from models.digests.ledger import Fate, IssuedDigest
from models.digests.posted import MISSED as MISSED_LETTER
from models.digests.posted import missed_key
from models.hangouts.signup import Presenting, Signup
from models.posts import FAILED, MISSED, SAID, Post
from models.problems import Reply
from tests.examples import ANA, BEN, CHRIS, DAY, NOW
from tests.models.digests.week import (
    WEEK,
    Questions,
    a_circle,
    a_hangout_of,
    a_post,
    a_problem_with,
    change,
    keep,
)


async def of(db, circle, now=NOW):
    async with db() as session:
        return await attention(session, circle, BEN, now)


async def quiet_in(db, circle, now=NOW):
    async with db() as session:
        return await quiet(session, circle, BEN, now)


async def test_where_all_is_well_there_is_nothing(db):
    circle = await a_circle(db)

    assert (await of(db, circle)).is_nothing


async def test_problems_without_an_answer_are_told_and_answered_ones_are_not(db):
    circle = await a_circle(db)
    waiting = await a_problem_with(db, circle, author_id=None)
    await a_problem_with(db, circle, BEN, number=2)

    wanted = await of(db, circle)

    assert [one.problem.id for one in wanted.unanswered.standings] == [waiting.id]
    assert wanted.unanswered.standings[0].problem.author_id is None


async def test_the_next_hangout_is_told_while_presenters_are_missing(db):
    circle = await a_circle(db)
    hangout = await a_hangout_of(db, circle, ANA)

    assert (await of(db, circle)).hangout.free_seats == 1

    taken = Signup(
        hangout_id=hangout.id,
        member_id=CHRIS,
        is_coming=True,
        presenting=Presenting.SEAT,
        answered_at=NOW,
    )
    await keep(db, taken)
    assert (await of(db, circle)).is_nothing


async def test_a_hangout_far_ahead_is_told_only_when_nobody_leads_it(db):
    circle = await a_circle(db)
    hangout = await a_hangout_of(db, circle, starts_at=NOW + 20 * DAY)
    assert (await of(db, circle)).is_nothing

    async with db.begin() as session:
        (await session.merge(hangout)).facilitator_id = ""

    assert (await of(db, circle)).hangout.hangout.id == hangout.id


async def test_who_came_to_no_hangout_for_six_weeks_is_named_now_and_then_only(db):
    circle = await a_circle(db)
    await a_hangout_of(db, circle, came=[CHRIS], starts_at=NOW - 3 * DAY)

    named = [await quiet_in(db, circle, NOW + number * WEEK) for number in range(-6, 4)]

    assert [number for number, who in zip(range(6, 16), named, strict=True) if ANA in who] == [14]
    assert all(BEN not in who for who in named)


async def test_who_writes_or_is_away_is_not_called_quiet(db):
    circle = await a_circle(db)
    now = NOW + 2 * WEEK
    await a_hangout_of(db, circle, came=[CHRIS], starts_at=NOW - 3 * DAY)
    assert await quiet_in(db, circle, now) == [ANA]

    await change(db, ANA, away_from=now.date(), away_until=now.date())
    assert await quiet_in(db, circle, now) == []
    await change(db, ANA, away_from=None, away_until=None)

    problem = await a_problem_with(db, circle, author_id=None)
    assert await quiet_in(db, circle, now) == [ANA]
    await keep(db, Reply(problem_id=problem.id, ts="1.9", member_id=ANA, replied_at=NOW))
    assert await quiet_in(db, circle, now) == []


async def test_nobody_is_quiet_where_no_hangouts_are(db):
    circle = await a_circle(db)

    assert await quiet_in(db, circle, NOW + 2 * WEEK) == []


async def test_what_the_channel_did_not_get_is_counted_by_kind_and_letters_are_not(db):
    circle = await a_circle(db)
    await keep(
        db,
        a_post("a", "hangouts.invitation", state=MISSED),
        a_post("b", "problems.card", state=FAILED),
        a_post("c", "problems.card", state=FAILED),
        a_post("d", "thanks.received", state=FAILED, place_id=ANA),
        a_post("e", "problems.card", state=FAILED, due_at=NOW - 8 * DAY),
    )

    wanted = await of(db, circle)

    assert wanted.missed == {"hangouts.invitation": 1}
    assert wanted.failed == {"problems.card": 2}


async def test_a_digest_that_was_missed_is_told_of_until_a_later_one_made_up_for_it(db):
    circle = await a_circle(db)
    await weeks_were(db, circle, {8: Fate.NOTHING, 9: Fate.MISSED, 16: Fate.SKIPPED})

    assert list((await of(db, circle)).missed_weeks) == [date(2026, 11, 9)]

    await weeks_were(db, circle, {23: Fate.POSTED})
    assert list((await of(db, circle)).missed_weeks) == []


async def weeks_were(db, circle, fates):
    """Note what became of the digests of the weeks that begin on those days of November."""
    facts = {"community_id": circle.id, "due_at": NOW - DAY, "noted_at": NOW - DAY}
    weeks = {date(2026, 11, day): fate for day, fate in fates.items()}
    await keep(db, *(IssuedDigest(**facts, week=week, fate=fate) for week, fate in weeks.items()))


async def test_a_missed_digest_of_which_a_letter_told_is_not_told_of_again(db):
    circle = await a_circle(db)
    await weeks_were(db, circle, {9: Fate.MISSED})
    key, week = missed_key(circle.id, date(2026, 11, 9), BEN), [date(2026, 11, 9)]
    await keep(db, a_post(key, MISSED_LETTER, about_id=circle.id, place_id=BEN, state=FAILED))
    assert list((await of(db, circle)).missed_weeks) == week

    async with db.begin() as session:
        (await Post.keyed(session, key)).state = SAID

    assert list((await of(db, circle)).missed_weeks) == []


async def test_what_went_wrong_is_told_of_in_the_next_list_alone(db):
    circle = await a_circle(db)
    await keep(db, a_post("a", "problems.card", state=FAILED, due_at=NOW - 10 * DAY))

    async with db() as session:
        before, after = [
            await attention(session, circle, BEN, NOW, NOW - days * DAY) for days in (14, 9)
        ]

    assert (before.failed, after.failed) == ({"problems.card": 1}, {})


async def test_a_question_that_waited_for_eight_weeks_is_left_out(db):
    circle = await a_circle(db)
    await a_problem_with(db, circle, shared_at=NOW - 8 * WEEK)
    assert (await of(db, circle)).is_nothing

    await a_problem_with(db, circle, number=2, shared_at=NOW - 8 * WEEK + DAY)
    assert (await of(db, circle)).unanswered.total == 1


async def test_it_asks_the_same_number_of_questions_however_much_there_is(db):
    circle = await a_circle(db)
    await a_problem_with(db, circle)
    await a_hangout_of(db, circle)
    with Questions(db) as little:
        await of(db, circle)

    for number in range(2, 9):
        await a_problem_with(db, circle, number=number)
        await keep(db, a_post(f"{number}", "problems.card", state=FAILED))
    with Questions(db) as much:
        await of(db, circle)

    assert much.count == little.count
