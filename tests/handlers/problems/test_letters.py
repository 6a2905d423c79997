"""Letters tell a problem's author what colleagues did, kindly few, and only the author."""

from datetime import timedelta

from handlers.blocks.members import MUTE
from handlers.blocks.problems.cards import MORE, More
from handlers.blocks.problems.letters import ANSWERS
from models.members import Member
from tests.handlers.problems.steps import TITLE, choose, resolve, settle, words_of


def told(world, words: str) -> list[str]:
    """Return Ana's letters that say this."""
    letters = [words_of(letter) for letter in world.letters("UANA")]
    return [letter for letter in letters if words in letter]


async def test_the_first_answer_is_told_at_once_and_more_of_them_together(
    ana, ben, chris, dana, world, anas_problem
):
    await ben.types("math-circle", "Wait time.", thread_ts=anas_problem.ts)
    await settle(world)
    assert len(told(world, f"Ben answered your question: {TITLE}")) == 1

    for person in (ana, chris, dana):
        await person.types("math-circle", "One more thought.", thread_ts=anas_problem.ts)
    await settle(world)
    assert len(told(world, "answered your question")) == 1
    await world.moves(timedelta(hours=1))

    assert len(told(world, "Chris and Dana answered your question")) == 1
    assert len(told(world, "answered your question")) == 2


async def test_an_answer_deleted_before_it_was_told_is_not_told(ben, chris, world, anas_problem):
    await ben.types("math-circle", "Wait time.", thread_ts=anas_problem.ts)
    await settle(world)
    reply = await chris.types("math-circle", "Never mind.", thread_ts=anas_problem.ts)
    await chris.deletes(reply.message)
    await settle(world)

    await world.moves(timedelta(hours=1))

    assert len(told(world, "answered your question")) == 1


async def test_letters_about_answers_can_be_switched_off_from_the_letter(
    ana, ben, world, anas_problem
):
    await ben.types("math-circle", "Wait time.", thread_ts=anas_problem.ts)
    await settle(world)

    await ana.presses(MUTE, message=world.letters("UANA")[-1])
    await settle(world)

    assert told(world, "I won’t tell you of answers any more")
    async with world.db() as session:
        member = await Member.find(session, "UANA")
    assert member.muted == [ANSWERS]


async def test_the_author_hears_of_a_resolution_and_may_reopen_it(ana, ben, world, anas_problem):
    await resolve(ben, world, anas_problem)
    [letter] = world.letters("UANA")
    assert f"Ben resolved your problem: {TITLE}" in letter["text"]

    await ana.presses(MORE, message=letter)
    await settle(world)

    assert "resolved" not in anas_problem.words
    assert told(world, "It is open again")


async def test_the_author_hears_of_an_edit_and_of_a_deletion(ben, world, anas_problem):
    await ben.submits(await choose(ben, world, anas_problem, More.EDIT), tried="Waiting")
    await settle(world)
    await ben.submits(await choose(ben, world, anas_problem, More.DELETE))
    await settle(world)

    assert told(world, f"Ben edited your problem: {TITLE}")
    assert told(world, "Ben withdrew a problem of yours.")


async def test_nobody_hears_of_their_own_changes(ana, world, anas_problem):
    await resolve(ana, world, anas_problem)
    await ana.submits(await choose(ana, world, anas_problem, More.DELETE))
    await settle(world)

    assert world.letters("UANA") == []
