"""A shower from its opening to the afternoon on which the notes arrive."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.blocks.thanks.ids import SHOWER as OPEN
from handlers.blocks.thanks.ids import START
from handlers.blocks.thanks.showering import CALL_OFF
from models.members import Member
from models.thanks.posted import SHOWER, SHOWER_EMPTY, SHOWER_INVITATION, SHOWER_OFF
from models.thanks.thanks import Receiver
from tests.handlers.problems.steps import last_answer, words_of
from tests.handlers.thanks.belonging_steps import (
    initial,
    letters,
    newest,
    passes,
    presses,
    sends,
)
from tests.handlers.thanks.kind_steps import everything_seen_by

pytestmark = pytest.mark.usefixtures("good_manners")

# From Tuesday 9:00 to Thursday 15:00 and a minute.
TO_THURSDAY = timedelta(days=2, hours=6, minutes=1)


async def opens(ben, world, text="shower <@UCHRIS|chris> twenty years here", on="2026-11-19"):
    """Let Ben open a shower for Chris, whose notes arrive on Thursday."""
    await ben.types("math-circle", f"/thanks {text}")
    await world.settled()
    assert initial(ben.top_view, "member_id") == "UCHRIS"
    assert initial(ben.top_view, "occasion") == "twenty years here"
    await sends(ben, world, on_date=on)
    await passes(world)


async def writes(person, world, **answers):
    """Write a note from the letter that invites to it."""
    [invitation] = letters(world, person.id, SHOWER_INVITATION)
    await presses(person, world, START, invitation)
    await sends(person, world, **answers)


async def test_notes_arrive_together_and_their_receiver_learns_nothing_before(
    ana, ben, chris, world, circle
):
    await chris.opens_home()
    await opens(ben, world)
    assert "Ben opens a shower of thanks in #math-circle" in newest(world, "UANA")
    await writes(ana, world, text="your calm before the bell")
    await writes(ben, world, text="every lesson plan you shared")
    before = everything_seen_by(world, chris)

    await passes(world, TO_THURSDAY)
    await passes(world)

    assert not any(word in before for word in ("shower", "calm", "lesson plan", "twenty"))
    [letter] = letters(world, "UCHRIS", SHOWER)
    assert "“twenty years here”" in words_of(letter)
    assert "Ana: your calm before the bell" in words_of(letter)
    assert "Ben: " in words_of(letter)
    assert "calm" not in everything_seen_by(world, ben)
    [over] = letters(world, "UANA", SHOWER_INVITATION)
    assert "have arrived" in words_of(over)


async def test_a_shower_without_notes_is_told_to_its_opener_alone(ben, chris, world, circle):
    await opens(ben, world)

    await passes(world, TO_THURSDAY)

    [told] = letters(world, "UBEN", SHOWER_EMPTY)
    assert "Nobody found the time to write for Chris" in words_of(told)
    assert world.letters("UCHRIS") == []


async def test_what_is_called_off_gives_the_writers_their_words_back(ana, ben, world, circle):
    await opens(ben, world)
    await writes(ana, world, text="your calm before the bell")
    [invitation] = letters(world, "UBEN", SHOWER_INVITATION)

    await presses(ben, world, CALL_OFF, invitation)
    await passes(world, TO_THURSDAY)

    [back] = letters(world, "UANA", SHOWER_OFF)
    assert "your calm before the bell" in words_of(back)
    form = await presses(ana, world, START, back)
    assert initial(form, "text") == "your calm before the bell"
    assert initial(form, "receiver_ids") == ["UCHRIS"]
    assert initial(form, "is_private")["value"] == "private"
    assert world.letters("UCHRIS") == []
    # Nothing is left of the note itself, so that Chris counts as not thanked yet.
    async with world.db() as session:
        assert (await session.scalars(select(Receiver))).all() == []


async def test_notes_for_somebody_who_left_go_back_and_the_opener_is_told(ana, ben, world, circle):
    await opens(ben, world)
    await writes(ana, world, text="your calm before the bell")
    async with world.db.begin() as session:
        (await Member.find(session, "UCHRIS")).left_at = world.clock()

    await passes(world, TO_THURSDAY)

    assert "your calm before the bell" in words_of(letters(world, "UANA", SHOWER_OFF)[0])
    assert "Chris has left the workspace" in words_of(letters(world, "UBEN", SHOWER_EMPTY)[0])


async def test_only_facilitators_open_a_shower_and_the_form_says_what_does_not_fit(
    ana, ben, world, circle
):
    await ana.types("math-circle", "/thanks shower <@UCHRIS|chris>")
    await world.settled()
    # A name typed without Slack's help is understood as well.
    await opens(ben, world, "shower @chris twenty years here", on="2026-11-16")

    assert "Only facilitators can open a shower. Ask Ben." in last_answer(ana)
    assert ben.top_view["callback_id"] == OPEN
    assert letters(world, "UANA", SHOWER_INVITATION) == []
