"""Problems of practice in Slack."""

from typing import Any


def register(app: Any) -> None:
    pass
