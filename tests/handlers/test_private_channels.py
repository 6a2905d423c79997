"""Private channels: nobody outside takes one over, and what is said there stays there."""

import pytest

from handlers.blocks.request import SET_UP
from models import search
from models.communities import Community
from tests.examples import HOUR
from tests.handlers.problems.steps import answers_to, settle, share, words_of

pytestmark = pytest.mark.usefixtures("good_manners")


async def the_secret(world) -> Community:
    async with world.db() as session:
        return await Community.of_channel(session, "CSECRET")


async def found_by_strangers(world, words: str) -> int:
    async with world.db() as session:
        return (await search.find(session, words, kinds=["problem"], communities=[])).total


def a_press(channel_id: str) -> dict:
    button = {"type": "button", "action_id": SET_UP, "block_id": "b", "value": channel_id}
    return {"channel": {"id": "CMATHCIRCLE", "name": "math-circle"}, "actions": [button]}


def a_form(channel_id: str) -> dict:
    """A form of the forger's own making, which says that it was opened in the channel."""
    fields = {
        "name": {"name": {"type": "plain_text_input", "value": "Mine"}},
        "tz": {"tz": {"type": "external_select", "selected_option": {"value": "UTC"}}},
        "facilitators": {
            "facilitators": {"type": "multi_users_select", "selected_users": ["UANA"]}
        },
    }
    view = {
        "id": "VFORGED",
        "type": "modal",
        "callback_id": SET_UP,
        "submit": {"type": "plain_text", "text": "Set up"},
        "private_metadata": f'{{"channel_id": "{channel_id}", "typed_in": "public"}}',
        "blocks": [],
        "state": {"values": fields},
    }
    return {"type": "view_submission", "view": view}


async def test_nobody_outside_takes_a_private_channel_over(ana, world, secret):
    await ana.forges(a_press("CSECRET"))
    await settle(world)
    assert ana.top_view is None
    assert "You are not in that channel" in words_of(answers_to(ana)[-1])

    await ana.forges(a_form("CSECRET"))
    await settle(world)

    assert not (await the_secret(world)).has_member("UANA")


async def test_where_slack_tells_nothing_a_forged_channel_stays_closed(ana, world, secret):
    for method in ("conversations.info", "conversations.members"):
        world.slack.faults.fail(method, "unknown_method", times=99)

    await ana.forges(a_press("CSECRET"))
    await settle(world)

    assert ana.top_view is None
    assert not (await the_secret(world)).has_member("UANA")


@pytest.mark.parametrize(("channel", "is_private"), [("leads", True), ("staff-lounge", False)])
async def test_where_slack_does_not_tell_the_place_of_the_command_does(
    ben, world, circle, channel, is_private
):
    slack = world.slack
    slack.add_channel("leads", members={"UBEN", slack.bot_user_id}, is_private=True)
    slack.channels["CSTAFFLOUNGE"].members.add(slack.bot_user_id)
    for method in ("conversations.info", "conversations.members"):
        slack.faults.fail(method, "unknown_method", times=99)

    await ben.types(channel, "/staffroom setup")
    await settle(world)
    assert ("initial_value" in str(ben.top_view["blocks"][1])) is not is_private
    await ben.submits(ben.top_view, name="Leads")
    await settle(world)

    async with world.db() as session:
        community = await Community.of_channel(session, ben.channel(channel).id)
    assert community.is_private is is_private


async def test_a_slack_that_does_not_answer_leaves_the_form_open(ben, world, circle):
    await ben.types("math-circle", "/staffroom setup")
    await settle(world)
    world.slack.faults.fail("conversations.info", "internal_error", times=9)

    await ben.submits(ben.top_view, name="Another name")
    assert "Slack did not answer" in str(ben.top_view["blocks"][0])
    world.slack.faults.clear()
    await ben.submits(ben.top_view)
    await settle(world)

    async with world.db() as session:
        assert (await Community.of_channel(session, "CMATHCIRCLE")).name == "Another name"


async def test_only_people_in_the_channel_facilitate_there(ben, world, secret):
    await ben.types("secret", "/staffroom setup")
    await settle(world)

    for wrong, why in (("UANA", "Ana is not in the channel"), ("U0STAFFBOT", "is a bot")):
        await ben.submits(ben.top_view, facilitators=["UBEN", wrong])
        assert why in ben.top_view["errors"]["facilitators"]

    assert not (await the_secret(world)).has_member("UANA")


async def test_a_channel_made_private_takes_its_problems_along(ana, ben, world, anas_problem):
    slack = world.slack
    slack.channels["CMATHCIRCLE"].is_private = True
    assert await found_by_strangers(world, "quiet students") == 1
    ts = slack.new_ts()
    told = {"type": "message", "subtype": "channel_convert_to_private", "channel_type": "group"}
    told |= {"channel": "CMATHCIRCLE", "user": "UBEN", "text": "made it private", "ts": ts}

    await slack.socket.deliver(
        "events_api",
        {
            "type": "event_callback",
            "team_id": slack.team_id,
            "event_id": "EvPRIVATE",
            "event": told | {"event_ts": ts},
        },
    )
    await settle(world)

    assert await found_by_strangers(world, "quiet students") == 0


async def test_a_channel_that_changed_unseen_is_noticed_within_an_hour(ana, world, circle):
    await share(ana, world)
    place = world.slack.channels["CMATHCIRCLE"]
    place.is_private, place.name = True, "maths"

    await world.moves(HOUR)

    assert await found_by_strangers(world, "quiet students") == 0
    async with world.db() as session:
        community = await Community.of_channel(session, "CMATHCIRCLE")
    assert (community.channel_name, community.is_private) == ("maths", True)
    place.is_private = False
    await world.moves(HOUR)
    assert await found_by_strangers(world, "quiet students") == 1
