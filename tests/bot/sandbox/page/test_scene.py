"""What each person sees in the page."""

import pytest


async def names(browser, person):
    return {channel["name"] for channel in (await browser.sees(person))["channels"]}


async def test_a_person_sees_public_channels_and_their_own(browser, ana, ben, general, staff):
    assert await names(browser, ana) == {"general", "staff", ""}
    assert await names(browser, ben) == {"general", ""}


async def test_each_person_has_a_conversation_with_the_bot(browser, slack, ana):
    seen = await browser.sees(ana)

    [direct] = [channel for channel in seen["channels"] if channel["kind"] == "im"]
    assert seen["bot"]["channel"] == direct["id"]
    assert direct["person"] == slack.bot_user_id


async def test_a_private_channel_stays_private(browser, ana, ben, staff):
    await ana.types(staff, "among us")

    assert (await browser.sees(ben, staff))["messages"] == []
    assert len((await browser.sees(ana, staff))["messages"]) == 1


async def test_someone_unknown_becomes_the_first_person(browser, ana, ben):
    answer = await browser.get("page/state", **{"as": "U404"})

    assert (await answer.json())["me"]["id"] == ana.id


async def test_an_empty_workspace_says_so(browser):
    assert (await browser.get("page/state")).status == 404


async def test_commands_and_shortcuts_come_from_the_manifest(browser, ana):
    seen = await browser.sees(ana)

    commands = [one["command"] for one in seen["commands"]]
    assert commands[:3] == ["/staffroom", "/problem", "/hangout"]
    assert commands[-2:] == ["/thanks", "/material"]
    assert {one["type"] for one in seen["shortcuts"]} == {"global", "message"}


async def test_a_private_answer_is_seen_by_its_receiver_only(browser, web, ana, ben, general):
    await ana.types(general, "Good morning")
    await web.chat_postEphemeral(channel=general.id, user=ana.id, text="psst")

    anas = (await browser.sees(ana, general))["messages"]
    bens = (await browser.sees(ben, general))["messages"]

    assert [(one["text"], one.get("is_ephemeral")) for one in anas] == [
        ("Good morning", None),
        ("psst", True),
    ]
    assert [one["text"] for one in bens] == ["Good morning"]


async def test_metadata_is_for_apps_not_for_people(browser, web, ana, general):
    metadata = {"event_type": "post", "event_payload": {"key": "1"}}
    await web.chat_postMessage(channel=general.id, text="hi", metadata=metadata)

    [message] = (await browser.sees(ana, general))["messages"]

    assert "metadata" not in message


async def test_replies_stand_in_their_thread(browser, web, ana, ben, general):
    parent = (await ana.types(general, "Who has tried exit tickets?")).message
    await ben.types(general, "I have", thread_ts=parent["ts"])
    await web.chat_postEphemeral(
        channel=general.id, user=ana.id, text="Only Ana", thread_ts=parent["ts"]
    )

    seen = await browser.sees(ana, general, thread=parent["ts"])

    assert [one["text"] for one in seen["messages"]] == ["Who has tried exit tickets?"]
    replies = ["Who has tried exit tickets?", "I have", "Only Ana"]
    assert [one["text"] for one in seen["replies"]] == replies


async def test_the_newest_messages_come_first_and_more_on_demand(browser, ana, general):
    for number in range(5):
        await ana.types(general, f"number {number}")

    some = await browser.sees(ana, general, limit=3)
    all_of_them = await browser.sees(ana, general, limit=5)

    assert [one["text"] for one in some["messages"]] == ["number 2", "number 3", "number 4"]
    assert (some["has_earlier"], all_of_them["has_earlier"]) == (True, False)


@pytest.fixture
def marks(browser, general):
    async def unread_and_mentions(person):
        channels = (await browser.sees(person))["channels"]
        [place] = [channel for channel in channels if channel["id"] == general.id]
        return place["unread"], place["mentions"]

    return unread_and_mentions


async def test_what_was_there_before_anyone_looked_counts_as_read(ana, ben, general, marks):
    await ana.types(general, "long ago")

    assert await marks(ben) == (0, 0)


async def test_new_messages_are_marked_until_they_are_read(browser, ana, ben, general, marks):
    await browser.sees(ben)
    await ana.types(general, "Good morning")
    await ana.types(general, "and you, @ben?")
    new = await marks(ben)

    await browser.does(ben, "read", channel=general.id)

    assert new == (2, 1)
    assert await marks(ben) == (0, 0)
    assert await marks(ana) == (0, 0)


async def test_replies_in_threads_do_not_mark_the_channel(browser, ana, ben, general, marks):
    parent = (await ben.types(general, "A question")).message
    await browser.sees(ben)

    await ana.types(general, "An answer", thread_ts=parent["ts"])

    assert await marks(ben) == (0, 0)
