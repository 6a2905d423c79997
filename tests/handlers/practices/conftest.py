"""What holds in every test of the tool belt."""

import pytest


@pytest.fixture(autouse=True)
def always_with_good_manners(good_manners: None) -> None:
    """Nothing the bot shows may call a channel, be unreadable aloud, or break Slack's rules."""
