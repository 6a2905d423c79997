"""User groups: several people under one handle."""

import pytest

from tests.bot.sandbox.conftest import error_of


@pytest.fixture
def math_team(slack, ana, ben):
    return slack.add_usergroup("math-team", [ana.id, ben.id], "Math team")


async def test_a_user_group_is_named_like_a_person(slack, general, ana, math_team):
    sent = []
    slack.recording.note_delivery = lambda kind, payload: sent.append(payload)

    await ana.types(general, "/thanks @math-team and <!subteam^S0NOBODY>")
    message = (await ana.types(general, f"hello <!subteam^{math_team.id}>")).message

    assert sent[0]["text"] == (
        f"<!subteam^{math_team.id}|@math-team> and &lt;!subteam^S0NOBODY&gt;"
    )
    assert message["text"] == f"hello <!subteam^{math_team.id}>"
    _, element = message["blocks"][0]["elements"][0]["elements"]
    assert element == {"type": "usergroup", "usergroup_id": math_team.id}


async def test_the_bot_may_ask_who_is_in_it(slack, web, ana, ben, math_team):
    slack.users[ben.id].deleted = True

    listed = await web.usergroups_list(include_users=True)
    active = await web.usergroups_users_list(usergroup=math_team.id)
    everybody = await web.usergroups_users_list(usergroup=math_team.id, include_disabled=True)

    assert [(one["handle"], one["users"]) for one in listed["usergroups"]] == [
        ("math-team", [ana.id, ben.id])
    ]
    assert active["users"] == [ana.id]
    assert everybody["users"] == [ana.id, ben.id]
    assert await error_of(web.usergroups_users_list(usergroup="S0NOBODY")) == "no_such_subteam"
