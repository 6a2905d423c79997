"""A message, form or App Home shows a picture only if Slack has it and has looked through it."""

from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError

from tests.bot.sandbox.conftest import error_of

CONTENT = b"not looked at"


@pytest.fixture
def stored(slack, web, session):
    """Sends a file of the bot up, without sharing it, and returns its id."""

    async def stores(name="chart.png"):
        place = await web.files_getUploadURLExternal(filename=name, length=len(CONTENT))
        async with session.post(place["upload_url"], data=CONTENT) as answer:
            assert answer.status == 200
        await web.files_completeUploadExternal(files=[{"id": place["file_id"], "title": "Chart"}])
        return place["file_id"]

    return stores


def image(**slack_file):
    return {"type": "image", "slack_file": slack_file, "alt_text": "A run chart"}


def says(web, channel, *blocks):
    return web.chat_postMessage(channel=channel.id, text="A run chart", blocks=blocks)


async def test_a_message_shows_a_file_that_was_shared_nowhere(slack, web, general, stored):
    file_id = await stored()

    await says(web, general, image(id=file_id))

    [message] = general.messages
    assert message["blocks"][0]["slack_file"] == {"id": file_id}
    assert slack.complaints == []


@pytest.mark.parametrize("name", ["url_private", "permalink"])
async def test_a_file_may_be_named_by_its_address(web, general, stored, name):
    file = (await web.files_info(file=await stored()))["file"]

    await says(web, general, image(url=file[name]))

    assert len(general.messages) == 1


async def test_a_picture_inside_another_block_is_looked_at_as_well(web, general, stored):
    element = image(id="F0NEVERWAS")

    with pytest.raises(SlackApiError) as caught:
        await says(web, general, {"type": "context", "elements": [element]})

    assert caught.value.response["response_metadata"]["messages"] == [
        "[ERROR] invalid slack file [json-pointer:/blocks/0/elements/0/slack_file]"
    ]


async def test_a_picture_that_never_was_is_a_mistake(slack, web, general):
    assert await error_of(says(web, general, image(id="F0NEVERWAS"))) == "invalid_blocks"

    assert slack.complaints != []


async def test_a_place_whose_bytes_were_never_finished_is_no_picture(web, general):
    place = await web.files_getUploadURLExternal(filename="chart.png", length=9)

    assert await error_of(says(web, general, image(id=place["file_id"]))) == "invalid_blocks"


async def test_a_text_is_no_picture(web, general, stored):
    file_id = await stored("notes.txt")

    assert await error_of(says(web, general, image(id=file_id))) == "invalid_blocks"


async def test_a_new_file_is_looked_through_before_it_can_be_shown(
    slack, web, general, stored, clock
):
    slack.looks_through_files_for = timedelta(seconds=5)
    file_id = await stored()
    assert (await web.files_info(file=file_id))["file"]["mimetype"] == ""
    assert await error_of(says(web, general, image(id=file_id))) == "invalid_blocks"

    clock.move(seconds=5)

    assert (await web.files_info(file=file_id))["file"]["mimetype"] == "image/png"
    await says(web, general, image(id=file_id))
    assert slack.complaints == []


async def test_a_deleted_file_is_shown_no_more(slack, web, general, stored):
    file_id = await stored()

    await web.files_delete(file=file_id)

    assert await error_of(web.files_info(file=file_id)) == "file_deleted"
    assert await error_of(says(web, general, image(id=file_id))) == "invalid_blocks"
    assert await error_of(web.files_delete(file=file_id)) == "file_not_found"


async def test_a_home_shows_a_picture_or_is_refused(slack, web, ana, stored):
    home = {"type": "home", "blocks": [image(id=await stored())]}
    missing = {"type": "home", "blocks": [image(id="F0NEVERWAS")]}

    await web.views_publish(user_id=ana.id, view=home)

    assert slack.homes[ana.id]["blocks"][0]["alt_text"] == "A run chart"
    assert await error_of(web.views_publish(user_id=ana.id, view=missing)) == "invalid_arguments"
