"""How a community says thanks: chosen by its facilitators, asked once a week."""

from datetime import timedelta

import pytest

from handlers.blocks.thanks.customs import QUESTIONS
from handlers.blocks.thanks.ids import CUSTOMS, START
from models.thanks.posted import PROMPT, PROMPT_PAUSED
from models.thanks.prompting import UNANSWERED_AT_MOST
from tests.handlers.problems.steps import last_answer, posts, words_of
from tests.handlers.thanks.belonging_steps import initial, letters, passes, presses, sends

pytestmark = pytest.mark.usefixtures("good_manners")

# From Tuesday 9:00 to Friday 14:00 and a minute.
TO_FRIDAY = timedelta(days=3, hours=5, minutes=1)


async def opens(person, world):
    await person.types("math-circle", "/thanks customs")
    await world.settled()
    return person.top_view


async def test_what_a_facilitator_and_nobody_else_chose_is_offered_in_the_form(
    ana, ben, world, circle
):
    assert await opens(ana, world) is None
    assert "Only facilitators can change how the community says thanks" in last_answer(ana)
    form = await opens(ben, world)
    assert "Covered for me" in initial(form, "reasons")
    await sends(ben, world, reasons="Brought cake\nListened", emoji=":cake:")

    await ana.types("math-circle", "/thanks")
    await world.settled()

    assert "Reasons: Brought cake, Listened." in last_answer(ben)
    [field] = [one for one in ana.top_view["blocks"] if one.get("block_id") == "reason"]
    offered = [one["text"]["text"] for one in field["element"]["options"]]
    assert offered == ["Brought cake", "Listened"]


async def test_the_channel_is_asked_once_a_week_and_the_button_opens_the_form(
    ana, ben, world, circle
):
    await opens(ben, world)
    await sends(ben, world, prompt_weekday="4", prompt_at="14:00")

    await passes(world, TO_FRIDAY)
    await passes(world, timedelta(hours=1))

    assert "Each Friday at 14:00" in last_answer(ben)
    [prompt] = posts(world, PROMPT)
    assert any(one in words_of(prompt) for one in QUESTIONS)
    form = await presses(ana, world, START, prompt)
    assert initial(form, "receiver_ids") is None


async def test_when_nobody_answers_the_facilitators_hear_how_to_bring_the_question_back(
    ana, ben, world, circle
):
    await opens(ben, world)
    await sends(ben, world, prompt_weekday="4", prompt_at="14:00")
    await passes(world, TO_FRIDAY)
    for _ in range(5):
        await passes(world, timedelta(days=7))

    assert len(posts(world, PROMPT)) == UNANSWERED_AT_MOST
    [told] = letters(world, "UBEN", PROMPT_PAUSED)
    assert letters(world, "UANA", PROMPT_PAUSED) == []
    form = await presses(ben, world, CUSTOMS, told)
    assert "The weekly question rests" in str(form["blocks"])
    await sends(ben, world, prompt_weekday="4", prompt_at="14:00")
    await passes(world, timedelta(days=7))
    assert len(posts(world, PROMPT)) == UNANSWERED_AT_MOST + 1
