"""What a person can do in the local Slack, and what Slack's window would not let them."""

import re

import pytest

from bot.sandbox import Refused
from tests.bot.sandbox.drawings import actions, button, home, options, section, select

CARD = [
    section("Exit tickets", accessory={"type": "overflow", "action_id": "more"}),
    actions(button("me_too", "p1"), button("me_too_b", "p2")),
]
CARD[0]["accessory"]["options"] = options("edit", "resolve")


@pytest.fixture
def pressed(bot):
    """The payload of every press and shortcut that reached the bot, in order."""
    payloads = []

    @bot.action(re.compile(".*"))
    @bot.shortcut(re.compile(".*"))
    async def listen(body, ack):
        payloads.append(body)
        await ack()

    return payloads


@pytest.fixture
async def card(web, general):
    await web.chat_postMessage(channel=general.id, text="Exit tickets", blocks=CARD)
    return general.messages[-1]


async def test_a_press_says_where_and_by_whom(slack, pressed, card, general, ben):
    reply = await ben.presses("me_too", message=card)

    [payload] = pressed
    [action] = payload["actions"]
    assert reply.acked
    assert (action["type"], action["value"], action["block_id"]) == ("button", "p1", "actions")
    assert (payload["user"]["id"], payload["channel"]["id"]) == (ben.id, general.id)
    assert payload["message"]["ts"] == payload["container"]["message_ts"] == card["ts"]
    assert "metadata" not in payload["message"]
    assert payload["trigger_id"]
    assert payload["response_url"].startswith(slack.base_url)


async def test_a_menu_reports_what_was_chosen(pressed, card, ben):
    await ben.presses("more", message=card, option="resolve")

    assert pressed[0]["actions"][0]["selected_option"]["value"] == "resolve"
    with pytest.raises(Refused, match="not in the menu"):
        await ben.presses("more", message=card, option="burn")


async def test_only_what_is_drawn_can_be_pressed(slack, pressed, card, general, ana, ben):
    kim = slack.person(slack.add_user("kim").id)

    with pytest.raises(Refused, match="no vanish"):
        await ben.presses("vanish", message=card)
    with pytest.raises(Refused, match="not in"):
        await kim.presses("me_too", message=card)
    assert pressed == []


async def test_a_private_answer_can_be_pressed_by_its_receiver_only(
    pressed, web, general, ana, ben
):
    blocks = [actions(button("yes"))]
    await web.chat_postEphemeral(channel=general.id, user=ana.id, text="sure?", blocks=blocks)
    [whisper] = general.ephemerals

    await ana.presses("yes", message=whisper)

    assert pressed[0]["container"]["is_ephemeral"] is True
    assert "message" not in pressed[0]
    with pytest.raises(Refused, match="does not see"):
        await ben.presses("yes", message=whisper)


async def test_a_press_finds_the_newest_card_by_itself(pressed, web, general, clock, card, ben):
    clock.move(seconds=1)
    await web.chat_postMessage(channel=general.id, text="Later", blocks=CARD)

    await ben.presses("me_too")

    assert pressed[0]["message"]["text"] == "Later"
    with pytest.raises(Refused, match="sees no"):
        await ben.presses("vanish")


async def test_choices_on_a_message_are_remembered_for_who_made_them(
    pressed, web, general, ana, ben
):
    block = actions(select("topic", "maths", "arts"), button("go"), block_id="choose")
    await web.chat_postMessage(channel=general.id, text="Choose", blocks=[block])
    message = general.messages[-1]

    await ana.presses("topic", message=message, option="arts")
    await ana.presses("go", message=message)
    await ben.presses("go", message=message)

    chosen = [one["state"]["values"]["choose"]["topic"]["selected_option"] for one in pressed]
    assert [option and option["value"] for option in chosen] == ["arts", "arts", None]


async def test_a_home_is_pressed_with_its_hash(pressed, web, ana, ben):
    with pytest.raises(Refused, match="no home"):
        await ana.presses("share", home=True)
    await web.views_publish(user_id=ana.id, view=home(actions(button("share"))))

    await ana.presses("share", home=True)

    [payload] = pressed
    assert payload["view"]["type"] == "home"
    assert payload["hash"] == ana.home["hash"]
    assert payload["container"] == {"type": "view", "view_id": ana.home["id"]}
    with pytest.raises(Refused, match="no such view"):
        await ben.presses("share", view=ana.home)


