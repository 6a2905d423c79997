"""How a consultancy over some days looks: its beginning, its steps, its end and what was asked."""

import pytest

from handlers.blocks.consultancies.beginning import begin_button, begin_form, begun
from handlers.blocks.consultancies.days import SEE_QUESTIONS, Days, closing_post, step_post
from handlers.blocks.consultancies.questions import (
    QUESTIONS_SHOWN,
    questions_letter,
    questions_so_far,
)
from handlers.blocks.members import MUTE
from handlers.blocks.problems.cards import MORE
from handlers.blocks.problems.letters import OPEN_ANSWER
from models.consultancies.consultancy import Consultancy
from models.consultancies.days import Plan, step_moments
from models.consultancies.protocols import PROTOCOLS
from models.consultancies.questions import Gathered, Question
from models.consultancies.steps import Speaks, Step
from tests.examples import ANA, BEN, NAMES, NOW, a_problem
from tests.handlers.blocks.problems.drawings import NASTY, drawn, opened, pressable, seen

DENVER = "America/Denver"
PROTOCOL = PROTOCOLS["asynchronous"]
PLACE = "https://example.slack.com/archives/C0MATHCIRCLE"


def a_consultancy(steps=PROTOCOL.steps, **traits):
    moments = step_moments(steps, NOW, DENVER)
    usual = {
        "id": 3,
        "presenter_id": ANA,
        "steps": [step.to_dict() for step in steps],
        "step_moments": [moment.isoformat() for moment in moments],
        "step": 0,
    }
    return Consultancy(**usual | traits)


def some_days(problem=None, **traits):
    problem = problem or a_problem()
    usual = {
        "consultancy": a_consultancy(presenter_id=problem.author_id),
        "problem": problem,
        "tz": DENVER,
        "names": NAMES,
        "place": PLACE,
        "card_ts": "1.5",
    }
    return Days(**usual | traits)


def a_question(text="Since when?", ts="2.5", member_id=BEN):
    return Question(ts=ts, member_id=member_id, step=1, text=text, asked_at=NOW)


def test_before_it_begins_one_reads_what_happens_on_which_day():
    plan = Plan(PROTOCOL, step_moments(PROTOCOL.steps, NOW, DENVER))

    form = opened(begin_form(a_problem(question=NASTY), plan, DENVER))

    assert form["blocks"][1]["text"]["text"].splitlines() == [
        "Tuesday 17 November: Present",
        "Wednesday 18 November: Clarifying questions",
        "Thursday 19 November: Probing questions",
        "Friday 20 November: The group discusses",
        "Tuesday 24 November: The presenter reflects",
    ]
    assert "Nobody learns who shared it" not in str(form)
    assert begin_button(a_problem()).value == "7"


def test_without_a_name_the_form_says_that_it_stays_so():
    plan = Plan(PROTOCOL, step_moments(PROTOCOL.steps, NOW, DENVER))

    form = opened(begin_form(a_problem(author_id=None), plan, DENVER))

    assert "Nobody learns who shared it" in str(form)
    own = opened(begin_form(a_problem(author_id=None), plan, DENVER, is_own=True))
    assert "You can answer without your name" in str(own)


@pytest.mark.parametrize(
    ("step", "is_new", "words"),
    [
        (0, True, "The consultancy begins now"),
        (None, True, "Tuesday 17 November 2026, 09:00 (America/Denver)"),
        (2, False, "There is one already: asynchronous consultancy, step 3 of 5."),
    ],
)
def test_whoever_begins_one_is_told_when_or_how_far_it_is(step, is_new, words):
    message = drawn(begun(a_consultancy(step=step), DENVER, is_new=is_new))

    assert words in message["text"]


def test_a_step_says_which_it_is_until_when_who_writes_and_what_to_do():
    message = drawn(step_post(some_days(), 1))

    headline, who, prompt, facts = message["text"].splitlines()
    assert headline.startswith("Step 2 of 5: Clarifying questions · until <!date^")
    assert "Thursday 19 November 2026, 08:00 (America/Denver)" in headline
    assert who == "The group asks, Ana answers."
    assert prompt == PROTOCOL.steps[1].prompt
    assert facts.startswith("Late answers are welcome")
    assert pressable(message) == [(SEE_QUESTIONS, "3")]


