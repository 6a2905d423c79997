"""The run chart as a picture: what is painted, and that anything can be."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from itertools import pairwise
from struct import unpack

import pytest
from matplotlib.axes import Axes
from matplotlib.image import imread
from slack_sdk.models.blocks import DividerBlock

from handlers.blocks.message import Message
from handlers.blocks.pilots import chart_layout, chart_painting
from handlers.blocks.pilots.chart import chart_picture, fingerprint, paint
from handlers.blocks.pilots.chart_words import alt_text, chart_words
from handlers.blocks.pilots.lettering import drawable
from models.pilots.pilot import Measure
from tests.handlers.blocks.pilots.evidence_examples import STEADY, an_evidence

SHIFTED = an_evidence(*[20, 21, 19, 22, 23, 21, 20], before=STEADY, goal=80.0)
AWKWARD = (
    "👩🏽‍🏫 who said $x^2$ in _their_ own words \\frac{1}{2} & <b>",
    "出口チケット を書いた生徒",
    "😀😀😀",
    "$",
    "a $ b $ c_{",
    "شارك الطلاب",
    "\u200b\u202e\n\ttwo\nlines",
    "x" * 150,
)


class Paper(dict):
    """What is written and drawn while a chart is painted: texts, and points by their form."""

    @property
    def words(self):
        return " ".join(self["texts"])


@pytest.fixture
def paper(monkeypatch) -> Paper:
    """Notes what goes onto the sheet, and lets it be painted as ever."""
    noted = Paper(texts=[], forms=[])
    write, draw = Axes.text, Axes.plot

    def text(axes, x, y, words, **style):
        noted["texts"].append(words)
        return write(axes, x, y, words, **style)

    def plot(axes, xs, ys, **style):
        noted["forms"] += [(style["marker"], xs[0])] if "marker" in style else []
        return draw(axes, xs, ys, **style)

    monkeypatch.setattr(Axes, "text", text)
    monkeypatch.setattr(Axes, "plot", plot)
    return noted


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    return unpack(">II", png[16:24])


@pytest.mark.parametrize("many", [0, 1])
def test_under_two_points_there_is_no_picture(many):
    assert chart_picture(an_evidence(*[12] * many), at=0) is None


def test_the_picture_goes_to_its_place_with_words_that_say_the_same():
    message = Message.of(["Exit ticket"], [DividerBlock(), DividerBlock()])
    picture = chart_picture(SHIFTED, at=1)

    shown = replace(message, picture=picture).with_picture("F123")

    block = shown.blocks[1].to_dict()
    assert block == {
        "type": "image",
        "slack_file": {"id": "F123"},
        "alt_text": alt_text(SHIFTED),
    }
    assert picture.name == "run-chart.png"
    assert picture.title == "Run chart: students who wrote an answer"
    assert picture.paint() == paint(SHIFTED)


@pytest.mark.parametrize("many", [2, 3, 12, 60, 200])
def test_a_chart_is_as_wide_as_a_phone_and_no_taller_than_wide(many):
    width, height = size_of(paint(an_evidence(*[12, 14] * (many // 2), *[13] * (many % 2))))

    assert width == 1020
    assert 500 < height < width


def test_the_same_evidence_is_painted_the_same():
    again = an_evidence(*[20, 21, 19, 22, 23, 21, 20], before=STEADY, goal=80.0)

    assert paint(again) == paint(SHIFTED)
    assert fingerprint(again) == fingerprint(SHIFTED)
    assert len(fingerprint(SHIFTED)) == 64


@pytest.mark.parametrize(
    "change",
    [
        {"better": "lower"},
        {"goal": 75.0},
        {"goal": None},
        {"unit": "pupils"},
        {"measure": Measure.PERCENT},
        {"measure_name": "students who asked"},
        {"points": SHIFTED.points[:-1]},
        {"points": (*SHIFTED.points[:-1], replace(SHIFTED.points[-1], value=1.0))},
        {"points": (*SHIFTED.points[:-1], replace(SHIFTED.points[-1], total=27))},
        {"points": (*SHIFTED.points[:-1], replace(SHIFTED.points[-1], cycle=2))},
        {
            "points": (
                *SHIFTED.points[:-1],
                replace(SHIFTED.points[-1], on=SHIFTED.points[-1].on + timedelta(days=1)),
            )
        },
        {"marks": an_evidence(1, marks=[(2, "new seats")]).marks},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_looks_otherwise_has_another_fingerprint(change):
    assert fingerprint(replace(SHIFTED, **change)) != fingerprint(SHIFTED)


def test_what_is_not_seen_is_not_in_the_fingerprint():
    """Whoever sees the second and third cycle alone must not learn that there was a first."""
    numbered = [
        replace(SHIFTED, points=tuple(replace(point, cycle=cycle) for point in SHIFTED.points))
        for cycle in (1, 2)
    ]

    assert len({fingerprint(each) for each in numbered}) == 1


def test_median_goal_and_better_direction_are_written_on_the_chart(paper):
    paint(SHIFTED)

    assert "starting\nmedian\n50 %" in paper["texts"]
    assert "goal\n80 %" in paper["texts"]
    assert "before" in paper["texts"]
    assert chart_layout.better_words(SHIFTED) == "higher is better ↑"


def test_a_signal_is_seen_by_the_form_of_its_points(paper):
    paint(SHIFTED)

    assert [form for form, _ in paper["forms"]] == ["o"] * 10 + ["D"] * 7
    [sign] = chart_layout.signs(SHIFTED)
    assert (sign.letter, sign.meaning) == ("◆", "7 in a row above the median")


def test_a_trend_and_a_far_point_have_forms_of_their_own(paper):
    rising = an_evidence(9, 14, 10, 15, 9, 14, 10, 11, 12, 13, 14, 15)
    far = an_evidence(20, 21, 19, 20, 22, 20, 21, 19, 22, 21, 3, 20)

    paint(rising)
    paint(far)

    assert [at for form, at in paper["forms"] if form == "s"] == [6, 7, 8, 9, 10, 11]
    assert [at for form, at in paper["forms"][12:]].count(10) == 2


def test_nothing_is_marked_while_it_is_too_early(paper):
    paint(an_evidence(1, 2, 3, 4, 5, 6))

    assert {form for form, _ in paper["forms"]} == {"o"}


def test_totals_that_differ_stand_below_their_points(paper):
    evidence = an_evidence((18, 26), (12, 24), (20, 25))

    paint(evidence)

    assert paper["texts"].count("26") == paper["texts"].count("24") == 1
    assert chart_layout.scale_words(evidence, "students") == "percent, of 24 to 26 students"
    assert chart_layout.scale_words(an_evidence(12, 14), "") == "percent, of 26"
    two = an_evidence((18, 26), (12, 25))
    assert chart_layout.scale_words(two, "students") == "percent, of 25 or 26 students"


def test_of_many_points_the_range_of_totals_stands_above_alone(paper):
    fifteen, sixteen = (
        an_evidence(*[(12, 24 + place % 5) for place in range(many)]) for many in (15, 16)
    )

    paint(sixteen)
    assert not [words for words in paper["texts"] if words.isdigit()]
    assert chart_layout.scale_words(sixteen, "students") == "percent, of 24 to 28 students"

    paint(fifteen)
    assert len([words for words in paper["texts"] if words.isdigit()]) == 15


def test_letters_are_high_enough_on_a_phone():
    """A phone shows the picture about 340 pixels wide."""
    on_a_phone = 340 / chart_painting.WIDTH / 72

    assert chart_painting.SMALL * on_a_phone >= 11


def test_a_point_of_two_signals_has_the_form_of_the_shift_and_the_key_names_what_is_seen(paper):
    rising = an_evidence(9, 12, 8, 9, 10, 14, 15, 16, 17, 16, 17, before=STEADY)
    hidden = an_evidence(9, 12, 9, 20, 21, 22, 23, 24, 25, before=STEADY)

    paint(rising)
    forms = {at: form for form, at in paper["forms"]}

    assert [forms[at] for at in range(12, 21)] == ["s"] * 3 + ["D"] * 6
    assert [sign.letter for sign in chart_layout.signs(rising)] == ["◆", "■"]
    assert [sign.letter for sign in chart_layout.signs(hidden)] == ["◆", "■"]
    within = an_evidence(*[16, 17, 18, 19, 20, 20, 20], 12, before=[12, 14] * 5)
    assert [sign.letter for sign in chart_layout.signs(within)] == ["◆"]


def test_picture_and_words_tell_the_same_trend():
    twice = an_evidence(20, 9, 10, 11, 12, 14, 9, 16, 12, 13, 14, 15, 17, 12, 15)

    [sign] = [sign for sign in chart_layout.signs(twice) if sign.letter == "■"]

    assert (sign.meaning, sign.places) == ("5 in a row going up", (8, 9, 10, 11, 12))
    assert sum("values in a row go up" in words for words in chart_words(twice)) == 1


def test_days_are_written_as_far_as_there_is_room(paper):
    few, many = an_evidence(12, 14, 13), an_evidence(*[12, 14] * 30)

    paint(few)
    assert [words for words in paper["texts"] if "Sep" in words] == ["18 Sep", "11 Sep", "4 Sep"]

    paper["texts"].clear()
    paint(many)
    days = [words for words in paper["texts"] if words[0].isdigit()]
    assert 4 <= len(days) <= 7
    assert days[0] == "22 Oct"


def test_changes_and_cycles_stand_above_the_plot(paper):
    evidence = an_evidence(
        12, 14, 13, 15, 16, marks=[(1, "new seats"), (9, "after the last")], cycles=[1, 1, 1, 2, 2]
    )

    paint(evidence)
    told = chart_layout.notes(evidence, width=3.2, room=0.7)

    assert {"new seats", "next cycle", "after the last"} < set(paper["texts"])
    assert [(note.x, note.words) for note in told] == [
        (0.5, "new seats"),
        (2.5, "next cycle"),
        (4.5, "after the last"),
    ]


def test_no_words_above_the_plot_collide():
    marks = [(place, f"change number {place}") for place in (1, 1, 2, 5, 6, 7, 8, 9)]
    evidence = an_evidence(*[12] * 10, marks=marks)

    told = chart_layout.notes(evidence, width=3.2, room=0.7)

    assert len(told) == chart_layout.MOST_NOTES
    for row in {note.row for note in told}:
        spans = sorted(span(note) for note in told if note.row == row)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))


def span(note, inches_a_point=0.32):
    line = (note.x + 0.5) * inches_a_point
    long = chart_layout.LETTER * len(note.words)
    return (line - long, line) if note.is_left else (line, line + long)


@pytest.mark.parametrize("words", AWKWARD)
def test_whatever_members_write_can_be_painted(words):
    evidence = an_evidence(
        4, 5, 3, measure=Measure.NUMBER, measure_name=words, unit=words, marks=[(1, words[:60])]
    )

    assert size_of(paint(evidence))[0] == 1020


@pytest.mark.parametrize(
    ("words", "drawn"),
    [
        ("$x$ stays as it is", "$x$ stays as it is"),
        ("出口チケット count", "… count"),
        ("👩🏽‍🏫 teacher talk", "teacher talk"),
        ("cafe\u0301", "café"),
        ("出口", "a change"),
        ("\u200b", "a change"),
        ("one\ntwo", "one two"),
        ("a very long change of the seating plan", "a very long change of the…"),
    ],
)
def test_words_are_drawn_as_far_as_the_font_has_letters(words, drawn):
    assert drawable(words, 28, otherwise="a change") == drawn


@pytest.mark.parametrize(
    ("measure", "values", "goal"),
    [
        (Measure.RATING, [4, 4, 4], 5.0),
        (Measure.PERCENT, [0, 100, 50.5], 0.0),
        (Measure.NUMBER, [0, 0, 0], None),
        (Measure.NUMBER, [1_000_000, 999_999.5, 0.25], 1e6),
        (Measure.NUMBER, [4.5, 4.25, 0.01], None),
        (Measure.COUNT, [(0, 1), (100_000, 100_000)], 100.0),
    ],
)
def test_every_measure_can_be_painted_at_its_ends(measure, values, goal):
    assert size_of(paint(an_evidence(*values, measure=measure, goal=goal)))[0] == 1020


def test_percentages_and_ratings_are_shown_in_full():
    """A part of the scale would make a small step look like a large one."""
    small_steps = an_evidence(90, 92, 91, measure=Measure.PERCENT)
    minutes = an_evidence(30, 40, 35, measure=Measure.NUMBER)

    assert chart_layout.limits(small_steps) == (-4, 104)
    assert chart_layout.limits(an_evidence(4, 5, measure=Measure.RATING)) == (0.8, 5.2)
    low, high = chart_layout.limits(minutes)
    assert low < 30 < 40 < high


def test_median_and_goal_are_told_apart_where_they_nearly_meet(paper, monkeypatch):
    places = []
    write = Axes.text

    def text(axes, x, y, words, **style):
        places.extend([y] if x == 1.02 else [])
        return write(axes, x, y, words, **style)

    monkeypatch.setattr(Axes, "text", text)

    paint(an_evidence(20, 21, 20, 21, goal=80.0))

    assert places[1] - places[0] > 0.12


def test_the_line_is_dotted_across_a_pause():
    steady, paused = an_evidence(12, 14, 13, 12), an_evidence(12, 14, 13, 12, skipped=[2])

    assert paused.pauses == (2,)
    assert size_of(paint(paused))[1] > size_of(paint(steady))[1]


def test_the_chart_is_dark_on_white_also_where_the_screen_is_dark():
    pixels = imread(BytesIO(paint(SHIFTED)))

    assert (pixels[0, :, :3] == 1).all()
    assert pixels[..., 3].min() == 1
    assert (pixels[..., :3].max(axis=2) < 0.3).mean() > 0.005


def test_nobody_waits_for_matplotlib_before_a_chart_is_painted():
    program = (
        "import sys, handlers.blocks.pilots.chart as chart\n"
        "sys.exit('matplotlib' in sys.modules and 'handlers.blocks.pilots.lettering' in "
        "sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], timeout=60).returncode == 0
