"""Posting, whispering, changing and deleting."""

import pytest

from tests.bot.sandbox.conftest import error_of
from tests.bot.sandbox.drawings import section

KEY = {"event_type": "post", "event_payload": {"key": "p1"}}


async def test_a_message_stands_in_the_channel(slack, web, general, ana):
    answer = await web.chat_postMessage(channel=general.id, text="hi", blocks=[section("hi")])

    [message] = ana.sees(general)
    assert (message["text"], message["bot_id"], message["ts"]) == ("hi", slack.bot_id, answer["ts"])
    assert message["blocks"][0]["block_id"]
    assert slack.complaints == []


async def test_a_channel_takes_one_message_a_second(slack, web, general, staff, clock):
    await web.chat_postMessage(channel=general.id, text="one")
    await web.chat_postMessage(channel=staff.id, text="elsewhere")

    assert await error_of(web.chat_postMessage(channel=general.id, text="two")) == "ratelimited"
    clock.move(seconds=1)
    await web.chat_postMessage(channel=general.id, text="three")
    assert [message["text"] for message in general.messages] == ["one", "three"]
    assert slack.complaints == []


async def test_too_fast_is_answered_with_429_and_the_time_to_wait(slack, session, general):
    say = {"json": {"channel": general.id, "text": "hi"}}
    say["headers"] = {"Authorization": f"Bearer {slack.bot_token}"}
    await session.post(f"{slack.api_url}chat.postMessage", **say)

    async with session.post(f"{slack.api_url}chat.postMessage", **say) as second:
        assert (second.status, second.headers["Retry-After"]) == (429, "1")


async def test_a_person_is_written_to_directly(slack, web, ana):
    answer = await web.chat_postMessage(channel=ana.id, text="hello Ana")

    assert answer["channel"] == slack.direct_message(ana.id).id
    assert [message["text"] for message in ana.sees(answer["channel"])] == ["hello Ana"]


async def test_the_bot_cannot_speak_where_it_is_not(slack, web, ana, ben):
    elsewhere = slack.add_channel("elsewhere", [ana.id])
    secret = slack.add_channel("secret", [ana.id], is_private=True)

    assert await error_of(web.chat_postMessage(channel=elsewhere.id, text="hi")) == "not_in_channel"
    assert await error_of(web.chat_postMessage(channel=secret.id, text="hi")) == "channel_not_found"
    assert slack.complaints == []
    assert (
        await error_of(web.chat_postMessage(channel="C0MADEUP", text="hi")) == "channel_not_found"
    )
    assert [complaint.error for complaint in slack.complaints] == ["channel_not_found"]


async def test_an_archived_channel_takes_nothing(web, general, ana):
    await ana.archives(general)

    assert await error_of(web.chat_postMessage(channel=general.id, text="hi")) == "is_archived"
    whisper = web.chat_postEphemeral(channel=general.id, user=ana.id, text="hi")
    assert await error_of(whisper) == "is_archived"


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "hi", "markdown_text": "hi"}, "markdown_text_conflict"),
        ({"text": "hi", "blocks": [section("hi")] * 51}, "invalid_blocks"),
        ({"text": "hi", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
        ({"text": "hi", "thread_ts": "1.000001"}, "cannot_reply_to_message"),
        (
            {"text": "hi", "metadata": {"event_type": "x", "event_payload": {"x": "a" * 16_000}}},
            "metadata_too_large",
        ),
    ],
)
async def test_what_slack_would_not_take_is_refused(web, general, args, error):
    assert (
        await error_of(web.api_call("chat.postMessage", json={"channel": general.id, **args}))
        == error
    )
    assert general.messages == []


async def test_text_is_cut_at_40_000_characters(web, general):
    await web.chat_postMessage(channel=general.id, text="a" * 40_001)

    assert len(general.messages[0]["text"]) == 40_000


