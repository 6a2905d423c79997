"""Somebody in front of the page, with a mouse, a keyboard and eyes."""

import re
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, Locator, Page, expect

DESK = {"width": 1280, "height": 800}
PATIENCE = 10_000  # milliseconds
AS_IT_TAKES = 20_000  # milliseconds; a channel hears one post a second
PHONE = {"width": 360, "height": 740}


class Visitor:
    """One window. `strays`: requests to other computers; `faults`: what went wrong in the page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.strays: list[str] = []
        self.faults: list[str] = []
        page.on("request", lambda request: self._note_stray(request.url))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._note_fault)

    @classmethod
    async def arrives(cls, context: BrowserContext, address: str) -> "Visitor":
        context.set_default_timeout(PATIENCE)
        visitor = cls(await context.new_page(), address)
        await visitor.page.goto(address)
        return visitor

    def _note_stray(self, url: str) -> None:
        if urlsplit(url).scheme not in ("data", "blob") and not url.startswith(self.address):
            self.strays.append(url)

    def _note_fault(self, message) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(message.text)

    # Where one is.

    async def becomes(self, name: str) -> None:
        await self.page.get_by_role("button", name="Be someone else").click()
        await self.page.get_by_role("menuitemradio", name=re.compile(f"^{name} ")).click()
        await expect(self.page.get_by_role("button", name=f"You are {name}")).to_be_visible()

    async def opens(self, place: str) -> None:
        """Open a channel, named with its #, or the bot."""
        await self.page.locator("#sidebar").get_by_role("link", name=place).click()

    async def lets_time_pass(self, how: str) -> None:
        """Move the clock: "1 hour later", "1 day later" or "To the next due post"."""
        clock = self.page.get_by_role("button", name="Move the clock")
        before = await clock.inner_text()
        await clock.click()
        await self.page.get_by_role("menuitem", name=how).click()
        await expect(clock).not_to_have_text(before, timeout=AS_IT_TAKES)
        await expect(clock).to_have_attribute("aria-busy", "false", timeout=AS_IT_TAKES)

    # What one sees.

    def messages(self, words: str) -> Locator:
        """The messages in the channel with these words."""
        return self.page.locator("#conversation .message", has_text=words)

    @property
    def form(self) -> Locator:
        return self.page.get_by_role("dialog")

    # What one does.

    async def writes(self, text: str, place: str = "#math-circle") -> None:
        box = self.page.get_by_role("combobox", name=f"Message {place}")
        await box.fill(text)
        await box.press("Enter")

    async def shares(self, title: str, happening: str = "It happens every time.") -> None:
        """Share a problem in #math-circle."""
        await self.writes(f"/problem {title}")
        await self.form.get_by_label("What is happening?").fill(happening)
        await self.form.get_by_role("button", name="Share").click()
        await expect(self.form).to_be_hidden()
