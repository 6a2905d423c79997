"""Notes of a hangout: who writes them, where they stand, and how they are found again."""

from datetime import timedelta

from sqlalchemy import select

from handlers.blocks.consultancies.next_steps import NEXT_STEP
from handlers.blocks.hangouts.ids import EARLIER_NOTES, NOTES
from models.consultancies.consultancy import Consultancy
from models.hangouts.hangout import Hangout
from models.hangouts.signups import Signup
from tests.examples import a_hangout
from tests.handlers.consultancies.leading_steps import buttons_on, presses_old
from tests.handlers.hangouts.after_steps import QUESTION, a_hangout_held, is_over, letter_about
from tests.handlers.problems.steps import answers_to, key_of, last_answer, settle


def notes_in(world):
    return [one for one in world.messages() if key_of(one).startswith("hangouts.notes:")]


async def write(person, world, **answers):
    """Open the notes by command, from what is there if there is anything, and send them."""
    await person.types("math-circle", "/hangout notes")
    await settle(world)
    if person.top_view is None:
        await person.presses(NOTES, message=answers_to(person)[-1])
        await settle(world)
    await person.submits(person.top_view, **answers)
    await settle(world)


async def looks_up(person, world, which: str = "") -> dict:
    """Ask for notes and return the answer."""
    await person.types("math-circle", f"/hangout notes {which}".strip())
    await settle(world)
    return answers_to(person)[-1]


async def an_earlier_hangout(world, over, facilitator_id: str) -> int:
    """Let there have been one two weeks before, led by somebody else; return its id."""
    async with world.db.begin() as session:
        earlier = a_hangout(
            workspace_id=over.hangout.workspace_id,
            community_id=over.hangout.community_id,
            series_id=over.hangout.series_id,
            starts_at=over.hangout.starts_at - timedelta(weeks=2),
            facilitator_id=facilitator_id,
            notes="Exit tickets were read aloud.",
            noted_by=facilitator_id,
            noted_at=world.clock(),
        )
        session.add(earlier)
    return earlier.id


async def test_whoever_was_not_there_reads_the_notes(ben, chris, world, circle):
    over = await a_hangout_held(world, circle)
    await is_over(world)
    outcome = f"outcome_{over.consultancy.id}"
    await write(ben, world, notes="We tried wait time.", **{outcome: "Write first."})
    async with world.db.begin() as session:
        for row in await session.scalars(select(Signup)):
            row.is_coming = False

    page = await looks_up(chris, world)

    assert "We tried wait time." in page["text"]
    assert f"Ana: {QUESTION}: Write first." in page["text"]
    assert buttons_on(page) == ["Attach a material"]
    assert buttons_on(await looks_up(ben, world)) == ["Change", "Attach a material"]
    assert "We tried wait time." in (await looks_up(chris, world, "17 November"))["text"]
    assert "There was no hangout" in (await looks_up(chris, world, "2025-09-03"))["text"]


async def test_earlier_notes_are_a_press_away_and_changed_by_whoever_led(ben, chris, world, circle):
    over = await a_hangout_held(world, circle)
    earlier_id = await an_earlier_hangout(world, over, "UCHRIS")
    await is_over(world)
    await write(ben, world, notes="We tried wait time.")

    page = await looks_up(chris, world)
    assert buttons_on(page) == ["Change", "Earlier", "Attach a material"]
    await chris.presses(EARLIER_NOTES, message=page)
    await settle(world)
    page = answers_to(chris)[-1]
    assert "Exit tickets were read aloud." in page["text"]
    assert buttons_on(page) == ["Change", "Later", "Attach a material"]
    await chris.presses(NOTES, message=page)
    await settle(world)
    await chris.submits(chris.top_view, notes="Exit tickets were read in pairs.")
    await settle(world)

    async with world.db() as session:
        assert (await session.get_one(Hangout, earlier_id)).notes.endswith("in pairs.")


