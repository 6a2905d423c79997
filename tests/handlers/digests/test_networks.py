"""Network digests: set up by leads, posted in a channel of their own, read by everybody there."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks.digests.ids import (
    NETWORK_END,
    NETWORK_PLAN,
    NETWORK_PREVIEW,
    NETWORK_SEE_ALL,
    NETWORKS,
)
from handlers.digests.weekly import issue_digests, next_moment
from models.digests.networks import NetworkDigest
from models.digests.posted import NETWORK, NETWORK_MISSED
from tests.examples import DAY, HOUR, NOW, a_problem
from tests.handlers.digests.week_steps import letters
from tests.handlers.problems.steps import last_answer, posts, share, words_of

pytestmark = pytest.mark.usefixtures("good_manners")

OFFICE = "COFFICE"
# From Tuesday 9:00 to Friday 14:00 and a minute.
TO_FRIDAY = timedelta(days=3, hours=5, minutes=1)
CHOICE = {
    "name": "North schools",
    "channel_id": OFFICE,
    "community_ids": ["all"],
    "weekday": "4",
    "at": "14:00",
}


@pytest.fixture
def office(world):
    """A channel for the digest of the network, in which nobody works together."""
    slack = world.slack
    slack.add_channel("office", members={"UDANA", "UANA", slack.bot_user_id})


async def presses(person, world, action_id: str, value: str = "") -> dict[str, Any] | None:
    """Press a button that may stand anywhere, and return the form that is open, if one is."""
    pressed = {"type": "button", "action_id": action_id, "value": value, "block_id": "b"}
    await person.forges({"channel": {"id": "CMATHCIRCLE"}, "actions": [pressed]})
    await world.settled()
    return person.top_view


async def sets_up(person, world, **choice: Any) -> NetworkDigest:
    await person.types("math-circle", "/staffroom digest network")
    await world.settled()
    await person.submits(person.top_view, **CHOICE | choice)
    await world.settled()
    [network] = await kept(world)
    return network


def a_form(network_id: int) -> dict[str, Any]:
    """A form of the forger's own making, which gives the digest another name."""
    view = {"id": "VFORGED", "type": "modal", "callback_id": NETWORK_PLAN, "blocks": []}
    name = {"name": {"name": {"type": "plain_text_input", "value": "Mine"}}}
    facts = json.dumps({"network_id": network_id})
    return {
        "type": "view_submission",
        "view": view | {"private_metadata": facts, "state": {"values": name}},
    }


async def kept(world) -> list[NetworkDigest]:
    async with world.db() as session:
        return list(await NetworkDigest.living(session))


async def passes(world, by: timedelta = timedelta()) -> str:
    """Let time pass, and the tick issue what is due."""
    world.clock.move(by)
    # Nothing is asked of Slack itself, so a client that reaches nothing will do.
    told = await issue_digests(world.database, world.clock, AsyncWebClient())
    await world.settled()
    return told


async def test_a_lead_has_communities_summed_up_once_a_week_by_two_replicas(
    ana, dana, world, lounge, secret, office
):
    await share(ana, world)
    await share(ana, world, "staff-lounge", title="Loud corridors")
    async with world.db.begin() as session:
        facts = {"id": None, "community_id": secret.id, "shared_at": NOW, "request_key": "S"}
        session.add(a_problem(**facts, author_id="UBEN", title="A secret of the inner circle"))
    network = await sets_up(dana, world)
    async with world.db() as session:
        assert await next_moment(session, world.clock()) == network.next_at

    world.clock.move(TO_FRIDAY)
    told = await asyncio.gather(*(passes(world) for _ in range(2)))

    assert sorted(told) == ["1 posted", "none due"]
    [digest] = posts(world, NETWORK, OFFICE)
    said = words_of(digest)
    assert digest["text"].startswith("This week in North schools: two open questions")
    assert said.index("Math circle") < said.index("Staff lounge") < said.index("Loud corridors")
    assert "secret" not in said
    assert "Inner circle" not in said
    assert await passes(world, timedelta(hours=1)) == "none due"


async def test_pressing_keep_twice_makes_one_and_the_list_offers_to_change_and_end_it(
    dana, world, circle, office
):
    form = await presses(dana, world, NETWORKS)
    await dana.submits(form, **CHOICE)
    await dana.submits(form, again=True)
    await world.settled()
    [network] = await kept(world)

    await dana.types("math-circle", "/staffroom digest network")
    await world.settled()
    listed = dana.sees("math-circle")[-1]

    assert "These digests sum up several communities." in listed["text"]
    assert NETWORK_END in str(listed["blocks"])
    form = await presses(dana, world, NETWORK_PLAN, str(network.id))
    await dana.submits(form, **CHOICE | {"name": "South schools"})
    await world.settled()
    assert [one.name for one in await kept(world)] == ["South schools"]
    for _ in range(2):
        await presses(dana, world, NETWORK_END, str(network.id))
        assert "South schools comes no more" in last_answer(dana)
    assert await kept(world) == []


