"""Channels, their members and their history, as the bot may know them."""

import pytest

from tests.bot.sandbox.conftest import error_of

KEY = {"event_type": "post", "event_payload": {"key": "p1"}}


async def test_the_bot_lists_the_channels_it_may_know_of(slack, web, general, staff, ana):
    slack.add_channel("secret", [ana.id], is_private=True)
    await ana.archives(slack.add_channel("old", [ana.id]))

    public = await web.conversations_list(exclude_archived=True)
    all_of_them = await web.conversations_list(types="public_channel,private_channel")
    own = await web.users_conversations(types="public_channel,private_channel")

    assert [channel["name"] for channel in public["channels"]] == ["general"]
    assert [channel["name"] for channel in all_of_them["channels"]] == ["general", "staff", "old"]
    assert [channel["name"] for channel in own["channels"]] == ["general", "staff"]
    assert await error_of(web.conversations_list(types="rooms")) == "invalid_types"


async def test_a_channel_tells_about_itself(web, general, ana, ben):
    info = (await web.conversations_info(channel=general.id, include_num_members=True))["channel"]
    members = await web.conversations_members(channel=general.id, limit=2)

    assert (info["name"], info["is_member"], info["num_members"]) == ("general", True, 3)
    assert members["members"] == sorted(general.members)[:2]
    assert members["response_metadata"]["next_cursor"]


async def test_reading_a_private_channel_needs_another_scope(slack, web, staff):
    slack.scopes.discard("groups:read")

    assert await error_of(web.conversations_info(channel=staff.id)) == "missing_scope"


async def test_a_direct_message_is_opened_once(slack, web, ana, ben):
    first = await web.conversations_open(users=ana.id)
    second = await web.conversations_open(users=ana.id, return_im=True)

    assert first["channel"]["id"] == second["channel"]["id"]
    assert second["channel"]["user"] == ana.id
    await ben.changes_profile(deleted=True)
    assert await error_of(web.conversations_open(users=ben.id)) == "user_disabled"
    assert await error_of(web.conversations_open(users="U0NOBODY")) == "user_not_found"
    assert await error_of(web.conversations_open(users="")) == "users_list_not_supplied"


async def test_the_bot_joins_public_channels_only(slack, web, staff, ana):
    open_to_all = slack.add_channel("open", [ana.id])

    await web.conversations_join(channel=open_to_all.id)

    assert slack.bot_user_id in open_to_all.members
    assert [message["subtype"] for message in open_to_all.messages] == ["channel_join"]
    join = web.conversations_join(channel=staff.id)
    assert await error_of(join) == "method_not_supported_for_channel_type"


async def test_history_is_newest_first_and_leaves_replies_in_their_threads(web, general, ana):
    first = (await ana.types(general, "first")).message
    await ana.types(general, "reply", thread_ts=first["ts"])
    last = (await ana.types(general, "last")).message

    history = await web.conversations_history(channel=general.id)
    thread = await web.conversations_replies(channel=general.id, ts=first["ts"])

    assert [message["ts"] for message in history["messages"]] == [last["ts"], first["ts"]]
    assert [message["text"] for message in thread["messages"]] == ["first", "reply"]
    nowhere = web.conversations_replies(channel=general.id, ts="1.000001")
    assert await error_of(nowhere) == "thread_not_found"


@pytest.mark.parametrize(
    ("args", "found"),
    [
        ({"oldest": 1}, [4, 3, 2]),
        ({"oldest": 1, "inclusive": True}, [4, 3, 2, 1]),
        ({"latest": 3}, [2, 1, 0]),
        ({"latest": 3, "inclusive": True}, [3, 2, 1, 0]),
        ({"oldest": 1, "latest": 3}, [2]),
        ({"limit": 2}, [4, 3]),
    ],
)
async def test_history_is_bounded_by_time(web, general, ana, args, found):
    said = [(await ana.types(general, str(number))).message["ts"] for number in range(5)]
    bounds = {name: said[value] for name, value in args.items() if name in ("oldest", "latest")}

    history = await web.conversations_history(channel=general.id, **{**args, **bounds})

    assert [message["text"] for message in history["messages"]] == [str(one) for one in found]


async def test_history_comes_in_pages(web, general, ana):
    for number in range(5):
        await ana.types(general, str(number))

    pages = [page async for page in _pages(web, general)]

    assert pages == [["4", "3"], ["2", "1"], ["0"]]


async def _pages(web, channel):
    async for page in await web.conversations_history(channel=channel.id, limit=2):
        yield [message["text"] for message in page["messages"]]


async def test_metadata_is_shown_only_to_who_asks(web, general):
    await web.chat_postMessage(channel=general.id, text="hi", metadata=KEY)

    without = await web.conversations_history(channel=general.id)
    asked = await web.conversations_history(channel=general.id, include_all_metadata=True)

    assert "metadata" not in without["messages"][0]
    assert asked["messages"][0]["metadata"] == KEY


async def test_history_is_closed_to_who_is_not_in_the_channel(slack, web, ana):
    elsewhere = slack.add_channel("elsewhere", [ana.id])

    assert await error_of(web.conversations_history(channel=elsewhere.id)) == "not_in_channel"


async def test_a_profile_has_name_and_time_zone(slack, web, clock):
    kim = slack.add_user("kim", "Kim Lee", tz="Asia/Seoul", title="Grade 5")

    user = (await web.users_info(user=kim.id, include_locale=True))["user"]

    assert (user["name"], user["real_name"], user["locale"]) == ("kim", "Kim Lee", "en-US")
    assert (user["tz"], user["tz_offset"]) == ("Asia/Seoul", 9 * 3600)
    assert user["profile"]["title"] == "Grade 5"
    assert await error_of(web.users_info(user="U0NOBODY")) == "user_not_found"
