"""Exactly as much as Slack takes is taken, and one more is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.sandbox.block_kit import check_message, check_suggestions
from tests.bot.sandbox.block_examples import (
    BLOCKS,
    CARD,
    CELLS,
    CONFIRM,
    IMAGE,
    TASK,
    Json,
    asking,
    button,
    changed,
    mrkdwn,
    option,
    options,
    plain,
    row,
    said,
    section,
)


def _with(example: Json, field: str) -> Callable[[str], Json]:
    return lambda text: changed(example, "", **{field: text})


def _named(example: Json, field: str) -> Callable[[str], Json]:
    return lambda text: changed(example, "", **{field: plain(text)})


def _pressed(field: str) -> Callable[[str], Json]:
    return lambda text: row(button(**{field: text}))


def _confirmed(field: str) -> Callable[[str], Json]:
    return lambda text: row(button(confirm={**CONFIRM, field: plain(text)}))


def _offered(field: str, of: str = "static_select") -> Callable[[Any], Json]:
    element = {"type": of, "options": [option(), option()]}
    return lambda value: section(accessory=changed(element, "/options/0", **{field: value}))


def _grouped(number: int, label: str = "Topics") -> Json:
    groups = [{"label": plain(label), "options": options(1)}] * number
    return section(accessory={"type": "static_select", "option_groups": groups})


def _plot(*weeks: str, **axes: str) -> Json:
    """A line over weeks; beyond twenty only the categories go on, so that one thing is wrong."""
    labels = list(weeks) or ["week"]
    points = [{"label": label[:20], "value": 1} for label in labels[:20]]
    chart = {
        "type": "line",
        "series": [{"name": "Ana", "data": points}],
        "axis_config": {"categories": labels, **axes},
    }
    return changed(BLOCKS["data_visualization"], "", chart=chart)


IMAGE_BLOCK = {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A chart"}


@pytest.mark.parametrize(
    ("longest", "block"),
    [
        (3000, section),
        (2000, lambda text: {"type": "section", "fields": [mrkdwn(text)]}),
        (150, lambda text: {"type": "header", "text": plain(text)}),
        (3000, lambda text: {"type": "context", "elements": [mrkdwn(text)]}),
        (255, _with(section(), "block_id")),
        (2000, _with(IMAGE_BLOCK, "alt_text")),
        (2000, _named(IMAGE_BLOCK, "title")),
        (3000, lambda text: {**IMAGE_BLOCK, "image_url": "https://a.b/".ljust(len(text), "x")}),
        (2000, _named(BLOCKS["input"], "label")),
        (2000, _named(BLOCKS["input"], "hint")),
        (12_000, lambda text: {"type": "markdown", "text": text}),
        (199, _named(BLOCKS["video"], "title")),
        (49, _with(BLOCKS["video"], "author_name")),
        (200, _named(BLOCKS["video"], "description")),
        (150, _named(CARD, "title")),
        (150, _named(CARD, "subtitle")),
        (200, _named(CARD, "body")),
        (150, _named(BLOCKS["container"], "title")),
        (150, _named(BLOCKS["container"], "subtitle")),
        (50, _with(BLOCKS["data_visualization"], "title")),
        (50, lambda text: _plot(y_label=text)),
        (20, lambda text: _plot(text)),
        (75, lambda text: _grouped(1, text)),
        (150, _with(BLOCKS["auth_provider"], "value")),
        (75, _named(BLOCKS["auth_provider"], "name")),
        (150, _named(BLOCKS["auth_provider"], "description")),
        (150, lambda text: {"type": "layout", "label": text, "rows": [{}]}),
        (75, lambda text: row(button(text=plain(text)))),
        (255, lambda text: row(button(text))),
        (2000, _pressed("value")),
        (75, _pressed("accessibility_label")),
        (4000, _pressed("agent_prompt")),
        (3000, lambda text: row(button(url="https://a.b/".ljust(len(text), "x")))),
        (100, _confirmed("title")),
        (300, _confirmed("text")),
        (30, _confirmed("confirm")),
        (30, _confirmed("deny")),
        (75, lambda text: _offered("text")(plain(text))),
        (75, lambda text: _offered("description")(plain(text))),
        (150, _offered("value")),
        (75, lambda text: _offered("text", "checkboxes")(mrkdwn(text))),
        (150, lambda text: asking({"type": "plain_text_input", "placeholder": plain(text)})),
        (3000, lambda text: asking({"type": "plain_text_input", "initial_value": text})),
    ],
)
def test_text_may_be_exactly_so_long(longest, block):
    at_the_limit, beyond = block("a" * longest), block("a" * (longest + 1))

    assert check_message(said(at_the_limit)) == []
    [fault] = check_message(said(beyond))
    assert fault.message == f"must be less than {longest + 1} characters"


def _choosing(kind: str) -> Callable[[int], Json]:
    return lambda number: section(accessory={"type": kind, "options": options(number)})


def _charted(field: str) -> Callable[[int], Json]:
    point = {"label": "week", "value": 1}
    series = [{"name": str(n), "data": [point]} for n in range(30)]
    axes = {"categories": ["week"]}
    charts = {
        "segments": lambda number: {"type": "pie", "segments": [point] * number},
        "series": lambda n: {"type": "bar", "series": series[:n], "axis_config": axes},
    }
    return lambda number: {**BLOCKS["data_visualization"], "chart": charts[field](number)}


@pytest.mark.parametrize(
    ("most", "block"),
    [
        (10, lambda n: {"type": "section", "fields": [plain()] * n}),
        (10, lambda n: {"type": "context", "elements": [IMAGE] * n}),
        (25, lambda n: row(*(button(f"do-{k}") for k in range(n)))),
        (5, lambda n: {"type": "context_actions", "elements": _icons(n)}),
        (100, lambda n: {"type": "table", "rows": [CELLS] * n}),
        (20, lambda n: {"type": "table", "rows": [CELLS[:1] * n]}),
        (101, lambda n: {**BLOCKS["data_table"], "rows": [[CELLS[0]] * 2] * n}),
        (6, _charted("segments")),
        (6, _charted("series")),
        (20, lambda n: _plot(*map(str, range(n)))),
        (10, lambda n: {"type": "context_actions", "elements": [_icon(["U1"] * n)]}),
        (5, lambda n: {"type": "layout", "rows": [{}] * n}),
        (10, lambda n: {"type": "carousel", "elements": [CARD] * n}),
        (3, lambda n: {**CARD, "actions": [button(f"do-{k}") for k in range(n)]}),
        (10, lambda n: {**BLOCKS["container"], "child_blocks": [section()] * n}),
        (50, lambda n: {**BLOCKS["plan"], "tasks": [TASK] * n}),
        (100, _choosing("static_select")),
        (100, _choosing("multi_static_select")),
        (100, _grouped),
        (5, _choosing("overflow")),
        (10, _choosing("checkboxes")),
        (10, _choosing("radio_buttons")),
    ],
)
def test_a_list_may_hold_exactly_so_many(most, block):
    at_the_limit, beyond = block(most), block(most + 1)

    assert check_message(said(at_the_limit)) == []
    [fault] = check_message(said(beyond))
    assert fault.message == f"no more than {most} items allowed"


def _icon(seers: list[str]) -> Json:
    return {**_icons(1)[0], "visible_to_user_ids": seers}


def _icons(number: int) -> list[Json]:
    icon = {"type": "icon_button", "icon": "trash", "text": plain("Delete")}
    return [{**icon, "action_id": f"delete-{n}"} for n in range(number)]


def test_blocks_in_containers_count_for_the_message():
    container = {**BLOCKS["container"], "child_blocks": [section()] * 10}

    assert check_message(said(*[container] * 4, *[section()] * 6)) == []
    [fault] = check_message(said(*[container] * 4, *[section()] * 7))

    assert fault.pointer == "/blocks"


def test_markdown_blocks_share_one_allowance():
    half = {"type": "markdown", "text": "a" * 6000}

    assert check_message(said(half, half)) == []
    [fault] = check_message(said(half, half, {"type": "markdown", "text": "a"}))

    assert fault.pointer == "/blocks/2"


def test_data_tables_share_one_allowance():
    long_cell = {"type": "raw_text", "text": "a" * 20_000}
    table = {"type": "data_table", "caption": "Tickets", "rows": [[long_cell], [CELLS[0]]]}

    [fault] = check_message(said(table))

    assert fault.message == "all data_table blocks together must be less than 20001 characters"


def test_lengths_are_counted_in_characters_not_bytes():
    assert check_message(said({"type": "header", "text": plain("🌱" * 150)})) == []


def test_a_select_is_answered_with_at_most_a_hundred_options():
    assert check_suggestions({"options": options(100)}) == []
    assert check_suggestions({"options": []}) == []

    [fault] = check_suggestions({"options": options(101)})

    assert fault.pointer == "/options"
