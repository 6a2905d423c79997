"""The page as teachers meet it: in a browser, in front of the running demo."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import expect
from slack_sdk.models.blocks import SectionBlock
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks.message import Message
from models.time import next_daytime
from tests.bot.posting import a_picture


async def test_ana_shares_a_problem_and_ben_sees_it(visitor):
    title = "How do I get quiet students to speak?"
    page = visitor.page
    box = page.get_by_role("combobox", name="Message #math-circle")

    await box.press_sequentially("/prob")
    await page.get_by_role("option", name="/problem").click()
    await box.press_sequentially(title)
    await box.press("Enter")
    await expect(visitor.form.get_by_label("Title")).to_have_value(title)
    await visitor.form.get_by_label("What is happening?").fill("They wait until it is over.")
    await visitor.form.get_by_role("button", name="Share").click()

    await expect(visitor.form).to_be_hidden()
    card = visitor.messages("Ana would like to think about:").filter(has_text=title)
    await expect(card).to_have_count(1)
    await expect(visitor.messages("Only visible to you").last).to_contain_text(
        "Something like it came up before"
    )
    await visitor.becomes("Ben")
    await expect(card.get_by_role("button", name="Me too")).to_be_visible()


async def test_an_error_stands_at_its_field_and_nothing_typed_is_lost(visitor):
    await visitor.writes("/problem Chairs that squeak")
    happening = visitor.form.get_by_label("What is happening?")
    await happening.fill("   ")
    await visitor.form.get_by_label("What have you tried?").fill("Tennis balls on their feet")
    await visitor.form.get_by_role("button", name="Share").click()

    field = visitor.form.locator("[data-block-id=happening]")
    await expect(field).to_contain_text("Please say in a sentence or two what is happening.")
    await expect(happening).to_have_attribute("aria-invalid", "true")
    await expect(happening).to_be_focused()
    await expect(visitor.form.get_by_label("Title")).to_have_value("Chairs that squeak")
    tried = visitor.form.get_by_label("What have you tried?")
    await expect(tried).to_have_value("Tennis balls on their feet")


async def test_me_too_changes_the_card_in_place_and_only_ben_is_told(visitor):
    await visitor.shares("Pencils that are never sharp")
    card = visitor.messages("Ana would like to think about:").filter(has_text="never sharp")
    place = await card.get_attribute("data-ts")
    await visitor.becomes("Ben")

    await card.get_by_role("button", name="Me too").click()

    await expect(card).to_contain_text("1 has this too")
    await expect(card).to_have_attribute("data-ts", place)
    await expect(visitor.messages("Noted: you have this too")).to_contain_text(
        "Only visible to you"
    )
    await visitor.becomes("Ana")
    await expect(card).to_contain_text("1 has this too")
    await expect(visitor.messages("Noted: you have this too")).to_have_count(0)


async def test_the_home_shows_what_is_mine(visitor):
    await visitor.opens("Staffroom")

    home = visitor.page.get_by_role("tabpanel", name="Home")
    await expect(home).to_contain_text("Hello Ana")
    await expect(home).to_contain_text("Fractions come back to haunt us in linear equations")
    await home.get_by_role("button", name="Share a problem").click()
    await expect(visitor.form).to_contain_text("This goes to #math-circle")


async def test_settings_that_are_right_already_can_be_kept_as_they_are(visitor):
    await visitor.becomes("Ben")
    await visitor.writes("/staffroom setup")
    await expect(visitor.form).to_contain_text("Community settings")

    await visitor.form.get_by_role("button", name="Keep").click()

    await expect(visitor.form).to_be_hidden()


async def test_a_problem_is_shared_on_a_phone(on_the_phone):
    page = on_the_phone.page
    await on_the_phone.opens("#math-circle")
    await expect(page.locator("#conversation li.message").last).to_be_in_viewport()

    await on_the_phone.shares("Phones under the table")

    card = on_the_phone.messages("Ana would like to think about:").filter(has_text="Phones under")
    await expect(card).to_be_in_viewport()
    assert (
        await page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    )
    await page.get_by_role("button", name="Back to channels").click()
    await expect(page.get_by_role("link", name="#general")).to_be_visible()


async def test_a_problem_is_shared_without_a_mouse(visitor):
    keys = visitor.page.keyboard
    await expect(visitor.page.get_by_label("Message #math-circle")).to_be_focused()

    await keys.type("/problem Gum on the chairs")
    await keys.press("Enter")
    await expect(visitor.form.get_by_label("Title")).to_be_focused()
    await tab_to(visitor, "What is happening?")
    await keys.type("Every Friday I find a new one.")
    await tab_to(visitor, "Share")
    await keys.press("Enter")

    await expect(visitor.form).to_be_hidden()
    await expect(visitor.messages("Gum on the chairs").first).to_be_visible()
    await expect(visitor.page.get_by_label("Message #math-circle")).to_be_focused()


async def tab_to(visitor, name):
    """Press Tab until whatever is called so has the keyboard."""
    for _ in range(20):
        focus = visitor.page.locator(":focus")
        if await focus.count() and name in await spoken_name(focus):
            return
        await visitor.page.keyboard.press("Tab")
    pytest.fail(f"Tab does not lead to {name}")


async def spoken_name(node):
    return await node.evaluate(
        "node => [node.ariaLabel, ...[...(node.labels ?? [])].map((one) => one.textContent),"
        " node.matches('button') ? node.textContent : ''].join(' ')"
    )


async def test_what_members_write_is_shown_and_never_run(visitor):
    title = "<img src=x onerror=window.harm=1> *b*"
    happening = "<!channel> <script>window.harm=2</script> <@UBEN> [x](javascript:window.harm=3)"
    page = visitor.page

    await visitor.shares(title, happening)

    card = visitor.messages("Ana would like to think about:").filter(has_text="<img")
    await expect(card).to_contain_text(title)
    await expect(card).to_contain_text(happening)
    await visitor.writes(f"{title} {happening}")
    await expect(visitor.messages(happening.removesuffix(" ")).last).to_be_visible()
    assert await page.evaluate("window.harm") is None
    assert await page.locator("#conversation img[src=x]").count() == 0
    await visitor.becomes("Ben")
    await visitor.opens("#general")
    unread = page.locator("#sidebar").get_by_role("link", name="#math-circle")
    await expect(unread.locator(".count")).to_have_count(0)


async def test_a_picture_is_seen_in_a_message_a_private_answer_and_the_home(visitor, stage):
    client = AsyncWebClient(stage.slack.bot_token, stage.slack.api_url)
    text = SectionBlock(text="Eighteen of 26 asked a question.")
    message = Message(text.text.text, [text], picture=a_picture("questions asked"))
    shown = await stage.bot.postman.studio.of(stage.slack.team_id).shown_in(message)
    content = {"text": shown.text, "blocks": shown.to_dict()["blocks"]}

    await visitor.opens("Staffroom")
    home = visitor.page.get_by_role("tabpanel", name="Home")
    await expect(home).to_contain_text("Hello Ana")
    await client.views_publish(user_id="UANA", view={"type": "home", "blocks": content["blocks"]})
    await expect_picture(home)
    await visitor.opens("#math-circle")
    await client.chat_postMessage(channel="CMATHCIRCLE", **content)
    await client.chat_postEphemeral(channel="CMATHCIRCLE", user="UANA", **content)

    said = visitor.messages("Eighteen of 26")
    await expect(said).to_have_count(2)
    await expect_picture(said.first)
    await expect_picture(said.filter(has_text="Only visible to you"))
    await visitor.becomes("Ben")
    await expect(said).to_have_count(1)
    await expect_picture(said)


async def expect_picture(place):
    """Expect the picture, with its words for those who do not see it."""
    picture = place.get_by_role("img", name="A chart of questions asked")
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("naturalWidth", 1)


async def test_days_later_a_question_nobody_answered_comes_back(visitor, stage):
    await visitor.shares("Who ate the chalk?")
    # Two days; over a weekend it waits for Monday morning.
    due_at = next_daytime(stage.clock() + timedelta(days=2), "America/Denver")

    # The questions of the tests before this one come back first, an hour apart.
    while stage.clock() < due_at + timedelta(days=1):
        await visitor.lets_time_pass("1 day later")

    back = visitor.messages(re.compile("Ana’s question from .+ is still open:"))
    await expect(back.filter(has_text="Who ate the chalk?")).to_be_visible()
