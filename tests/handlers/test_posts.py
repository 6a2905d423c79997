"""What happens when something cannot be posted."""

from datetime import timedelta

import pytest

from handlers.blocks.communities import TRY_AGAIN
from handlers.blocks.thanks.ids import EXPORT
from models.posts import FAILED, SAID, Post
from tests.examples import NOW

CARD = "communities.invited"


async def a_refused_post(world, place_id="CSTAFFLOUNGE", cause_id=None):
    """Keep a letter for a channel the bot is not in, and let the postman try it."""
    async with world.db.begin() as session:
        await Post.add(
            session,
            f"{CARD}:CMATHCIRCLE:{place_id}",
            place_id,
            kind=CARD,
            due_at=NOW,
            cause_id=cause_id,
        )
    await world.settled()


async def state_of(world, place_id="CSTAFFLOUNGE"):
    async with world.db() as session:
        return (await Post.keyed(session, f"{CARD}:CMATHCIRCLE:{place_id}")).state


@pytest.fixture
async def known_lead(dana, world):
    await dana.types("math-circle", "/staffroom help")
    await dana.types("math-circle", "/staffroom settings")
    await world.settled()


async def test_a_lead_is_told_once_what_to_do(world, known_lead):
    await a_refused_post(world)

    [letter] = world.letters("UDANA")
    assert "/invite @Staffroom" in letter["text"]
    assert await state_of(world) == FAILED


async def test_whoever_caused_it_is_told_as_well(world, known_lead):
    await a_refused_post(world, cause_id="UANA")

    [letter] = world.letters("UANA")
    assert "the text is kept" in letter["text"]


async def test_try_again_says_it_after_the_invitation(dana, ben, world, known_lead):
    await a_refused_post(world)
    world.slack.channels["CSTAFFLOUNGE"].members.add(world.slack.bot_user_id)

    await dana.presses(TRY_AGAIN, message=world.letters("UDANA")[0])
    await world.settled()

    assert await state_of(world) == SAID
    assert len(world.messages("CSTAFFLOUNGE")) == 1


async def test_trying_again_too_early_tells_nobody_twice(dana, world, known_lead):
    await a_refused_post(world)

    await dana.presses(TRY_AGAIN, message=world.letters("UDANA")[0])
    await world.settled()

    letters = [one for one in world.letters("UDANA") if "/invite" in one["text"]]
    assert len(letters) == 1
    assert await state_of(world) == FAILED


async def test_the_next_trouble_is_told_of_again(dana, world, known_lead):
    await a_refused_post(world)
    lounge = world.slack.channels["CSTAFFLOUNGE"].members
    lounge.add(world.slack.bot_user_id)
    await dana.presses(TRY_AGAIN, message=world.letters("UDANA")[0])
    await world.settled()
    lounge.discard(world.slack.bot_user_id)

    async with world.db.begin() as session:
        key = f"{CARD}:CMATHCIRCLE:again"
        await Post.add(session, key, "CSTAFFLOUNGE", kind=CARD, due_at=NOW)
    world.clock.move(timedelta(seconds=2))
    await world.settled()

    letters = [one for one in world.letters("UDANA") if "/invite" in one["text"]]
    assert len(letters) == 2


async def test_who_was_promised_a_file_hears_that_slack_refuses_it(ana, ben, world, circle):
    world.slack.faults.fail("files.getUploadURLExternal", "missing_scope", times=2)
    await ben.types("math-circle", "/thanks @Ana for the slides")
    await world.settled()

    await ana.presses(EXPORT, message=await journal_of(ana, world))
    await world.settled()

    letters = [one for one in world.letters("UANA") if "could not send you the file" in one["text"]]
    assert len(letters) == 1
    world.slack.faults.clear()
    await ana.presses(TRY_AGAIN, message=letters[0])
    await world.settled()
    assert [one["text"] for one in world.letters("UANA") if one.get("files")]


async def journal_of(person, world):
    await person.types("math-circle", "/thanks journal")
    await world.settled()
    return person.sees("math-circle")[-1]


@pytest.mark.parametrize("place_id", ["UBEN", "CMATHCIRCLE"])
async def test_nobody_learns_what_failed_for_others(ana, world, known_lead, place_id):
    await a_refused_post(world, cause_id="UANA")
    [letter] = world.letters("UANA")
    letter["blocks"][-1]["elements"][0]["value"] = place_id

    await ana.presses(TRY_AGAIN, message=letter)
    await world.settled()

    assert "There is nothing of yours" in world.letters("UANA")[-1]["text"]
    assert await state_of(world) == FAILED
