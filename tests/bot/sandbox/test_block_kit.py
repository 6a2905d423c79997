"""What the local Slack takes and what it refuses, with the words of the real one."""

from __future__ import annotations

import pytest

from bot.sandbox.block_kit import Fault, check_message, check_view
from tests.bot.sandbox.block_examples import (
    BLOCKS,
    CELLS,
    CHOICES_AND_BUTTONS,
    IMAGE,
    INPUTS,
    PRESSED,
    asking,
    button,
    changed,
    form,
    home,
    mrkdwn,
    option,
    plain,
    rich_text,
    row,
    said,
    section,
)

IN_MESSAGES = [name for name in BLOCKS if name != "alert"]
IN_FORMS = [
    *("actions", "alert", "card", "context", "divider", "header", "image"),
    *("input", "rich_text", "section", "video"),
]
IN_HOMES = [
    *(name for name in IN_FORMS if name != "alert"),
    *("carousel", "container", "data_table", "data_visualization", "table"),
]


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_stands_where_slack_allows_it(name):
    block = BLOCKS[name]
    if name == "task_card":
        block = {**block, "status": "complete"}

    accepted = {
        "message": check_message(said(block)) == [],
        "form": check_view(form(block), "modal") == [],
        "home": check_view(home(block), "home") == [],
    }

    assert accepted == {
        "message": name in IN_MESSAGES,
        "form": name in IN_FORMS,
        "home": name in IN_HOMES,
    }


@pytest.mark.parametrize("name", [*CHOICES_AND_BUTTONS, *INPUTS])
def test_an_element_stands_in_the_blocks_slack_allows(name):
    element = {**CHOICES_AND_BUTTONS, **INPUTS}[name]

    accepted = {
        "section": check_view(form(section(accessory=element)), "modal") == [],
        "actions": check_view(form(row(element)), "modal") == [],
        "input": check_view(form(asking(element)), "modal") == [],
    }

    assert accepted == {
        "section": name in CHOICES_AND_BUTTONS,
        "actions": name in CHOICES_AND_BUTTONS or name in ("datetimepicker", "rich_text_input"),
        "input": name not in PRESSED,
    }


def test_a_refusal_says_where_and_why():
    blocks = [section(), section("x" * 3001)]

    faults = check_message({"channel": "C1", "text": "hi", "blocks": blocks})

    assert faults == [
        Fault("/blocks/1/text/text", "invalid_blocks", "must be less than 3001 characters")
    ]


def test_a_misspelled_field_is_refused():
    [fault] = check_message(said(section(blok_id="card")))

    assert fault == Fault("/blocks/0", "invalid_blocks", "invalid additional property: blok_id")


ONE_LINE = INPUTS["plain_text_input"]
NUMBER = INPUTS["number_input"]
TOPIC = CHOICES_AND_BUTTONS["static_select"]
TOPICS = CHOICES_AND_BUTTONS["multi_static_select"]
DATE = CHOICES_AND_BUTTONS["datepicker"]
TIME = CHOICES_AND_BUTTONS["timepicker"]
CONVERSATION = CHOICES_AND_BUTTONS["conversations_select"]
HEADER = BLOCKS["data_table"]["rows"][0]
GROUPED = {"option_groups": TOPICS["option_groups"]}
PIE = {"type": "pie", "segments": [{"label": "yes", "value": 0}]}


