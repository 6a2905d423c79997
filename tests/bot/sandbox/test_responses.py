"""Answers over a response_url."""

import pytest

from bot.sandbox import payloads
from tests.bot.sandbox.drawings import actions, button, section


@pytest.fixture
def respond(session):
    """Posts to a response_url; returns HTTP status and text."""

    async def post(url, **body):
        async with session.post(url, json=body) as response:
            return response.status, await response.text()

    return post


@pytest.fixture
def url(slack, general, ana):
    """The address in a command Ana typed in the channel."""
    return payloads.response_url(slack, general, ana.id)


def _texts(person, channel):
    return [message["text"] for message in person.sees(channel)]


async def test_an_answer_is_private_unless_it_says_otherwise(respond, url, general, ana, ben):
    assert await respond(url, text="for you") == (200, "ok")
    await respond(url, text="for all", response_type="in_channel")

    assert _texts(ana, general) == ["for you", "for all"]
    assert _texts(ben, general) == ["for all"]


async def test_an_address_works_five_times(slack, respond, url):
    for _ in range(5):
        assert await respond(url, text="again") == (200, "ok")

    status, body = await respond(url, text="once too often")

    assert (status, "used_url" in body) == (404, True)
    assert [complaint.error for complaint in slack.complaints] == ["used_url"]


async def test_an_address_works_for_thirty_minutes(respond, url, clock):
    clock.move(minutes=29)
    assert await respond(url, text="in time") == (200, "ok")
    clock.move(minutes=2)

    status, body = await respond(url, text="too late")

    assert (status, "expired_url" in body) == (404, True)


async def test_an_answer_may_go_into_a_thread(respond, url, general, ana):
    first = (await ana.types(general, "first")).message

    await respond(url, text="below", thread_ts=first["ts"], response_type="in_channel")

    assert general.messages[-1]["thread_ts"] == first["ts"]
    assert first["reply_count"] == 1


async def test_a_private_answer_is_replaced_where_it_stands(slack, respond, web, general, ana):
    blocks = [section("sure?"), actions(button("yes"))]
    await web.chat_postEphemeral(channel=general.id, user=ana.id, text="sure?", blocks=blocks)
    [whisper] = general.ephemerals
    url = payloads.response_url(slack, general, ana.id, whisper)

    await respond(url, text="done", replace_original=True)

    [message] = ana.sees(general)
    assert (message["text"], message["ts"], "blocks" in message) == ("done", whisper["ts"], False)
    await respond(url, delete_original=True)
    assert ana.sees(general) == []


async def test_a_message_for_all_is_replaced_and_deleted(slack, respond, web, general, ana):
    await web.chat_postMessage(channel=general.id, text="one", blocks=[section("one")])
    url = payloads.response_url(slack, general, ana.id, general.messages[0])

    await respond(url, text="two", replace_original=True)

    assert _texts(ana, general) == ["two"]
    await respond(url, delete_original=True)
    assert general.messages == []


async def test_a_command_has_no_message_to_delete(slack, respond, url):
    status, _ = await respond(url, delete_original=True)

    assert status == 404
    assert [complaint.pointer for complaint in slack.complaints] == ["/delete_original"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"text": "hi", "response_type": "loud"}, "/response_type"),
        ({"text": "hi", "blocks": [section("a" * 3001)]}, "/blocks/0/text/text"),
        ({"text": ""}, ""),
    ],
)
async def test_a_wrong_answer_is_refused(slack, respond, url, general, ana, body, pointer):
    status, _ = await respond(url, **body)

    assert status == 404
    assert [complaint.pointer for complaint in slack.complaints] == [pointer]
    assert ana.sees(general) == []
