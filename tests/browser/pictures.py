"""Takes the README's pictures from the running demo: `python -m tests.browser.pictures`."""

import asyncio
import re
import sys
from pathlib import Path

from playwright.async_api import Browser, expect

from bot.demo.stage import Stage
from bot.demo.telling import open_example
from tests.browser.chromium import NoBrowserError, open_browser
from tests.browser.visitor import DESK, Visitor

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
PHONE = {"width": 390, "height": 780}
PAGE = {"width": 1120, "height": 1120}
FACILITATOR = "home-facilitator.png"
LARGEST = 200_000  # bytes; a README is read over slow lines, too
TITLE = "How do I get quiet students to speak?"
# With these words of its facilitator the example's digest begins.
DIGEST = "Here is what moved in #math-circle"
HAPPENING = (
    "In period 3 the same four students carry every discussion. The others wait until it is over."
)


async def take(folder: Path) -> list[Path]:
    """Take every picture and return where they are."""
    async with open_browser() as browser, open_example() as stage:
        return [
            await _channel_with_a_thread(browser, stage, folder / "channel.png"),
            await _form(browser, stage, folder / "form.png"),
            await _home(browser, stage, folder / "home.png"),
            await _home_of("Ben", "What wants attention", browser, stage, folder / FACILITATOR),
            await _home_of("Kofi", "Hello Kofi", browser, stage, folder / "home-empty.png"),
            await _digest(browser, stage, folder / "digest.png"),
            await _settings(browser, stage, folder / "settings.png"),
            await _my_settings(browser, stage, folder / "my-settings.png"),
            await _hangout(browser, stage, folder / "hangout.png"),
            await _pilot(browser, stage, folder / "pilot.png"),
            await _journal(browser, stage, folder / "thanks.png"),
            await _phone(browser, stage, folder / "phone.png"),
        ]


async def _arrives(browser: Browser, stage: Stage, size: dict[str, int]) -> Visitor:
    context = await browser.new_context(viewport=size, reduced_motion="reduce")
    return await Visitor.arrives(context, stage.slack.base_url)


async def _channel_with_a_thread(browser: Browser, stage: Stage, path: Path) -> Path:
    visitor = await _arrives(browser, stage, DESK)
    card = visitor.messages("Exit tickets, but which question?")
    await card.get_by_role("button", name=re.compile("replies")).click()
    await expect(visitor.page.get_by_role("complementary", name="Thread")).to_be_visible()
    return await _picture(visitor, path)


async def _form(browser: Browser, stage: Stage, path: Path) -> Path:
    visitor = await _arrives(browser, stage, DESK)
    await visitor.writes(f"/problem {TITLE}")
    await visitor.form.get_by_label("What is happening?").fill(HAPPENING)
    await _picture(visitor, path)
    await visitor.form.get_by_role("button", name="Share").click()
    await expect(visitor.form).to_be_hidden()
    return path


async def _hangout(browser: Browser, stage: Stage, path: Path) -> Path:
    visitor = await _arrives(browser, stage, DESK)
    await visitor.writes("/hangout")
    await expect(visitor.messages("Coming").last).to_be_visible()
    return await _picture(visitor, path)


async def _pilot(browser: Browser, stage: Stage, path: Path) -> Path:
    visitor = await _arrives(browser, stage, DESK)
    await visitor.writes("/pilot show exit ticket period 2")
    chart = visitor.page.get_by_role("img", name=re.compile("^Run chart")).last
    await expect(chart).to_be_visible()
    await chart.scroll_into_view_if_needed()
    return await _picture(visitor, path)


async def _journal(browser: Browser, stage: Stage, path: Path) -> Path:
    visitor = await _arrives(browser, stage, DESK)
    await visitor.writes("/thanks journal")
    await expect(visitor.messages("What colleagues thank you for").last).to_be_visible()
    return await _picture(visitor, path)


async def _home(browser: Browser, stage: Stage, path: Path) -> Path:
    visitor = await _arrives(browser, stage, PAGE)
    await visitor.opens("Staffroom")
    await expect(visitor.page.get_by_role("tabpanel", name="Home")).to_contain_text(TITLE)
    return await _picture(visitor, path)


async def _home_of(name: str, words: str, browser: Browser, stage: Stage, path: Path) -> Path:
    visitor = await _arrives(browser, stage, PAGE)
    await visitor.becomes(name)
    await visitor.opens("Staffroom")
    await expect(visitor.page.get_by_role("tabpanel", name="Home")).to_contain_text(words)
    return await _picture(visitor, path)


async def _digest(browser: Browser, stage: Stage, path: Path) -> Path:
    visitor = await _arrives(browser, stage, DESK)
    digest = visitor.messages(DIGEST).last
    await expect(digest).to_be_visible()
    # The conversation goes to its end whenever a picture in it has come; then it stays.
    for _ in range(5):
        await asyncio.sleep(0.5)
        await digest.evaluate("message => message.scrollIntoView({block: 'center'})")
    await expect(digest).to_be_in_viewport()
    return await _picture(visitor, path)


async def _settings(browser: Browser, stage: Stage, path: Path) -> Path:
    visitor = await _arrives(browser, stage, DESK)
    await visitor.becomes("Ben")
    await visitor.writes("/staffroom settings")
    await expect(visitor.messages("Settings of").last).to_be_visible()
    return await _picture(visitor, path)


async def _my_settings(browser: Browser, stage: Stage, path: Path) -> Path:
    visitor = await _arrives(browser, stage, PAGE)
    await visitor.writes("/staffroom settings")
    await expect(visitor.form).to_be_visible()
    await _picture(visitor, path)
    # A form that stays open lies over every window of hers.
    await visitor.form.get_by_role("button", name="Not now").click()
    await expect(visitor.form).to_be_hidden()
    return path


async def _phone(browser: Browser, stage: Stage, path: Path) -> Path:
    visitor = await _arrives(browser, stage, PHONE)
    await visitor.opens("#math-circle")
    await expect(visitor.messages(TITLE).first).to_be_visible()
    return await _picture(visitor, path)


async def _picture(visitor: Visitor, path: Path) -> Path:
    # Nothing is to move or blink: the caret, a fading highlight, a message that just came.
    await visitor.page.mouse.move(0, 0)
    await asyncio.sleep(0.5)
    await visitor.page.screenshot(path=path, caret="hide", animations="disabled")
    return path


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        taken = asyncio.run(take(FOLDER))
    except NoBrowserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for path in taken:
        sys.stdout.write(f"{path.name}: {path.stat().st_size // 1000} kB\n")
    return 1 if any(path.stat().st_size > LARGEST for path in taken) else 0


if __name__ == "__main__":
    raise SystemExit(main())
