"""What only the author sees after sharing."""

from datetime import timedelta

import pytest

from handlers.blocks.consultancies.beginning import BEGIN
from handlers.blocks.hangouts.ids import BRING
from handlers.blocks.problems.facts import Legend
from handlers.blocks.problems.letters import OPEN_ANSWER
from handlers.blocks.problems.shared import shared_confirmation
from models.consultancies.consultancy import Consultancy
from models.problems import WantedHelp
from tests.examples import ANA, BEN, NOW, a_community, a_problem, a_standing
from tests.handlers.blocks.problems.drawings import LEGEND, drawn, pressable


def test_after_sharing_the_author_sees_similar_problems_and_what_they_taught():
    similar = [
        a_standing(id=1, title="Talk moves", author_id=BEN, resolved_at=NOW, learned="Wait time"),
        a_standing(id=2, title="Shy groups", author_id=None),
    ]

    message = drawn(shared_confirmation(a_problem(), a_community(), similar, LEGEND))

    assert message["text"].splitlines() == [
        "Shared in <#C0MATHCIRCLE>: Quiet students",
        "Answers come in its thread.",
        "Something like it came up before:",
        "• Talk moves (resolved, Ben): Wait time",
        "• Shy groups (open, a colleague)",
    ]


def test_after_sharing_something_new_the_author_learns_what_happens_next():
    message = drawn(shared_confirmation(a_problem(), a_community(), [], LEGEND))

    assert "bring it back once" in message["text"]


@pytest.mark.parametrize(
    ("author_id", "buttons"),
    [(ANA, [(BRING, "7")]), (None, [(BEGIN, "7"), (OPEN_ANSWER, "7")])],
)
def test_who_hopes_for_a_hangout_is_led_there_unless_it_would_tell_their_name(author_id, buttons):
    problem = a_problem(wanted_help=WantedHelp.HANGOUT, author_id=author_id)

    message = drawn(shared_confirmation(problem, a_community(), [], LEGEND))

    assert pressable(message) == buttons
    assert ("you would present it by name" in message["text"]) == (author_id is None)


@pytest.mark.parametrize(("step", "begins"), [(0, "It begins now."), (None, "2026, 08:00")])
def test_of_an_asynchronous_consultancy_it_says_when_it_begins(step, begins):
    tomorrow = NOW + timedelta(hours=23)
    consultancy = Consultancy(step=step, steps=[{}], step_moments=[tomorrow.isoformat()])
    problem = a_problem(wanted_help=WantedHelp.ASYNCHRONOUS)
    legend = Legend(consultancies={7: consultancy})

    message = drawn(shared_confirmation(problem, a_community(), [], legend))

    assert begins in message["text"]
    assert pressable(message) == []
