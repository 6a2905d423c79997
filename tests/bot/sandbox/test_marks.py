"""Reactions, pins, bookmarks and files of the bot."""

import pytest

from tests.bot.sandbox.conftest import error_of


@pytest.fixture
async def message(general, ana):
    return (await ana.types(general, "exit tickets work")).message


async def test_the_bot_reacts_once_and_takes_it_back(web, general, message):
    place = {"channel": general.id, "timestamp": message["ts"]}

    await web.reactions_add(name="tada", **place)

    assert message["reactions"] == [{"name": "tada", "users": ["U0STAFFBOT"], "count": 1}]
    assert await error_of(web.reactions_add(name="tada", **place)) == "already_reacted"
    assert await error_of(web.reactions_add(name=":tada:", **place)) == "invalid_name"
    assert (await web.reactions_get(**place))["message"]["reactions"][0]["name"] == "tada"
    await web.reactions_remove(name="tada", **place)
    assert "reactions" not in message
    assert await error_of(web.reactions_remove(name="tada", **place)) == "no_reaction"


async def test_a_message_is_pinned_once(web, general, message):
    place = {"channel": general.id, "timestamp": message["ts"]}

    await web.pins_add(**place)

    [item] = (await web.pins_list(channel=general.id))["items"]
    assert item["message"]["text"] == "exit tickets work"
    assert await error_of(web.pins_add(**place)) == "already_pinned"
    await web.pins_remove(**place)
    assert await error_of(web.pins_remove(**place)) == "no_pin"


async def test_a_deleted_message_is_pinned_no_longer(web, general, ana, message):
    await web.pins_add(channel=general.id, timestamp=message["ts"])

    await ana.deletes(message)

    assert (await web.pins_list(channel=general.id))["items"] == []


async def test_a_bookmark_is_added_changed_and_removed(web, general):
    added = await web.bookmarks_add(
        channel_id=general.id, title="Notes", type="link", link="https://example.org/1"
    )
    bookmark_id = added["bookmark"]["id"]

    await web.bookmarks_edit(bookmark_id=bookmark_id, channel_id=general.id, title="All notes")

    [bookmark] = (await web.bookmarks_list(channel_id=general.id))["bookmarks"]
    assert (bookmark["title"], bookmark["link"]) == ("All notes", "https://example.org/1")
    await web.bookmarks_remove(bookmark_id=bookmark_id, channel_id=general.id)
    assert general.bookmarks == []
    wrong = web.bookmarks_add(channel_id=general.id, title="x", type="link", link="ftp://x")
    assert await error_of(wrong) == "invalid_link"


async def test_a_file_is_sent_shown_and_read_again(slack, web, session, general, ana):
    await web.files_upload_v2(
        channel=general.id, filename="plan.txt", content="week one", initial_comment="the plan"
    )

    [message] = ana.sees(general)
    [file] = message["files"]
    assert (message["text"], file["name"], file["size"]) == ("the plan", "plan.txt", 8)
    info = (await web.files_info(file=file["id"]))["file"]
    key = {"Authorization": f"Bearer {slack.bot_token}"}
    async with session.get(info["url_private"], headers=key) as response:
        assert await response.text() == "week one"
    async with session.get(info["url_private"]) as response:
        assert response.status == 403


async def test_a_file_whose_bytes_never_came_cannot_be_shown(web, session, general):
    promised = await web.files_getUploadURLExternal(filename="plan.txt", length=8)

    async with session.post(promised["upload_url"], data=b"short") as response:
        assert response.status == 400

    complete = web.files_completeUploadExternal(
        files=[{"id": promised["file_id"], "title": "Plan"}], channel_id=general.id
    )
    assert await error_of(complete) == "file_not_found"
