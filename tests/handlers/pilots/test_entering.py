"""Logging in ten seconds, in every way there is, and what has to be asked first."""

from datetime import date, timedelta

import pytest

from handlers.blocks.pilots.entering import LOG_DRAFT, LOG_FOR
from handlers.blocks.pilots.ids import LOG, START
from models.pilots.pilot import Measure, Pilot
from tests.examples import NOW
from tests.handlers.pilots.logging_steps import (
    a_running_pilot,
    about_something_else,
    letters_to,
    newest,
    noted,
    says,
    settle,
    types,
    values_of,
    words_of,
)

pytestmark = pytest.mark.usefixtures("good_manners")

TODAY = date(2026, 11, 17)
SAID = "18 of 26 they explained to each other"
ONE_VALUE = [(18, 26, TODAY, "they explained to each other")]


@pytest.fixture
async def exit_ticket(world, circle):
    """Ana's running pilot of a count."""
    return await a_running_pilot(world, circle)


@pytest.fixture
async def wait_time(world, circle):
    """Another of hers, of ratings."""
    return await a_running_pilot(
        world,
        circle,
        request_key="V2",
        practice_name="Wait time",
        measure=Measure.RATING,
        measure_name="how calm it was",
        unit=None,
    )


async def test_a_command_notes_the_value_and_what_was_seen(ana, world, exit_ticket):
    answer = await types(ana, world, "/pilot log 18/26 they explained to each other")

    assert values_of(await noted(world)) == ONE_VALUE
    assert "Noted for Exit ticket, period 3: 18 of 26 students, Tuesday 17 November." in answer
    assert "“they explained to each other”" in answer
    assert "18 of 26 · too early to say" in answer
    # Nobody else learns of it, not even from a letter.
    assert [one for one in world.messages() if one.get("bot_id")] == []


async def test_the_same_log_in_five_ways_and_each_twice_is_one_value(ana, world, exit_ticket):
    direct = world.slack.direct_message("UANA")
    await ana.uses_shortcut(LOG)
    await settle(world)
    form = ana.top_view
    world.slack.faults.repeat_envelopes(20)

    for place, words in (
        ("math-circle", "/pilot log 18/26 they explained to each other"),
        (direct, SAID),
        (direct, f"log {SAID}"),
        ("math-circle", f"<@U0STAFFBOT> log {SAID}"),
    ):
        await types(ana, world, words, place)
    fields = {"value": "18/26", "saw": "they explained to each other"}
    await ana.submits(form, **fields)
    await settle(world)
    await ana.submits(form, again=True, **fields)
    await settle(world)

    assert values_of(await noted(world)) == ONE_VALUE


async def test_a_direct_message_notes_it_however_it_is_put(ana, world, exit_ticket):
    for number, words in enumerate(
        (SAID, f"log {SAID}", f"Log: {SAID}", f"pilot log {SAID}", f"<@U0STAFFBOT> log {SAID}"), 1
    ):
        letter = await says(ana, world, words)

        assert "Noted for Exit ticket, period 3: 18 of 26" in letter
        assert values_of(await noted(world)) == ONE_VALUE * number
        # The same words a while later are another lesson's.
        world.clock.move(timedelta(minutes=2))


async def test_the_word_alone_offers_the_form(ana, world, exit_ticket):
    await says(ana, world, "log")

    await ana.presses(LOG)
    await settle(world)
    await ana.submits(ana.top_view, value="18 / 26")
    await settle(world)

    assert values_of(await noted(world)) == [(18, 26, TODAY, None)]
    assert "Noted for Exit ticket" in words_of(letters_to(ana, world)[-1])


async def test_of_several_pilots_it_asks_which_and_the_choice_pressed_twice_is_one_value(
    ana, world, circle, exit_ticket
):
    await a_running_pilot(world, circle, request_key="V2", practice_name="Wait time")
    asked = await says(ana, world, SAID)
    assert "For which pilot is 18 of 26 they explained to each other?" in asked
    assert await noted(world) == []
    letter = letters_to(ana, world)[-1]

    for _ in range(2):
        await ana.presses(f"{LOG_FOR}.1", message=letter)
    await settle(world)

    [row] = await noted(world)
    assert (row.pilot_id, row.saw) == (exit_ticket.id, "they explained to each other")
    assert "Noted for Exit ticket" in newest(ana, world)


async def test_what_cannot_be_a_value_is_asked_about_and_comes_back(ana, world, exit_ticket):
    for typed, answer in {
        "26/18": "Did you mean 18 of 26?",
        "-3": "like 18 of 26",
        "1e9": "like 18 of 26",
        "18 of 0": "Of 0 there is nothing to count",
        "18": "18 of how many?",
        "18/26/30": "two whole numbers",
    }.items():
        letter = await says(ana, world, f"{typed} they explained")

        assert answer in letter
        assert "What you wrote is kept, nothing is noted yet." in letter
        assert f"{typed} they explained" in letter
        assert await noted(world) == []

    await ana.presses(LOG_DRAFT)
    await settle(world)
    await ana.submits(ana.top_view, value="18 of 26")
    await settle(world)

    assert values_of(await noted(world)) == [(18, 26, TODAY, "they explained")]


async def test_a_command_without_a_value_opens_the_form_with_what_was_typed(
    ana, world, exit_ticket
):
    await types(ana, world, "/pilot log they explained, NaN and all")

    form = ana.top_view
    assert "What is the value?" in str(form["blocks"])
    await ana.submits(form, value="18 of 26")
    await settle(world)
    assert values_of(await noted(world)) == [(18, 26, TODAY, "they explained, NaN and all")]


