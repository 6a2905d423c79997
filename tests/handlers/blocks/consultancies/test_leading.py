"""How a consultancy looks: its card, its steps, and the word at a step's end."""

import pytest

from handlers.blocks.consultancies.leading import (
    Scene,
    headline_card,
    step_message,
    time_is_up,
)
from handlers.blocks.consultancies.pressing import FINISH, GO_ON, MORE_TIME, START, Seen
from models.consultancies.protocols import PROTOCOLS
from models.consultancies.steps import Step
from tests.examples import ANA, BEN, NAMES, NOW, a_hangout, a_problem
from tests.handlers.blocks.problems.drawings import LINK, NASTY, drawn, pressable, seen
from tests.models.consultancies.leading_steps import MINUTE, a_consultancy


def a_scene(consultancy=None, **traits):
    usual = {"hangout": a_hangout(), "leader_ids": [BEN], "names": NAMES}
    return Scene(**usual | {"consultancy": consultancy or a_consultancy()} | traits)


def a_running(step=0, **traits):
    consultancy = a_consultancy(**traits)
    consultancy.start(NOW)
    for number in range(step):
        consultancy.go_on(number, NOW)
    return consultancy


def test_the_card_tells_who_presents_what_who_leads_and_how_long():
    scene = a_scene(problem=a_problem(question="Ignored"), link=LINK)

    card = drawn(headline_card(scene))

    assert card["text"].splitlines() == [
        "Ana presents:",
        "How do I get quiet students to talk?",
        "From the problem Quiet students",
        "When everybody is here, Ben presses Start.",
        "Ben leads · Mini-consultancy, 20 minutes · "
        "the others ask, then think aloud while Ana listens",
    ]
    assert LINK in seen(card) or LINK in str(card["blocks"])
    assert pressable(card) == [(START, "5::0")]


def test_a_problem_without_a_question_is_named_once():
    problem = a_problem()

    card = drawn(headline_card(a_scene(a_consultancy(question=None), problem=problem, link=LINK)))

    assert seen(card).count("Quiet students") == 1
    assert "The problem and its answers" in card["text"]
    alone = drawn(headline_card(a_scene(a_consultancy(question=None), problem=problem)))
    assert "The problem and its answers" not in alone["text"]


def test_without_a_question_the_presenter_brings_it_along():
    card = drawn(headline_card(a_scene(a_consultancy(question=None))))

    assert "Ana presents and brings the question along." in card["text"]


def test_a_running_card_shows_the_step_and_its_end_in_the_reader_s_zone():
    consultancy = a_running(step=1)

    card = drawn(headline_card(a_scene(consultancy)))

    end = int((NOW + 3 * MINUTE).timestamp())
    assert (
        f"Step 2 of 4 · Clarifying questions · until <!date^{end}^{{time}}|09:03>" in card["text"]
    )
    assert pressable(card) == [(action, f"5:1:{end}") for action in (GO_ON, MORE_TIME, FINISH)]


def test_finishing_before_the_last_step_is_asked_about_once_more():
    def asked(step):
        card = drawn(headline_card(a_scene(a_running(step))))
        return "confirm" in str(card["blocks"][-1])

    assert [asked(0), asked(2), asked(3)] == [True, True, False]


def test_after_the_last_step_there_is_none_to_go_on_to():
    card = drawn(headline_card(a_scene(a_running(step=3))))

    assert [action for action, _ in pressable(card)] == [FINISH, MORE_TIME]


def test_where_nobody_is_known_to_lead_the_words_still_read_well():
    scene = a_scene(a_running(), leader_ids=[])

    assert "For a facilitator: silence" in drawn(step_message(scene, 0))["text"]
    assert "A facilitator leads" in drawn(headline_card(scene))["text"]


