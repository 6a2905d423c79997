"""Communities as members meet them."""

from datetime import timedelta

import pytest

from handlers.blocks.request import SET_UP
from models.communities import Community

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
    for word in ("cancel", "end", "notes WORDS", "protocols", "voices", "signup"):
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


async def test_nobody_is_led_to_stop_by_an_unknown_word(ana, world, circle):
    await ana.types("math-circle", "/staffroom digest")
    await world.settled()

    assert "stop" not in ana.sees("math-circle")[-1]["text"]


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

    await ana.presses(SET_UP, home=True)
    await world.settled()

    assert ana.top_view["title"]["text"] == "Community settings"


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
