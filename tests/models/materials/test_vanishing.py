"""A file or message is deleted in Slack: what it was is marked, and its owner told once."""

from models.materials.links import Link
from models.materials.material import Material
from models.materials.posted import CARD, GONE
from models.materials.vanishing import file_is_gone, message_is_gone
from models.posts import Post
from tests.examples import ANA, BEN, DAY, NOW
from tests.models.materials.keeping import a_circle, a_kept_material
from tests.models.materials.using_steps import letters, now


async def test_a_file_that_is_deleted_marks_every_card_and_tells_each_owner_once(db):
    community = await a_circle(db)
    anas = await a_kept_material(db, community, url=None, file_id="F1")
    bens = await a_kept_material(
        db, community, number=2, url=None, file_id="F1", owner_id=BEN, deleted_at=None
    )
    other = await a_kept_material(db, community, number=3, url=None, file_id="F2")
    async with db.begin() as session:
        about = {"kind": CARD, "due_at": NOW, "about_id": anas.id}
        card = await Post.add(session, "card", "C0MATHCIRCLE", **about)

    async with db.begin() as session:
        first = await file_is_gone(session, "F1", NOW)
        second = await file_is_gone(session, "F1", NOW + DAY)

    assert (first, second) == (2, 0)
    assert [(await now(db, one)).gone_at for one in (anas, bens, other)] == [NOW, NOW, None]
    assert [letter.place_id for letter in await letters(db, GONE)] == [ANA, BEN]
    async with db() as session:
        assert (await session.get_one(Post, card.id)).wanted == 1


async def test_a_file_that_is_known_by_its_link_alone_goes_as_well(db):
    link = Link.of("https://acme.slack.com/files/U0ANA/F0ABCDEFG/rubric.pdf")
    circle = await a_circle(db)
    material = await a_kept_material(db, circle, url=link.url, same_key=link.key)

    async with db.begin() as session:
        await file_is_gone(session, "F0ABCDEFG", NOW)

    assert (await now(db, material)).gone_at == NOW


async def test_what_took_the_place_of_something_lost_may_be_lost_as_well(db):
    circle = await a_circle(db)
    material = await a_kept_material(db, circle, url=None, file_id="F1", same_key="file:F1")

    async with db.begin() as session:
        await file_is_gone(session, "F1", NOW)
    async with db.begin() as session:
        row = await session.get_one(Material, material.id)
        row.file_id, row.same_key, row.gone_at = "F2", "file:F2", None
    async with db.begin() as session:
        await file_is_gone(session, "F2", NOW + DAY)

    assert len({letter.key for letter in await letters(db, GONE)}) == 2


async def test_a_message_that_is_deleted_marks_what_was_saved_from_it(db):
    community = await a_circle(db)
    source = {"source_channel_id": "C1", "source_ts": "1.1"}
    saved = await a_kept_material(db, community, **source)
    deleted = await a_kept_material(db, community, number=2, deleted_at=NOW, **source)

    async with db.begin() as session:
        elsewhere = await message_is_gone(session, "C2", "1.1", NOW)
        here = await message_is_gone(session, "C1", "1.1", NOW)

    assert (elsewhere, here) == (0, 1)
    assert (await now(db, saved)).gone_at == NOW
    assert (await now(db, deleted)).gone_at is None
    assert [letter.about_id for letter in await letters(db, GONE)] == [saved.id]
