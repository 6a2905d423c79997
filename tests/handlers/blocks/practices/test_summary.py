"""What a practice's card says of those who tried it."""

from collections import Counter

import pytest
from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from handlers.blocks.message import Message
from handlers.blocks.pilots.ids import SHOW
from handlers.blocks.practices.summary import (
    LISTED_AT_MOST,
    summary_blocks,
    summary_lines,
    summary_sentences,
)
from models.pilots.pilot import Decision
from models.practices.summing_up import Moved, Summary
from models.practices.trials import Trial
from tests.examples import ANA, BEN, CHRIS, NAMES, NOW, a_pilot, a_practice
from tests.handlers.blocks.problems.drawings import NASTY, drawn, seen

DORA = "U0DORA"


def a_trial(number=1, who=BEN, decision=None, school=None, cycles=1, **traits):
    finished_at = NOW if decision else None
    pilots = [
        a_pilot(
            id=number * 10 + cycle,
            member_id=who,
            decision=decision,
            finished_at=finished_at,
            **traits,
        )
        for cycle in range(cycles)
    ]
    return Trial(cycles=tuple(pilots), school=school)


def a_summary(*trials, reader_id=ANA, **counts):
    decided = Counter(Decision(one.latest.decision) for one in trials if one.latest.decision)
    return Summary(
        practice=a_practice(id=7),
        reader_id=reader_id,
        trials=trials,
        **{"decisions": decided} | counts,
    )


def card_of(summary):
    """Return the summary as a message, once Slack would take it."""
    button = ActionsBlock(elements=[ButtonElement(text="x", action_id="x")])
    lines = summary_lines(summary, NAMES)
    return drawn(Message.of(lines, [*summary_blocks(summary, NAMES), button]))


def test_the_sums_are_told_in_three_sentences_that_prove_nothing():
    summary = a_summary(
        a_trial(1, BEN, Decision.ADOPT),
        a_trial(2, CHRIS, Decision.ADOPT),
        a_trial(3, ANA, Decision.ABANDON),
        a_trial(4, DORA),
        schools=3,
        moves=Counter({Moved.AS_HOPED: 2, Moved.OTHER_WAY: 1, Moved.TOO_EARLY: 1}),
    )

    assert summary_sentences(summary) == [
        "Tried by four teachers in three schools.",
        "In two pilots it was kept and in one it was let go; one is still running.",
        "The numbers: in two they moved the hoped-for way and in one they moved the other way; "
        "for one it is too early to say. That does not prove it was this.",
    ]


def test_too_few_schools_are_not_counted_aloud():
    assert summary_sentences(a_summary(a_trial()))[0] == "Tried by one teacher."


def test_somebody_alone_is_told_so_as_themselves():
    assert summary_sentences(a_summary(a_trial(1, ANA), a_trial(2, ANA)))[:2] == [
        "You have tried it.",
        "Two pilots are still running.",
    ]


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        ({Moved.TOO_EARLY: 2}, "Of the numbers it is too early to say anything."),
        ({Moved.NOT_CLEARLY: 1}, "The numbers: in one they did not clearly move."),
        (
            {Moved.NOT_CLEARLY: 1, Moved.TOO_EARLY: 3},
            "The numbers: in one they did not clearly move; for three it is too early to say.",
        ),
        (
            {Moved.OTHER_WAY: 1},
            "The numbers: in one they moved the other way. That does not prove it was this.",
        ),
    ],
)
def test_what_the_numbers_did_is_never_a_proof(moves, said):
    assert summary_sentences(a_summary(a_trial(), moves=Counter(moves)))[-1] == said


def test_without_a_pilot_to_see_nothing_is_counted_and_nothing_listed():
    card = card_of(a_summary())

    assert "There is no pilot of it to see yet." in card["text"]
    assert "Counted" not in card["text"]
    assert SHOW not in str(card["blocks"])


def test_each_pilot_has_a_line_and_a_button_to_look_closer():
    trial = a_trial(2, BEN, Decision.ADAPT, school="Lincoln", cycles=3)

    card = card_of(a_summary(a_trial(1, ANA), trial))

    assert "• You, period 3 · running" in card["text"]
    assert "• Ben, period 3 · changed · three cycles · Lincoln" in card["text"]
    rows = [block for block in card["blocks"] if block["type"] == "section"]
    assert [row["accessory"]["value"] for row in rows] == ["10", "22"]


def test_a_long_list_ends_early_and_says_so():
    trials = [a_trial(number, BEN) for number in range(LISTED_AT_MOST + 2)]

    card = card_of(a_summary(*trials))

    assert str(card["blocks"]).count(SHOW) == LISTED_AT_MOST
    assert "Two more are not shown here" in seen(card)
    assert "Two more are not shown here." in card["text"]


def test_what_was_counted_is_said_in_the_same_words_whatever_there_is():
    private = a_summary(a_trial(1, ANA), a_trial(2, BEN))

    assert "Counted are the pilots that you may see;" in seen(card_of(private))
    everybodys = a_summary(a_trial(2, BEN), reader_id="")
    assert "Counted are the pilots shared with the whole network" in seen(card_of(everybodys))


def test_hostile_words_of_full_length_stay_words():
    trial = a_trial(1, "U1", with_class=NASTY[:80], school=NASTY[:80])
    summary = a_summary(trial)

    blocks = summary_blocks(summary, {"U1": NASTY[:80]})

    row = blocks[1].to_dict()
    assert row["text"]["type"] == "plain_text"
    assert len(row["text"]["text"]) <= 200
