"""Thanks in one line of which something has to be asked first: who, where, or which word."""

import pytest

from handlers.blocks.thanks.giving import CHOOSE, RUN
from models.communities import Community
from models.members import Member
from tests.handlers.pilots.logging_steps import newest, says
from tests.handlers.problems.steps import settle
from tests.handlers.thanks.giving_steps import (
    BEN_THANKED,
    cards_in,
    form_of,
    given,
    shown_in,
    thanks,
)

pytestmark = pytest.mark.usefixtures("good_manners")

WHAT = "you covered my class"


async def a_namesake(world, circle) -> None:
    """Let a second Ben into the circle."""
    world.slack.add_user("benno", "Ben Novak", tz="America/Denver")
    async with world.db.begin() as session:
        session.add(Member(member_id="UBENNO", name="Ben Novak", profile_at=world.clock()))
        row = await Community.locked(session, circle.id)
        row.welcome("UBENNO", world.clock())
        ben = await Member.find(session, "UBEN")
        ben.name = "Ben Ames"


async def test_a_name_of_two_people_is_asked_about_and_said_once(ana, world, circle):
    await a_namesake(world, circle)

    question = await thanks(ana, world, f"ben because {WHAT}")
    before = await given(world)
    world.slack.faults.repeat_envelopes(2)
    await ana.presses(f"{CHOOSE}.0")
    await settle(world)
    answer = newest(ana, world)

    assert before == []
    assert "“ben” may be several people. Whom do you mean?" in question
    assert WHAT in question
    assert await given(world) == [BEN_THANKED]
    assert "You thank Ben Ames" in answer


async def test_an_unknown_name_is_asked_for_with_the_words_kept(ana, world, circle):
    await thanks(ana, world, f"zoe because {WHAT}")
    form = form_of(ana)
    await ana.submits(form, receiver_ids=["UBEN"])
    await settle(world)

    assert "I don’t know anybody called “zoe” in Math circle." in shown_in(form)
    assert await given(world) == [BEN_THANKED]


async def test_a_name_nearly_right_is_taken_and_told(ana, world, circle):
    answer = await thanks(ana, world, f"bne, {WHAT} because I was ill")

    assert await given(world) == [("UANA", ["UBEN"], WHAT, "I was ill", False)]
    assert "I took “bne” to mean Ben." in answer


async def test_between_two_communities_the_channel_is_asked_for(ana, world, circle, lounge):
    question = await says(ana, world, f"thanks <@UBEN> because {WHAT}")
    before = await given(world)
    await ana.presses(f"{CHOOSE}.1")
    await settle(world)
    await says(ana, world, f"thanks private <@UBEN> because {WHAT}")

    assert "In which community should colleagues see it?" in question
    assert before == []
    assert len(cards_in(world, "CSTAFFLOUNGE")) == 1
    assert cards_in(world) == []
    # What stays between two asks for no channel.
    assert [is_private for *_, is_private in await given(world)] == [False, True]


async def test_a_slip_of_our_own_word_is_asked_about_with_what_follows(ana, world, circle):
    question = await thanks(ana, world, "jurnal @ben")
    await ana.presses(RUN)
    await settle(world)

    assert "I don’t know “jurnal @ben”. Did you mean /thanks journal?" in question
    assert "Kind words that colleagues write to you" in newest(ana, world)
    assert await given(world) == []
