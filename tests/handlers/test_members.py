"""Members in Slack: their profiles and their settings."""

from datetime import date, timedelta

from handlers.blocks.members import MUTE
from handlers.members import refresh_profiles
from models.communities import Community
from models.digests import personal
from models.members import SWITCHES, Member
from tests.examples import BEN, a_community, a_member


async def the_member(world, member_id="UANA") -> Member:
    async with world.db() as session:
        return await Member.find(session, member_id)


async def test_a_changed_profile_is_followed(ana, world, circle):
    await ana.types("math-circle", "/staffroom settings")
    await world.settled()

    await ana.changes_profile(tz="Europe/Berlin")
    await world.settled()

    async with world.db() as session:
        assert (await Member.find(session, "UANA")).tz == "Europe/Berlin"


async def test_my_settings_are_kept_and_shown_again(ana, world, circle):
    await ana.types("math-circle", "/staffroom settings")
    await world.settled()
    await ana.submits(
        ana.top_view,
        quiet_from="18:00",
        quiet_until="07:30",
        school=" Lincoln  High",
        wanted_of_hangouts=["hangouts.seats"],
        wanted_of_thanks=[],
        wanted_otherwise=["problems.offers"],
    )
    await world.settled()

    async with world.db() as session:
        me = await Member.find(session, "UANA")
    assert (f"{me.quiet_from:%H:%M}", f"{me.quiet_until:%H:%M}") == ("18:00", "07:30")
    assert set(me.muted) == set(SWITCHES) - {"hangouts.seats", "problems.offers"}
    assert me.school == "Lincoln High"


async def test_thanks_to_me_stay_between_us_until_i_change_my_mind(ana, world, circle):
    for ticked in (["yes"], []):
        await ana.types("math-circle", "/staffroom settings")
        await world.settled()
        await ana.submits(ana.top_view, thanked_quietly=ticked)
        await world.settled()

        assert (await the_member(world)).is_thanked_quietly == bool(ticked)


async def test_days_off_what_i_teach_and_the_weekly_letter_are_kept(ana, world, circle):
    await ana.types("math-circle", "/staffroom settings")
    await world.settled()
    await ana.submits(
        ana.top_view, days_off=["5", "6"], subjects="Math", grades="9", has_digest=["yes"]
    )
    await world.settled()

    me = await the_member(world)
    assert (me.days_off, me.subjects, me.grades) == ([5, 6], "Math", "9")
    assert me.has_digest
    assert me.next_digest_at is not None


async def test_half_a_quiet_time_keeps_the_form_open(ana, world, circle):
    await ana.types("math-circle", "/staffroom settings")
    await world.settled()

    await ana.submits(ana.top_view, quiet_from="18:00")

    assert "quiet_until" in ana.top_view["errors"]


async def test_days_away_are_kept_and_forgotten_again(ana, world, circle):
    await ana.types("math-circle", "/staffroom settings")
    await world.settled()
    await ana.submits(ana.top_view, away_from="2026-12-21", away_until="2027-01-01")
    await world.settled()
    me = await the_member(world)
    assert (me.away_from, me.away_until) == (date(2026, 12, 21), date(2027, 1, 1))

    await ana.types("math-circle", "/staffroom settings")
    await world.settled()
    await ana.submits(ana.top_view, away_from=None, away_until=None)
    await world.settled()

    assert (await the_member(world)).away_from is None


async def test_a_last_day_before_the_first_keeps_the_form_open(ana, world, circle):
    await ana.types("math-circle", "/staffroom settings")
    await world.settled()

    await ana.submits(ana.top_view, away_from="2027-01-01", away_until="2026-12-21")

    assert "away_until" in ana.top_view["errors"]
    assert (await the_member(world)).away_until is None


async def test_a_forged_switch_switches_nothing_off(ana, world, circle):
    button = {"type": "button", "action_id": MUTE, "block_id": "b", "value": "everything"}

    await ana.forges({"channel": {"id": "CMATHCIRCLE"}, "actions": [button]})
    await world.settled()

    assert (await the_member(world)).muted == []
    assert "I do not know those letters" in ana.sees("math-circle")[-1]["text"]


async def test_profiles_are_asked_for_in_the_background(world):
    async with world.db.begin() as session:
        await Member.note_all(session, ["UCHRIS"])

    await world.moves(timedelta(minutes=10))

    async with world.db() as session:
        assert (await Member.find(session, "UCHRIS")).name == "chris"


class Deactivated:
    """A Slack that says of everybody that they are not there any more."""

    async def users_info(self, user):
        return {"user": {"id": user, "name": user, "deleted": True}}


async def test_who_was_deactivated_while_we_were_down_has_left_as_well(database, clock):
    async with database.of("T0STAFF").begin() as session:
        session.add_all([circle := a_community(), a_member(BEN, profile_at=None)])
        circle.membership(BEN).is_facilitator = True

    await refresh_profiles(database, clock, Deactivated())

    async with database.of("T0STAFF")() as session:
        there = await Community.of_channel(session, circle.channel_id)
        assert not there.has_member(BEN)
        assert there.facilitators == []
        assert (await Member.find(session, BEN)).left_at is not None


async def test_stop_silences_everything_and_start_brings_back_what_was_wanted(ana, world, circle):
    async with world.db.begin() as session:
        me = await Member.find(session, "UANA")
        me.muted = ["thanks.ideas"]
        personal.choose(session, me, world.clock())
    direct = world.slack.direct_message("UANA")

    await ana.types(direct, "stop")
    await world.settled()
    assert "say `start`" in world.letters("UANA")[-1]["text"]
    assert not (await the_member(world)).wants("problems.offers")
    await ana.types("math-circle", "/staffroom start")
    await world.settled()

    me = await the_member(world)
    assert me.wants("problems.offers")
    assert (me.muted, me.has_digest) == (["thanks.ideas"], True)


async def test_the_box_in_my_settings_does_what_stop_and_start_do(ana, world, circle):
    for ticked in (["yes"], []):
        await ana.types("math-circle", "/staffroom settings")
        await world.settled()
        await ana.submits(ana.top_view, is_silent=ticked)
        await world.settled()

        assert (await the_member(world)).is_silent == bool(ticked)


async def test_a_deactivated_person_has_left(ana, world, circle):
    await ana.changes_profile(deleted=True)
    await world.settled()

    assert (await the_member(world)).left_at is not None


async def test_an_admin_is_a_lead_from_first_contact(dana, world):
    await dana.types("math-circle", "/staffroom settings")
    await world.settled()

    dana = await the_member(world, "UDANA")
    assert dana.is_lead
    assert dana.tz == "America/Denver"


async def test_a_slack_that_tells_no_profiles_stops_nobody(ana, world):
    world.slack.faults.fail("users.info", error="user_not_found", times=9)

    await ana.types("math-circle", "/staffroom settings")
    await world.settled()

    assert ana.top_view is not None
    assert (await the_member(world)).profile_at is None
