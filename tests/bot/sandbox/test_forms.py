"""Sending forms, and what the bot may answer to them."""

import asyncio

import pytest

from bot.sandbox import Refused
from tests.bot.sandbox.drawings import actions, button, field, form, section


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
