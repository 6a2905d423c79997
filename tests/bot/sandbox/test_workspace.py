"""The workspace as a whole: what it tells, records, and stands under load."""

import asyncio
import json

import pytest

from bot.sandbox import Workspace
from tests.bot.sandbox.conftest import MANIFEST
from tests.bot.sandbox.drawings import form, section


async def test_every_visible_change_is_told_to_who_subscribed(slack, web, general, ana):
    changes = []
    stop = slack.subscribe(changes.append)
    message = (await ana.types(general, "one")).message
    await ana.reacts(message, "tada")
    await ana.deletes(message)
    await web.chat_postEphemeral(channel=general.id, user=ana.id, text="psst")
    await web.views_open(trigger_id=slack.tickets.issue_trigger(ana.id), view=form())
    stop()
    await ana.types(general, "unheard")

    assert [change["what"] for change in changes] == [
        "message",
        "reaction",
        "message_deleted",
        "ephemeral",
        "view",
    ]
    assert changes[0] == {
        "what": "message",
        "channel": general.id,
        "ts": message["ts"],
        "user": ana.id,
    }
    assert json.loads(json.dumps(changes)) == changes


async def test_all_traffic_is_recorded(slack, bot, heard, general, ana, tmp_path):
    @bot.command("/problem")
    async def answer(ack, respond, client, body):
        await ack(text="one moment")
        await client.views_open(trigger_id=body["trigger_id"], view=form())
        await respond("opened")

    slack.record(tmp_path / "traffic.jsonl")
    await ana.types(general, "/problem")
    await slack.settled()
    await ana.types(general, "hello")
    await slack.stop()

    lines = [json.loads(line) for line in (tmp_path / "traffic.jsonl").read_text().splitlines()]
    kinds = [line["method"] for line in lines]
    assert kinds[:1] == ["@in.command"]
    assert {"@ack.command", "views.open", "@respond", "@in.envelope", "@in.event"} <= set(kinds)
    assert next(line for line in lines if line["method"] == "@respond")["args"]["text"] == "opened"


async def test_settled_waits_for_what_the_bot_does_after_its_answer(
    slack, bot, heard, general, ana
):
    @bot.command("/problem")
    async def answer(ack, client):
        await ack()
        for _ in range(3):
            await client.conversations_info(channel=general.id)
            await asyncio.sleep(0.01)
        await client.chat_postMessage(channel=general.id, text="done")

    await ana.types(general, "/problem")
    await slack.settled()

    assert [message["text"] for message in general.messages] == ["done"]


async def test_settled_gives_up_when_it_never_ends(slack, session, general):
    slack.faults.slow("auth.test", seconds=1)
    call = asyncio.create_task(session.post(f"{slack.api_url}auth.test"))
    await asyncio.sleep(0.05)

    with pytest.raises(TimeoutError):
        await slack.settled(timeout=0.1)
    (await call).release()


async def test_timestamps_never_repeat_though_the_clock_stands_still(slack, clock):
    still = clock()
    slack.clock = lambda: still

    stamps = [slack.new_ts() for _ in range(1000)]

    assert len(set(stamps)) == 1000
    assert stamps == sorted(stamps)


async def test_messages_carry_the_time_of_a_moved_clock(general, ana, clock):
    clock.move(days=-21)

    message = (await ana.types(general, "three weeks ago")).message

    assert abs(float(message["ts"]) - clock().timestamp()) < 5


async def test_a_lenient_workspace_checks_no_blocks_and_no_pace(clock, session):
    async with Workspace(MANIFEST, clock=clock, strict=False) as slack:
        general = slack.add_channel("general", [slack.bot_user_id])
        key = {"Authorization": f"Bearer {slack.bot_token}"}
        said = {"channel": general.id, "text": "x", "blocks": [section("a" * 4000)]}
        for _ in range(2):
            url = f"{slack.api_url}chat.postMessage"
            async with session.post(url, json=said, headers=key) as response:
                assert (await response.json())["ok"] is True

    assert len(general.messages) == 2


async def test_a_thousand_commands_at_once_are_each_answered_to_their_sender(
    slack, session, web, general
):
    crowd = [slack.person(slack.add_user(f"teacher{number}").id) for number in range(1000)]
    general.members |= {person.id for person in crowd}
    address = (await web.apps_connections_open(app_token=slack.app_token))["url"]

    async def answer(socket):
        async for message in socket:
            envelope = message.json()
            if envelope["type"] == "slash_commands":
                noted = {"user": envelope["payload"]["user_id"]}
                await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": noted})

    async with session.ws_connect(address) as socket:
        answering = asyncio.create_task(answer(socket))
        await slack.bot_connected()
        sent = [slack.socket.deliver("slash_commands", {"user_id": one.id}) for one in crowd]
        acks = await asyncio.gather(*sent)
        answering.cancel()

    assert [ack.payload["user"] for ack in acks] == [one.id for one in crowd]
    assert slack.complaints == []


async def test_many_commands_at_once_open_as_many_forms(slack, bot, general):
    @bot.command("/problem")
    async def answer(ack, client, body):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form())

    crowd = [slack.person(slack.add_user(f"teacher{number}").id) for number in range(200)]
    general.members |= {person.id for person in crowd}

    replies = await asyncio.gather(*(one.types(general, "/problem") for one in crowd))
    await slack.settled()

    assert all(reply.acked for reply in replies)
    assert all(person.top_view for person in crowd)
    assert slack.complaints == []