async def test_shortcuts_are_those_of_the_manifest(pressed, heard, general, ana):
    message = (await ana.types(general, "my class will not talk")).message

    await ana.uses_shortcut("problems.share")
    await ana.uses_shortcut("problems.share_message", message=message)

    everywhere, on_message = pressed
    assert (everywhere["type"], "channel" in everywhere) == ("shortcut", False)
    assert on_message["type"] == "message_action"
    assert on_message["message"]["text"] == "my class will not talk"
    assert on_message["message_ts"] == message["ts"]
    with pytest.raises(Refused, match="no global shortcut"):
        await ana.uses_shortcut("problems.share_message")


async def test_a_forged_press_arrives_as_it_is(pressed, general, ben):
    forged = {**button("me_too", "T0OTHER:1"), "block_id": "b", "action_ts": "1.000001"}

    await ben.forges(
        {
            "type": "block_actions",
            "actions": [forged],
            "channel": {"id": general.id, "name": "general"},
        }
    )

    [payload] = pressed
    assert payload["actions"] == [forged]
    assert payload["user"]["id"] == ben.id
    assert payload["response_url"]


async def test_commands_unknown_or_in_threads_are_refused(heard, general, ana):
    first = (await ana.types(general, "first")).message

    in_thread = await ana.types(general, "/problem", thread_ts=first["ts"])
    unknown = await ana.types(general, "/dance")

    assert in_thread.error == "slash commands cannot be used in threads"
    assert unknown.error == "/dance is not a valid command"
    assert len(general.messages) == 1


async def test_names_in_a_command_are_escaped(slack, general, staff, ana, ben):
    sent = []
    slack.recording.note_delivery = lambda kind, payload: sent.append(payload)

    await ana.types(general, "/problem ask <@UBEN> & @ben in #general or #staff <b> http://x.org/a")

    assert sent[0]["text"] == (
        "ask <@UBEN|ben> &amp; <@UBEN|ben> in <#CGENERAL|general> or <#CSTAFF|> "
        "&lt;b&gt; <http://x.org/a>"
    )


async def test_an_answer_in_the_channel_is_seen_by_all(bot, general, ana, ben):
    @bot.command("/problem")
    async def answer(ack):
        await ack(text="for all", response_type="in_channel")

    await ana.types(general, "/problem")

    assert [message["text"] for message in ben.sees(general)] == ["for all"]


async def test_nobody_speaks_where_they_are_not(slack, general, staff, ana, ben):
    for attempt in (ben.types(staff, "hi"), ben.joins(staff), ana.joins(general)):
        with pytest.raises(Refused):
            await attempt
    await ana.archives(general)
    with pytest.raises(Refused, match="archived"):
        await ana.types(general, "hi")
    with pytest.raises(Refused, match="nothing"):
        await ana.types(staff, "   ")


async def test_people_change_only_what_is_their_own(web, general, ana, ben):
    hers = (await ana.types(general, "mine")).message
    await web.chat_postMessage(channel=general.id, text="the bot's")

    with pytest.raises(Refused, match="own"):
        await ben.edits(hers, "yours")
    with pytest.raises(Refused, match="own"):
        await ben.deletes(general.messages[-1])


async def test_people_come_and_go(slack, ana, ben):
    club = slack.add_channel("club", [ana.id])

    await ben.joins(club)
    await ana.leaves("club")

    assert club.members == {ben.id}
    assert [message["subtype"] for message in club.messages] == ["channel_join", "channel_leave"]


async def test_a_file_is_shown_in_a_channel(slack, general, ana, ben):
    plan = await ana.uploads("plan.pdf", b"%PDF")

    await ana.types(general, "the plan", files=(plan.id,))

    [message] = ben.sees(general)
    assert message["files"][0]["name"] == "plan.pdf"
    assert plan.channels == [general.id]
