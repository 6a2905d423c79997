"""Saving: from a link to a card that everybody finds."""

import asyncio

import pytest

from handlers.blocks.materials.duplicates import TWIN_FORM
from handlers.blocks.materials.forms import SAVE_FORM
from handlers.blocks.materials.ids import SAVE, save_value
from models.drafts import Draft
from tests.handlers.materials.saving_steps import (
    TITLE,
    URL,
    additions,
    answer,
    cards,
    field,
    kept,
    opens,
    saves,
    submits,
)
from tests.handlers.problems.steps import words_of

pytestmark = pytest.mark.usefixtures("good_manners", "circle")


async def test_a_link_and_its_title_are_in_the_form_and_become_a_card(ana, world):
    form = await opens(ana, world, f"{URL} {TITLE}")
    in_form = (field(form, "url"), field(form, "title"))

    await submits(ana, world, form, topics="fractions, talk", minutes="45", note="A3, please.")

    [material] = await kept(world)
    assert in_form == (URL, TITLE)
    assert (material.title, material.url, material.minutes) == (TITLE, URL, 45)
    assert material.topics == ["fractions", "talk"]
    [card] = cards(world)
    assert TITLE in words_of(card)
    assert "A3, please." in words_of(card)
    assert "on its way to #math-circle" in answer(ana)


async def test_a_link_that_nobody_could_open_is_answered_and_stays_in_the_form(ana, world):
    form = await opens(ana, world, "http://localhost:8080/talk Fraction talk")
    notice = form["blocks"][1]["text"]["text"]

    still = await submits(ana, world, form)

    assert "private network" in notice
    assert "private network" in still["errors"]["url"]
    assert field(still, "title") == "Fraction talk"
    assert await kept(world) == []


async def test_a_word_that_is_nearly_one_of_ours_is_asked_about(ana, world):
    forms = [await opens(ana, world, typed) for typed in ("lsit", "finnd slips")]

    assert forms == [None, None]
    assert "/material find slips" in answer(ana)


async def test_a_title_too_long_for_its_field_comes_back_whole(ana, world):
    title = "Fraction talk " * 20

    form = await opens(ana, world, title)

    assert field(form, "title") == title.strip()[:150]
    assert title.strip() in answer(ana)


async def test_a_form_that_did_not_open_keeps_what_was_typed(ana, world):
    await ana.types(world.slack.direct_message("UANA"), f"material {URL} {TITLE}")
    await world.settled()

    await ana.presses(SAVE)
    await world.settled()
    form = ana.top_view
    await submits(ana, world, form)

    [material] = await kept(world)
    assert (material.url, material.title) == (URL, TITLE)
    async with world.db() as session:
        assert await session.get(Draft, 1) is None


async def test_a_student_who_may_be_named_is_asked_about_first(ana, world):
    form = await opens(ana, world, f"{URL} {TITLE}")
    again = await submits(ana, world, form, note="My student Emma Miller liked it.")
    before = await kept(world)

    await submits(ana, world, again, nobody_recognised=["yes"])

    assert before == []
    [material] = await kept(world)
    assert material.note == "My student Emma Miller liked it."


async def test_a_file_from_ones_computer_is_kept_also_when_a_student_is_asked_about(ana, world):
    file = await ana.uploads("rubric.pdf", b"%PDF")
    form = await opens(ana, world, TITLE)

    again = await submits(ana, world, form, file=[file.id], note="My student Emma Miller did it.")
    await submits(ana, world, again, note="It works.")

    [material] = await kept(world)
    assert (material.file_id, material.file_name, material.url) == (file.id, "rubric.pdf", None)
    assert "share it once in #math-circle" in answer(ana)


async def test_who_brings_a_link_again_adds_to_what_is_there(ana, ben, world):
    await saves(ana, world, topics="fractions")

    form = await opens(ben, world, f"http://www.example.org/fraction-talk/?utm_source=x {TITLE}")
    question = await submits(ben, world, form, topics="talk")
    closed = await submits(ben, world, question, note="Two lessons with grade 5.")

    [material] = await kept(world)
    [addition] = await additions(world)
    assert "has this link already" in form["blocks"][1]["text"]["text"]
    assert question["callback_id"] == TWIN_FORM
    assert "Ana saved this already" in question["blocks"][0]["text"]["text"]
    assert "wish" not in question["state"]["values"]
    assert (addition.member_id, addition.note) == ("UBEN", "Two lessons with grade 5.")
    assert material.topics == ["fractions", "talk"]
    assert closed is None
    assert "Added to" in answer(ben)


async def test_who_turns_back_from_a_twin_finds_the_form_as_it_was(ana, ben, world):
    await saves(ana, world)
    question = await saves(ben, world, note="Mine.")

    await ben.closes(question)

    assert ben.top_view["callback_id"] == SAVE_FORM
    assert field(ben.top_view, "note") == "Mine."


async def test_a_link_of_another_community_may_be_saved_here_as_well(ana, ben, world, lounge):
    await saves(ana, world, circle="network")

    question = await saves(ben, world, channel="staff-lounge", note="For newcomers.")
    await submits(ben, world, question, wish="save")

    first, second = await kept(world)
    assert first.community_id != second.community_id
    assert (second.owner_id, second.note) == ("UBEN", "For newcomers.")
    assert len(cards(world, "CSTAFFLOUNGE")) == 1


async def test_a_link_hidden_in_another_community_is_not_given_away(ana, ben, world, secret):
    await saves(ben, world, channel="secret")

    form = await opens(ana, world, f"{URL} {TITLE}")
    question = await submits(ana, world, form)

    assert "has this link already" not in str(form)
    assert question is None
    assert [one.owner_id for one in await kept(world)] == ["UBEN", "UANA"]


async def test_of_two_who_save_the_same_link_at_the_same_moment_one_is_asked(ana, ben, world):
    forms = [await opens(one, world, f"{URL} {TITLE}") for one in (ana, ben)]

    await asyncio.gather(ana.submits(forms[0]), ben.submits(forms[1]))
    await world.settled()

    assert len(await kept(world)) == 1
    asked = [one.top_view["callback_id"] for one in (ana, ben) if one.top_view]
    assert asked == [TWIN_FORM]


async def test_a_remix_begins_with_what_it_is_built_on(ana, ben, world):
    await saves(ana, world, topics="fractions", minutes="45")
    [origin] = await kept(world)
    payload = {
        "type": "block_actions",
        "channel": {"id": "CMATHCIRCLE"},
        "actions": [
            {"type": "button", "action_id": SAVE, "value": save_value(remix_of_id=origin.id)}
        ],
    }

    await ben.forges(payload)
    await world.settled()
    form = ben.top_view
    in_form = [field(form, name) for name in ("topics", "minutes", "title", "url")]
    await submits(ben, world, form, title="With number lines", url="https://example.org/mine")

    _, remix = await kept(world)
    assert in_form == ["fractions", "45", None, None]
    assert remix.remix_of_id == origin.id
