"""App Home: one page of what concerns me."""

import logging

from handlers.blocks.communities import SHARE
from handlers.blocks.members import SETTINGS
from handlers.blocks.request import SET_UP
from models.members import Member
from tests.handlers.problems.steps import TITLE, last_answer, resolve, settle, share


def pressable(home):
    blocks = [block for block in home["blocks"] if block["type"] == "actions"]
    return [element["action_id"] for block in blocks for element in block["elements"]]


async def test_the_page_names_my_communities_and_what_i_can_do(ana, world, circle):
    await ana.opens_home()
    await world.settled()

    assert "*Hello Ana*" in str(ana.home)
    assert "Math circle (<#CMATHCIRCLE>)" in str(ana.home)
    assert pressable(ana.home)[:2] == [SHARE, SETTINGS]


async def test_without_a_community_it_shows_how_to_begin(ana, world):
    await ana.opens_home()
    await world.settled()
    assert pressable(ana.home) == [SET_UP, SETTINGS]

    await ana.presses(SET_UP, home=True)
    await world.settled()

    assert "channel_id" in ana.top_view["state"]["values"]


async def test_settings_open_from_home(ana, world, circle):
    await ana.opens_home()
    await world.settled()

    await ana.presses(SETTINGS, home=True)
    await world.settled()

    assert ana.top_view["title"]["text"] == "My settings"


async def test_the_messages_tab_draws_no_page(ana, world, circle):
    await ana.opens_messages()
    await world.settled()

    assert ana.home is None


async def test_the_page_follows_what_i_share(ana, world, circle):
    await ana.opens_home()
    await world.settled()
    assert "You have not shared a problem yet" in str(ana.home)

    card = await share(ana, world)
    assert TITLE in str(ana.home)
    await resolve(ana, world, card)

    assert "resolved" in str(ana.home)


async def test_nobody_is_given_a_page_they_never_opened(ana, world, circle):
    await share(ana, world)

    assert ana.home is None
    async with world.db() as session:
        assert (await Member.find(session, "UANA")).home_opened_at is None


async def test_a_page_that_cannot_be_drawn_does_not_get_in_the_way(ana, world, circle, caplog):
    caplog.set_level(logging.ERROR)
    await ana.opens_home()
    await world.settled()
    world.slack.faults.fail("views.publish", "internal_error", times=10)

    await share(ana, world)

    assert "Could not refresh a Home page" in caplog.text
    assert "Shared in" in last_answer(ana)
    world.slack.faults.clear()
    await ana.opens_home()
    await settle(world)
    assert TITLE in str(ana.home)


async def test_everybody_has_a_page_of_their_own(ana, ben, world, circle):
    await share(ana, world, without_name="yes")
    for person in (ana, ben):
        await person.opens_home()
    await world.settled()

    assert "My problems" in str(ana.home)
    assert "My problems" not in str(ben.home)
    assert "A colleague" in str(ben.home)
