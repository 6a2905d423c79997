"""What one noted oneself: added to, changed, taken back, listed; and marks of change."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from handlers.blocks.pilots.ids import NOTE_CHANGE, OBSERVATIONS
from handlers.blocks.pilots.observations import EDIT_VALUE, REMOVE_CHANGE, TURN_VALUES, UNDO_VALUE
from models.pilots.observation import ChangeNote, Observation
from tests.examples import NOW, an_observation
from tests.handlers.pilots.logging_steps import (
    a_running_pilot,
    newest,
    noted,
    settle,
    types,
    values_of,
)

pytestmark = pytest.mark.usefixtures("good_manners")

TODAY = date(2026, 11, 17)


@pytest.fixture
async def exit_ticket(world, circle):
    """Ana's running pilot of a count."""
    return await a_running_pilot(world, circle)


async def test_more_can_be_added_to_a_value_just_noted(ana, world, exit_ticket):
    await types(ana, world, "/pilot log 18/26")

    await ana.presses(EDIT_VALUE)
    await settle(world)
    await ana.submits(ana.top_view, saw="They explained.", on_date="2026-11-16")
    await settle(world)

    assert values_of(await noted(world)) == [(18, 26, date(2026, 11, 16), "They explained.")]
    assert "Monday 16 November" in newest(ana, world)


async def test_a_value_taken_back_is_gone_and_its_words_come_back_once(ana, world, exit_ticket):
    await types(ana, world, "/pilot log 18/26 they explained")

    await ana.presses(UNDO_VALUE)
    await settle(world)

    assert await noted(world) == []
    [gone] = await noted(world, taken_back=True)
    assert (gone.saw, gone.value) == (None, 0)
    [answer] = [one for one in ana.sees("math-circle") if one.get("is_ephemeral")]
    assert "Taken back from" in answer["text"]
    assert "they explained" in answer["text"]


async def test_a_form_still_open_for_a_value_taken_back_says_so(ana, world, exit_ticket):
    await types(ana, world, "/pilot log 18/26")
    await ana.presses(EDIT_VALUE)
    await settle(world)
    form = ana.top_view
    async with world.db.begin() as session:
        (await session.scalars(select(Observation))).one().deleted_at = NOW

    await ana.submits(form, saw="They explained.")

    assert "taken back in the meantime" in str(form["errors"])
    assert "They explained." in str(form["state"])


async def test_all_that_was_noted_turns_in_pages_and_every_row_can_be_changed(
    ana, world, exit_ticket
):
    async with world.db.begin() as session:
        for number in range(6):
            day = TODAY - timedelta(days=number)
            session.add(
                an_observation(
                    pilot_id=exit_ticket.id, request_key=f"E{number}", on_date=day, value=number
                )
            )
    await presses_forged(ana, world, OBSERVATIONS, str(exit_ticket.id))
    assert "0 of 26 students, Tuesday 17 November" in newest(ana, world)

    await ana.presses(f"{TURN_VALUES}.earlier")
    await settle(world)
    assert "5 of 26 students, Thursday 12 November" in newest(ana, world)

    await ana.presses(UNDO_VALUE)
    await settle(world)
    assert [row.value for row in await noted(world)] == [0, 1, 2, 3, 4]


async def test_a_mark_of_change_is_put_on_the_chart_and_taken_off(ana, world, exit_ticket):
    await presses_forged(ana, world, NOTE_CHANGE, str(exit_ticket.id))
    form = ana.top_view

    await ana.submits(form, words="New seating plan", on_date="2026-11-18")
    assert "still to come" in form["errors"]["on_date"]
    await ana.submits(form, words="New seating plan", on_date="2026-11-16")
    await ana.submits(form, again=True)
    await settle(world)

    async with world.db() as session:
        [mark] = await session.scalars(select(ChangeNote))
    assert (mark.words, mark.on_date) == ("New seating plan", date(2026, 11, 16))
    await ana.presses(OBSERVATIONS)
    await settle(world)
    assert "Changed: New seating plan, Monday 16 November" in newest(ana, world)
    await ana.presses(REMOVE_CHANGE)
    await settle(world)
    assert "Changed" not in newest(ana, world)


async def test_a_colleague_reaches_no_value_of_a_private_pilot(ana, ben, world, exit_ticket):
    await types(ana, world, "/pilot log 18/26 they explained")
    [row] = await noted(world)

    for action_id, value in (
        (EDIT_VALUE, row.id),
        (UNDO_VALUE, row.id),
        (OBSERVATIONS, exit_ticket.id),
        (NOTE_CHANGE, exit_ticket.id),
    ):
        await presses_forged(ben, world, action_id, str(value))
        assert "I can't find that" in newest(ben, world)

    assert ben.top_view is None
    assert len(await noted(world)) == 1


async def presses_forged(person, world, action_id: str, value: str) -> None:
    """Press a button that another part of the bot shows."""
    pressed = {"type": "button", "action_id": action_id, "block_id": "b", "value": value}
    await person.forges({"actions": [pressed], "channel": {"id": "CMATHCIRCLE"}})
    await settle(world)
