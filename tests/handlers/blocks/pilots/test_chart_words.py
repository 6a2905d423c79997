"""What is said of a run chart."""

import random

import pytest

from handlers.blocks.pilots.chart_words import alt_text, chart_words, short_words
from models.pilots.pilot import Measure
from models.student_data import suspicions
from tests.examples import NOW
from tests.handlers.blocks.pilots.evidence_examples import STEADY, an_evidence

LOW, HIGH = [40, 42, 38, 41, 39, 40], [60, 64, 62, 65, 61, 63]
USUAL = "So far nothing more than the usual ups and downs; a small change could still hide in them."
WHY = "It does not say why."


def percents(*values, **terms):
    return an_evidence(*values, measure=Measure.PERCENT, **terms)


def test_a_pilot_without_values_is_told_what_comes_first():
    nothing = an_evidence()

    assert chart_words(nothing) == ["No values yet. The first one begins the chart."]
    assert short_words(nothing) == "no values yet"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([12], "One point so far: too early to say."),
        ([12, 14, 18, 17], "Four points so far: too early to say."),
        ([12, 14, 18, 17, 12, 11, 19, 20, 21], "Nine points so far: too early to say."),
    ],
)
def test_few_points_are_too_early_to_say(values, words):
    assert chart_words(an_evidence(*values)) == [words]


def test_ten_points_off_the_median_are_enough_to_say_something():
    words = chart_words(an_evidence(12, 16, 13, 17, 11, 18, 12, 17, 16, 11))

    assert words == ["The line is the median of all ten values, 56 %.", USUAL]


def test_too_many_points_on_the_median_leave_it_too_early():
    words = chart_words(an_evidence(20, 21, 20, 20, 22, 20, 21, 20, 20, 19, 18))

    assert words == [
        "Eleven points, but most of them lie exactly on the median, so the rules cannot tell yet."
    ]


def test_equal_values_are_told_as_such():
    few, many = an_evidence(*[20] * 4), an_evidence(*[20] * 60)

    assert chart_words(few) == [
        "All four values are the same so far.",
        "Four points so far: too early to say.",
    ]
    assert chart_words(many) == [
        "All 60 values are the same, so none lies above or below the line, and there is nothing "
        "to compare."
    ]
    assert short_words(many).endswith(" · all the same so far")


def test_many_values_on_the_median_are_named_as_what_keeps_the_rules_from_telling():
    """Twenty points since the start are not too few, and nobody is told that they were."""
    flat = an_evidence(*[13] * 16, 12, 14, 12, 14, before=STEADY)
    few = an_evidence(20, 21, 20, 20, 22, 19, 23, 18, 20, before=[18, 21])

    assert chart_words(flat)[-1] == (
        "20 points since the start, but most of them lie exactly on the median, so the rules "
        "cannot tell yet."
    )
    assert chart_words(few)[-1] == (
        "Nine points since the start, but four of them lie exactly on the median, so the rules "
        "cannot tell yet."
    )


def test_values_that_left_the_median_and_came_back_are_told_so():
    back = an_evidence(*[20] * 6, *[12, 9, 11, 9, 14] * 2, before=STEADY)

    words = " ".join(chart_words(back))

    assert "row lay above it" in words
    assert "Then the values came back." in words
    assert "hoped-for way" not in words


def test_in_a_long_series_six_in_a_row_are_no_more_than_chance():
    long = an_evidence(*[20, 20, 9] * 5, *[20] * 6, *[9, 20] * 5, before=STEADY)

    words = " ".join(chart_words(long))

    assert "In a series this long chance makes six in a row quite often as well." in words
    assert "more than chance usually does" not in words
    assert "moved" not in words


def test_the_median_of_two_or_three_values_is_that_of_both_or_all():
    assert "Median of both values, 50 %." in alt_text(an_evidence(12, 14))
    assert "Median of all three values, 50 %." in alt_text(an_evidence(12, 13, 14))


def test_a_finished_pilot_without_values_promises_none():
    never = an_evidence()
    never.pilot.finished_at = NOW

    assert chart_words(never) == ["No values were noted."]


def test_a_shift_after_the_start_is_told_with_its_way_but_without_a_why():
    evidence = an_evidence(16, 12, 18, 19, 13, 12, 20, 21, 19, 20, 22, 18, before=STEADY)

    assert chart_words(evidence) == [
        "9 of 12 values since the start lie above the starting median of 50 %.",
        "Six in a row lie above it: that is more than chance usually does.",
        "The values moved higher, the hoped-for way.",
        WHY,
    ]
    assert short_words(evidence) == "… 19, 20, 22 and 18 of 26 · moved the hoped-for way"


