"""Answers reach the person who asked, wherever they are; forms open, or wait for them."""

import asyncio
import json

import pytest

from handlers.blocks.problems.forms import OPEN
from handlers.blocks.request import CHOOSE
from handlers.messages import WORDS
from handlers.request import (
    COMMANDS,
    Directory,
    as_command,
    facts_in,
    occurrence_of,
    request_key,
    said_by,
    said_in,
    thread_of,
)
from handlers.request.payloads import is_between_us
from models.drafts import Draft
from models.my_data.erasing import erase
from tests.handlers.problems.steps import (
    TITLE,
    answers_to,
    last_answer,
    open_form,
    settle,
    share,
    words_of,
)

pytestmark = pytest.mark.usefixtures("good_manners")


@pytest.mark.parametrize(
    ("body", "member_id", "channel_id", "thread_ts"),
    [
        ({"user_id": "U1", "channel_id": "C1"}, "U1", "C1", None),
        ({"user": {"id": "U1"}, "channel": {"id": "C1"}}, "U1", "C1", None),
        ({"user": {"id": "U1"}, "view": {}}, "U1", None, None),
        ({"event": {"user": "U1", "channel": "C1", "thread_ts": "1.1"}}, "U1", "C1", "1.1"),
        ({"event": {"user": {"id": "U1"}, "channel": {"id": "C1"}}}, None, None, None),
        ({"channel": {"id": "C1"}, "message": {"ts": "1.1", "thread_ts": "1.1"}}, None, "C1", None),
        ({"message": {"ts": "1.2", "thread_ts": "1.1"}}, None, None, "1.1"),
        ({"container": {"channel_id": "C1", "thread_ts": "1.1"}}, None, "C1", "1.1"),
        ({"container": {"message_ts": "1.1", "thread_ts": "1.1"}}, None, None, None),
        ({}, None, None, None),
    ],
)
def test_who_and_where_can_be_read_from_anything_slack_sends(
    body, member_id, channel_id, thread_ts
):
    assert (said_by(body), said_in(body), thread_of(body)) == (member_id, channel_id, thread_ts)


def test_only_a_message_of_ours_proves_a_conversation_with_us():
    ours = {"channel": {"id": "D1"}, "container": {}, "message": {"bot_id": "B1"}}

    assert is_between_us(ours)
    assert not is_between_us(ours | {"message": {"user": "U2"}})
    assert not is_between_us({"channel_id": "D1", "command": "/problem"})
    assert not is_between_us(ours | {"channel": {"id": "C1"}})


def test_a_press_asks_as_if_the_command_had_been_typed():
    body = {"user": {"id": "U1"}, "channel": {"id": "C1"}, "team": {"id": "T1"}, "actions": [1]}

    asked = as_command(body | {"trigger_id": "x"}, "/problem", "list")

    assert asked == {
        "trigger_id": "x",
        "command": "/problem",
        "text": "list",
        "team_id": "T1",
        "user_id": "U1",
        "channel_id": "C1",
        "thread_ts": None,
        "request_key": request_key(body | {"trigger_id": "x"}),
    }


def test_one_press_is_told_from_every_other_without_saying_whose_it_is():
    press = {"type": "block_actions", "trigger_id": "1.2.a", "user": {"id": "U0ANA"}}

    first = occurrence_of(press | {"actions": [{"action_id": "more", "value": "1"}]})

    assert first == occurrence_of(press | {"actions": [{"value": "1", "action_id": "more"}]})
    assert first != occurrence_of(press | {"actions": [{"action_id": "more", "value": "2"}]})
    assert first != occurrence_of(press | {"trigger_id": "1.2.b", "actions": [{"value": "1"}]})
    assert "U0ANA" not in first
    assert len(first) <= 64
    assert occurrence_of({"type": "view_submission"}) is None
    assert occurrence_of({"event_id": "Ev1"}) == "Ev1"


@pytest.mark.parametrize("value", ["", "no", "[1]", "3", "[" * 2000, None, '"a"'])
def test_a_value_that_is_not_ours_has_no_facts(value):
    assert facts_in(value) == {}


async def test_a_choice_of_what_nobody_knows_is_answered_plainly(ana, world, circle):
    for command in ("/nothing", "", 7):
        value = json.dumps({"command": command, "text": "list", "community_id": circle.id})
        button = {"type": "button", "action_id": f"{CHOOSE}.0", "block_id": "b", "value": value}

        await ana.forges({"channel": {"id": circle.channel_id}, "actions": [button]})
        await settle(world)

        assert "Please ask once more" in last_answer(ana)


async def test_whoever_is_in_no_community_hears_which_one_to_join(world, circle, secret):
    world.slack.add_user("erin")
    erin = world.slack.person("UERIN")

    await erin.types(world.slack.direct_message("UERIN"), "problem Quiet students")
    await settle(world)

    letter = words_of(world.letters("UERIN")[-1])
    assert "Join <#CMATHCIRCLE>" in letter
    assert "CSECRET" not in letter


