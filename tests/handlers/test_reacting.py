"""What Slack tells of an emoji under a message."""

import pytest

from handlers.request.reacting import Reacted, reacted_of

MESSAGE = {"type": "message", "channel": "C1", "ts": "1.5"}
EVENT = {"type": "reaction_added", "user": "UANA", "reaction": "clap", "item": MESSAGE}


@pytest.mark.parametrize(
    ("kind", "is_added"), [("reaction_added", True), ("reaction_removed", False)]
)
def test_an_emoji_comes_and_goes(kind, is_added):
    reacted = reacted_of(EVENT | {"type": kind})

    assert reacted == Reacted("C1", "1.5", "UANA", "clap", is_added)


@pytest.mark.parametrize(
    "change", [{"item": {"type": "file", "file": "F1"}}, {"item": None}, {"user": None}]
)
def test_what_is_no_persons_emoji_under_a_message_tells_nothing(change):
    assert reacted_of(EVENT | change) is None
