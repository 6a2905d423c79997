"""One browser for all tests of a session; each test has a window of its own on the demo."""

import pytest

from tests.browser.chromium import NoBrowserError, open_browser, path_of_chromium
from tests.browser.visitor import DESK, PHONE, Visitor


@pytest.fixture(scope="session")
def chromium():
    try:
        return path_of_chromium()
    except NoBrowserError as sentence:
        pytest.skip(str(sentence))


@pytest.fixture(scope="session")
async def browser(chromium):
    async with open_browser() as browser:
        yield browser


async def a_window(browser, stage, size):
    context = await browser.new_context(viewport=size)
    visitor = await Visitor.arrives(context, stage.slack.base_url)
    yield visitor
    await context.close()
    # The local Slack keeps a form open for whoever looks next.
    for user_id in list(stage.slack.stacks):
        person = stage.slack.person(user_id)
        for view in reversed(person.views):
            await person.closes(view)
    assert visitor.strays == [], "the page talks to nobody but this computer"
    assert visitor.faults == []


@pytest.fixture
async def visitor(browser, stage):
    """Somebody at a desk, who is Ana as long as they do not choose otherwise."""
    async for visitor in a_window(browser, stage, DESK):
        yield visitor


@pytest.fixture
async def on_the_phone(browser, stage):
    async for visitor in a_window(browser, stage, PHONE):
        yield visitor
