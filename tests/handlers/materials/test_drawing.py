"""Letters and lists are drawn for their reader: what is out of sight by then is in none of them."""

import pytest

from handlers.materials import checking, using
from handlers.materials.drawing import known_of
from models.materials.material import Circle
from models.materials.posted import GONE, USED
from models.materials.vanishing import file_is_gone
from models.posts import Post
from tests.examples import ANA, BEN, CHRIS, NOW
from tests.models.materials.keeping import STAFF_LOUNGE, a_circle, a_kept_material
from tests.models.materials.using_steps import leaves, letters, people, uses


async def drawn(db, draw, letter):
    async with db() as session:
        return await draw(session, letter, NOW)


@pytest.mark.parametrize("circle", [Circle.COMMUNITY, Circle.NETWORK])
async def test_who_has_left_the_community_reads_no_more_of_what_is_said_there(db, circle):
    await people(db)
    community = await a_circle(db)
    fields = {"url": None, "file_id": "F1", "circle": circle}
    material = await a_kept_material(db, community, **fields)
    await uses(db, material, BEN, "The second page was the good one.")
    async with db.begin() as session:
        await file_is_gone(session, "F1", NOW)
    await leaves(db, community, ANA)

    [used], [gone] = [await letters(db, kind) for kind in (USED, GONE)]
    told = [await drawn(db, using.draw_used, used), await drawn(db, checking.draw_gone, gone)]

    assert [one is not None for one in told] == [circle == Circle.NETWORK] * 2


async def test_a_letter_that_was_read_names_what_is_out_of_sight_no_more(db):
    await people(db)
    community = await a_circle(db)
    material = await a_kept_material(db, community)
    await uses(db, material, BEN, "The second page was the good one.")
    await leaves(db, community, ANA)
    async with db.begin() as session:
        [letter] = await letters(db, USED)
        said = await session.get_one(Post, letter.id)
        said.was_said("D1", "1.1", drawn=0, now=NOW)

    message = await drawn(db, using.draw_used, said)

    assert message is not None
    assert message.text == "The material that this was about is not here any more."


async def test_the_name_of_a_private_channel_is_for_who_is_in_it(db):
    traits = {"channel_id": STAFF_LOUNGE, "channel_name": "leads", "is_private": True}
    inner = await a_circle(db, members=(ANA,), **traits)
    material = await a_kept_material(db, inner, circle=Circle.NETWORK)

    async with db() as session:
        places = [
            (await known_of(session, [material], who)).place(material) for who in (ANA, CHRIS)
        ]

    assert places == ["#leads", "another community"]
