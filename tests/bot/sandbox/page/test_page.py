"""The page as a whole: what it loads, how it hears of changes, its clock, its files."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path

import aiohttp

from bot.sandbox.page import STATIC


async def test_the_page_loads_only_what_its_own_server_sends(browser):
    answer = await browser.get("")

    page = await answer.text()
    policy = answer.headers["Content-Security-Policy"]
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert loaded
    for address in loaded:
        assert address.startswith("/page/static/")
        assert (await browser.get(address[1:])).status == 200


def test_every_module_of_the_page_is_there_and_comes_from_there():
    for module in STATIC.glob("*.js"):
        for imported in re.findall(r'from "([^"]+)"', module.read_text()):
            assert imported.startswith("./")
            assert (STATIC / imported).is_file(), f"{module.name} wants {imported}"


def test_nothing_written_by_members_can_become_markup():
    written = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(")

    for module in STATIC.glob("*.js"):
        assert not written.search(Path(module).read_text()), module.name


async def test_a_change_is_told_at_once(browser, ana, ben, general):
    async with browser.listens(ben) as next_change:
        await ana.types(general, "Good morning")

        change = await next_change()

    assert change == {
        "what": "message",
        "channel": general.id,
        "ts": general.messages[-1]["ts"],
        "user": ana.id,
    }


async def test_what_only_ana_sees_is_not_told_to_ben(browser, web, ana, ben, general):
    async with browser.listens(ana) as anas_next, browser.listens(ben) as bens_next:
        await web.chat_postEphemeral(channel=general.id, user=ana.id, text="psst")
        await ana.types(general, "Good morning")

        assert (await anas_next())["what"] == "ephemeral"
        assert (await bens_next())["what"] == "message"


async def test_open_pages_do_not_hold_up_the_end(browser, slack, ana):
    async with browser.listens(ana) as next_change:
        async with asyncio.timeout(0.9):
            await slack.stop()

        assert await next_change() is None


async def test_the_clock_moves_forward_and_the_bot_looks_at_once(browser, clock, diary, ana):
    before = clock()

    moved = await browser.does(ana, "move_clock", seconds=3600)

    assert moved["ok"]
    assert clock() - before >= timedelta(hours=1)
    assert diary.looks[0] - before >= timedelta(hours=1)


async def test_the_clock_moves_to_the_next_due_post(browser, clock, diary, ana):
    diary.next_due = clock() + timedelta(days=2)
    shown = (await browser.sees(ana))["clock"]["next_due"]

    moved = await browser.does(ana, "move_clock", to="next_due")

    assert shown == diary.next_due.isoformat()
    assert moved["ok"]
    assert timedelta() <= clock() - diary.next_due < timedelta(minutes=1)


async def test_the_clock_never_goes_back(browser, clock, diary, ana):
    diary.next_due = clock() - timedelta(days=1)

    await browser.does(ana, "move_clock", to="next_due")
    await browser.does(ana, "move_clock", seconds=-3600)

    assert clock.ahead == timedelta()


async def test_with_nothing_due_the_clock_stays(browser, clock, ana):
    moved = await browser.does(ana, "move_clock", to="next_due")

    assert moved == {"ok": False, "error": "Nothing is due."}
    assert clock.ahead == timedelta()


async def test_a_permalink_leads_into_the_page(browser, web, ana, general):
    message = (await ana.types(general, "Good morning")).message
    link = (await web.chat_getPermalink(channel=general.id, message_ts=message["ts"]))["permalink"]

    answer = await browser.session.get(link, allow_redirects=False)

    place = f"/#at={general.id}&message={message['ts']}&tab=messages"
    assert (answer.status, answer.headers["Location"]) == (302, place)


async def upload(browser, person, name, content, headers=None, **place):
    form = aiohttp.FormData({"as": person.id, **place})
    form.add_field("file", content, filename=name)
    headers = {"X-Page": "1"} if headers is None else headers
    address = f"{browser.slack.base_url}page/upload"
    return await browser.session.post(address, data=form, headers=headers)


async def test_an_uploaded_picture_is_shown_in_the_channel(browser, ana, ben, general):
    await upload(browser, ana, "board.png", b"\x89PNG", channel=general.id, text="Look")

    [message] = (await browser.sees(ben, general))["messages"]
    [file] = message["files"]
    picture = await browser.get(f"page/file/{file['id']}")
    assert (message["text"], file["name"]) == ("Look", "board.png")
    assert (await picture.read(), picture.content_type) == (b"\x89PNG", "image/png")


async def test_an_uploaded_page_is_handed_over_but_never_run(browser, ana):
    kept = await (await upload(browser, ana, "page.html", b"<script>1</script>")).json()

    page = await browser.get(f"page/file/{kept['files'][0]['id']}")

    assert page.headers["Content-Disposition"] == "attachment"
    assert page.headers["Content-Security-Policy"].startswith("sandbox;")


async def test_another_sites_page_can_upload_nothing(browser, slack, ana):
    answer = await upload(browser, ana, "x.png", b"\x89PNG", headers={})

    assert answer.status == 403
    assert slack.files == {}


async def test_a_file_nobody_uploaded_is_not_found(browser):
    assert (await browser.get("page/file/F404")).status == 404
