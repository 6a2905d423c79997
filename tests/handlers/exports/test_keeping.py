"""How long records are kept, in Slack: chosen by leads, told beforehand, done at night."""

from datetime import timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks.exports.ids import RETENTION
from handlers.exports.keeping import next_moment, remove_old_records
from models.exports.keeping import TOLD_BEFORE
from models.exports.posted import REMOVAL_NEAR
from tests.handlers.pilots.steps import asks, presses
from tests.handlers.problems.steps import key_of, words_of
from tests.handlers.thanks.belonging_steps import initial, sends
from tests.handlers.thanks.kind_steps import cards, kept, thanked

pytestmark = pytest.mark.usefixtures("good_manners")


async def tonight(world):
    """Let the nightly tick do its work, and the bot say what comes of it."""
    said = await remove_old_records(world.database, world.clock, AsyncWebClient())
    await world.settled()
    return said


async def chooses(dana, world, months):
    """Open the form and send it with that choice."""
    await dana.types("math-circle", "/staffroom retention")
    await world.settled()
    await sends(dana, world, keeps_months=months)


def letters(world):
    return [one for one in world.letters("UDANA") if key_of(one).startswith(REMOVAL_NEAR)]


async def test_a_teacher_is_told_what_holds_and_whom_to_ask(ana, world, circle):
    answer = await asks(ana, world, "/staffroom retention")

    assert "Records are kept for as long as this workspace has me." in answer
    assert "can choose how long records are kept. Ask Dana." in answer
    assert ana.top_view is None


async def test_old_records_go_a_month_after_leads_were_told_and_not_before(dana, world, circle):
    thanks = await thanked(world, circle, thanked_at=world.clock() - timedelta(days=200))
    await chooses(dana, world, "6")
    first = await tonight(world)
    world.clock.move(TOLD_BEFORE - timedelta(hours=1))
    before = await tonight(world)
    world.clock.move(timedelta(hours=2))

    after = await tonight(world)

    answers = [one for one in map(words_of, world.letters("UDANA")) if "Noted." in one]
    assert "Records are kept for 6 months." in answers[0]
    assert "The first of them are removed in the night after" in words_of(letters(world)[0])
    assert len(letters(world)) == 1
    assert first == before == "nothing is too old"
    assert after == "1 thanks removed"
    assert (await kept(world, thanks)).text == ""
    assert cards(world) == []


async def test_who_reads_that_records_go_soon_can_keep_them_longer(dana, world, circle):
    thanks = await thanked(world, circle, thanked_at=world.clock() - timedelta(days=100))
    await chooses(dana, world, "3")
    async with world.db() as session:
        planned = await next_moment(session, world.clock())

    form = await presses(dana, world, RETENTION, letters(world)[0])
    await sends(dana, world, keeps_months="for_ever")
    world.clock.move(2 * TOLD_BEFORE)
    said = await tonight(world)

    assert initial(form, "keeps_months")["value"] == "3"
    assert planned is not None
    assert said == "nothing is too old"
    assert (await kept(world, thanks)).text == "covering my class"
