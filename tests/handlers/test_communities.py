"""Communities as members meet them."""

from datetime import UTC, datetime, time, timedelta

import pytest

from handlers.blocks.communities.ids import COMMUNITY, LATER
from handlers.blocks.digests.ids import CUSTOMS as DIGEST
from handlers.blocks.exports.ids import EXPORT
from handlers.blocks.request import SET_UP
from handlers.blocks.thanks.ids import CUSTOMS as THANKS
from handlers.communities.following import INVITED, draw_invited
from models.communities import Community
from models.digests.customs import Choice, DigestCustoms, change
from models.posts import Post
from tests.examples import BEN, NOW, a_community, a_member

LOUNGE = "CSTAFFLOUNGE"


async def community_of(world, channel_id=LOUNGE):
    async with world.db() as session:
        return await Community.of_channel(session, channel_id)


@pytest.fixture
async def invited(ben, world):
    """The bot is in #staff-lounge, which nobody has set up."""
    await ben.invites(world.slack.bot_user_id, "staff-lounge")
    await world.settled()


async def test_a_channel_becomes_a_community(ana, world, invited):
    await ana.types("staff-lounge", "/staffroom setup")
    await world.settled()
    await ana.submits(ana.top_view, name="Staff lounge")
    await world.settled()

    community = await community_of(world)
    assert (community.name, community.tz) == ("Staff lounge", "America/Denver")
    assert community.facilitators == ["UANA"]
    assert community.has_member("UCHRIS")
    assert not community.has_member(world.slack.bot_user_id)
    assert "is now the community" in ana.sees("staff-lounge")[-1]["text"]


async def test_nothing_is_said_in_public_unasked(ana, world, invited):
    before = len(world.messages(LOUNGE))

    await ana.types("staff-lounge", "/staffroom setup")
    await world.settled()
    await ana.submits(ana.top_view, name="Staff lounge")
    await world.settled()

    assert len(world.messages(LOUNGE)) == before


async def test_whoever_invites_the_bot_gets_a_private_first_word(ben, world, invited):
    [letter] = world.letters("UBEN")

    assert "Set up this channel" in str(letter["blocks"])


async def test_the_first_word_leads_to_the_form(ben, world, invited):
    [letter] = world.letters("UBEN")

    await ben.presses(SET_UP, message=letter)
    await world.settled()
    await ben.submits(ben.top_view, name="Lounge")
    await world.settled()

    assert (await community_of(world)).name == "Lounge"


async def test_setting_up_where_the_bot_is_not_keeps_the_form_open(ana, world):
    await ana.types("staff-lounge", "/staffroom setup")
    await world.settled()

    await ana.submits(ana.top_view, name="The lounge")

    assert "/invite @Staffroom" in str(ana.top_view["blocks"][0])
    assert "The lounge" in str(ana.top_view["state"])
    assert await community_of(world) is None
    await ana.invites(world.slack.bot_user_id, "staff-lounge")
    await ana.submits(ana.top_view)
    await world.settled()
    assert (await community_of(world)).name == "The lounge"


async def test_only_facilitators_change_a_community(ana, world, circle):
    await ana.types("math-circle", "/staffroom setup")
    await world.settled()

    assert ana.top_view is None
    assert (
        "Only facilitators can change the settings. Ask Ben." in ana.sees("math-circle")[-1]["text"]
    )


async def test_a_lead_changes_any_community(dana, world, circle):
    await dana.types("math-circle", "/staffroom setup")
    await world.settled()
    await dana.submits(dana.top_view, name="Maths circle", facilitators=["UANA", "UBEN"])
    await world.settled()

    community = await community_of(world, "CMATHCIRCLE")
    assert community.name == "Maths circle"
    assert community.facilitators == ["UBEN", "UANA"]


async def test_a_time_zone_is_found_by_its_city(ana, world, invited):
    await ana.types("staff-lounge", "/staffroom setup")
    await world.settled()

    reply = await ana.searches("tz", "denv")

    assert reply.payload["options"][0]["value"] == "America/Denver"


async def test_help_names_every_command(ana, world, circle):
    await ana.types("math-circle", "/staffroom help")
    await world.settled()

    text = ana.sees("math-circle")[-1]["text"]
    assert "/problem" in text
    assert "/staffroom" in text
    for word in ("cancel", "end", "notes WORDS", "protocols", "voices", "signup", "me"):
        assert f"`{word}`" in text


async def test_an_unknown_word_is_answered_with_the_nearest(ana, world, circle):
    await ana.types("math-circle", "/staffroom stauts")
    await world.settled()

    assert "/staffroom status" in ana.sees("math-circle")[-1]["text"]


async def test_status_shows_what_ran_to_those_who_look_after_it(ana, ben, world, circle):
    await world.moves(timedelta(minutes=10))

    for person in (ana, ben):
        await person.types("math-circle", "/staffroom status")
        await world.settled()

    assert "Looked after names" not in ana.sees("math-circle")[-1]["text"]
    assert "Looked after names" in ben.sees("math-circle")[-1]["text"]


async def test_status_says_whom_to_ask_where_nobody_facilitates(ana, world, circle):
    async with world.db.begin() as session:
        community = await session.get_one(Community, circle.id)
        community.membership("UBEN").is_facilitator = False

    await ana.types("math-circle", "/staffroom status")
    await world.settled()

    assert "nobody facilitates it now; ask " in ana.sees("math-circle")[-1]["text"]