def test_a_shift_the_other_way_is_told_as_kindly():
    evidence = an_evidence(*[18] * 7, before=STEADY, better="lower")

    assert chart_words(evidence)[2] == "The values moved higher, not the hoped-for way."
    assert short_words(evidence).endswith("moved the other way")


def test_few_values_since_the_start_are_too_early_to_say():
    assert chart_words(an_evidence(20, 21, before=STEADY)) == [
        "Both values since the start lie above the starting median of 50 %.",
        "Two points since the start, ten before it: too early to say.",
    ]
    assert chart_words(an_evidence(20, before=STEADY))[0] == (
        "The first value since the start lies above the starting median of 50 %."
    )
    assert chart_words(an_evidence(13, before=STEADY))[0] == (
        "The first value since the start lies on the starting median of 50 %."
    )
    assert chart_words(an_evidence(before=STEADY)) == [
        "Ten points from before the start, none since: too early to say."
    ]


def test_what_began_before_the_start_is_told_so():
    before = [13, 14, 12, 13, 12, 12, 13, 17, 18, 17]

    words = chart_words(an_evidence(19, 18, 20, before=before))

    assert words[1] == "Six in a row lie above it, but that began before the start."
    assert words[2:] == ["For anything else it is too early to say.", WHY]


def test_a_shift_that_goes_on_from_before_the_start_is_told_so():
    before = [13, 14, 12, 13, 12, 12, 13, 17, 18, 17]

    words = chart_words(an_evidence(19, 18, 20, 19, 17, 21, before=before))

    assert words[1:4] == [
        "Six in a row lie above it: that is more than chance usually does.",
        "The values moved higher, the hoped-for way.",
        "The last three values before the start lie there too.",
    ]


def test_several_shifts_of_one_side_are_told_together():
    words = chart_words(an_evidence(*[18] * 6, 12, *[18] * 7, 12, *[18] * 13, before=STEADY))

    assert words[:2] == [
        "26 of 28 values since the start lie above the starting median of 50 %.",
        "Six, seven and 13 in a row lie above it: that is more than chance usually does.",
    ]


def test_a_baseline_that_moved_by_itself_is_named():
    words = chart_words(an_evidence(*[22] * 6, before=range(8, 20)))

    assert any("moving already, so their median is a rough guide" in each for each in words)


def test_a_baseline_that_goes_up_and_down_did_not_move():
    words = " ".join(chart_words(an_evidence(*[22] * 6, before=[10, 16] * 6)))

    assert "moving already" not in words
    assert "more regularly than chance usually does. Perhaps two groups or days take" in words


def test_too_few_values_before_the_start_are_named():
    words = chart_words(percents(*LOW[2:], *HIGH, before=LOW[:2]))

    assert words[0] == "The line is the median of all twelve values, 51 %."
    assert words[-2] == "There were too few values before the start for a median of their own."


def test_low_values_first_and_high_ones_later_moved_higher():
    assert chart_words(percents(*LOW, *HIGH)) == [
        "The line is the median of all twelve values, 51 %.",
        "Six in a row lie below it at the beginning and six in a row lie above it at the end: "
        "that is more than chance usually does.",
        "The values moved higher, the hoped-for way.",
        "They cross the line once; by chance it is usually 2 to 10 times.",
        WHY,
    ]


def test_a_zigzag_may_be_two_things_that_take_turns():
    words = chart_words(percents(70, 40, 72, 38, 75, 42, 71, 41, 70, 39, 74, 40))

    assert words[1] == (
        "They cross the line eleven times; by chance it is usually 2 to 10 times. "
        "Perhaps two things take turns in them, such as two classes or two days."
    )


def test_a_trend_alone_is_called_a_weak_sign():
    evidence = percents(30, 45, 33, 50, 31, 44, 36, 40, 42, 45, 50, 55, 60)

    assert chart_words(evidence)[1] == (
        "Seven values in a row go up: a sign, but by itself a weak one."
    )
    assert short_words(evidence) == "… 45 %, 50 %, 55 % and 60 % · seven in a row going up"


def test_a_value_far_from_the_others_is_asked_about_and_not_judged():
    words = chart_words(an_evidence(20, 21, 19, 20, 22, 20, 21, 19, 22, 21, 3, 20))

    assert words[-1] == (
        "3 of 26 on Friday 13 November lies far from the others: have a look at this one?"
    )


