"""Notes of a hangout: who writes them, where they stand, and how they are found again."""

from sqlalchemy import select

from handlers.blocks.hangouts.ids import NOTES
from models.hangouts.signups import Signup
from tests.handlers.hangouts.after_steps import QUESTION, a_hangout_held, is_over, letter_about
from tests.handlers.problems.steps import key_of, last_answer, settle


def notes_in(world):
    return [one for one in world.messages() if key_of(one).startswith("hangouts.notes:")]


async def write(person, world, **answers):
    """Open the notes by command, fill them in and send them."""
    await person.types("math-circle", "/hangout notes")
    await settle(world)
    await person.submits(person.top_view, **answers)
    await settle(world)


async def test_whoever_led_is_reminded_and_the_notes_stand_in_the_channel(
    ben, world, circle, good_manners
):
    over = await a_hangout_held(world, circle)
    await is_over(world)
    letter = letter_about(world, "UBEN", "How was the hangout")

    await ben.presses(NOTES, message=letter)
    await settle(world)
    outcome = f"outcome_{over.consultancy.id}"
    await ben.submits(
        ben.top_view,
        notes="We tried wait time.",
        came=["UANA", "UDANA"],
        **{outcome: "Let them write first."},
    )
    await settle(world)

    [notes] = notes_in(world)
    assert "We tried wait time." in notes["text"]
    assert f"Ana: {QUESTION}: Let them write first." in notes["text"]
    async with world.db() as session:
        came = {row.member_id: row.came for row in await session.scalars(select(Signup))}
    assert came == {"UANA": True, "UCHRIS": None, "UDANA": True}


async def test_notes_are_found_by_their_words_and_by_outcomes(ben, chris, world, circle):
    over = await a_hangout_held(world, circle)
    await is_over(world)
    outcome = f"outcome_{over.consultancy.id}"
    await write(ben, world, notes="We tried wait time.", **{outcome: "Sentence starters."})

    await chris.types("math-circle", "/hangout notes starters")
    await settle(world)

    assert "We tried wait time." in last_answer(chris)


async def test_notes_written_by_two_at_once_are_both_kept(ben, chris, world, circle):
    await a_hangout_held(world, circle)
    await is_over(world)
    await ben.types("math-circle", "/hangout notes")
    await chris.types("math-circle", "/hangout notes")
    await settle(world)

    await ben.submits(ben.top_view, notes="Ben’s lines")
    await chris.submits(chris.top_view, notes="Chris’s lines")
    await settle(world)

    [notes] = notes_in(world)
    assert "Ben’s lines" in notes["text"]
    assert "Chris’s lines" in notes["text"]
    assert "both are in there" in last_answer(chris)


async def test_notes_edited_by_their_writer_replace_the_old_ones(ben, world, circle):
    await a_hangout_held(world, circle)
    await is_over(world)
    await write(ben, world, notes="First thoughts")

    await write(ben, world, notes="Second thoughts")

    [notes] = notes_in(world)
    assert "Second thoughts" in notes["text"]
    assert "First thoughts" not in notes["text"]


async def test_only_whoever_was_there_writes_notes(dana, chris, ben, world, circle, secret):
    over = await a_hangout_held(world, circle)
    await is_over(world)
    async with world.db.begin() as session:
        chris_was_there = await session.scalar(select(Signup).where(Signup.member_id == "UCHRIS"))
        chris_was_there.is_coming = False

    await chris.types("math-circle", "/hangout notes")
    await settle(world)

    assert "whoever was there" in last_answer(chris)
    assert over.hangout.notes is None


async def test_notes_wait_for_the_hangout_to_begin(ben, world, circle):
    await a_hangout_held(world, circle)

    await ben.types("math-circle", "/hangout notes")
    await settle(world)

    assert "Notes are for afterwards" in last_answer(ben)


async def test_what_may_name_a_student_is_asked_about_before_it_is_kept(ben, world, circle):
    await a_hangout_held(world, circle)
    await is_over(world)

    await write(ben, world, notes="My student Maria Lopez spoke up.")
    asked = ben.top_view
    await ben.submits(asked, nobody_recognised=["yes"])
    await settle(world)

    assert "Maria Lopez" in str(asked["blocks"])
    assert "Maria Lopez" in notes_in(world)[0]["text"]
