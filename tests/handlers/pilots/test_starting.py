"""Starting a pilot: from a few words to a plan that is its teacher's alone."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from handlers.blocks.pilots.forms import MORE_CHOICES
from handlers.blocks.pilots.ids import START, start_value
from models.drafts import Draft
from models.members import Member
from models.pilots.pilot import Circle, Decision, Pilot
from models.pilots.posted import CARD
from models.practices.practice import Practice
from tests.examples import NOW, a_practice
from tests.handlers.pilots.steps import a_kept_pilot, answer_to, asks, card, cards, presses
from tests.handlers.problems.steps import Card, settle, words_of

pytestmark = pytest.mark.usefixtures("good_manners")

PLAN = {
    "practice_name": "Exit ticket with a drawing",
    "aim": "Know who needs help.",
    "prediction": "20 of 26 will write an answer.",
    "measure_name": "Students who wrote an answer",
}


async def opens(person, world, words: str = "", place: str = "math-circle") -> Any:
    """Type `/pilot start` with the words and return the form."""
    await person.types(place, f"/pilot start {words}".strip())
    await settle(world)
    return person.top_view


async def sends(person, world, form: Any, **answers: Any) -> dict[str, str]:
    """Send the form and return what it says is wrong, by field."""
    known = {block.get("block_id") for block in form["blocks"]}
    plan = {name: answer for name, answer in PLAN.items() if name in known}
    await person.submits(form, **plan | answers)
    await settle(world)
    return {} if form.get("closed") else form["errors"]


async def kept(world) -> list[Pilot]:
    async with world.db() as session:
        return list(await session.scalars(select(Pilot).order_by(Pilot.id)))


async def start_pressed(person, world, **facts: int) -> Any:
    """Press a button of another feature that offers a pilot; return the form, if one opens."""
    button = {"type": "button", "action_id": START, "block_id": "b", "value": start_value(**facts)}
    await person.forges({"channel": {"id": "CMATHCIRCLE"}, "actions": [button]})
    await settle(world)
    return person.top_view


def typed_in(form: Any, field: str) -> Any:
    [element] = form["state"]["values"][field].values()
    return element.get("value") or (element.get("selected_option") or {}).get("value")


@pytest.fixture
async def exit_ticket(world, circle) -> Practice:
    async with world.db.begin() as session:
        session.add(practice := a_practice())
    return practice


async def test_a_pilot_begins_and_only_its_teacher_sees_it(ana, ben, world, circle):
    form = await opens(ana, world)

    await sends(ana, world, form, with_class="period 3", baseline="14/26, 15/26")

    [pilot] = await kept(world)
    assert (pilot.name, pilot.circle) == ("Exit ticket with a drawing, period 3", Circle.ME)
    assert pilot.baseline == [[14.0, 26], [15.0, 26]]
    answer = words_of(answer_to(ana))
    assert "I ask for a value on Friday 20 November at 15:00." in answer
    assert "only you see this" in answer
    assert [one for one in ben.sees("math-circle") if one.get("bot_id")] == []
    assert "drawing" not in await asks(ben, world, "/pilot list")


async def test_a_practice_named_in_the_command_is_chosen_already(ana, world, exit_ticket):
    form = await opens(ana, world, "exit tickt")

    assert typed_in(form, "practice_id") == str(exit_ticket.id)
    await sends(ana, world, form)
    [pilot] = await kept(world)
    assert (pilot.practice_id, pilot.practice_name) == (exit_ticket.id, "Exit ticket")


async def test_other_words_in_the_command_are_ones_own_practice(ana, world, exit_ticket):
    form = await opens(ana, world, "standing desks <!channel>")

    assert typed_in(form, "practice_name") == "standing desks <!channel>"


async def test_more_words_than_fit_are_given_back(ana, world, circle):
    words = "I try something long. " * 100

    form = await opens(ana, world, words)

    assert words.startswith(typed_in(form, "aim"))
    assert words.strip() in words_of(answer_to(ana))


async def test_a_practice_chosen_and_own_words_are_both_kept(ana, world, exit_ticket):
    form = await opens(ana, world)
    await ana.searches("practices.choose", "exit", view=form)

    await sends(ana, world, form, practice_id=str(exit_ticket.id))

    [pilot] = await kept(world)
    assert (pilot.practice_id, pilot.practice_name) == (exit_ticket.id, PLAN["practice_name"])


async def test_without_a_prediction_nothing_begins(ana, world, circle):
    form = await opens(ana, world)

    errors = await sends(ana, world, form, prediction="   ")

    assert "guess" in errors["prediction"]
    assert await kept(world) == []
    assert await sends(ana, world, form) == {}


async def test_what_does_not_fit_is_said_at_its_field_and_nothing_is_lost(ana, world, circle):
    form = await opens(ana, world)
    for field, bad in (
        ("practice_name", None),
        ("baseline", "26/18"),
        ("baseline", "14/26, -3"),
        ("baseline", "1e9"),
        ("baseline", "NaN"),
        ("baseline", "18 of 0"),
        ("ends_on", "2026-11-16"),
        ("ends_on", "2027-03-01"),
    ):
        errors = await sends(ana, world, form, **{"with_class": "period 3", field: bad})

        assert list(errors) == [field], bad
        assert "not your fault" not in errors[field]
        assert typed_in(form, "with_class") == "period 3"
        ana.fills(form, baseline=None, ends_on="2026-12-01")
    assert await kept(world) == []
    assert await sends(ana, world, form) == {}


async def test_more_choices_keep_what_is_filled_in(ana, ben, world, circle):
    form = await opens(ana, world)
    ana.fills(form, **PLAN, measure="number", rhythm="daily")
    await ana.presses(MORE_CHOICES, view=form)
    await settle(world)
    form = ana.top_view

    assert typed_in(form, "aim") == PLAN["aim"]
    assert typed_in(form, "measure") == "number"
    more = {"unit": "minutes", "goal": "4,5", "circle": "community", "ask_at": "08:30"}
    assert await sends(ana, world, form, **more, starts_on="2026-11-16") == {}

    [pilot] = await kept(world)
    assert (pilot.unit, pilot.goal, pilot.rhythm) == ("minutes", 4.5, "daily")
    assert f"{pilot.ask_at:%H:%M} {pilot.starts_on}" == "08:30 2026-11-16"
    assert PLAN["practice_name"] in card(world)


async def test_a_colleagues_pilot_is_tried_in_the_same_way(ana, world, circle, exit_ticket):
    bens = await a_kept_pilot(
        world,
        circle,
        member_id="UBEN",
        practice_id=exit_ticket.id,
        circle=Circle.COMMUNITY,
        measure="rating",
        measure_name="how calm it was",
    )

    form = await start_pressed(ana, world, inspired_by_id=bens.id)

    assert typed_in(form, "measure_name") == "how calm it was"
    assert typed_in(form, "measure") == "rating"
    assert typed_in(form, "practice_id") == str(exit_ticket.id)
    await sends(ana, world, form)
    assert (await kept(world))[-1].inspired_by_id == bens.id


async def test_what_inspired_it_may_be_taken_back_meanwhile(ana, world, circle):
    bens = await a_kept_pilot(world, circle, member_id="UBEN", circle=Circle.NETWORK)
    form = await start_pressed(ana, world, inspired_by_id=bens.id)
    async with world.db.begin() as session:
        (await session.get_one(Pilot, bens.id)).circle = Circle.ME

    await sends(ana, world, form)

    assert (await kept(world))[-1].inspired_by_id is None
    assert "was taken back" in words_of(answer_to(ana))


async def test_somebodys_private_pilot_gives_nothing_away(ana, world, circle):
    bens = await a_kept_pilot(world, circle, member_id="UBEN", measure_name="how calm it was")

    form = await start_pressed(ana, world, inspired_by_id=bens.id)

    assert typed_in(form, "measure_name") is None
    assert "colleague" not in json.dumps(form["blocks"])


async def test_a_pilot_begins_with_a_problem(ana, world, anas_problem: Card):
    form = await start_pressed(ana, world, problem_id=anas_problem.problem_id)

    assert typed_in(form, "aim") == "Quiet students in small groups"
    await sends(ana, world, form)
    assert (await kept(world))[0].problem_id == anas_problem.problem_id


async def test_the_words_of_a_problem_without_a_name_stay_out(ana, world, nameless_problem: Card):
    form = await start_pressed(ana, world, problem_id=nameless_problem.problem_id)

    assert typed_in(form, "aim") is None
    assert "Quiet students" not in json.dumps(form["blocks"])


async def test_a_practice_withdrawn_meanwhile_is_said_at_its_field(ana, world, exit_ticket):
    form = await start_pressed(ana, world, practice_id=exit_ticket.id)
    async with world.db.begin() as session:
        (await session.get_one(Practice, exit_ticket.id)).withdrawn_at = NOW

    errors = await sends(ana, world, form)

    assert "taken out of the tool belt" in errors["practice_id"]
    await ana.presses(MORE_CHOICES, view=form)
    await settle(world)
    form = ana.top_view
    assert typed_in(form, "aim") == PLAN["aim"]
    assert await sends(ana, world, form) == {}
    assert (await kept(world))[0].practice_name == PLAN["practice_name"]


async def test_a_next_cycle_asks_for_a_change_and_a_new_prediction(ana, world, circle):
    over = {"finished_at": NOW, "decision": Decision.ADAPT}
    first = await a_kept_pilot(world, circle, (14, 18), **over)

    form = await start_pressed(ana, world, adapts_id=first.id)
    await sends(ana, world, form, aim="One easier question.", prediction="24 of 26")

    second = (await kept(world))[-1]
    assert (second.cycle, second.first_id, second.name) == (2, first.id, first.name)
    assert "Cycle 2 has begun." in words_of(answer_to(ana))
    assert await start_pressed(ana, world, adapts_id=first.id) is None
    assert "running already" in words_of(answer_to(ana))


async def test_a_cycle_deleted_meanwhile_becomes_a_first_one_with_nothing_lost(ana, world, circle):
    first = await a_kept_pilot(world, circle, finished_at=NOW)
    form = await start_pressed(ana, world, adapts_id=first.id)
    async with world.db.begin() as session:
        (await session.get_one(Pilot, first.id)).deleted_at = NOW

    await sends(ana, world, form, aim="One easier question.", prediction="24 of 26")

    form = ana.top_view
    assert "this begins anew" in json.dumps(form["blocks"])
    assert typed_in(form, "prediction") == "24 of 26"
    await sends(ana, world, form)
    pilot = (await kept(world))[-1]
    assert (pilot.cycle, pilot.first_id, pilot.practice_name) == (1, None, PLAN["practice_name"])


async def test_what_may_tell_who_a_student_is_is_asked_about_first(ana, world, circle):
    form = await opens(ana, world)

    await sends(ana, world, form, aim="Help kim.novak@example.org")

    assert await kept(world) == []
    form = ana.top_view
    assert "Nothing is kept yet" in json.dumps(form["blocks"])
    await sends(ana, world, form, aim="Help one student.", nobody_recognised=["yes"])
    assert [pilot.aim for pilot in await kept(world)] == ["Help one student."]


async def test_a_form_sent_twice_begins_one_pilot(ana, world, circle):
    form = await opens(ana, world)
    await sends(ana, world, form)

    await ana.submits(form, again=True)
    await settle(world)

    assert len(await kept(world)) == 1


async def test_a_form_that_did_not_open_keeps_the_words(ana, world, circle):
    world.slack.faults.fail("views.open", "expired_trigger_id")
    await opens(ana, world, "standing desks")
    assert "What you wrote is kept" in words_of(answer_to(ana))

    form = await presses(ana, world, START, answer_to(ana))

    assert typed_in(form, "practice_name") == "standing desks"
    await sends(ana, world, form)
    async with world.db() as session:
        assert await Draft.of(session, 1, "UANA") is None


async def test_where_several_communities_are_possible_one_is_chosen(ana, world, lounge):
    direct = world.slack.direct_message("UANA")

    form = await opens(ana, world, place=direct)
    await sends(ana, world, form, community_id=str(lounge.id))

    [pilot] = await kept(world)
    assert pilot.community_id == lounge.id


async def test_the_school_is_asked_once(ana, world, circle):
    form = await opens(ana, world)
    await sends(ana, world, form, school=" Lincoln  High ")

    again = await opens(ana, world)

    assert "school" not in {block.get("block_id") for block in again["blocks"]}
    async with world.db() as session:
        assert (await Member.find(session, "UANA")).school == "Lincoln High"


async def test_forged_buttons_and_forms_are_answered_kindly(ana, ben, world, secret):
    for value in ("9" * 30, "[]", '{"practice_id": [1]}', '{"adapts_id": "x"}', "\x00", "{" * 900):
        button = {"type": "button", "action_id": START, "block_id": "b", "value": value}
        await ana.forges({"channel": {"id": "CMATHCIRCLE"}, "actions": [button]})
        await settle(world)
        await ana.closes(ana.top_view)
    for facts in ({"community_id": secret.id}, {"community_id": 10**30}, {}, []):
        form = await opens(ana, world)
        form["private_metadata"] = json.dumps(facts)

        errors = await sends(ana, world, form)

        assert "I can't find that community" in next(iter(errors.values()))
        await ana.closes(form)
    assert await kept(world) == []
    assert cards(world, CARD) == []
