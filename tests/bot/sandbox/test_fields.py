"""Every kind of field: what it reports, and what it does not take."""

import pytest

from bot.sandbox import Refused
from tests.bot.sandbox.drawings import field, form, options, select

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


async def test_only_files_of_the_asked_types_can_be_chosen(opened, submitted, ana):
    plan = await ana.uploads("plan.pdf", b"%PDF")
    days = await ana.uploads("days.ICS", b"BEGIN:VCALENDAR")
    view = await opened(form(field("files", {"type": "file_input", "filetypes": ["ics"]})))

    with pytest.raises(Refused) as refused:
        await ana.submits(view, files=[plan.id])
    await ana.submits(view, files=[days.id])

    assert "files" in refused.value.errors
    assert len(submitted) == 1


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


async def test_what_a_select_began_with_stays_a_choice(opened, submitted, ana):
    [lincoln] = options("lincoln")
    element = {"type": "external_select", "initial_option": lincoln}
    view = await opened(form(field("school", element)))

    await ana.submits(view, school="lincoln")

    state = submitted[0]["view"]["state"]["values"]["school"]["school"]
    assert state["selected_option"]["value"] == "lincoln"
