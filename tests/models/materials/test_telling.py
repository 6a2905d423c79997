"""The card in the channel: said once, true afterwards, and silent where it would tell on others."""

from sqlalchemy import select

from models.materials import telling
from models.materials.material import Circle
from models.materials.posted import CARD
from models.posts import Post
from tests.examples import BEN, MATH_CIRCLE, NOW
from tests.models.materials.keeping import STAFF_LOUNGE, a_circle, a_kept_material


async def cards(db):
    async with db() as session:
        posts = await session.scalars(select(Post).where(Post.kind == CARD).order_by(Post.about_id))
        return [(post.place_id, post.about_id, post.wanted) for post in posts]


async def announced(db, *materials):
    async with db.begin() as session:
        for community, material in materials:
            await telling.announce(session, material, community, NOW)


async def test_a_material_is_announced_once_and_only_if_its_owner_wants(db):
    circle = await a_circle(db)
    told = await a_kept_material(db, circle, number=1)
    quiet = await a_kept_material(db, circle, number=2, is_announced=False)

    await announced(db, (circle, told), (circle, told), (circle, quiet))

    assert await cards(db) == [(MATH_CIRCLE, told.id, 0)]


async def test_what_is_made_of_it_is_drawn_anew_where_its_readers_know_of_it(db):
    circle = await a_circle(db)
    lounge = await a_circle(db, channel_id=STAFF_LOUNGE, members=(BEN,))
    origin = await a_kept_material(db, circle, number=1, circle=Circle.NETWORK)
    near = await a_kept_material(db, circle, number=2, remix_of_id=origin.id)
    far = await a_kept_material(db, lounge, number=3, remix_of_id=origin.id)
    await announced(db, (circle, origin), (circle, near), (lounge, far))

    async with db.begin() as session:
        await telling.redraw(session, await session.merge(far), NOW)
    after_far = await cards(db)
    async with db.begin() as session:
        await telling.redraw(session, await session.merge(near), NOW)
    after_near = await cards(db)
    async with db.begin() as session:
        await telling.redraw(session, await session.merge(origin), NOW)

    assert [wanted for *_, wanted in after_far] == [0, 0, 1]
    assert [wanted for *_, wanted in after_near] == [1, 1, 1]
    assert [wanted for *_, wanted in await cards(db)] == [2, 2, 2]


async def test_one_that_is_taken_out_of_the_network_is_named_there_no_more(db):
    circle = await a_circle(db)
    lounge = await a_circle(db, channel_id=STAFF_LOUNGE, members=(BEN,))
    origin = await a_kept_material(db, circle, number=1)
    remix = await a_kept_material(db, lounge, number=2, remix_of_id=origin.id)
    await announced(db, (circle, origin), (lounge, remix))

    async with db.begin() as session:
        row = await session.merge(origin)
        await telling.redraw(session, row, NOW, was_seen_in=Circle.NETWORK)

    assert [wanted for *_, wanted in await cards(db)] == [1, 1]
