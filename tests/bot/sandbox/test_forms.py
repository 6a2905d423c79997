"""Filling in forms, and what the bot may answer to them."""

import asyncio

import pytest

from bot.sandbox import Refused
from tests.bot.sandbox.drawings import actions, button, field, form, options, section, select

EVERY_FIELD = {
    "title": ({}, "Exit tickets", {"value": "Exit tickets"}),
    "count": ({"type": "number_input", "is_decimal_allowed": False}, "7", {"value": "7"}),
    "mail": ({"type": "email_text_input"}, "a@b.org", {"value": "a@b.org"}),
    "link": ({"type": "url_text_input"}, "https://b.org", {"value": "https://b.org"}),
    "day": ({"type": "datepicker"}, "2026-11-21", {"selected_date": "2026-11-21"}),
    "hour": ({"type": "timepicker"}, "16:05", {"selected_time": "16:05"}),
    "moment": ({"type": "datetimepicker"}, 1795295697, {"selected_date_time": 1795295697}),
    "who": ({"type": "users_select"}, "UBEN", {"selected_user": "UBEN"}),
    "people": ({"type": "multi_users_select"}, ["UANA"], {"selected_users": ["UANA"]}),
    "place": ({"type": "channels_select"}, "CGENERAL", {"selected_channel": "CGENERAL"}),
}


@pytest.fixture
def opened(slack, web, ana, general):
    """Opens a form for Ana and returns it."""

    async def opens(view):
        trigger_id = slack.tickets.issue_trigger(ana.id, general.id)
        await web.views_open(trigger_id=trigger_id, view=view)
        return ana.top_view

    return opens


@pytest.fixture
def submitted(bot):
    """What the bot was sent of each form, in order; `submitted.answer` is what it says to it."""

    class Submitted(list):
        answer = {}

    payloads = Submitted()

    @bot.view("form")
    async def listen(ack, body):
        payloads.append(body)
        await ack(**payloads.answer)

    return payloads


@pytest.mark.parametrize("block_id", EVERY_FIELD)
async def test_every_kind_of_field_reports_as_slack_does(opened, submitted, ana, ben, block_id):
    element, answer, state = EVERY_FIELD[block_id]
    view = await opened(form(field(block_id, element)))

    await ana.submits(view, **{block_id: answer})

    kind = element.get("type", "plain_text_input")
    assert submitted[0]["view"]["state"]["values"][block_id][block_id] == {"type": kind, **state}
    assert ana.views == []


async def test_choices_report_their_options(opened, submitted, ana):
    topics = select("topics", "maths", "arts", kind="checkboxes")
    level = select("level", "one", "two", kind="radio_buttons")
    view = await opened(form(field("topics", topics), field("level", level)))

    await ana.submits(view, topics=["arts", "maths"], level="two")

    values = submitted[0]["view"]["state"]["values"]
    chosen = values["topics"]["topics"]["selected_options"]
    assert [option["value"] for option in chosen] == ["arts", "maths"]
    assert values["level"]["level"]["selected_option"]["text"]["text"] == "Two"


async def test_a_text_with_formatting_is_sent_as_rich_text(opened, submitted, ana):
    view = await opened(form(field("story", {"type": "rich_text_input"})))

    await ana.submits(view, story="a <b> c")

    state = submitted[0]["view"]["state"]["values"]["story"]["story"]
    section_of_it = state["rich_text_value"]["elements"][0]
    assert section_of_it["elements"] == [{"type": "text", "text": "a <b> c"}]


async def test_a_file_is_sent_along(opened, submitted, ana):
    plan = await ana.uploads("plan.pdf", b"%PDF")
    view = await opened(form(field("files", {"type": "file_input"})))

    await ana.submits(view, files=[plan.id])

    [file] = submitted[0]["view"]["state"]["values"]["files"]["files"]["files"]
    assert file["name"] == "plan.pdf"


@pytest.mark.parametrize(
    ("element", "answer"),
    [
        ({"max_length": 3}, "four"),
        ({"min_length": 3}, "2"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "3"}, "4"),
        ({"type": "email_text_input"}, "not mail"),
        ({"type": "url_text_input"}, "not a link"),
        ({"type": "datepicker"}, "2026-02-31"),
        ({"type": "timepicker"}, "25:00"),
        ({"type": "users_select"}, "U0NOBODY"),
        ({"type": "static_select", "options": options("a")}, "b"),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["UANA", "UBEN"]),
    ],
)
async def test_the_window_refuses_what_a_field_does_not_take(
    opened, submitted, ana, ben, element, answer
):
    view = await opened(form(field("asked", element)))

    with pytest.raises(Refused) as refused:
        await ana.submits(view, asked=answer)

    assert list(refused.value.errors) == list(ana.top_view["errors"]) == ["asked"]
    assert submitted == []


async def test_a_required_field_must_be_filled_in(opened, submitted, ana):
    view = await opened(form(field("title"), field("tried", optional=True)))

    with pytest.raises(Refused) as refused:
        await ana.submits(view)

    assert refused.value.errors == {"title": "Please complete this required field."}
    with pytest.raises(Refused, match="no field colour"):
        await ana.submits(view, colour="red")
    assert submitted == []


async def test_errors_stay_with_the_form_and_the_words_too(opened, submitted, ana):
    view = await opened(form(field("title"), field("tried", optional=True)))
    submitted.answer = {"response_action": "errors", "errors": {"title": "Too short."}}
    await ana.submits(view, title="x", tried="y")

    submitted.answer = {}
    assert ana.top_view["errors"] == {"title": "Too short."}
    await ana.submits(ana.top_view, title="longer")

    values = submitted[1]["view"]["state"]["values"]
    assert (values["title"]["title"]["value"], values["tried"]["tried"]["value"]) == ("longer", "y")
    assert ana.top_view is None


