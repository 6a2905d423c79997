"""Forms and App Home, as the bot opens and changes them."""

import pytest

from tests.bot.sandbox.conftest import error_of
from tests.bot.sandbox.drawings import actions, button, field, form, home, section, select


@pytest.fixture
def trigger(slack, ana, general):
    """Something Ana has just done in the channel, good for one form."""
    return lambda: slack.tickets.issue_trigger(ana.id, general.id)


async def test_a_form_opens_for_who_asked_and_nobody_else(slack, web, ana, ben, trigger):
    answer = await web.views_open(trigger_id=trigger(), view=form())

    view = answer["view"]
    assert ana.top_view["id"] == view["id"]
    assert ben.top_view is None
    assert view["state"]["values"] == {
        "title": {"title": {"type": "plain_text_input", "value": None}}
    }
    assert view["root_view_id"] == view["id"]
    assert "user" not in view
    assert slack.complaints == []


async def test_a_trigger_opens_one_form(web, trigger):
    once = trigger()
    await web.views_open(trigger_id=once, view=form())

    again = web.views_open(trigger_id=once, view=form())

    assert await error_of(again) == "exchanged_trigger_id"


async def test_a_trigger_lives_three_seconds(web, clock, trigger):
    old = trigger()

    clock.move(seconds=3.1)

    assert await error_of(web.views_open(trigger_id=old, view=form())) == "expired_trigger_id"
    assert await error_of(web.views_open(trigger_id="1.2.3", view=form())) == "invalid_trigger_id"


async def test_a_wrong_place_in_a_form_is_pointed_at(slack, web, trigger):
    wrong = form(field("title"), field("title"))

    assert await error_of(web.views_open(trigger_id=trigger(), view=wrong)) == "invalid_arguments"
    assert any(complaint.pointer == "/view/blocks/1/block_id" for complaint in slack.complaints)
    as_home = web.views_open(trigger_id=trigger(), view=home(section("hi")))
    assert await error_of(as_home) == "invalid_arguments"


async def test_three_forms_lie_on_one_another_at_most(web, ana, trigger):
    first = (await web.views_open(trigger_id=trigger(), view=form()))["view"]
    second = (await web.views_push(trigger_id=trigger(), view=form()))["view"]
    third = (await web.views_push(trigger_id=trigger(), view=form()))["view"]

    fourth = web.views_push(trigger_id=trigger(), view=form())

    assert await error_of(fourth) == "push_limit_reached"
    assert [view["id"] for view in ana.views] == [first["id"], second["id"], third["id"]]
    assert third["previous_view_id"] == second["id"]
    assert third["root_view_id"] == first["id"]


async def test_nothing_is_pushed_onto_nothing(web, trigger):
    assert await error_of(web.views_push(trigger_id=trigger(), view=form())) == "not_found"


async def test_typed_words_stay_where_ids_stay(web, ana, trigger):
    await web.views_open(trigger_id=trigger(), view=form(field("title"), field("tried")))
    view = ana.top_view
    ana.fills(view, title="Exit tickets", tried="paper")

    await web.views_update(view_id=view["id"], view=form(field("title"), field("other")))

    values = ana.top_view["state"]["values"]
    assert values["title"]["title"]["value"] == "Exit tickets"
    assert values["other"]["other"]["value"] is None
    assert "tried" not in values


async def test_a_redraw_of_an_older_form_is_noticed(web, ana, trigger):
    opened = (await web.views_open(trigger_id=trigger(), view=form()))["view"]
    await web.views_update(view_id=opened["id"], view=form(), hash=opened["hash"])

    late = web.views_update(view_id=opened["id"], view=form(), hash=opened["hash"])

    assert await error_of(late) == "hash_conflict"
    await ana.closes(ana.top_view)
    assert await error_of(web.views_update(view_id=opened["id"], view=form())) == "not_found"


async def test_an_external_id_names_one_form(web, ana, trigger):
    await web.views_open(trigger_id=trigger(), view=form(external_id="mine"))

    await web.views_update(external_id="mine", view=form(field("other"), external_id="mine"))

    assert list(ana.top_view["state"]["values"]) == ["other"]
    twice = web.views_push(trigger_id=trigger(), view=form(external_id="mine"))
    assert await error_of(twice) == "duplicate_external_id"


async def test_a_home_keeps_its_id_and_changes_its_hash(slack, web, ana):
    first = (await web.views_publish(user_id=ana.id, view=home(section("one"))))["view"]

    second = await web.views_publish(user_id=ana.id, view=home(section("two")), hash=first["hash"])

    assert second["view"]["id"] == first["id"]
    assert ana.home["blocks"][0]["text"]["text"] == "two"
    stale = web.views_publish(user_id=ana.id, view=home(section("three")), hash=first["hash"])
    assert await error_of(stale) == "hash_conflict"


async def test_a_form_starts_with_what_is_preset(web, ana, general, trigger):
    chosen = select("topics", "maths", "arts", kind="checkboxes")
    chosen["initial_options"] = chosen["options"][:1]
    here = {"type": "conversations_select", "default_to_current_conversation": True}
    view = form(field("topics", chosen), field("place", here), actions(button("more")))

    await web.views_open(trigger_id=trigger(), view=view)

    values = ana.top_view["state"]["values"]
    assert values["topics"]["topics"]["selected_options"][0]["value"] == "maths"
    assert values["place"]["place"]["selected_conversation"] == general.id
    assert "actions" not in values
