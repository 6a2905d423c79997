"""What was built on what: its owner is thanked, and nobody reads of what they may not see."""

from models.materials.material import Circle
from models.materials.posted import CARD, REMIXED
from models.materials.remixing import lineages_of, tell_of_remix, told_remix
from models.posts import Post
from tests.examples import ANA, BEN, CHRIS, NOW
from tests.models.materials.keeping import STAFF_LOUNGE, a_circle, a_kept_material
from tests.models.materials.using_steps import letters


async def remixed(db, origin, community, **traits):
    """Keep what Ben built on it, and let its owner hear of it."""
    fields = {"number": 2, "owner_id": BEN, "title": "Essay rubric", "remix_of_id": origin.id}
    remix = await a_kept_material(db, community, **fields | traits)
    async with db.begin() as session:
        await tell_of_remix(session, remix, NOW)
        await tell_of_remix(session, remix, NOW)
    return remix


async def named(db, material, reader_id):
    """Return the titles of what it was built on and of what was built on it, for that reader."""
    async with db() as session:
        lineage = (await lineages_of(session, [material], reader_id))[material.id]
    origin = lineage.origin.title if lineage.origin else None
    return origin, [one.title for one in lineage.remixes]


async def test_the_owner_is_thanked_once(db):
    community = await a_circle(db)
    origin = await a_kept_material(db, community)

    remix = await remixed(db, origin, community)

    [letter] = await letters(db, REMIXED)
    assert (letter.place_id, letter.about_id) == (ANA, remix.id)
    async with db() as session:
        told = await told_remix(session, letter)
    assert told is not None
    assert [one.id for one in told] == [remix.id, origin.id]


async def test_nobody_is_thanked_for_their_own(db):
    community = await a_circle(db)
    origin = await a_kept_material(db, community)

    await remixed(db, origin, community, owner_id=ANA)

    assert await letters(db, REMIXED) == []
    assert await named(db, origin, ANA) == (None, ["Essay rubric"])


async def test_a_remix_in_a_community_of_others_is_told_nowhere(db):
    community = await a_circle(db)
    lounge = await a_circle(db, channel_id=STAFF_LOUNGE, members=(BEN, CHRIS))
    origin = await a_kept_material(db, community, circle=Circle.NETWORK)
    async with db.begin() as session:
        card = await Post.add(
            session, "card", "C0MATHCIRCLE", kind=CARD, due_at=NOW, about_id=origin.id
        )

    remix = await remixed(db, origin, lounge)

    assert await letters(db, REMIXED) == []
    assert await named(db, origin, ANA) == (None, [])
    assert await named(db, origin, "") == (None, [])
    assert await named(db, origin, CHRIS) == (None, ["Essay rubric"])
    assert await named(db, remix, "") == ("Fraction talk rubric", [])
    async with db() as session:
        assert (await session.get_one(Post, card.id)).wanted == 0


async def test_what_it_was_built_on_is_not_named_to_who_may_not_see_it(db):
    community = await a_circle(db, members=(ANA, BEN))
    lounge = await a_circle(db, channel_id=STAFF_LOUNGE, members=(BEN, CHRIS))
    origin = await a_kept_material(db, community)

    remix = await remixed(db, origin, lounge, circle=Circle.NETWORK)

    assert await named(db, remix, CHRIS) == (None, [])
    assert await named(db, remix, "") == (None, [])
    assert await named(db, remix, BEN) == ("Fraction talk rubric", [])


async def test_a_letter_says_nothing_once_the_remix_is_out_of_sight(db):
    community = await a_circle(db)
    origin = await a_kept_material(db, community)
    remix = await remixed(db, origin, community)

    async with db.begin() as session:
        session.add(remix)
        remix.deleted_at = NOW
    [letter] = await letters(db, REMIXED)

    async with db() as session:
        assert await told_remix(session, letter) is None
    assert await named(db, origin, ANA) == (None, [])