def test_what_can_be_asked_again_is_every_command():
    assert {command for command, _ in WORDS.values()} == set(COMMANDS)


async def test_a_directory_remembers_a_community_until_it_is_told_to_forget(world, circle):
    directory = Directory()
    first = await directory.look_up(world.db, "T0STAFF", circle.channel_id)

    assert await directory.look_up(world.db, "T0STAFF", circle.channel_id) is first
    directory.forget("T0STAFF", circle.channel_id)

    assert await directory.look_up(world.db, "T0STAFF", circle.channel_id) is not first


async def test_a_directory_forgets_the_communities_of_whoever_is_deleted(world, circle):
    directory = Directory()
    first = await directory.look_up(world.db, "T0STAFF", circle.channel_id)

    directory.forget_those_of("T0STAFF", "UNEVER")
    same = await directory.look_up(world.db, "T0STAFF", circle.channel_id)
    directory.forget_those_of("T0STAFF", circle.facilitators[0])

    assert same is first
    assert await directory.look_up(world.db, "T0STAFF", circle.channel_id) is not first


async def test_whoever_was_deleted_elsewhere_is_back_in_a_private_community_at_once(
    chris, world, secret
):
    world.slack.channels["CSECRET"].members.add("UCHRIS")
    await share(chris, world, channel="secret")
    # Another replica deletes everything about them.
    async with world.db.begin() as session:
        await erase(session, "UCHRIS", request_key="form:1", now=world.clock())

    card = await share(chris, world, channel="secret", title="Back again")

    assert "Back again" in card.words


async def test_a_directory_knows_no_channel_of_another_workspace(world, circle):
    directory = Directory()
    await directory.look_up(world.db, "T0STAFF", circle.channel_id)

    other = world.database.of("T0OTHER")

    assert await directory.look_up(other, "T0OTHER", circle.channel_id) is None


async def test_of_many_who_ask_at_once_one_asks_the_database(world, circle):
    directory = Directory()
    asked = [directory.look_up(world.db, "T0STAFF", circle.channel_id) for _ in range(20)]

    found = await asyncio.gather(*asked)

    assert len({id(one) for one in found}) == 1


async def test_whoever_types_in_a_private_community_is_in_it(chris, world, secret):
    world.slack.channels["CSECRET"].members.add("UCHRIS")

    card = await share(chris, world, channel="secret")

    assert TITLE in card.words


async def test_an_address_that_slack_takes_no_more_is_made_up_for(ana, world, circle):
    world.slack.faults.next("@respond", status=404)

    await ana.types("math-circle", "/problem help")
    await settle(world)

    assert "/problem find" in last_answer(ana)


async def test_where_the_bot_is_not_the_answer_is_a_letter_at_last(ana, world, circle):
    world.slack.faults.next("@respond", status=404)
    world.slack.faults.fail("chat.postEphemeral", "not_in_channel")

    await ana.types("staff-lounge", "/problem help")
    await settle(world)

    assert "/problem find" in world.letters("UANA")[-1]["text"]


async def test_between_two_colleagues_only_the_one_who_asked_sees_the_answer(ana, world, circle):
    between = world.slack.add_channel("", members={"UANA", "UBEN"}, id="D0ANABEN", is_im=True)

    await ana.types(between, "/problem help")
    await settle(world)

    assert between.messages == []
    assert "/problem find" in last_answer(ana, between)


async def test_nothing_is_kept_when_nothing_was_typed(ana, world, circle):
    world.slack.faults.fail("views.open", "expired_trigger_id")

    await ana.types("math-circle", "/problem")
    await settle(world)

    assert "kept" not in last_answer(ana)
    async with world.db() as session:
        assert await Draft.of(session, 1, "UANA") is None
    await ana.presses(OPEN)
    await settle(world)
    assert ana.top_view["title"]["text"] == "Share a problem"


async def test_a_draft_that_fails_to_open_again_is_one_draft(ana, world, circle):
    world.slack.faults.fail("views.open", "expired_trigger_id", times=2)
    await ana.types("math-circle", f"/problem {TITLE}")
    await settle(world)

    await ana.presses(OPEN)
    await settle(world)
    await ana.presses(OPEN)
    await settle(world)

    assert TITLE in str(ana.top_view["state"])
    async with world.db() as session:
        assert await Draft.of(session, 2, "UANA") is None


async def test_a_form_whose_answer_was_lost_is_open_all_the_same(ana, world, circle):
    world.slack.faults.cut("views.open", when="after")

    form = await open_form(ana, world, TITLE)

    assert TITLE in str(form["state"])
    assert answers_to(ana) == []
    assert [one.error for one in world.slack.complaints] == ["exchanged_trigger_id"]
    world.slack.complaints.clear()
