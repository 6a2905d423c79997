"""A busy minute in one channel; `python -m tests.bench.thanks` measures one of two hundred."""

import asyncio
import re
from itertools import pairwise

import pytest

from tests.handlers.thanks.kind_steps import cards

pytestmark = pytest.mark.usefixtures("good_manners")

MANY = 30


async def test_all_thanks_of_a_busy_minute_are_said_once_at_the_pace_of_a_channel(
    ana, chris, world, circle
):
    async def thanks(number: int):
        giver = chris if number % 2 else ana
        await giver.types("math-circle", f"/thanks @ben for lesson {number}")

    for first in range(0, MANY, 10):
        await asyncio.gather(*[thanks(first + one) for one in range(10)])
    await world.settled(timeout=60)

    said = [re.search(r"lesson (\d+)", one["text"]) for one in cards(world)]
    assert sorted(int(found[1]) for found in said if found) == list(range(MANY))
    moments = [float(one["ts"]) for one in cards(world)]
    assert all(later - earlier >= 1 for earlier, later in pairwise(moments))
