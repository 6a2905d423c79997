"""What is said to the bot directly: a value, perhaps one, or one that was put differently."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks.pilots.entering import LOG_FOR
from handlers.blocks.pilots.observations import UNDO_VALUE
from handlers.home import Home
from handlers.pilots.entering import log
from models.pilots.pilot import Measure, Pilot
from tests.handlers.pilots.logging_steps import (
    a_running_pilot,
    letters_to,
    noted,
    says,
    settle,
    words_of,
)

pytestmark = pytest.mark.usefixtures("good_manners")


@pytest.fixture
async def exit_ticket(world, circle) -> Pilot:
    """Ana's running pilot of a count."""
    return await a_running_pilot(world, circle)


@pytest.fixture
async def wait_time(world, circle) -> Pilot:
    """Another of hers, of seconds."""
    traits = {"request_key": "V2", "practice_name": "Wait time", "with_class": None}
    return await a_running_pilot(world, circle, **traits, measure=Measure.NUMBER, unit="seconds")


def mine(ana, world) -> dict[str, Any]:
    """Return what Ana wrote last to the bot."""
    place = world.slack.direct_message(ana.id)
    return [one for one in ana.sees(place) if one.get("user") == ana.id][-1]


async def test_words_that_begin_with_a_number_are_asked_about_first(ana, world, wait_time):
    asked = await says(ana, world, "10 minutes late, sorry")
    assert "Shall I note 10 for Wait time?" in asked
    assert await noted(world) == []

    await ana.presses(f"{LOG_FOR}.0")
    await settle(world)

    assert [(row.value, row.saw) for row in await noted(world)] == [(10, "minutes late, sorry")]


async def test_a_value_that_fits_one_pilot_only_goes_there(ana, world, exit_ticket, wait_time):
    await says(ana, world, "17/26")
    await says(ana, world, "4.5")

    assert [row.pilot_id for row in await noted(world)] == [exit_ticket.id, wait_time.id]


async def test_an_edited_message_changes_its_value_and_a_deleted_one_offers_to(
    ana, world, exit_ticket
):
    await says(ana, world, "18/26 they explained")
    message = mine(ana, world)

    await ana.edits(message, "19/26 they explained")
    await settle(world)
    assert "Changed for Exit ticket, period 3: 19 of 26" in words_of(letters_to(ana, world)[-1])
    assert [row.value for row in await noted(world)] == [19]

    await ana.edits(message, "never mind")
    await settle(world)
    assert "stays: 19 of 26" in words_of(letters_to(ana, world)[-1])

    await ana.deletes(message)
    await settle(world)
    assert "You deleted the message." in words_of(letters_to(ana, world)[-1])
    await ana.presses(UNDO_VALUE)
    await settle(world)
    assert await noted(world) == []


async def test_the_same_form_sent_twice_is_answered_once(ana, world, exit_ticket):
    await says(ana, world, "log")
    await ana.presses("pilots.log")
    await settle(world)
    form = ana.top_view

    await ana.submits(form, value="18/26")
    await settle(world)
    await ana.submits(form, again=True, value="18/26")
    await settle(world)

    assert str([words_of(one) for one in letters_to(ana, world)]).count("oted for Exit ticket") == 1


async def test_slack_hears_of_a_logged_value_only_when_it_is_kept(world, exit_ticket):
    kept_by_then = []

    async def ack() -> None:
        kept_by_then.append(len(await noted(world)))

    async def reply(_: Any) -> None:
        """Say nothing: only the order of things is looked at."""

    body = {"text": "log 18/26", "user_id": "UANA", "trigger_id": "1.2", "command": "/pilot"}
    home = Home(world.db, world.clock, AsyncWebClient(), ())
    await log(ack, body, "UANA", world.db, world.clock, forms=None, reply=reply, home=home)

    assert kept_by_then == [1]
