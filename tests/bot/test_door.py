"""The door gives each handler what it asks for, and knows who is still inside."""

import asyncio
import json
import re

import pytest
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult

from bot.door import Door


class Visit:
    """A small app behind a door, with one thing to ask for, which is made when asked for."""

    def __init__(self) -> None:
        self.made = 0
        self.explained: list[Exception] = []

        async def authorize() -> AuthorizeResult:
            return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1")

        self.app = AsyncApp(authorize=authorize, request_verification_enabled=False)
        self.door = Door(self.app, {"lamp": self._lamp}, self._explain)

    async def _lamp(self, args) -> str:
        self.made += 1
        return f"a lamp for {args.body['user_id']}"

    async def _explain(self, error, args) -> None:
        self.explained.append(error)
        if args.ack.response is None:
            await args.ack("explained")

    async def types(self, typed: str):
        """Return Bolt's answer to `/light` and what was typed after it."""
        return await self._asks({"command": "/light", "text": typed})

    async def asks_for(self, kind: str, one_id: str):
        """Return Bolt's answer to a button, form, shortcut or menu of that id."""
        return await self._asks(
            {
                "action": {"type": "block_actions", "actions": [{"action_id": one_id}]},
                "view": {
                    "type": "view_submission",
                    "view": {"type": "modal", "callback_id": one_id},
                },
                "shortcut": {"type": "shortcut", "callback_id": one_id},
                "options": {"type": "block_suggestion", "action_id": one_id},
            }[kind]
        )

    async def _asks(self, asked):
        body = asked | {"user_id": "U1", "team_id": "T1"}
        return await self.app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))


@pytest.fixture
def visit() -> Visit:
    return Visit()


async def test_a_handler_gets_what_it_names(visit):
    got = []

    async def light(ack, lamp):
        await ack()
        got.append(lamp)

    visit.door.command("/light")(light)
    visit.door.open()

    await visit.types("")
    await visit.door.empty(1)

    assert got == ["a lamp for U1"]


async def test_what_nobody_names_is_not_made(visit):
    async def light(ack):
        await ack()

    visit.door.command("/light")(light)
    visit.door.open()

    await visit.types("")
    await visit.door.empty(1)

    assert visit.made == 0


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("on", "on"),
        ("On", "on"),
        ("  on  ", "on"),
        ("on please", "anything"),
        ("colour red", "colour"),
        ("colour\nred", "colour"),
        ("colour\u00a0red", "colour"),
        ("colour", "colour"),
        ("colours", "anything"),
        ("", "anything"),
        ("\x00", "anything"),
    ],
)
async def test_a_command_goes_to_the_handler_of_its_word(visit, typed, answer):
    async def on(ack):
        await ack("on")

    async def colour(ack):
        await ack("colour")

    async def anything(ack):
        await ack("anything")

    visit.door.command("/light", "on", alone=True)(on)
    visit.door.command("/light", "colour")(colour)
    visit.door.command("/light")(anything)
    visit.door.open()

    assert (await visit.types(typed)).body == answer


def test_no_two_handlers_take_the_same_word(visit):
    async def on(ack):
        await ack()

    visit.door.command("/light", "on")(on)

    with pytest.raises(ValueError, match="/light on is taken twice"):
        visit.door.command("/light", "on")(on)


@pytest.mark.parametrize("kind", ["action", "view", "shortcut", "options"])
@pytest.mark.parametrize(
    ("one_id", "answer"),
    [
        ("lamp.on", "on"),
        ("lamp.off", "off"),
        ("lamp.7", "numbered"),
        ("lamp.on.again", None),
        ("a lamp.on", None),
        ("lamp.on\n", None),
        ("lampXon", None),
        ("", None),
    ],
)
async def test_a_button_or_form_goes_to_the_handler_of_its_id(visit, kind, one_id, answer):
    def saying(word):
        async def say(ack):
            await ack({"said": word})

        return say

    register = getattr(visit.door, kind)
    register(re.compile(r"^lamp\.\d+$"))(saying("numbered"))
    register("lamp.on")(saying("on"))
    register("lamp.off")(saying("off"))
    visit.door.open()

    response = await visit.asks_for(kind, one_id)

    if answer is None:
        assert response.status == 404
    else:
        assert (response.status, json.loads(response.body)) == (200, {"said": answer})


def test_no_two_handlers_take_the_same_id(visit):
    async def on(ack):
        await ack()

    visit.door.action("lamp.on")(on)
    visit.door.view("lamp.on")(on)

    with pytest.raises(ValueError, match=r"the action lamp\.on is taken twice"):
        visit.door.action("lamp.on")(on)


async def test_an_error_is_explained_and_its_answer_is_kept(visit):
    class DarkError(Exception):
        pass

    async def light(ack):
        raise DarkError

    visit.door.command("/light")(light)
    visit.door.open()

    answer = await visit.types("")

    assert [type(error) for error in visit.explained] == [DarkError]
    assert (answer.status, answer.body) == (200, "explained")


async def test_an_error_after_the_answer_does_not_take_it_back(visit):
    class DarkError(Exception):
        pass

    async def light(ack):
        await ack("on")
        raise DarkError

    visit.door.command("/light")(light)
    visit.door.open()

    answer = await visit.types("")

    assert (answer.status, answer.body) == (200, "on")


async def test_the_door_waits_for_those_inside(visit):
    may_go = asyncio.Event()

    async def light(ack):
        await ack()
        await may_go.wait()

    visit.door.command("/light")(light)
    visit.door.open()
    await visit.types("")

    is_empty_at_once = await visit.door.empty(0.01)
    may_go.set()

    assert not is_empty_at_once
    assert await visit.door.empty(1)
