"""The form for thanks, however it is opened, and what a forged one cannot do."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.blocks.thanks.forms import ABOUT
from handlers.blocks.thanks.ids import START, start_value
from models.drafts import Draft
from models.members import Member
from models.thanks.shower import Shower
from tests.handlers.pilots.logging_steps import a_running_pilot, newest
from tests.handlers.problems.steps import settle, share
from tests.handlers.thanks.giving_steps import (
    cards_in,
    form_of,
    given,
    initial,
    kept,
    opens,
    sends,
    shown_in,
    thanks,
)

pytestmark = pytest.mark.usefixtures("good_manners")

WHAT = {"receiver_ids": ["UBEN"], "text": "covering my class"}


async def presses(person, world, value: str) -> None:
    """Press a button that opens the form with that value, as any feature may offer it."""
    button = {"type": "button", "action_id": START, "block_id": "b", "value": value}
    place = {"id": "CMATHCIRCLE", "name": "math-circle"}
    await person.forges({"type": "block_actions", "actions": [button], "channel": place})
    await settle(world)


async def a_shower(world, circle, **traits) -> Shower:
    """Let Chris have opened a shower for Ben, in a week."""
    arrives_at = world.clock() + timedelta(days=7)
    async with world.db.begin() as session:
        shower = Shower(
            request_key="S1",
            community_id=circle.id,
            member_id="UBEN",
            opened_by="UCHRIS",
            opened_at=world.clock(),
            on_date=arrives_at.date(),
            **{"arrives_at": arrives_at} | traits,
        )
        session.add(shower)
    return shower


async def test_the_form_says_all_that_one_line_cannot(ana, world, circle):
    card = await share(ana, world)

    form = await opens(ana, world)
    offer = await ana.searches(ABOUT, "quiet")
    answers = WHAT | {"effect": "I could be with my son", "reason": "Covered for me"}
    await sends(ana, world, form, **answers, about=f"problem:{card.problem_id}")

    assert "Those you thank get it as a letter." in shown_in(form)
    assert [one["label"]["text"] for one in offer.payload["option_groups"]] == ["Problems"]
    [row] = await kept(world)
    assert (row.effect, row.reason) == ("I could be with my son", "Covered for me")
    assert (row.about_kind, row.about_id, row.is_private) == ("problem", card.problem_id, False)
    assert "You thank Ben: for covering my class — because I could be with my son" in newest(
        ana, world
    )
    assert len(cards_in(world)) == 2


async def test_what_can_be_linked_follows_who_will_see_it(ana, world, circle):
    await a_running_pilot(world, circle)
    form = await opens(ana, world)

    in_public = await ana.searches(ABOUT, "")
    ana.fills(form, is_private="private")
    in_private = await ana.searches(ABOUT, "")
    await sends(ana, world, form, **WHAT, about="pilot:1", is_private="public")
    errors = dict(ana.top_view["errors"])
    await sends(ana, world, ana.top_view, is_private="private")

    assert in_public.payload == {"options": []}
    assert [one["label"]["text"] for one in in_private.payload["option_groups"]] == ["Pilots"]
    assert "Not everybody in the channel may see that." in errors["about"]
    assert [(one.about_kind, one.is_private) for one in await kept(world)] == [("pilot", True)]


async def test_a_form_sent_twice_thanks_once(ana, world, circle):
    form = await opens(ana, world)

    await sends(ana, world, form, **WHAT, is_private="private")
    await ana.submits(form, again=True)
    await settle(world)

    assert await given(world) == [("UANA", ["UBEN"], "covering my class", None, True)]
    assert cards_in(world) == []


async def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(ana, world, circle):
    form = await opens(ana, world)

    for answers, field in (
        ({"receiver_ids": ["UANA"]}, "receiver_ids"),
        ({"receiver_ids": ["U0STAFFBOT"]}, "receiver_ids"),
        ({"text": ":tada:"}, "text"),
        ({"effect": "@everyone smiled"}, "effect"),
    ):
        await sends(ana, world, form, **WHAT | answers)
        assert list(ana.top_view["errors"]) == [field]
        form = ana.top_view

    assert await given(world) == []
    await sends(ana, world, form, **WHAT, effect="I smiled")
    assert await given(world) == [("UANA", ["UBEN"], "covering my class", "I smiled", False)]


async def test_a_note_for_a_shower_is_a_surprise(ana, ben, chris, world, circle):
    shower = await a_shower(world, circle)

    for person in (ana, ben):
        await presses(person, world, start_value(shower_id=shower.id))
    form = form_of(ana)
    await sends(ana, world, form, text="ten years of patience")
    await ana.closes(ana.top_view) if ana.top_view else None
    await presses(ana, world, start_value(shower_id=shower.id))

    assert "A note for Ben." in shown_in(form)
    assert "already" not in shown_in(form)
    assert "You have written a note already: “ten years of patience”." in shown_in(form_of(ana))
    assert ben.top_view is None
    assert "I can't find that any more" in newest(ben, world)
    [row] = await kept(world)
    assert (row.shower_id, row.is_private, row.arrives_at) == (shower.id, True, shower.arrives_at)
    assert "Your note is kept" in newest(ana, world)
    assert len(world.letters("UBEN")) == 0
    assert cards_in(world) == []


async def test_a_note_that_comes_too_late_stays_in_the_form(ana, world, circle):
    shower = await a_shower(world, circle)
    await presses(ana, world, start_value(shower_id=shower.id))
    async with world.db.begin() as session:
        row = await session.get_one(Shower, shower.id)
        row.called_off_at = world.clock()

    await sends(ana, world, form_of(ana), text="ten years of patience")

    assert "called off" in str(ana.top_view["errors"])
    assert await given(world) == []


async def test_a_form_that_did_not_open_keeps_the_words(ana, world, circle):
    world.slack.faults.fail("views.open", "expired_trigger_id")
    answer = await thanks(ana, world, "for covering my class")
    await ana.presses(START)
    await settle(world)

    form = form_of(ana)
    await sends(ana, world, form, receiver_ids=["UBEN"])

    assert "What you wrote is kept" in answer
    assert initial(form, "text") == "for covering my class"
    assert await given(world) == [("UANA", ["UBEN"], "for covering my class", None, False)]
    async with world.db() as session:
        assert (await session.scalars(select(Draft))).all() == []


async def test_forged_buttons_open_nothing_that_is_not_theirs(ana, ben, world, circle, secret):
    async with world.db.begin() as session:
        session.add(
            Draft(member_id="UBEN", form=START, fields={"text": "x"}, kept_at=world.clock())
        )
        session.add(Member(member_id="UGONE", name="Gone", left_at=world.clock()))
    for value in ("1", "9" * 30, "[]", '{"receiver_ids": "UBEN"}', "\x00", '{"shower_id": [1]}'):
        await presses(ana, world, value)
        if ana.top_view:
            assert initial(ana.top_view, "text") is None
            await ana.closes(ana.top_view)
    await presses(ana, world, start_value(receiver_ids=["UNOBODY", "UGONE", "UANA", "UBEN"]))

    assert initial(form_of(ana), "receiver_ids") == ["UBEN"]


async def test_forged_forms_reach_no_closed_community_and_nobody_who_is_not_there(
    ana, world, circle, secret
):
    form = await opens(ana, world)
    world.slack.views[form["id"]]["private_metadata"] = json.dumps(
        {"community_id": secret.id, "source": "../x", "back_of_id": 1, "asked_in": 7}
    )

    await sends(ana, world, form, **WHAT)

    assert "I can’t find that community." in str(ana.top_view["errors"])
    assert await given(world) == []
    assert cards_in(world, "CSECRET") == []
