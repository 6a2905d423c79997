"""The demo, told once for all who look at it: tests of its story, and those in a browser."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.stage import Stage
from bot.demo.telling import open_example


@pytest.fixture(scope="session")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file with all traffic of the story."""
    return tmp_path_factory.mktemp("demo") / "traffic.jsonl"


@pytest.fixture(scope="session")
async def stage(recording: Path) -> AsyncIterator[Stage]:
    """The demo itself. The bot's calls all have to be as Slack wants them, here as well."""
    async with open_example(record=recording) as stage:
        # What is still in the buffer goes to the file.
        stage.slack.recording.close()
        yield stage
        assert stage.slack.complaints == []
