"""Waiting for what happens elsewhere: in another process, or in a library that tells nobody."""

import asyncio
from collections.abc import Callable


async def until(holds: Callable[[], object], seconds: float = 60) -> None:
    """Wait until the condition holds; raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110  # nobody would set an event
            await asyncio.sleep(0.01)