async def test_nobody_is_led_to_stop_by_an_unknown_word(ana, world, circle):
    await ana.types("math-circle", "/staffroom digest")
    await world.settled()

    assert "stop" not in ana.sees("math-circle")[-1]["text"]


async def test_a_channel_that_has_a_digest_by_now_need_not_be_set_up(db):
    post = Post(key=f"{INVITED}:C0NEWS:{BEN}:1", kind=INVITED, place_id=BEN, due_at=NOW)
    async with db.begin() as session:
        session.add_all([circle := a_community(), a_member(BEN)])
        circle.configure(name="Math circle", tz=circle.tz, facilitators=[BEN], now=NOW)
        await session.flush()

        before = await draw_invited(session, post, NOW)
        choice = Choice(weekday=4, at=time(14), channel_id="C0NEWS")
        await change(session, circle, choice, by=BEN, now=NOW)
        after = await draw_invited(session, post, NOW)

    assert "for a digest alone" in before.text
    assert after is None


async def test_a_second_invitation_is_answered_as_well(ben, world, invited):
    await ben.removes(world.slack.bot_user_id, "staff-lounge")
    await ben.invites(world.slack.bot_user_id, "staff-lounge")
    await world.settled()

    assert len(world.letters("UBEN")) == 2


async def test_from_home_the_answer_is_a_letter_and_the_page_is_drawn_anew(ana, world, invited):
    await ana.opens_home()
    await world.settled()
    await ana.presses(SET_UP, home=True)
    await world.settled()
    await ana.submits(ana.top_view, channel_id=LOUNGE, name="The lounge")
    await world.settled()

    assert "is now the community" in world.letters("UANA")[-1]["text"]
    assert "You look after *The lounge*" in str(ana.home)

    await ana.presses(COMMUNITY, home=True)
    await world.settled()
    await ana.presses(SET_UP, message=world.letters("UANA")[-1])
    await world.settled()

    assert ana.top_view["title"]["text"] == "Community settings"


async def test_one_guided_form_after_another_leads_to_a_running_community(ana, world, invited):
    await ana.types("staff-lounge", "/staffroom setup")
    await world.settled()
    await ana.submits(ana.top_view, name="Staff lounge")
    await world.settled()
    [guide] = world.letters("UANA")
    assert "Next: Plan hangouts" in guide["text"]

    await ana.presses(LATER, message=guide)
    await world.settled()
    [guide] = world.letters("UANA")
    await ana.presses(DIGEST, message=guide)
    await world.settled()
    await ana.submits(ana.top_view, weekday="4", at="14:00")
    await world.settled()
    guide = world.letters("UANA")[0]
    assert "Later: Plan hangouts" in guide["text"]
    assert "Done: Digest, each Friday at 14:00" in guide["text"]
    # The answer to the form is where the facilitator is.
    assert "Each Friday at 14:00" in world.letters("UANA")[-1]["text"]
    await ana.presses(THANKS, message=guide)
    await world.settled()
    await ana.submits(ana.top_view)
    await world.settled()

    guide = world.letters("UANA")[0]
    assert "That is all" in guide["text"]
    assert "Done: Thanks, I ask nothing by myself" in guide["text"]


async def test_the_settings_of_a_channel_stand_in_one_place_for_who_looks_after_it(
    ana, ben, dana, world, circle
):
    for person in (ana, ben, dana):
        await person.types("math-circle", "/staffroom settings")
        await world.settled()

    assert ana.top_view["title"]["text"] == "My settings"
    for person, is_lead in ((ben, False), (dana, True)):
        menu = person.sees("math-circle")[-1]
        assert "Settings of *Math circle*" in menu["text"]
        assert (EXPORT in str(menu["blocks"])) is is_lead


async def test_another_time_zone_moves_the_digest(ben, world, circle):
    async with world.db.begin() as session:
        choice = Choice(weekday=4, at=time(14))
        await change(session, circle, choice, by="UBEN", now=world.clock())

    await ben.types("math-circle", "/staffroom setup")
    await world.settled()
    await ben.searches("tz", "berlin")
    await ben.submits(ben.top_view, tz="Europe/Berlin")
    await world.settled()

    async with world.db() as session:
        customs = await DigestCustoms.of(session, circle.id)
    assert customs.next_at == datetime(2026, 11, 20, 13, 0, tzinfo=UTC)


async def test_people_who_come_and_go_are_followed(chris, world, circle):
    await chris.leaves("math-circle")
    await world.settled()
    gone = await community_of(world, "CMATHCIRCLE")
    await world.slack.person("UCHRIS").joins("math-circle")
    await world.settled()
    back = await community_of(world, "CMATHCIRCLE")

    assert not gone.has_member("UCHRIS")
    assert back.has_member("UCHRIS")


async def test_channels_that_change_are_followed(ben, world, circle):
    await ben.renames("math-circle", "maths")
    await ben.archives("maths")
    await world.settled()
    archived = await community_of(world, "CMATHCIRCLE")
    await ben.unarchives("maths")
    await world.settled()
    back = await community_of(world, "CMATHCIRCLE")

    assert archived.channel_name == "maths"
    assert archived.archived_at is not None
    assert back.archived_at is None
