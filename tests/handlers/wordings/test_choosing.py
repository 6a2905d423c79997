"""Facilitators let the bot speak in their own words, and see first how that looks."""

import pytest

from handlers.blocks.communities.ids import COMMUNITY
from handlers.blocks.wordings.ids import OURS, REWORD, WORDINGS
from models.wordings.rewording import wordings_of
from models.wordings.wording import Spot
from tests.handlers.problems.steps import last_answer

pytestmark = pytest.mark.usefixtures("good_manners")


async def own(world, circle):
    async with world.db() as session:
        return await wordings_of(session, circle.id)


async def presses(person, world, action_id, value=None):
    message = person.sees("math-circle")[-1]
    await person.presses(action_id, message=message, value=value)
    await world.settled()


async def test_words_are_previewed_kept_and_taken_back(ben, world, circle):
    await ben.types("math-circle", "/staffroom settings")
    await world.settled()
    await presses(ben, world, WORDINGS)
    await presses(ben, world, REWORD, f"{circle.id}:digest_opening")

    await ben.submits(ben.top_view, text="Dear circle, this is new: {nwes}")
    assert "{nwes}" in str(ben.top_view["errors"])
    await ben.submits(ben.top_view, text="Dear circle, this is new: {news}.")
    await world.settled()
    assert ben.top_view["title"]["text"] == "How it will look"
    assert "two open questions" in str(ben.top_view["blocks"])
    assert await own(world, circle) == {}
    await ben.submits(ben.top_view)
    await world.settled()

    assert await own(world, circle) == {Spot.DIGEST: "Dear circle, this is new: {news}."}
    assert "begins with your words" in last_answer(ben)
    await presses(ben, world, OURS)
    assert await own(world, circle) == {}


async def test_who_looks_after_nothing_here_rewords_nothing(ana, world, circle):
    for action_id in (WORDINGS, REWORD, OURS, COMMUNITY):
        value = str(circle.id) if action_id in (WORDINGS, COMMUNITY) else f"{circle.id}:reminder"
        button = {"type": "button", "action_id": action_id, "block_id": "b", "value": value}
        await ana.forges({"channel": {"id": "CMATHCIRCLE"}, "actions": [button]})
        await world.settled()

        assert "Only facilitators can" in last_answer(ana)
    assert ana.top_view is None
