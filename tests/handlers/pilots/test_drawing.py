"""What is drawn of a pilot tells its reader no name of a channel that they are not in."""

import pytest

from handlers.pilots.drawing import known_of, known_of_rows
from models.pilots.cycles import EVERYBODY
from models.pilots.pilot import Circle
from tests.examples import ANA, CHRIS, NOW
from tests.models.pilots.circles import STAFF_LOUNGE, a_circle, a_kept_pilot


@pytest.mark.parametrize(
    ("reader", "place"), [(ANA, "#leads"), (EVERYBODY, "#leads"), (CHRIS, "its community")]
)
async def test_the_name_of_a_private_channel_is_for_who_is_in_it(db, reader, place):
    traits = {"channel_id": STAFF_LOUNGE, "channel_name": "leads", "is_private": True}
    inner = await a_circle(db, members=(ANA,), **traits)
    pilot = await a_kept_pilot(db, inner, circle=Circle.NETWORK)

    async with db() as session:
        alone = await known_of(session, pilot, reader)
        listed = await known_of_rows(session, [pilot], reader, NOW)

    assert [one.place(pilot) for one in (alone, listed)] == [place, place]
    assert listed.zones == {inner.id: "America/Denver"}