async def test_without_notes_others_read_that_there_are_none(chris, world, circle):
    await a_hangout_held(world, circle)
    await is_over(world)
    async with world.db.begin() as session:
        chris_was_there = await session.scalar(select(Signup).where(Signup.member_id == "UCHRIS"))
        chris_was_there.is_coming = False

    page = await looks_up(chris, world)

    assert page["text"].startswith("No notes yet of ")
    assert (buttons_on(page), chris.top_view) == (["Attach a material"], None)


async def test_empty_notes_are_asked_about_and_not_said(ben, world, circle):
    await a_hangout_held(world, circle)
    await is_over(world)

    await write(ben, world, came=[])
    assert "nothing to keep" in ben.top_view["errors"]["notes"]
    await ben.submits(ben.top_view, came=["UANA"])
    await settle(world)

    assert notes_in(world) == []
    assert "Kept who was there." in last_answer(ben)
    async with world.db() as session:
        came = {row.member_id: row.came for row in await session.scalars(select(Signup))}
    assert came["UANA"] is True


async def test_the_answer_names_a_word_that_finds_the_notes(ben, world, circle):
    await a_hangout_held(world, circle)
    await is_over(world)

    await write(ben, world, notes="We drew fractions.")
    assert "`/hangout notes fractions` finds them" in last_answer(ben)

    assert "We drew fractions." in (await looks_up(ben, world, "fractions"))["text"]


async def test_notes_that_are_taken_back_leave_nothing_to_read_or_find(ben, world, circle):
    await a_hangout_held(world, circle)
    await is_over(world)
    await write(ben, world, notes="We drew fractions.")

    await write(ben, world, notes="", came=["UANA"])

    assert "were taken back" in notes_in(world)[0]["text"]
    assert "found no notes" in (await looks_up(ben, world, "fractions"))["text"]


async def test_where_nothing_was_brought_the_form_asks_for_the_question(ben, world, circle):
    over = await a_hangout_held(world, circle)
    async with world.db.begin() as session:
        (await session.get_one(Consultancy, over.consultancy.id)).question = None
    await is_over(world)

    await ben.types("math-circle", "/hangout notes")
    await settle(world)

    assert "What came of Ana’s question" in str(ben.top_view["blocks"])


async def test_a_hangout_to_which_nobody_came_asks_for_no_notes(world, circle):
    await a_hangout_held(world, circle)
    async with world.db.begin() as session:
        for row in await session.scalars(select(Signup)):
            row.is_coming = False

    await is_over(world)

    assert not [one for one in world.letters("UBEN") if "How was the hangout" in one["text"]]


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

    await presses_old(chris, NOTES, str(over.hangout.id))
    await settle(world)

    assert "whoever was there" in last_answer(chris)
    assert chris.top_view is None
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


async def test_an_outcome_written_meanwhile_by_the_presenter_is_not_lost(ana, ben, world, circle):
    over = await a_hangout_held(world, circle)
    await is_over(world)
    await ben.types("math-circle", "/hangout notes")
    await settle(world)
    letter = letter_about(world, "UANA", "What will you try next")
    await ana.presses(NEXT_STEP, message=letter)
    await settle(world)
    await ana.submits(ana.top_view, next_step="Write first", outcome="Ana’s own words")

    outcome = f"outcome_{over.consultancy.id}"
    await ben.submits(ben.top_view, notes="Wait time", **{outcome: "Ben’s words"})
    await settle(world)

    [notes] = notes_in(world)
    assert "Ana’s own words" in notes["text"]
    assert "Ben’s words" in notes["text"]


async def test_only_members_are_noted_as_having_been_there(ben, world, circle):
    await a_hangout_held(world, circle)
    await is_over(world)
    stranger = world.slack.add_user("eve", "Eve")

    await write(ben, world, notes="Wait time", came=["UANA", stranger.id])

    assert "not in this community" in ben.top_view["errors"]["came"]
