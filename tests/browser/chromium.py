"""A browser without a window: the one this computer has, or else one from its package manager."""

import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# It talks to nobody but the page, and works in a container as well.
QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
INSTALL = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium", "fonts-noto-core"]
INSTALL_WITHIN = 300  # seconds


class NoBrowserError(Exception):
    """There is no Chromium; the text says how to get one."""


def path_of_chromium() -> str:
    """Return where Chromium is, installing it where that is possible; raises NoBrowserError."""
    if not _found() and shutil.which("apt-get") and os.geteuid() == 0:
        sys.stderr.write("There is no Chromium here; installing it with apt-get …\n")
        subprocess.run(INSTALL, check=False, capture_output=True, timeout=INSTALL_WITHIN)
    path = _found()
    if path is None:
        raise NoBrowserError(
            "The page was not looked at in a browser: there is no Chromium on the path. "
            "On Debian and Ubuntu: sudo apt-get install chromium"
        )
    return path


def _found() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """Start Chromium; raises NoBrowserError."""
    path = path_of_chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=QUIETLY)
        yield browser
        await browser.close()
