"""What people do in the page, and what the bot hears of it."""

import asyncio

import pytest

from tests.bot.sandbox.drawings import actions, home, section, select


async def test_what_is_typed_in_the_page_stands_in_the_channel(browser, ana, ben, general, heard):
    sent = await browser.does(ana, "type", channel=general.id, text=f"<@{ben.id}> *hi* <b>")

    assert sent["ok"]
    [message] = (await browser.sees(ben, general))["messages"]
    assert (message["user"], message["text"]) == (ana.id, f"<@{ben.id}> *hi* &lt;b&gt;")
    assert [body["event"]["type"] for body in heard] == ["message"]


async def test_a_message_stands_although_no_bot_is_there(browser, ana, general):
    sent = await browser.does(ana, "type", channel=general.id, text="Anybody here?")

    assert sent == {"ok": True}
    assert len(general.messages) == 1


async def test_a_command_without_a_bot_fails_as_in_slack(browser, ana, general):
    sent = await browser.does(ana, "type", channel=general.id, text="/problem")

    assert sent == {"ok": False, "error": "dispatch_failed"}


async def test_a_command_answered_late_times_out_as_in_slack(browser, bot, ana, general):
    @bot.command("/problem")
    async def think_too_long(ack):
        await asyncio.sleep(0.7)
        await ack()

    sent = await browser.does(ana, "type", channel=general.id, text="/problem")

    assert sent == {"ok": False, "error": "operation_timeout"}


async def test_opening_the_bot_shows_the_home_it_draws(browser, slack, bot, ana):
    @bot.event("app_home_opened")
    async def draw(event, client):
        view = home(section("Welcome"), actions(select("mood", "calm", "busy")))
        await client.views_publish(user_id=event["user"], view=view)

    @bot.action("mood")
    async def note(ack):
        await ack()

    await browser.does(ana, "home", tab="home")
    await slack.settled()

    seen = (await browser.sees(ana))["home"]
    chosen = {"block_id": "actions", "action_id": "mood", "answer": "busy"}
    assert seen["blocks"][0]["text"]["text"] == "Welcome"
    assert (await browser.does(ana, "press", home=True, **chosen))["ok"]


async def test_shortcuts_are_taken_from_a_message_and_from_anywhere(browser, bot, ana, general):
    taken = []

    @bot.shortcut("problems.share_message")
    async def from_message(ack, shortcut):
        await ack()
        taken.append(shortcut["message"]["text"])

    @bot.shortcut("problems.share")
    async def from_anywhere(ack, shortcut):
        await ack()
        taken.append(shortcut["type"])

    ts = (await ana.types(general, "Nobody reads exit tickets")).message["ts"]
    place = {"channel": general.id, "ts": ts}

    await browser.does(ana, "shortcut", callback_id="problems.share_message", **place)
    await browser.does(ana, "shortcut", callback_id="problems.share")

    assert taken == ["Nobody reads exit tickets", "shortcut"]


async def test_ones_own_message_can_be_edited_reacted_to_and_deleted(browser, ana, ben, general):
    place = {"channel": general.id, "ts": (await ana.types(general, "Helo")).message["ts"]}

    await browser.does(ana, "edit", text="Hello", **place)
    await browser.does(ben, "react", name="wave", **place)
    [edited] = (await browser.sees(ben, general))["messages"]
    await browser.does(ben, "unreact", name="wave", **place)
    others = await browser.does(ben, "delete", **place)
    own = await browser.does(ana, "delete", **place)

    assert (edited["text"], edited["edited"]["user"]) == ("Hello", ana.id)
    assert edited["reactions"] == [{"name": "wave", "users": [ben.id], "count": 1}]
    assert (others["ok"], own["ok"]) == (False, True)
    assert (await browser.sees(ana, general))["messages"] == []


async def test_people_and_the_bot_come_and_go(browser, slack, ana, ben):
    garden = slack.add_channel("garden", [ana.id])

    joined = await browser.does(ben, "join", channel=garden.id)
    invited = await browser.does(ana, "invite", channel=garden.id, user=slack.bot_user_id)
    left = await browser.does(ben, "leave", channel=garden.id)

    assert (joined["ok"], invited["ok"], left["ok"]) == (True, True, True)
    assert garden.members == {ana.id, slack.bot_user_id}


@pytest.mark.parametrize(
    "act",
    [{"type": "fly"}, {"type": "type"}, {"type": "press"}, {"type": "submit", "view": "V404"}],
    ids=["unknown", "without a text", "without a place", "of a form that is gone"],
)
async def test_an_act_that_makes_no_sense_is_refused_in_words(browser, ana, act):
    answer = await browser.does(ana, act.pop("type"), **act)

    assert answer["ok"] is False
    assert answer["error"]


@pytest.mark.parametrize("body", ["{", "[]", ""])
async def test_only_an_object_in_json_is_an_act(browser, body):
    address = f"{browser.slack.base_url}page/act"
    headers = {"Content-Type": "application/json"}

    answer = await browser.session.post(address, data=body, headers=headers)

    assert (answer.status, (await answer.json())["ok"]) == (400, False)


async def test_another_sites_form_does_nothing(browser, slack, ana, general):
    address = f"{browser.slack.base_url}page/act"
    act = f'{{"as": "{ana.id}", "type": "type", "channel": "{general.id}", "text": "spam"}}'

    answer = await browser.session.post(address, data=act, headers={"Content-Type": "text/plain"})

    assert answer.status == 415
    assert general.messages == []