async def test_replies_are_counted_on_the_message_they_hang_on(web, general, ana, ben):
    first = (await ana.types(general, "who has tried exit tickets?")).message
    reply = (await ben.types(general, "we did", thread_ts=first["ts"])).message

    await web.chat_postMessage(channel=general.id, text="noted", thread_ts=reply["ts"])

    assert (first["reply_count"], first["reply_users_count"]) == (2, 2)
    assert [one["thread_ts"] for one in general.messages] == [first["ts"]] * 3
    await ben.deletes(reply)
    assert first["reply_count"] == 1


async def test_a_message_with_replies_leaves_a_tombstone(web, general, ana, clock):
    posted = await web.chat_postMessage(
        channel=general.id, text="secret", blocks=[section("secret")]
    )
    await ana.types(general, "oh", thread_ts=posted["ts"])

    await web.chat_delete(channel=general.id, ts=posted["ts"])

    [grave, reply] = ana.sees(general)
    assert (grave["subtype"], grave["reply_count"]) == ("tombstone", 1)
    assert "secret" not in str(grave)
    assert reply["text"] == "oh"
    assert (
        await error_of(web.chat_delete(channel=general.id, ts=posted["ts"])) == "message_not_found"
    )


async def test_a_whisper_is_seen_by_one_and_has_no_history(slack, web, general, ana, ben):
    answer = await web.chat_postEphemeral(channel=general.id, user=ana.id, text="psst")

    assert [message["text"] for message in ana.sees(general)] == ["psst"]
    assert ben.sees(general) == []
    assert (await web.conversations_history(channel=general.id))["messages"] == []
    again = web.chat_update(channel=general.id, ts=answer["message_ts"], text="louder")
    assert await error_of(again) == "message_not_found"


async def test_nobody_is_whispered_to_in_a_channel_they_are_not_in(web, staff, ben):
    whisper = web.chat_postEphemeral(channel=staff.id, user=ben.id, text="psst")

    assert await error_of(whisper) == "user_not_in_channel"


async def test_a_change_keeps_what_it_does_not_name(web, general):
    posted = await web.chat_postMessage(
        channel=general.id, text="one", blocks=[section("one")], metadata=KEY
    )

    await web.chat_update(channel=general.id, ts=posted["ts"], text="two")

    [message] = general.messages
    assert (message["text"], message["metadata"]) == ("two", KEY)
    assert message["blocks"][0]["text"]["text"] == "one"
    assert message["edited"]["user"] == message["bot_id"]
    await web.chat_update(channel=general.id, ts=posted["ts"], text="three", blocks=[], metadata={})
    assert "blocks" not in message
    assert "metadata" not in message


async def test_the_bot_changes_only_what_it_said_itself(slack, web, general, ana):
    hers = (await ana.types(general, "mine")).message

    change = web.chat_update(channel=general.id, ts=hers["ts"], text="yours")
    assert await error_of(change) == "cant_update_message"
    assert (
        await error_of(web.chat_delete(channel=general.id, ts=hers["ts"])) == "cant_delete_message"
    )
    assert [complaint.error for complaint in slack.complaints] == [
        "cant_update_message",
        "cant_delete_message",
    ]


async def test_a_changed_text_has_at_most_4_000_characters(web, general):
    posted = await web.chat_postMessage(channel=general.id, text="one")
    change = web.chat_update(channel=general.id, ts=posted["ts"], text="a" * 4001)

    assert await error_of(change) == "msg_too_long"


async def test_a_permalink_leads_to_the_message(slack, web, general, ana):
    first = (await ana.types(general, "first")).message
    reply = (await ana.types(general, "second", thread_ts=first["ts"])).message

    of_first = await web.chat_getPermalink(channel=general.id, message_ts=first["ts"])
    of_reply = await web.chat_getPermalink(channel=general.id, message_ts=reply["ts"])

    digits = reply["ts"].replace(".", "")
    assert of_first["permalink"].startswith(f"{slack.base_url}archives/{general.id}/p")
    assert f"p{digits}?thread_ts={first['ts']}" in of_reply["permalink"]