@pytest.mark.parametrize("asked", ["/staffroom digest network", "digest network"])
async def test_a_lead_asks_for_it_in_a_direct_message_as_well(dana, world, circle, office, asked):
    conversation = world.slack.direct_message("UDANA")
    await dana.types(conversation, asked)
    await world.settled()
    if dana.top_view is None:
        # A message has no trigger, so a button offers the form.
        await dana.presses(NETWORK_PLAN, message=world.letters("UDANA")[-1])
        await world.settled()

    await dana.submits(dana.top_view, **CHOICE)
    await world.settled()

    assert [one.name for one in await kept(world)] == ["North schools"]
    assert "Kept. Each Friday at 14:00 (America/Denver)." in world.letters("UDANA")[-1]["text"]


async def test_a_channel_without_the_bot_or_a_private_one_is_refused_at_its_field(
    dana, world, secret, office
):
    await dana.types("math-circle", "/staffroom digest network")
    await world.settled()
    await dana.submits(dana.top_view, **CHOICE | {"channel_id": "CSTAFFLOUNGE"})
    assert "I am not in that channel yet" in str(dana.top_view["errors"])

    await dana.submits(dana.top_view, **CHOICE | {"channel_id": "CSECRET"})
    assert "That channel is private" in str(dana.top_view["errors"])

    assert await kept(world) == []


async def test_who_does_not_lead_is_told_whom_to_ask_also_with_forged_buttons(
    ana, ben, dana, world, circle, office
):
    network = await sets_up(dana, world)
    for person in (ana, ben):
        await person.types("math-circle", "/staffroom digest network")
        await world.settled()
        told = [last_answer(person)]
        for forged in (NETWORKS, NETWORK_PLAN, NETWORK_END, NETWORK_PREVIEW):
            assert await presses(person, world, forged, str(network.id)) is None
            told.append(last_answer(person))

        assert all("can set up a network digest. Ask Dana." in one for one in told)
    await ben.forges(a_form(network.id))
    await world.settled()
    assert [(one.id, one.name) for one in await kept(world)] == [(network.id, "North schools")]


async def test_all_of_it_is_for_everybody_and_forged_values_are_answered_kindly(
    ana, dana, world, circle, office
):
    async with world.db.begin() as session:
        for number in range(12):
            title = f"Question {number} about something long in a lesson"
            facts = {"id": None, "community_id": circle.id, "author_id": "UANA", "title": title}
            session.add(a_problem(**facts, request_key=title, shared_at=NOW))
    network = await sets_up(dana, world)
    await passes(world, TO_FRIDAY)
    [digest] = posts(world, NETWORK, OFFICE)

    await ana.presses(NETWORK_SEE_ALL, message=digest)
    await world.settled()

    assert "Question 11 about" in ana.sees("office")[-1]["text"]
    async with world.db.begin() as session:
        (await session.get_one(NetworkDigest, network.id)).ended_at = NOW
    forgeries = ("", "x:y:z", "999:2026-11-16:0", f"{network.id}:2026-11-09:0", "1:no:0")
    for forged in (*forgeries, f"{network.id}"):
        await presses(ana, world, NETWORK_SEE_ALL, forged)
        assert "That network digest is not there any more" in last_answer(ana)


async def test_a_day_that_went_by_is_told_to_the_lead_who_can_read_it_all_the_same(
    ana, dana, world, anas_problem, office
):
    await sets_up(dana, world)

    assert await passes(world, TO_FRIDAY + DAY) == "1 missed"

    await world.moves(2 * DAY)
    assert posts(world, NETWORK, OFFICE) == []
    [letter] = letters(world, "UDANA", NETWORK_MISSED)
    assert "could not come on Friday 20 November" in letter["text"]
    await dana.presses(NETWORK_PREVIEW, message=letter)
    await world.settled()
    assert "Quiet students in small groups" in words_of(world.letters("UDANA")[-1])


async def test_what_becomes_private_leaves_it_and_a_channel_with_a_new_id_keeps_it(
    ben, dana, world, anas_problem, office
):
    await sets_up(dana, world)
    await passes(world, TO_FRIDAY)

    world.slack.channels["CMATHCIRCLE"].is_private = True
    await dana.shares_outside(OFFICE)
    await world.moves(HOUR)

    [network] = await kept(world)
    assert network.channel_id != OFFICE
    [digest] = posts(world, NETWORK, str(network.channel_id))
    assert digest["text"] == "What this digest told of was answered or taken back since."


async def test_other_words_after_digest_are_answered_with_the_nearest_right_form(
    dana, world, circle
):
    for typed, nearest in (("nonsense", "digest"), ("network please", "digest network")):
        await dana.types("math-circle", f"/staffroom digest {typed}")
        await world.settled()
        assert f"Did you mean `/staffroom {nearest}`?" in last_answer(dana)
