"""What Slack would let pass and teachers would mind."""

from __future__ import annotations

import pytest

from bot.sandbox.block_kit import check_manners
from tests.bot.sandbox.block_examples import (
    IMAGE,
    WORDS,
    form,
    home,
    mrkdwn,
    plain,
    rich_text,
    section,
)

QUESTION = section(
    "*Ana* would like to think about *How do I get quiet students into small groups?*"
)
HEADER = {"type": "header", "text": plain("<!channel> @here")}
READ_ALOUD = "Ana would like to think about: How do I get quiet students into small groups?"


def _errors(**args):
    return [(fault.error, fault.pointer) for fault in check_manners(args)]


@pytest.mark.parametrize(
    "args",
    [
        {"text": READ_ALOUD, "blocks": [QUESTION]},
        {"text": "Done."},
        {"delete_original": True},
        {"markdown_text": "# Notes"},
        {"text": "Write to ana@here.org", "blocks": [section("Write to ana@here.org")]},
        {"text": "Say @channel to nobody"},
        {
            "text": "channel, here",
            "blocks": [{"type": "header", "text": plain("<!channel> @here")}],
        },
        {
            "text": "Ask",
            "blocks": [{"type": "context", "elements": [{**mrkdwn("@here"), "verbatim": True}]}],
        },
        {"view": form(section("Who sees it?"))},
        {**home(section("Welcome"))},
    ],
)
def test_a_considerate_message_passes(args):
    assert _errors(**args) == []


@pytest.mark.parametrize("text", [None, "", "  ", "New message"])
def test_a_screen_reader_hears_what_the_blocks_say(text):
    assert _errors(text=text, blocks=[QUESTION]) == [("no_accessible_text", "/text")]


@pytest.mark.parametrize("shout", ["<!channel>", "<!here|here>", "<!everyone>"])
@pytest.mark.parametrize(
    ("args", "pointer"),
    [
        (lambda shout: {"text": shout}, "/text"),
        (lambda shout: {"markdown_text": shout}, "/markdown_text"),
        (lambda shout: {"text": "hi", "blocks": [section(shout)]}, "/blocks/0/text/text"),
        (
            lambda shout: {"text": "hi", "blocks": [{"type": "markdown", "text": shout}]},
            "/blocks/0/text",
        ),
        (lambda shout: {"text": "hi", "attachments": [{"text": shout}]}, "/attachments/0/text"),
        (lambda shout: {"view": home(section(shout))}, "/view/blocks/0/text/text"),
    ],
)
def test_nobody_shouts_at_a_whole_channel(shout, args, pointer):
    assert ("channel_mention", pointer) in _errors(**args(shout))


def test_a_bare_name_shouts_where_slack_links_names():
    assert _errors(text="hi @channel", link_names=True) == [("channel_mention", "/text")]
    assert _errors(text="hi @here all", blocks=[section("hi @here all")]) == [
        ("channel_mention", "/blocks/0/text/text")
    ]


def test_a_broadcast_hides_in_rich_text():
    blocks = [rich_text(WORDS["text"], WORDS["broadcast"])]

    errors = _errors(text="wait time", blocks=blocks)

    assert errors == [("channel_mention", "/blocks/0/elements/0/elements/1")]


def test_every_picture_is_described():
    blocks = [section("A run chart", accessory={**IMAGE, "alt_text": " "})]

    errors = _errors(text="A run chart", blocks=blocks)

    assert errors == [("no_alt_text", "/blocks/0/accessory/alt_text")]
