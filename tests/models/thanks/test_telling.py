"""What the bot says of thanks, and to whom."""

from models.thanks import telling
from models.thanks.posted import CARD, RECEIVED
from models.thanks.shower import Shower
from tests.examples import ANA, BEN, CHRIS, DAY, MATH_CIRCLE, NOW
from tests.models.thanks.kindness import a_circle, a_kept_thanks, posts


async def a_shower(db, circle) -> Shower:
    """Keep a shower for Ben tomorrow."""
    async with db.begin() as session:
        shower = Shower(
            request_key="S1",
            community_id=circle.id,
            member_id=BEN,
            opened_by=ANA,
            opened_at=NOW,
            on_date=(NOW + DAY).date(),
            arrives_at=NOW + DAY,
        )
        session.add(shower)
    return shower


async def test_public_thanks_are_a_card_and_a_letter_to_each_receiver(db):
    circle = await a_circle(db)

    thanks = await a_kept_thanks(db, circle, to=[BEN, CHRIS])

    said = await posts(db)
    assert [(one.kind, one.place_id) for one in said.values()] == [
        (CARD, MATH_CIRCLE),
        (RECEIVED, BEN),
        (RECEIVED, CHRIS),
    ]
    assert {one.about_id for one in said.values()} == {thanks.id}


async def test_private_thanks_are_said_in_no_channel(db):
    circle = await a_circle(db)

    await a_kept_thanks(db, circle, is_private=True)

    assert [one.place_id for one in (await posts(db)).values()] == [BEN]


async def test_a_note_of_a_shower_is_not_told_of_before_its_day(db):
    circle = await a_circle(db)
    shower = await a_shower(db, circle)

    await a_kept_thanks(db, circle, is_private=True, shower_id=shower.id, arrives_at=NOW + DAY)

    assert await posts(db) == {}


async def test_what_is_deleted_is_not_told_of(db):
    circle = await a_circle(db)

    await a_kept_thanks(db, circle, deleted_at=NOW)

    assert await posts(db) == {}


async def test_telling_twice_says_it_once(db):
    circle = await a_circle(db)
    thanks = await a_kept_thanks(db, circle)

    async with db.begin() as session:
        await telling.announce(session, thanks, circle, NOW)

    assert len(await posts(db)) == 2


async def test_what_changes_in_private_moves_no_card(db):
    circle = await a_circle(db)
    public = await a_kept_thanks(db, circle, number=1)
    private = await a_kept_thanks(db, circle, number=2, is_private=True)

    async with db.begin() as session:
        await telling.redraw(session, private, NOW)

    moved = {one.key for one in (await posts(db)).values() if one.wanted}
    assert moved == {f"{RECEIVED}:{private.id}:{BEN}"}
    assert not any(key.endswith(f":{public.id}") for key in moved)
