"""A journal holds what somebody received and gave, for them alone."""

import pytest
from sqlalchemy import select

from models.errors import RuleError
from models.posts import Post
from models.thanks import keeping
from models.thanks.journal import Side, latest, page_of, whole
from models.thanks.shower import Shower
from tests.examples import ANA, BEN, CHRIS, DAY, HOUR, NOW
from tests.models.thanks.kindness import a_circle, a_kept_thanks, people


async def a_shower(db, circle, **traits):
    """Keep a shower as it is before or after its hour."""
    facts = {"request_key": "S1", "opened_by": CHRIS, "opened_at": NOW - DAY, "on_date": NOW.date()}
    async with db.begin() as session:
        session.add(shower := Shower(community_id=circle.id, **facts | traits))
    return shower


async def texts(db, side, member_id, number=0, now=NOW):
    async with db() as session:
        page = await page_of(session, side, member_id, now, number)
    return [one.text for one in page.thanks]


async def test_what_was_received_comes_by_reason_the_most_frequent_first(db):
    circle = await a_circle(db)
    for number, reason in enumerate(["Listened", None, "Covered", "Listened", "Tried it"]):
        await a_kept_thanks(
            db,
            circle,
            number=number,
            text=f"{number}",
            reason=reason,
            thanked_at=NOW - number * HOUR,
        )

    async with db() as session:
        page = await page_of(session, Side.RECEIVED, BEN, NOW)

    assert page.reasons == ("Listened", "Covered", "Tried it")
    assert [one.text for one in page.thanks] == ["0", "3", "2", "4", "1"]


async def test_what_was_given_comes_newest_first_in_pages_and_a_forged_page_is_the_last(db):
    circle = await a_circle(db)
    for number in range(7):
        await a_kept_thanks(
            db, circle, number=number, text=f"{number}", thanked_at=NOW + number * HOUR
        )

    async with db() as session:
        first = await page_of(session, Side.GIVEN, ANA, NOW)

    assert [one.text for one in first.thanks] == ["6", "5", "4", "3", "2"]
    assert (first.has_earlier, first.has_later, first.reasons) == (True, False, ())
    assert await texts(db, Side.GIVEN, ANA, 10**9) == ["1", "0"]
    assert await texts(db, Side.GIVEN, ANA, -3) == ["6", "5", "4", "3", "2"]


async def test_nothing_of_others_and_nothing_deleted_is_in_it(db):
    circle = await a_circle(db)
    await a_kept_thanks(db, circle, number=1, text="public, to Chris", to=[CHRIS])
    await a_kept_thanks(db, circle, number=2, text="private", to=[CHRIS], is_private=True)
    await a_kept_thanks(db, circle, number=3, text="deleted", deleted_at=NOW)
    await a_kept_thanks(db, circle, number=4, text="to us both", to=[CHRIS, BEN], is_private=True)

    async with db() as session:
        bens = await whole(session, BEN, NOW)

    assert [one.text for one in bens.received] == ["to us both"]
    assert bens.given == []
    assert list(bens.receivers.values()) == [[CHRIS, BEN]]
    assert await texts(db, Side.RECEIVED, BEN) == ["to us both"]
    assert await texts(db, Side.GIVEN, CHRIS) == []


async def test_a_note_of_a_shower_is_there_from_the_moment_it_arrives(db):
    circle = await a_circle(db)
    shower = await a_shower(db, circle, member_id=BEN, arrives_at=NOW + DAY)
    note = {"is_private": True, "shower_id": shower.id, "arrives_at": NOW + DAY}
    await a_kept_thanks(db, circle, **note)

    before = await texts(db, Side.RECEIVED, BEN)
    at_its_hour = await texts(db, Side.RECEIVED, BEN, now=NOW + DAY)

    assert (before, at_its_hour) == ([], [])
    assert len(await texts(db, Side.GIVEN, ANA)) == 1
    async with db() as session:
        assert await latest(session, BEN, NOW) == []
        assert (await whole(session, BEN, NOW)).receivers == {}
    async with db.begin() as session:
        (await session.get_one(Shower, shower.id)).arrived_at = NOW + DAY
    assert len(await texts(db, Side.RECEIVED, BEN, now=NOW + DAY)) == 1


async def test_a_half_that_is_empty_knows_whether_there_is_something_to_keep(db):
    circle = await a_circle(db)
    await a_kept_thanks(db, circle)

    async with db() as session:
        anas = await page_of(session, Side.RECEIVED, ANA, NOW)
        chriss = await page_of(session, Side.RECEIVED, CHRIS, NOW)

    assert (anas.total, anas.is_all) == (0, False)
    assert (chriss.total, chriss.is_all) == (0, True)


async def test_home_shows_the_latest_three_by_when_they_reached_me(db):
    circle = await a_circle(db)
    for number in range(4):
        await a_kept_thanks(
            db, circle, number=number, text=f"{number}", thanked_at=NOW - number * HOUR
        )
    shower = await a_shower(db, circle, member_id=BEN, arrives_at=NOW, arrived_at=NOW)
    note = {"text": "note", "shower_id": shower.id, "arrives_at": NOW}
    await a_kept_thanks(db, circle, number=9, thanked_at=NOW - 9 * DAY, **note)

    async with db() as session:
        shown = [one.text for one in await latest(session, BEN, NOW + HOUR)]

    assert shown == ["note", "0", "1"]


async def test_a_journal_is_sent_to_its_own_member_once(db):
    circle = await a_circle(db)
    await people(db, ANA, BEN)
    await a_kept_thanks(db, circle, is_private=True)
    async with db.begin() as session:
        with pytest.raises(RuleError, match="nothing to keep yet"):
            await keeping.send(session, CHRIS, "press 1", NOW)
        await keeping.send(session, BEN, "press 2", NOW)
        await keeping.send(session, BEN, "press 3", NOW)

    async with db() as session:
        query = select(Post).where(Post.kind.startswith("thanks.journal"))
        posts = (await session.scalars(query.order_by(Post.id))).all()
    assert [(post.kind, post.place_id) for post in posts] == [
        ("thanks.journal_document", BEN),
        ("thanks.journal_table", BEN),
    ]