def test_a_finished_card_and_one_that_never_began_have_no_buttons():
    ended, unused = a_running(), a_consultancy()
    ended.finish(NOW)
    unused.finish(NOW)

    assert "Finished." in drawn(headline_card(a_scene(ended)))["text"]
    assert "The hangout is over." in drawn(headline_card(a_scene(unused)))["text"]
    assert pressable(drawn(headline_card(a_scene(ended)))) == []
    assert pressable(drawn(headline_card(a_scene(unused)))) == []


def test_of_a_withdrawn_problem_the_card_says_only_that():
    card = drawn(headline_card(a_scene(problem=a_problem(deleted_at=NOW))))

    assert card["text"].startswith("This problem was withdrawn.")
    assert "Ana" not in seen(card)


def test_a_step_says_who_speaks_who_listens_until_when_and_what_to_do():
    message = drawn(step_message(a_scene(a_running(step=2)), 2))

    end = int((NOW + 9 * MINUTE).timestamp())
    assert message["text"].splitlines()[:3] == [
        f"Step 3 of 4 · until <!date^{end}^{{time}}|09:09>",
        "The group discusses",
        "The group talks, Ana listens and takes notes.",
    ]
    assert "What might we try?" in message["text"]
    assert "count to ten" not in message["text"]


def test_the_first_step_helps_whoever_leads():
    message = drawn(step_message(a_scene(a_running()), 0))

    assert "For Ben: silence is thinking time" in message["text"]
    assert "Ana speaks, the others listen." in message["text"]


def test_a_step_that_is_over_has_neither_time_nor_buttons():
    scene = a_scene(a_running(step=1))

    message = drawn(step_message(scene, 0))

    assert "until" not in message["text"]
    assert pressable(message) == []


@pytest.mark.parametrize("key", [key for key in PROTOCOLS if key != "asynchronous"])
def test_every_step_of_every_protocol_can_be_shown(key):
    protocol = PROTOCOLS[key]
    for number in range(len(protocol.steps)):
        scene = a_scene(a_running(step=number, protocol=protocol))
        message = drawn(step_message(scene, number))

        assert f"Step {number + 1} of {len(protocol.steps)}" in message["text"]
        assert drawn(headline_card(scene))
        assert drawn(time_is_up(scene, number))


def test_where_members_take_turns_nobody_is_the_presenter_of_all_rounds():
    message = drawn(step_message(a_scene(a_running(8, protocol=PROTOCOLS["troika"])), 8))

    assert "whoever has the turn listens and takes notes" in message["text"]
    assert "Ana" not in message["text"]


def test_the_word_at_the_end_names_what_can_be_done():
    scene = a_scene(a_running())

    assert drawn(time_is_up(scene, 0))["text"] == (
        "Time is up for Present. Ben, press Next step when the group is ready. "
        "If it needs longer: 2 more minutes."
    )
    assert "It was the last step. Ben, press Finish" in drawn(time_is_up(scene, 3))["text"]


def test_members_words_stay_words():
    nasty = Step(NASTY[:60], NASTY, "everybody", 5).to_dict()
    consultancy = a_running(question=NASTY, protocol_name=NASTY[:80], steps=[nasty])
    scene = a_scene(
        consultancy, problem=a_problem(title=NASTY[:150]), names={ANA: NASTY, BEN: NASTY}
    )

    for message in (headline_card(scene), step_message(scene, 0), time_is_up(scene, 0)):
        assert "<!channel>" not in drawn(message)["text"]


SEEN = {
    "5:1:300": Seen(5, 1, 300),
    "5::0": Seen(5, None, 0),
    "": Seen(0, None, 0),
    "x:y:z": Seen(0, None, 0),
    "5:-1:-1": Seen(5, None, 0),
    f"5:1:{'9' * 20}": Seen(5, 1, 0),
    "5:1:٣": Seen(5, 1, 3),
}


@pytest.mark.parametrize("value", SEEN)
def test_a_button_s_value_is_read_as_far_as_it_goes(value):
    assert Seen.read(value) == SEEN[value]


def test_what_a_button_carries_comes_back():
    running = a_running(step=2)

    assert Seen.read(Seen.of(running).value) == Seen(5, 2, running.step_end)
