"""What a row keeps of the request that made it is the same however often Slack sends that."""

import json

import pytest

from handlers.request import as_command, request_key

COMMAND = {"command": "/pilot", "text": "log 18/26", "user_id": "U0ANA", "trigger_id": "1.2.x"}
MESSAGE = {"event_id": "Ev1", "event": {"type": "message", "channel": "D0ANA", "ts": "1.5"}}
FORM = {"type": "view_submission", "view": {"id": "V1"}, "trigger_id": "1.3.x"}
PRESS = {
    "type": "block_actions",
    "user": {"id": "U0ANA"},
    "trigger_id": "1.4.x",
    "actions": [{"action_id": "pilots.log", "action_ts": "1.4"}],
}


@pytest.mark.parametrize("body", [COMMAND, MESSAGE, FORM, PRESS])
def test_the_same_request_has_the_same_key(body):
    key = request_key(body)

    assert key == request_key(json.loads(json.dumps(body)))
    assert len(key) <= 100


@pytest.mark.parametrize(
    ("body", "other"),
    [
        (COMMAND, {"trigger_id": "1.9.x"}),
        (COMMAND, {"text": "log 19/26"}),
        (MESSAGE, {"event": {"type": "message", "channel": "D0ANA", "ts": "1.6"}}),
        (FORM, {"view": {"id": "V2"}}),
        (PRESS, {"trigger_id": "1.9.x"}),
    ],
)
def test_another_request_has_another_key(body, other):
    assert request_key(body) != request_key(body | other)


def test_one_message_that_slack_tells_of_in_two_events_has_one_key():
    mention = {"event_id": "Ev2", "event": MESSAGE["event"] | {"type": "app_mention"}}

    assert request_key(MESSAGE) == request_key(mention)


@pytest.mark.parametrize("body", [COMMAND, MESSAGE, PRESS])
def test_asked_again_as_a_command_it_is_still_the_same_request(body):
    asked = as_command(body, "/pilot", "log 18/26")

    assert request_key(asked) == request_key(body)
    assert request_key(as_command(asked, "/pilot", "log 18/26")) == request_key(body)
