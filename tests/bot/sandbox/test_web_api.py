"""How a call to the local Slack is read and judged before any method sees it."""

import asyncio
import json
from email.utils import parsedate_to_datetime

import pytest
from slack_sdk import WebClient
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Workspace
from tests.bot.sandbox.conftest import MANIFEST, error_of
from tests.bot.sandbox.drawings import section


async def _post(session, url, **options):
    async with session.post(url, **options) as response:
        return await response.json()


@pytest.mark.parametrize("shape", ["json", "form", "query", "form labelled as json"])
async def test_arguments_may_come_as_json_form_or_query(slack, session, general, shape):
    args = {"channel": general.id, "text": "hi", "team_id": "T0STAFF"}
    written = {**args, "blocks": json.dumps([section("hi")])}
    send = {
        "json": {"json": {**args, "blocks": [section("hi")]}},
        "form": {"data": written},
        "query": {"params": written},
        "form labelled as json": {
            "data": f"channel={general.id}&text=hi",
            "headers": {"Content-Type": "application/json;charset=utf-8"},
        },
    }[shape]
    send["headers"] = send.get("headers", {}) | {"Authorization": f"Bearer {slack.bot_token}"}

    answer = await _post(session, f"{slack.api_url}chat.postMessage", **send)

    assert answer["ok"] is True
    assert [message["text"] for message in general.messages] == ["hi"]


async def test_a_method_that_does_not_exist_is_unknown(slack, web):
    assert await error_of(web.api_call("chat.shout")) == "unknown_method"
    assert [str(complaint) for complaint in slack.complaints] == [
        "chat.shout: unknown_method at /: there is no method chat.shout"
    ]


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("xoxb-stolen", "auth.test", "invalid_auth"),
        ("xapp-1-local", "auth.test", "not_allowed_token_type"),
        ("xoxb-local", "apps.connections.open", "not_allowed_token_type"),
    ],
)
async def test_each_method_takes_its_own_kind_of_token(slack, session, token, method, error):
    web = AsyncWebClient(token, slack.api_url, session=session)

    assert await error_of(web.api_call(method)) == error


async def test_a_call_without_a_token_is_refused(slack, session):
    answer = await _post(session, f"{slack.api_url}auth.test")

    assert answer["error"] == "not_authed"


async def test_the_bot_learns_who_it_is_and_what_it_may_do(slack, web, clock):
    clock.move(days=3)

    answer = await web.auth_test()

    assert (answer["user_id"], answer["bot_id"]) == (slack.bot_user_id, slack.bot_id)
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")
    told = parsedate_to_datetime(answer.headers["Date"])
    assert abs((told - clock()).total_seconds()) < 5


async def test_a_scope_that_was_not_granted_is_named(clock, session):
    async with Workspace(MANIFEST, clock=clock, scopes={"users:read"}) as slack:
        general = slack.add_channel("general", [slack.bot_user_id])
        web = AsyncWebClient(slack.bot_token, slack.api_url, session=session)

        answer = await _post(
            session,
            f"{slack.api_url}chat.postMessage",
            json={"channel": general.id, "text": "hi"},
            headers={"Authorization": f"Bearer {slack.bot_token}"},
        )

        assert answer["error"] == "missing_scope"
        assert (answer["needed"], answer["provided"]) == ("chat:write", "users:read")
        reactions = web.reactions_get(channel=general.id, timestamp="1.0")
        assert await error_of(reactions) == "missing_scope"
        # reactions:read is optional in the manifest: to be without it is no mistake.
        assert [complaint.method for complaint in slack.complaints] == ["chat.postMessage"]


async def test_a_wrong_place_is_pointed_at(slack, web, general):
    wrong = [section("a" * 3001), {"type": "divider", "block_id": "x" * 256}]

    error = await error_of(web.chat_postMessage(channel=general.id, text="hi", blocks=wrong))

    assert error == "invalid_blocks"
    assert {complaint.pointer for complaint in slack.complaints} == {
        "/blocks/0/text/text",
        "/blocks/1/block_id",
    }
    assert (
        slack.calls[-1]
        .response["response_metadata"]["messages"][0]
        .endswith("[json-pointer:/blocks/0/text/text]")
    )
    assert general.messages == []


async def test_a_missing_argument_is_pointed_at(slack, web):
    assert await error_of(web.api_call("users.info")) == "invalid_arguments"
    assert [complaint.pointer for complaint in slack.complaints] == ["/user"]


async def test_blocks_that_are_no_json_are_refused(web, general):
    call = web.api_call("chat.postMessage", params={"channel": general.id, "blocks": "{not"})

    assert await error_of(call) == "invalid_blocks_format"


async def test_every_call_is_remembered_with_its_answer(slack, web, general, clock):
    await web.chat_postMessage(channel=general.id, text="hi")

    [call] = slack.calls
    assert (call.method, call.args["text"], call.token) == (
        "chat.postMessage",
        "hi",
        slack.bot_token,
    )
    assert call.response["ts"] == general.messages[0]["ts"]
    assert abs((call.at - clock()).total_seconds()) < 5


async def test_a_list_comes_in_pages(slack, web):
    for number in range(5):
        slack.add_user(f"teacher{number}")
    seen = []

    async for page in await web.users_list(limit=2):
        seen.append([member["name"] for member in page["members"]])

    assert [len(page) for page in seen] == [2, 2, 2]
    assert seen[0][0] == "staffroom"
    assert await error_of(web.users_list(limit=2, cursor="elsewhere")) == "invalid_cursor"
    assert await error_of(web.users_list()) == "limit_required"


async def test_an_uninstalled_app_has_lost_its_token(slack, web):
    slack.uninstall()

    assert await error_of(web.auth_test()) == "token_revoked"


async def test_the_synchronous_client_is_understood_too(slack, general):
    web = WebClient(slack.bot_token, slack.api_url)

    await asyncio.to_thread(
        web.chat_postMessage, channel=general.id, text="hi", blocks=[section("hi")]
    )

    assert general.messages[0]["blocks"][0]["text"]["text"] == "hi"


async def test_the_team_is_known(slack, web):
    answer = await web.team_info()

    assert (answer["team"]["id"], answer["team"]["name"]) == (slack.team_id, slack.team_name)