@pytest.mark.parametrize(
    ("block", "pointer"),
    [
        ({"type": "section"}, ""),
        ({"type": "sektion"}, "/type"),
        ({"text": plain()}, ""),
        ("section", ""),
        (None, ""),
        (section(block_id=7), "/block_id"),
        ({"type": "section", "fields": []}, "/fields"),
        (section(accessory=[]), "/accessory"),
        ({"type": "header", "text": mrkdwn()}, "/text/type"),
        (row(), "/elements"),
        (row(button(text=mrkdwn())), "/elements/0/text/type"),
        (row(button(text="Me too")), "/elements/0/text"),
        (row(button(style="default")), "/elements/0/style"),
        (row(button(url="example.org")), "/elements/0/url"),
        (row(button(confirm={"title": plain()})), "/elements/0/confirm"),
        (changed(BLOCKS["image"], "", alt_text=None), ""),
        (changed(BLOCKS["image"], "", slack_file=None), ""),
        (changed(BLOCKS["image"], "", image_url="https://example.org/a.png"), ""),
        (
            changed(BLOCKS["image"], "", slack_file={"id": "F0CHART001", "url": "https://a.b"}),
            "/slack_file",
        ),
        (
            section(accessory={**IMAGE, "image_url": "http://127.0.0.1/a.png"}),
            "/accessory/image_url",
        ),
        (
            section(accessory={**IMAGE, "image_url": "https://files.slack.com/a"}),
            "/accessory/image_url",
        ),
        (section(accessory={**TOPIC, "options": []}), "/accessory/options"),
        (section(accessory={**TOPIC, **GROUPED}), "/accessory"),
        (section(accessory=changed(TOPIC, "", options=None, initial_option=None)), "/accessory"),
        (section(accessory={**TOPIC, "initial_option": option()}), "/accessory/initial_option"),
        (
            section(accessory={**TOPICS, "initial_options": [option()]}),
            "/accessory/initial_options/0",
        ),
        (section(accessory={**TOPICS, "max_selected_items": 0}), "/accessory/max_selected_items"),
        (
            section(accessory={**TOPIC, "options": [{**option(), "text": mrkdwn()}]}),
            "/accessory/options/0/text/type",
        ),
        (
            section(accessory={**TOPIC, "options": [{**option(), "url": "https://a.b"}]}),
            "/accessory/options/0",
        ),
        (section(accessory={**CONVERSATION, "filter": {}}), "/accessory/filter"),
        (section(accessory={**DATE, "initial_date": "2026-02-31"}), "/accessory/initial_date"),
        (section(accessory={**DATE, "initial_date": "2026-02-03 "}), "/accessory/initial_date"),
        (section(accessory={**TIME, "initial_time": "24:00"}), "/accessory/initial_time"),
        (section(accessory={**TIME, "timezone": "Colorado"}), "/accessory/timezone"),
        (asking({**NUMBER, "initial_value": 18}), "/element/initial_value"),
        (asking({**NUMBER, "initial_value": "many"}), "/element/initial_value"),
        (asking({**NUMBER, "initial_value": "1.5"}), "/element/initial_value"),
        (asking({**NUMBER, "initial_value": "-1"}), "/element/initial_value"),
        (asking({**NUMBER, "max_value": "-1", "initial_value": "0"}), "/element/min_value"),
        (asking(changed(NUMBER, "", is_decimal_allowed=None)), "/element"),
        (asking({**ONE_LINE, "min_length": 151}), "/element/min_length"),
        (asking({**ONE_LINE, "max_length": 3}), "/element/initial_value"),
        (asking({**ONE_LINE, "max_length": 3001}), "/element/max_length"),
        (asking({**ONE_LINE, "multiline": "yes"}), "/element/multiline"),
        (
            asking({**INPUTS["datetimepicker"], "initial_date_time": 17}),
            "/element/initial_date_time",
        ),
        (asking({**INPUTS["rich_text_input"], "max_lines": 1}), "/element/min_lines"),
        (asking({**INPUTS["rich_text_input"], "max_lines": 101}), "/element/max_lines"),
        (asking({**INPUTS["file_input"], "max_files": 11}), "/element/max_files"),
        (asking(ONE_LINE, label=mrkdwn()), "/label/type"),
        (rich_text({"type": "text", "text": ""}), "/elements/0/elements/0/text"),
        (
            rich_text({"type": "text", "text": "a", "style": {"loud": True}}),
            "/elements/0/elements/0/style",
        ),
        (rich_text({"type": "broadcast", "range": "all"}), "/elements/0/elements/0/range"),
        (changed(BLOCKS["rich_text"], "/elements/1", indent=9), "/elements/1/indent"),
        (changed(BLOCKS["data_table"], "", rows=[HEADER, CELLS[:1]]), "/rows/1"),
        (changed(BLOCKS["data_table"], "", rows=[[CELLS[0], rich_text()], CELLS]), "/rows/0/1"),
        (changed(BLOCKS["data_visualization"], "", chart=PIE), "/chart/segments/0/value"),
        (
            changed(BLOCKS["data_visualization"], "/chart/axis_config", categories=["week 1"]),
            "/chart/series/0/data",
        ),
        (changed(BLOCKS["data_table"], "", page_size=101), "/page_size"),
        (changed(BLOCKS["container"], "", has_header_divider=True), "/has_header_divider"),
        ({"type": "card", "subtitle": mrkdwn()}, ""),
        (changed(BLOCKS["task_card"], "", status="pending"), "/status"),
    ],
)
def test_a_malformed_block_is_refused_at_the_place(block, pointer):
    faults = check_message(said(section(), block))

    assert [fault.pointer for fault in faults] == [f"/blocks/1{pointer}"]


def test_block_ids_are_unique_on_a_surface():
    blocks = [section(block_id="card"), section(), section(block_id="card")]

    [in_message] = check_message(said(*blocks))
    [in_form] = check_view(form(*blocks), "modal")

    assert in_message.pointer == in_form.pointer == "/blocks/2/block_id"


def test_action_ids_are_unique_in_a_block_and_may_come_back_in_the_next():
    lists = [row(button("open"), button("close")), row(button("open"), button("open"))]

    [fault] = check_message(said(*lists))

    assert fault.pointer == "/blocks/1/elements/1/action_id"
    assert "already exists" in fault.message


def test_blocks_inside_a_container_have_ids_of_their_own():
    container = changed(
        BLOCKS["container"], "", child_blocks=[section(block_id="a"), section(block_id="a")]
    )

    [fault] = check_message(said(container))

    assert fault.pointer == "/blocks/0/child_blocks/1/block_id"


def test_one_table_a_message_and_two_charts():
    chart = BLOCKS["data_visualization"]

    faults = check_message(said(BLOCKS["table"], BLOCKS["table"], chart, chart, chart))

    assert [fault.pointer for fault in faults] == ["/blocks/1", "/blocks/4"]