async def test_a_note_that_is_too_long_comes_back_whole(ana, world, exit_ticket):
    long = "They explained. " * 320

    answer = await says(ana, world, f"18/26 {long}")

    assert "5,119 characters and 3,000 fit" in answer
    assert answer.count("They explained.") >= 320
    assert await noted(world) == []


async def test_whoever_has_no_pilot_learns_what_one_is_and_keeps_the_words(ben, world, circle):
    answer = await types(ben, world, f"/pilot log {SAID}")

    assert "A pilot is one small test with one class" in answer
    assert SAID in answer
    assert START in str(ben.sees("math-circle")[-1]["blocks"])


async def test_a_number_to_the_bot_is_just_a_number_for_whoever_has_no_pilot(ben, world, circle):
    assert "I do not know “18”" in await says(ben, world, "18 of 26")


async def test_a_number_under_something_else_is_no_value(ana, world, exit_ticket):
    there = await about_something_else(ana, world)

    await says(ana, world, "18 of 26", thread=there)

    assert await noted(world) == []


async def test_the_form_says_what_is_wrong_where_it_is_and_keeps_the_rest(ana, world, exit_ticket):
    await types(ana, world, "/pilot log")
    form = ana.top_view

    for field, answer, words in (
        ("value", "26/18", "Did you mean 18 of 26?"),
        ("on_date", "2026-11-18", "still to come"),
        ("evidence_url", "javascript:alert(1)", "begins with https://"),
    ):
        fields = {"value": "18/26", "on_date": "2026-11-16", "evidence_url": "", "saw": "Calm."}
        await ana.submits(form, **(fields | {field: answer}))
        assert words in form["errors"][field]
    assert await noted(world) == []

    await ana.submits(form, value="18/26", on_date="2026-11-16", evidence_url="https://a.example/x")
    await settle(world)

    [row] = await noted(world)
    assert values_of([row]) == [(18, 26, date(2026, 11, 16), "Calm.")]
    assert row.evidence_url == "https://a.example/x"


async def test_a_file_is_kept_as_evidence_also_when_something_is_asked_in_between(
    ana, world, exit_ticket
):
    photo = await ana.uploads("board.jpg", b"\xff\xd8\xff")
    await types(ana, world, "/pilot log")
    form = ana.top_view

    await ana.submits(
        form,
        value="18/26",
        saw="My student Maria Lopez explained it.",
        evidence_file=[photo.id],
    )
    await settle(world)
    assert "This may tell who a student is" in str(ana.top_view["blocks"])
    assert await noted(world) == []
    await ana.submits(ana.top_view, nobody_recognised=["yes"])
    await settle(world)

    [row] = await noted(world)
    assert (row.evidence_file_id, row.evidence_name) == (photo.id, "board.jpg")
    assert "board.jpg" in newest(ana, world)


async def test_a_students_name_in_a_command_is_asked_about_before_anything_is_kept(
    ana, world, exit_ticket
):
    await types(ana, world, "/pilot log 18/26 my student Maria Lopez explained it")

    assert await noted(world) == []
    assert "Maria Lopez" in str(ana.top_view["blocks"])
    await ana.submits(ana.top_view, saw="A student explained it.")
    await settle(world)
    assert values_of(await noted(world)) == [(18, 26, TODAY, "A student explained it.")]


async def test_the_shortcut_asks_for_which_of_several(ana, world, exit_ticket, wait_time):
    await ana.uses_shortcut(LOG)
    await settle(world)

    await ana.submits(ana.top_view, pilot_id=str(wait_time.id), value="4,5", saw="Calm.")
    await settle(world)

    [row] = await noted(world)
    assert (row.pilot_id, row.value, row.total) == (wait_time.id, 4.5, None)
    assert "Noted for Wait time" in words_of(letters_to(ana, world)[-1])


async def test_app_home_has_the_form_and_shows_what_was_noted_with_it(ana, world, exit_ticket):
    await ana.opens_home()
    await settle(world)

    await ana.presses(LOG, home=True)
    await settle(world)
    await ana.submits(ana.top_view, value="18/26")
    await settle(world)

    assert values_of(await noted(world)) == [(18, 26, TODAY, None)]
    assert "Noted for Exit ticket" in words_of(letters_to(ana, world)[-1])
    assert "18 of 26 · too early to say" in str(ana.home["blocks"])


async def test_a_pilot_deleted_while_its_form_is_open_leaves_the_words_there(
    ana, world, exit_ticket
):
    await types(ana, world, "/pilot log")
    async with world.db.begin() as session:
        (await session.get_one(Pilot, exit_ticket.id)).deleted_at = NOW

    form = ana.top_view
    await ana.submits(form, value="18/26", saw="They explained.")

    assert "I can't find that pilot" in str(form["errors"])
    assert "They explained." in str(form["state"])
    assert await noted(world) == []


async def test_nobody_logs_in_a_colleagues_pilot_whatever_they_forge(ben, world, exit_ticket):
    forged = {"type": "button", "action_id": LOG, "block_id": "b", "value": str(exit_ticket.id)}

    await ben.forges({"actions": [forged], "channel": {"id": "CMATHCIRCLE"}})
    await settle(world)

    assert ben.top_view is None
    assert "I can't find that pilot" in newest(ben, world)