def test_a_small_group_is_a_reason_for_caution():
    small, smallest, larger = (
        [(n, total) for n in (4, 6, 3, 5, 7, 2, 6, 4, 3, 5, 6, 2)] for total in (8, 12, 13)
    )

    assert chart_words(an_evidence(*small))[-1] == (
        "In a group of 8, one more or less is about 12 percentage points."
    )
    assert "In a group of 12" in chart_words(an_evidence(*smallest))[-1]
    assert chart_words(an_evidence(*larger))[-1] == USUAL


def test_two_values_before_the_start_beside_a_later_shift_are_passed_over():
    before = [13, 14, 12, 13, 12, 14, 13, 12, 17, 18]

    words = chart_words(an_evidence(19, 18, 20, 19, 17, 21, before=before))

    assert not any("values before the start lie there too" in each for each in words)


def test_a_shift_off_a_flat_baseline_is_told_and_the_rest_left_open():
    evidence = an_evidence(5, 5, 5, 4.5, 5, 5, before=[4] * 10, measure=Measure.RATING)

    assert chart_words(evidence) == [
        "All six values since the start lie above the starting median of 4.",
        "Six in a row lie above it: that is more than chance usually does.",
        "The values moved higher, the hoped-for way.",
        "For anything else it is too early to say.",
        WHY,
    ]


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        (an_evidence(12, 14, 18), "12, 14 and 18 of 26 · too early to say"),
        (an_evidence((12, 24), (14, 26)), "12 of 24 and 14 of 26 · too early to say"),
        (percents(54, 60.5), "54 % and 60.5 % · too early to say"),
        (an_evidence(4, 4.5, measure=Measure.NUMBER), "4 and 4.5 · too early to say"),
        (an_evidence(20, 21, before=[9]), "20 and 21 of 26 · too early to say"),
        (
            percents(40, 45, 47, 38, 36, 44, 41, 46, 39, 48),
            "… 41 %, 46 %, 39 % and 48 % · usual ups and downs",
        ),
    ],
)
def test_lists_have_one_line_for_it(evidence, words):
    assert short_words(evidence) == words


def test_the_alternative_text_says_all_that_the_picture_shows():
    evidence = an_evidence(
        12, 14, 18, before=[10, 11], goal=80.0, marks=[(1, "new seats")], cycles=[1, 1, 2]
    )

    assert alt_text(evidence) == (
        "Run chart: students who wrote an answer (higher is better). Median of all five values, "
        "46 %. Goal: 80 %. Two cycles follow each other. Friday 11 September: “new seats”. "
        "Before the start: 10 and 11 of 26. Friday 4 September to Friday 18 September: "
        "12, 14 and 18 of 26. Three points since the start, two before it: too early to say."
    )


def test_the_alternative_text_names_the_unit_and_what_is_missing():
    evidence = an_evidence(
        4, 5, 4, 3, measure=Measure.NUMBER, unit="minutes", better="lower", skipped=[3]
    )

    assert "students who wrote an answer, in minutes (lower is better)" in alt_text(evidence)
    assert "After a longer pause: Friday 30 October." in alt_text(evidence)


def test_the_alternative_text_of_a_long_series_keeps_within_slacks_limit():
    values = [(place % 26, 26 + place % 3) for place in range(300)]

    text = alt_text(an_evidence(*values, measure_name="answers " * 18))

    assert 1500 < len(text) <= 2000
    assert text.endswith(" ".join(chart_words(an_evidence(*values))))


def test_words_never_judge_and_never_claim_a_proof():
    rng = random.Random(5)  # noqa: S311 - chance, no secret

    for _ in range(400):
        values = [rng.randint(5, 26) for _ in range(rng.randint(0, 40))]
        before = [rng.randint(5, 20) for _ in range(rng.choice([0, 3, 10, 12]))]
        better = rng.choice(["higher", "lower"])
        evidence = an_evidence(*values, before=before, better=better)
        words = " ".join(chart_words(evidence))
        assert not {"should", "prove", "proof", "because", "better", "worse"} & set(words.split())
        assert "  " not in words
        assert words.endswith((".", "?"))
        reasons = ("too early to say", "cannot tell yet", "nothing to compare")
        is_told = any(reason in words for reason in reasons)
        assert evidence.chart.is_too_early == (is_told or not evidence.points)
        assert len(words) < 900
        assert not suspicions(words)
