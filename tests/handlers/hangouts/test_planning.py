"""Planning a series: one form, once; and what it does with all that people type."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.slack import handlers_client
from handlers.hangouts.planning import keep_hangouts_planned
from models.communities import Community
from models.hangouts.series import Series
from tests.handlers.blocks.surfaces import fields
from tests.handlers.hangouts.planning_steps import (
    choose,
    hangouts_kept,
    last_answer,
    open_plan,
    plan_series,
    schedule_words,
    schedules,
    settle,
)

pytestmark = pytest.mark.usefixtures("good_manners")

DENVER = ZoneInfo("America/Denver")


async def test_a_facilitator_plans_once_and_everybody_sees_the_dates(ben, world, circle):
    hangouts = await plan_series(ben, world)

    local = [hangout.starts_at.astimezone(DENVER) for hangout in hangouts]
    assert [f"{one:%A %H:%M}" for one in local] == ["Thursday 16:00"] * len(local)
    assert local[0].date() == date(2026, 11, 19)
    assert local[-1].date() >= date(2026, 11, 17) + timedelta(weeks=8)
    assert "with Ben" in schedule_words(world)
    answer = last_answer(ben)
    assert "The hangouts are planned. The next ones:" in answer
    assert "19 November 2026, 16:00 (America/Denver)" in answer
    assert "/hangout skip" in answer


async def test_the_form_proposes_what_is_usual(ben, world, circle):
    form = fields(await open_plan(ben, world))

    assert form["first_on"]["initial_date"] == "2026-11-19"
    assert form["at"]["initial_time"] == "16:00"
    assert form["tz"]["initial_option"]["value"] == "America/Denver"
    assert [form[name]["initial_value"] for name in ("every_weeks", "minutes", "slots")] == [
        "2",
        "60",
        "2",
    ]
    assert form["protocol"]["initial_option"]["value"] == "mini"
    assert "asynchronous" not in [one["value"] for one in form["protocol"]["options"]]
    assert form["facilitators"]["initial_users"] == ["UBEN"]
    assert "forget_calendar" not in form


async def test_the_form_comes_back_with_the_present_plan_in_it(ben, world, circle):
    await plan_series(
        ben,
        world,
        skills="Wait time\nExit tickets",
        skipped_on="2026-12-21 to 2026-12-23",
        link="https://meet.example.org/math?a=b&c",
        facilitators=["UBEN", "UCHRIS"],
        slots="1",
    )

    form = fields(await open_plan(ben, world))

    assert form["first_on"]["initial_date"] == "2026-11-19"
    assert form["skills"]["initial_value"] == "Wait time\nExit tickets"
    assert form["skipped_on"]["initial_value"] == "2026-12-21 to 2026-12-23"
    assert form["link"]["initial_value"] == "https://meet.example.org/math?a=b&c"
    assert form["facilitators"]["initial_users"] == ["UBEN", "UCHRIS"]
    assert form["slots"]["initial_value"] == "1"


async def test_planning_the_same_again_changes_nothing(ben, world, circle):
    before = await plan_series(ben, world)

    after = await plan_series(ben, world)

    def told(hangouts):
        return [(one.id, one.starts_at, one.sequence) for one in hangouts]

    assert told(after) == told(before)
    assert len(schedules(world)) == 1
    assert "The plan is kept." in last_answer(ben)


async def test_the_plan_can_change_years_later(ben, world, circle):
    await plan_series(ben, world)
    world.clock.move(timedelta(days=70))
    await world.settled()

    hangouts = await plan_series(ben, world, at="15:00")

    ahead = [one for one in hangouts if one.starts_at > world.clock()]
    assert {f"{one.starts_at.astimezone(DENVER):%H:%M}" for one in ahead} == {"15:00"}
    past = [one for one in hangouts if one.starts_at < world.clock()]
    assert {f"{one.starts_at.astimezone(DENVER):%H:%M}" for one in past} == {"16:00"}


async def test_others_are_told_whom_to_ask(chris, dana, world, circle):
    form = await open_plan(chris, world)

    assert form is None
    assert "Only facilitators can plan the hangouts. Ask Ben." in last_answer(chris)
    assert await open_plan(dana, world) is not None


async def test_who_may_plan_is_asked_again_when_the_form_is_sent(ben, dana, world, circle):
    form = await open_plan(ben, world)
    await dana.types("math-circle", "/staffroom setup")
    await settle(world)
    await dana.submits(dana.top_view, facilitators=["UDANA"])
    await settle(world)

    await ben.submits(form)
    await settle(world)

    assert "Ask Dana." in next(iter(ben.top_view["errors"].values()))
    assert await hangouts_kept(world) == []


async def test_what_cannot_be_is_explained_at_its_field_and_nothing_is_lost(ben, world, circle):
    form = await open_plan(ben, world)
    wrong = [
        ("first_on", "2026-11-16", "has passed already"),
        ("slots", "0", "from 1 to"),
        ("every_weeks", "-3", "from 1 to"),
        ("minutes", "9999", "from 15 to"),
        ("slot_minutes", "45", "more than the 60"),
        ("slot_minutes", "15", "takes 20 minutes, more than the 15 for each"),
        ("first_on", "2028-02-29", "That is 15 months away. Is the year right?"),
        ("link", "https:///nowhere", "begins with https://"),
        ("skipped_on", "30 February 2027", "no day “30 February 2027”"),
    ]

    for field, answer, words in wrong:
        right = form["state"]["values"][field][field].copy()
        await ben.submits(form, **{field: answer})
        assert list(ben.top_view["errors"]) == [field]
        assert words in ben.top_view["errors"][field]
        form["state"]["values"][field][field] = right

    assert await hangouts_kept(world) == []
    await ben.submits(form)
    await settle(world)
    assert len(schedules(world)) == 1


async def test_a_zone_or_protocol_that_does_not_exist_is_refused(ben, world, circle):
    form = await open_plan(ben, world)
    values = form["state"]["values"]

    values["tz"]["tz"]["selected_option"] = {"value": "America/Nowhere"}
    await ben.submits(form)
    assert "time zones in the list" in ben.top_view["errors"]["tz"]
    values["tz"]["tz"]["selected_option"] = {"value": "Europe/London"}
    values["protocol"]["protocol"]["selected_option"] = {"value": "copy:999"}
    await ben.submits(form)
    assert "protocols in the list" in ben.top_view["errors"]["protocol"]


async def test_who_leads_has_to_be_in_the_channel(ben, world, circle):
    world.slack.add_user("eve", tz="America/Denver")
    form = await open_plan(ben, world)

    await ben.submits(form, facilitators=["UBEN", "UEVE"])

    assert "invite them to its channel" in ben.top_view["errors"]["facilitators"]


async def test_public_holidays_are_found_by_place_and_left_out(ben, world, circle):
    form = await open_plan(ben, world)
    assert fields(form)["holidays"].get("initial_option") is None

    await ben.searches("holidays", "colorado", view=form)
    await ben.submits(form, holidays="US-CO", first_on="2026-11-26")
    await settle(world)

    [thanksgiving, *_] = await hangouts_kept(world)
    assert (thanksgiving.is_on, thanksgiving.called_off_why) == (False, "Thanksgiving Day")
    assert "Called off: Thanksgiving Day." in schedule_words(world)
    again = fields(await open_plan(ben, world))
    assert again["holidays"]["initial_option"]["text"]["text"] == "Colorado, United States"


async def test_a_community_without_its_channel_is_not_planned(ben, dana, world, circle):
    form = await open_plan(ben, world)
    async with world.db.begin() as session:
        community = await session.get_one(Community, circle.id)
        community.bot_left_at = world.clock()

    await ben.submits(form)

    assert "/invite @Staffroom" in next(iter(ben.top_view["errors"].values()))
    assert await hangouts_kept(world) == []


async def test_a_private_community_is_planned_by_nobody_outside_it(ana, ben, world, secret):
    form = await choose(ben, world, "plan", channel="secret")
    forged = {"type": "block_actions", "channel": {"id": "CMATHCIRCLE"}}
    pressed = {"action_id": "hangouts.plan", "block_id": "b", "type": "button"}
    pressed |= {"value": str(secret.id), "action_ts": "1"}

    await ana.forges(forged | {"actions": [pressed]})
    await settle(world)

    assert form is not None
    assert ana.top_view is None
    assert "That community is not there any more." in last_answer(ana)


async def test_the_tick_plans_ahead_and_leaves_the_rest_alone(ben, world, circle, lounge, slack):
    await plan_series(ben, world)
    await plan_series(ben, world, channel="staff-lounge")
    async with world.db.begin() as session:
        (await session.get_one(Community, lounge.id)).archived_at = world.clock()
    before = len(await hangouts_kept(world))
    world.clock.move(timedelta(weeks=4))

    client = handlers_client(slack.bot_token, slack.api_url, None)
    said = await keep_hangouts_planned(world.database, world.clock, client)
    again = await keep_hangouts_planned(world.database, world.clock, client)
    await settle(world)

    added = (await hangouts_kept(world))[before:]
    assert said.startswith(f"planned {len(added)} hangouts in 2 series")
    assert again.startswith("planned 0 hangouts in 0 series")
    assert {one.community_id for one in added} == {circle.id}
    last: datetime = max(one.starts_at for one in added)
    # The one after it is more than eight weeks away.
    assert last + timedelta(weeks=2) > world.clock() + timedelta(weeks=8)
    async with world.db() as session:
        series = await Series.of_community(session, lounge.id)
    assert series.next_plan_at > world.clock()
