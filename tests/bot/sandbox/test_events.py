"""What the bot is told of what people do, and what it is not."""

import pytest

from bot.sandbox import Workspace
from tests.bot.sandbox.conftest import MANIFEST


def _of(heard, kind):
    return [body["event"] for body in heard if body["event"]["type"] == kind]


async def test_a_message_is_told_as_slack_tells_it(slack, heard, general, ana):
    reply = await ana.types(general, "see https://example.org, @ben & <!channel> <@UBEN>")

    [body] = heard
    event = body["event"]
    assert reply.acked
    assert event["text"] == ("see <https://example.org>, <@UBEN> &amp; &lt;!channel&gt; <@UBEN>")
    assert (event["channel"], event["channel_type"]) == (general.id, "channel")
    assert (event["ts"], event["event_ts"]) == (reply.message["ts"], reply.message["ts"])
    assert event["blocks"][0]["type"] == "rich_text"
    assert event["client_msg_id"]
    assert body["authorizations"][0]["user_id"] == slack.bot_user_id
    assert (body["team_id"], body["api_app_id"]) == (slack.team_id, slack.app_id)
    assert body["event_id"].startswith("Ev")


async def test_a_shout_is_a_shout_only_when_it_is_meant(heard, general, ana):
    await ana.types(general, "@channel come to #general, mail a@here.org")

    [event] = _of(heard, "message")
    assert event["text"] == "<!channel> come to <#CGENERAL|general>, mail a@here.org"


async def test_edits_and_deletions_show_what_was_there_before(heard, general, ana):
    message = (await ana.types(general, "one")).message

    await ana.edits(message, "two")
    await ana.deletes(message)

    _, edited, deleted = _of(heard, "message")
    assert edited["subtype"] == "message_changed"
    assert (edited["message"]["text"], edited["previous_message"]["text"]) == ("two", "one")
    assert edited["message"]["edited"]["user"] == ana.id
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", message["ts"])
    assert deleted["previous_message"]["text"] == "two"


async def test_the_bot_hears_itself(heard, web, slack, general):
    posted = await web.chat_postMessage(channel=general.id, text="one")
    await web.chat_update(channel=general.id, ts=posted["ts"], text="two")
    await slack.settled()

    said, changed = _of(heard, "message")
    assert (said["bot_id"], said["app_id"]) == (slack.bot_id, slack.app_id)
    assert "metadata" not in said
    assert changed["subtype"] == "message_changed"


async def test_a_mention_is_told_twice(slack, heard, general, ana):
    await ana.types(general, "@staffroom help")

    [mention] = _of(heard, "app_mention")
    [message] = _of(heard, "message")
    assert mention["text"] == message["text"] == f"<@{slack.bot_user_id}> help"
    assert "channel_type" not in mention


async def test_reactions_are_told_with_what_they_hang_on(heard, general, ana, ben):
    message = (await ana.types(general, "one")).message

    await ben.reacts(message, "tada")
    await ben.unreacts(message, "tada")

    [added] = _of(heard, "reaction_added")
    assert added["item"] == {"type": "message", "channel": general.id, "ts": message["ts"]}
    assert (added["user"], added["item_user"], added["reaction"]) == (ben.id, ana.id, "tada")
    assert len(_of(heard, "reaction_removed")) == 1
    assert "reactions" not in message


async def test_the_bot_learns_who_invited_it(slack, heard, ana):
    new = slack.add_channel("new", [ana.id])
    await ana.types(new, "nobody listens")

    await ana.invites(slack.bot_user_id, new)

    [joined] = _of(heard, "member_joined_channel")
    assert (joined["user"], joined["inviter"]) == (slack.bot_user_id, ana.id)
    assert (joined["channel"], joined["channel_type"]) == (new.id, "C")
    assert [event.get("subtype") for event in _of(heard, "message")] == ["channel_join"]


async def test_the_bot_hears_of_its_own_leaving_and_then_nothing(slack, heard, general, ana):
    await ana.removes(slack.bot_user_id, general)
    await ana.types(general, "at last")

    [left] = _of(heard, "member_left_channel")
    assert left["user"] == slack.bot_user_id
    assert "at last" not in str(heard)


async def test_changes_of_a_channel_are_told(slack, heard, general, staff, ana):
    await ana.renames(general, "everybody")
    await ana.archives(general)
    await ana.unarchives(general)
    await ana.renames(staff, "team")
    await ana.shares_outside(general)
    await ana.deletes_channel(general)

    assert [body["event"]["type"] for body in heard] == [
        "channel_rename",
        "channel_archive",
        "channel_unarchive",
        "group_rename",
        "channel_id_changed",
        "channel_deleted",
    ]
    assert heard[0]["event"]["channel"]["name"] == "everybody"
    assert heard[4]["event"]["new_channel_id"] == general.id
    assert general.id not in slack.channels


async def test_a_changed_profile_is_told(heard, ana):
    await ana.changes_profile(tz="Asia/Seoul")

    [event] = _of(heard, "user_change")
    assert (event["user"]["id"], event["user"]["tz"]) == (ana.id, "Asia/Seoul")


async def test_opening_the_bot_says_which_tab(heard, web, slack, ana):
    await web.views_publish(user_id=ana.id, view={"type": "home", "blocks": [{"type": "divider"}]})
    await ana.opens_home()
    await ana.opens_messages()

    home, messages = _of(heard, "app_home_opened")
    assert (home["tab"], home["view"]["id"]) == ("home", ana.home["id"])
    assert (messages["tab"], "view" in messages) == ("messages", False)
    assert home["channel"] == slack.direct_message(ana.id).id


async def test_direct_messages_are_told(slack, heard, ana):
    await ana.types(slack.direct_message(ana.id), "help")

    [event] = _of(heard, "message")
    assert event["channel_type"] == "im"


async def test_an_uninstalled_app_is_told_once(slack, heard, general, ana):
    await ana.types(general, "hello")

    slack.uninstall()
    await slack.settled()
    await ana.types(general, "anyone?")

    kinds = [body["event"]["type"] for body in heard]
    assert kinds == ["message", "tokens_revoked", "app_uninstalled"]


@pytest.mark.parametrize(
    ("events", "scopes"),
    [
        (["message.groups"], {"channels:history"}),
        (["message.channels"], {"groups:history"}),
    ],
)
async def test_only_what_is_subscribed_and_allowed_is_told(clock, events, scopes):
    settings = {**MANIFEST["settings"], "event_subscriptions": {"bot_events": events}}
    told = []
    async with Workspace({**MANIFEST, "settings": settings}, clock=clock, scopes=scopes) as slack:
        ana = slack.person(slack.add_user("ana").id)
        general = slack.add_channel("general", [ana.id, slack.bot_user_id])
        slack.recording.note_delivery = lambda kind, payload: told.append(payload)

        await ana.types(general, "hello")

    assert told == []