@pytest.mark.parametrize(
    ("answer", "pointer"),
    [
        ({"response_action": "errors", "errors": {"nowhere": "no"}}, "/errors/nowhere"),
        ({"response_action": "errors", "errors": {"title": ""}}, "/errors/title"),
        ({"response_action": "dance"}, "/response_action"),
        ({"response_action": "update", "view": {"type": "modal", "blocks": []}}, "/view"),
    ],
)
async def test_an_answer_slack_does_not_understand_keeps_the_form(
    slack, opened, submitted, ana, answer, pointer
):
    view = await opened(form())
    submitted.answer = answer

    reply = await ana.submits(view, title="x")

    assert reply.error == "We had some trouble connecting. Try again?"
    assert any(complaint.pointer.startswith(pointer) for complaint in slack.complaints)
    assert ana.top_view["id"] == view["id"]


async def test_an_answer_may_redraw_the_form(opened, submitted, ana):
    view = await opened(form(field("title")))
    old_hash = view["hash"]
    fresh = form(field("title"), section("almost"), field("more", optional=True))
    submitted.answer = {"response_action": "update", "view": fresh}

    await ana.submits(view, title="kept")

    top = ana.top_view
    assert (top["id"], top["hash"] != old_hash) == (view["id"], True)
    assert top["state"]["values"]["title"]["title"]["value"] == "kept"


async def test_an_answer_may_push_and_clear(slack, bot, opened, submitted, ana):
    closed = []

    @bot.view_closed("form")
    async def listen(ack, body):
        closed.append(body)
        await ack()

    view = await opened(form(notify_on_close=True))
    submitted.answer = {"response_action": "push", "view": form(field("more"))}
    await ana.submits(view, title="x")
    assert [len(ana.views), ana.top_view["previous_view_id"]] == [2, view["id"]]

    submitted.answer = {"response_action": "clear"}
    await ana.submits(ana.top_view, more="y")
    await slack.settled()

    assert ana.views == []
    assert [body["is_cleared"] for body in closed] == [True]


async def test_closing_a_form_is_told_only_when_asked_for(slack, bot, opened, ana):
    closed = []

    @bot.view_closed("form")
    async def listen(ack, body):
        closed.append(body["view"]["id"])
        await ack()

    await ana.closes(await opened(form()))
    view = await opened(form(notify_on_close=True))
    await ana.closes(view)

    assert closed == [view["id"]]
    with pytest.raises(Refused, match="no such form"):
        await ana.submits(view, title="x")


async def test_a_form_can_be_sent_twice_as_by_a_double_press(opened, submitted, ana):
    view = await opened(form())

    await asyncio.gather(ana.submits(view, title="x"), ana.submits(view, title="x"))
    third = await ana.submits(view, again=True)

    assert third.acked
    assert [body["view"]["id"] for body in submitted] == [view["id"]] * 3
    assert ana.views == []


async def test_only_the_form_on_top_can_be_sent(slack, web, opened, submitted, ana):
    below = await opened(form())
    await web.views_push(trigger_id=slack.tickets.issue_trigger(ana.id), view=form())

    with pytest.raises(Refused, match="on top"):
        await ana.submits(below, title="x")


async def test_a_button_in_a_form_reports_what_was_typed(bot, opened, ana):
    pressed = []

    @bot.action("more")
    async def listen(ack, body):
        pressed.append(body)
        await ack()

    view = await opened(form(field("title"), actions(button("more"))))
    ana.fills(view, title="half")

    await ana.presses("more", view=view)

    values = pressed[0]["view"]["state"]["values"]
    assert values["title"]["title"]["value"] == "half"
    with pytest.raises(Refused, match="with its form only"):
        await ana.presses("title", view=view, value="x")


async def test_a_field_that_dispatches_reports_at_once(bot, opened, ana):
    pressed = []

    @bot.action("title")
    async def listen(ack, body):
        pressed.append(body["actions"][0])
        await ack()

    view = await opened(form(field("title", dispatch_action=True)))

    await ana.presses("title", view=view, value="typed")

    assert (pressed[0]["type"], pressed[0]["value"]) == ("plain_text_input", "typed")


async def test_a_select_may_ask_the_bot_for_its_options(slack, bot, opened, submitted, ana):
    @bot.options("school")
    async def answer(ack, payload):
        await ack(options=options(payload["value"], "west"))

    element = {"type": "external_select", "min_query_length": 1}
    view = await opened(form(field("school", element)))

    reply = await ana.searches("school", "north", view=view)
    await ana.submits(view, school="north")

    assert [option["value"] for option in reply.payload["options"]] == ["north", "west"]
    state = submitted[0]["view"]["state"]["values"]["school"]["school"]
    assert state["selected_option"]["value"] == "north"
    assert slack.complaints == []


async def test_a_chosen_conversation_can_be_answered(
    slack, session, opened, submitted, ana, general
):
    element = {"type": "conversations_select", "response_url_enabled": True}
    view = await opened(form(field("place", element)))

    await ana.submits(view, place=general.id)

    [address] = submitted[0]["response_urls"]
    async with session.post(address["response_url"], json={"text": "shared"}) as response:
        assert response.status == 200
    assert address["channel_id"] == general.id
    assert [message["text"] for message in ana.sees(general)] == ["shared"]
