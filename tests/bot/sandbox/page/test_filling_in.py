"""Forms filled in and buttons pressed in the page, and what the bot hears of it."""

import asyncio

import pytest

from tests.bot.sandbox.drawings import actions, button, field, form, options, section, select


@pytest.fixture
async def shared_form(slack, bot, web, ana, general):
    """Open a form on Ana's screen by her command; gives what the bot is sent of it later."""

    async def open_form(*blocks, **traits):
        sent = []

        @bot.command("/problem")
        async def open_it(ack, body, client):
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=form(*blocks, **traits))

        @bot.view("form")
        async def take_it(ack, body):
            sent.append(body["view"]["state"]["values"])
            await ack()

        await ana.types(general, "/problem")
        await slack.settled()
        return sent

    return open_form


async def top_form(browser, person):
    views = (await browser.sees(person))["views"]
    return views[-1] if views else None


async def test_every_kind_of_field_reaches_the_bot(browser, slack, ana, general, shared_form):
    fields = [
        field("story", {"multiline": True}),
        field("topic", select("topic", "talk", "tasks")),
        field("topics", select("topics", "talk", "tasks", kind="multi_static_select")),
        field("who", {"type": "multi_users_select"}),
        field("place", {"type": "conversations_select"}),
        field("day", {"type": "datepicker"}),
        field("hour", {"type": "timepicker"}),
        field("moment", {"type": "datetimepicker"}),
        field("ticks", {"type": "checkboxes", "options": options("one", "two")}),
        field("choice", {"type": "radio_buttons", "options": options("one", "two")}),
        field("number", {"type": "number_input", "is_decimal_allowed": False}),
        field("mail", {"type": "email_text_input"}),
        field("link", {"type": "url_text_input"}),
        field("nothing", optional=True),
    ]
    sent = await shared_form(*fields)
    answers = {
        "story": "Four <students> talk",
        "topic": "talk",
        "topics": ["talk", "tasks"],
        "who": [ana.id],
        "place": general.id,
        "day": "2026-12-03",
        "hour": "16:00",
        "moment": 1796313600,
        "ticks": ["two"],
        "choice": "one",
        "number": "26",
        "mail": "ana@example.org",
        "link": "https://example.org",
        "nothing": None,
    }

    view = await top_form(browser, ana)
    by_action = {name: {name: answer} for name, answer in answers.items()}
    done = await browser.does(ana, "submit", view=view["id"], answers=by_action)

    [values] = sent
    plain = {name: _plain(values[name][name]) for name in answers}
    assert done["ok"]
    assert plain == answers
    assert await top_form(browser, ana) is None
    assert slack.complaints == []


def _plain(state):
    [answer] = [value for name, value in state.items() if name != "type"]
    if isinstance(answer, dict):
        return answer["value"]
    if isinstance(answer, list):
        return [one["value"] if isinstance(one, dict) else one for one in answer]
    return answer


async def test_a_missing_answer_is_told_beside_its_field(browser, ana, shared_form):
    sent = await shared_form(field("title"), field("story"))
    view = await top_form(browser, ana)

    done = await browser.does(
        ana, "submit", view=view["id"], answers={"title": {"title": "Quiet students"}}
    )

    assert not done["ok"]
    assert done["errors"] == {"story": "Please complete this required field."}
    assert sent == []


async def test_what_the_bot_finds_wrong_is_told_beside_its_field(browser, bot, ana, shared_form):
    @bot.view("picky")
    async def refuse(ack):
        await ack(response_action="errors", errors={"title": "Shorter, please."})

    await shared_form(field("title"), callback_id="picky")
    view = await top_form(browser, ana)

    done = await browser.does(ana, "submit", view=view["id"], answers={"title": {"title": "x"}})

    assert done["errors"] == {"title": "Shorter, please."}
    assert (await top_form(browser, ana))["id"] == view["id"]


async def test_a_form_sent_to_a_silent_bot_stays_open(browser, bot, ana, shared_form):
    @bot.view("slow")
    async def think_too_long(ack):
        await asyncio.sleep(0.7)
        await ack()

    await shared_form(field("title"), callback_id="slow")
    view = await top_form(browser, ana)

    done = await browser.does(ana, "submit", view=view["id"], answers={"title": {"title": "x"}})

    assert (done["ok"], done["error"]) == (False, "operation_timeout")
    assert (await top_form(browser, ana))["id"] == view["id"]


async def test_a_press_in_a_form_carries_what_is_typed_so_far(browser, bot, ana, shared_form):
    pressed = []

    @bot.action("more")
    async def look(ack, body):
        await ack()
        pressed.append(body)

    await shared_form(field("title", {"min_length": 10}), field("story"), actions(button("more")))
    view = await top_form(browser, ana)

    done = await browser.does(
        ana,
        "press",
        view=view["id"],
        block_id="actions",
        action_id="more",
        answer="1",
        answers={"story": {"story": "half a sent"}},
    )

    [body] = pressed
    assert done == {"ok": True, "error": None}
    assert body["view"]["state"]["values"]["story"]["story"]["value"] == "half a sent"


async def test_the_cross_closes_all_forms_and_cancel_only_the_top(browser, bot, ana, shared_form):
    @bot.action("more")
    async def push(ack, body, client):
        await ack()
        await client.views_push(trigger_id=body["trigger_id"], view=form())

    await shared_form(field("title"), actions(button("more")))
    for _ in range(2):
        bottom = await top_form(browser, ana)
        press = {"block_id": "actions", "action_id": "more"}
        await browser.does(ana, "press", view=bottom["id"], **press)
        top = await top_form(browser, ana)
        last = await browser.does(ana, "close", view=top["id"], all=False)
        assert last["ok"]
        assert (await top_form(browser, ana))["id"] == bottom["id"]
    await browser.does(ana, "press", view=bottom["id"], **press)

    await browser.does(ana, "close", view=(await top_form(browser, ana))["id"], all=True)

    assert await top_form(browser, ana) is None


async def test_a_select_asks_the_bot_for_suggestions(browser, bot, ana, shared_form):
    @bot.options("school")
    async def suggest(ack, payload):
        await ack(options=options(payload["value"]))

    await shared_form(field("school", {"type": "external_select"}))
    view = await top_form(browser, ana)

    found = await browser.does(
        ana, "suggest", view=view["id"], block_id="school", action_id="school", value="mesa"
    )

    assert [option["value"] for option in found["options"]] == ["mesa"]


async def test_a_button_on_a_message_is_pressed(browser, bot, web, ana, general):
    pressed = []

    @bot.action("me_too")
    async def count(ack, body):
        await ack()
        pressed.append((body["user"]["id"], body["actions"][0]["value"]))

    card = [section("A problem"), actions(button("me_too", "7"))]
    message = await web.chat_postMessage(channel=general.id, text="A problem", blocks=card)
    place = {"channel": general.id, "ts": message["ts"]}

    done = await browser.does(
        ana, "press", message=place, block_id="actions", action_id="me_too", answer="7"
    )

    assert done["ok"]
    assert pressed == [(ana.id, "7")]


async def test_a_button_of_someone_elses_private_answer_cannot_be_pressed(
    browser, bot, web, ana, ben, general
):
    card = [actions(button("yes"))]
    answer = await web.chat_postEphemeral(
        channel=general.id, user=ana.id, text="Sure?", blocks=card
    )
    place = {"channel": general.id, "ts": answer["message_ts"]}

    done = await browser.does(ben, "press", message=place, block_id="actions", action_id="yes")

    assert done == {"ok": False, "error": "This message is not there any more."}
