"""What Slack refuses for good: somebody who can mend it is told once, and nothing is lost."""

from datetime import timedelta

import pytest

from handlers.blocks.communities import TRY_AGAIN
from handlers.communities import INVITED
from models.communities import Community
from models.members import Member
from tests.bot.posting import LOUNGE, MATH
from tests.examples import NOW
from tests.world import WORKSPACE

SAY = "chat.postMessage"
# Any post the whole bot knows how to draw would do.
A_FIRST_WORD = (f"{INVITED}:{LOUNGE}:UBEN", MATH)
PERMANENT = (
    "account_inactive",
    "channel_not_found",
    "is_archived",
    "not_in_channel",
    "restricted_action",
    "some_error_of_the_future",
)


@pytest.fixture
async def people(office):
    """Ben facilitates the math circle, Dana leads the network."""
    async with office.db.begin() as session:
        community = Community.found(
            channel_id=MATH, channel_name="math-circle", is_private=False, now=NOW
        )
        community.workspace_id = WORKSPACE
        session.add(community)
        community.configure(name="Math circle", tz="UTC", facilitators=["UBEN"], now=NOW)
        for name, is_lead in (("UANA", False), ("UBEN", False), ("UDANA", True)):
            session.add(Member(member_id=name, muted=[], is_lead=is_lead))


def letters(office):
    return {person: len(office.said(person)) for person in ("UANA", "UBEN", "UDANA")}


@pytest.mark.parametrize("error", PERMANENT)
async def test_a_facilitator_and_the_one_who_caused_it_are_told_once(office, people, error):
    office.slack.faults.fail(SAY, error, times=3, channel=MATH)
    for key in ("one", "two", "three"):
        await office.post(key, cause_id="UANA")

    async with office.open():
        await office.settled()

    assert set((await office.states()).values()) == {"failed", "said"}
    assert office.said() == []
    assert letters(office) == {"UANA": 1, "UBEN": 1, "UDANA": 0}


async def test_a_lead_is_told_where_nobody_facilitates(office, people):
    office.slack.faults.fail(SAY, "not_in_channel", channel=LOUNGE)
    await office.post("post", LOUNGE)

    async with office.open():
        await office.settled()

    assert letters(office) == {"UANA": 0, "UBEN": 0, "UDANA": 1}


async def test_nobody_is_told_that_somebody_else_gets_a_letter(office, people, caplog):
    office.slack.faults.fail(SAY, "user_disabled", channel="UCHRIS")
    await office.post("letter", "UCHRIS")

    async with office.open():
        await office.settled()

    assert letters(office) == {"UANA": 0, "UBEN": 0, "UDANA": 0}
    assert "Slack refuses letter: user_disabled" in caplog.text


async def test_trouble_with_the_letter_about_trouble_ends_there(office, people):
    office.slack.faults.fail(SAY, "restricted_action", times=2)
    await office.post("post")

    async with office.open():
        await office.settled()

    assert sorted((await office.states()).values()) == ["failed", "failed"]


async def test_two_postmen_tell_once(office, people):
    office.slack.faults.fail(SAY, "is_archived", times=4, channel=MATH)
    for key in ("one", "two", "three", "four"):
        await office.post(key)

    async with office.open(2):
        await office.settled()

    assert letters(office) == {"UANA": 0, "UBEN": 1, "UDANA": 0}


async def test_what_failed_is_said_after_all_in_its_order(office, people):
    office.slack.faults.fail(SAY, "not_in_channel", times=3, channel=MATH)
    for key in ("one", "two", "three"):
        await office.post(key)

    async with office.open():
        await office.settled()
        await office.revive(MATH)
        await office.settled()

    assert office.said() == ["one", "two", "three"]
    assert not office.calls("conversations.history")


async def test_what_is_no_longer_useful_is_not_tried_again(office, people):
    office.slack.faults.fail(SAY, "not_in_channel", channel=MATH)
    await office.post("one", useful_until=office.clock() + timedelta(hours=1))

    async with office.open():
        await office.settled()
        office.clock.move(timedelta(hours=2))
        await office.revive(MATH)
        await office.settled()

    assert office.said() == []


async def test_pressing_try_again_says_it_after_all(world, circle, ben, office):
    await ben.archives("math-circle")
    await office.post(*A_FIRST_WORD, kind=INVITED)
    await world.settled()
    [letter] = world.letters("UBEN")
    await ben.unarchives("math-circle")

    await ben.presses(TRY_AGAIN, message=letter)
    await world.settled()

    assert len(office.said()) == 1


async def test_inviting_the_bot_again_says_it_after_all(world, circle, ben, office):
    await ben.removes(world.slack.bot_user_id, "math-circle")
    await office.post(*A_FIRST_WORD, kind=INVITED)
    await world.settled()
    assert office.said() == []

    await ben.invites(world.slack.bot_user_id, "math-circle")
    await world.settled()

    assert len(office.said()) == 1