def test_only_steps_after_the_first_question_lead_to_the_questions():
    leads = [bool(pressable(drawn(step_post(some_days(), number)))) for number in range(5)]

    assert leads == [False, True, True, True, True]


def test_the_presenters_silence_is_explained():
    message = drawn(step_post(some_days(), 3))

    assert "Ana reads and holds back: that is part of it." in message["text"]


def test_the_presenter_is_called_when_it_is_their_turn_again():
    first, last = (drawn(step_post(some_days(), number)) for number in (0, 4))

    assert f"<@{ANA}> writes" in last["text"]
    assert {"type": "user", "user_id": ANA} in last["blocks"][1]["elements"][0]["elements"]
    assert f"<@{ANA}>" not in first["text"]


@pytest.mark.parametrize("number", range(5))
def test_without_a_name_no_step_names_anybody(number):
    days = some_days(a_problem(author_id=None))

    message = drawn(step_post(days, number))

    assert "Ana" not in seen(message)
    assert "hoever brought it" in message["text"]
    assert ("can answer without their name" in message["text"]) == (number != 3)


def test_a_community_may_write_steps_of_any_kind():
    steps = [Step(NASTY[:80], NASTY, speaks, days=1) for speaks in (*Speaks, "nobody")]
    days = some_days(consultancy=a_consultancy(steps))

    for number in range(len(steps)):
        text = drawn(step_post(days, number))["text"]
        assert "<!channel>" not in text
        assert "<@U0BEN>" not in text


@pytest.mark.parametrize(
    ("gathered", "words"),
    [
        (Gathered(0, 0, 0), "The thread stays open: ideas are welcome any time."),
        (Gathered(1, 1, 0), "One colleague wrote. Thank you"),
        (Gathered(9, 4, 1), "Four colleagues wrote, with one question."),
        (Gathered(9, 4, 2), "Four colleagues wrote, with two questions."),
    ],
)
def test_the_last_word_says_what_came_together(gathered, words):
    message = drawn(closing_post(some_days(), gathered))

    assert words in message["text"]
    assert "Ana, when you know what helped: Resolve keeps it" in message["text"]
    buttons = [(MORE, "resolve:7"), *([(SEE_QUESTIONS, "3")] if gathered.questions else [])]
    assert pressable(message) == buttons


def test_without_a_name_the_last_word_asks_nobody_by_name():
    message = drawn(closing_post(some_days(a_problem(author_id=None)), Gathered(1, 1, 0)))

    assert "When whoever brought it knows what helped: Resolve keeps it" in message["text"]


@pytest.mark.parametrize(("author_id", "buttons"), [(ANA, [MUTE]), (None, [OPEN_ANSWER, MUTE])])
def test_the_presenters_letter_has_each_question_with_its_place(author_id, buttons):
    days = some_days(a_problem(author_id=author_id))

    letter = drawn(questions_letter(days, [a_question(), a_question(NASTY, "3.5", "U1")]))

    assert "Colleagues asked 2 questions about Quiet students" in letter["text"]
    assert "• Ben: Since when?" in letter["text"]
    assert "• A colleague: &lt;!channel&gt;" in letter["text"]
    assert f"{PLACE}/p25?thread_ts=1.5&cid=C0MATHCIRCLE" in str(letter["blocks"])
    assert [action for action, _ in pressable(letter)] == buttons


def test_a_letter_about_a_card_that_is_not_said_yet_links_nowhere():
    letter = drawn(questions_letter(some_days(place=None, card_ts=None), [a_question()]))

    assert "Colleagues asked a question about" in letter["text"]
    assert "https://" not in str(letter)


def test_of_many_questions_the_first_are_shown_and_the_others_counted():
    questions = [a_question("x?" * 1500, f"{number}.0") for number in range(QUESTIONS_SHOWN + 2)]

    message = drawn(questions_so_far(some_days(), questions))

    assert message["blocks"][0]["elements"][0]["elements"][0]["text"] == "17 questions so far:"
    assert "2 more questions in the thread." in seen(message)


def test_where_nothing_was_asked_one_learns_how_to_ask():
    assert "No questions yet." in drawn(questions_so_far(some_days(), []))["text"]
