"""The picture of how a practice spread, and its words."""

import struct
from datetime import timedelta
from itertools import pairwise

import pytest

from handlers.blocks.pilots.ids import START
from handlers.blocks.practices.sparks import (
    MOST_TRIALS,
    sparks_picture,
    spread_message,
)
from handlers.blocks.practices.spread_layout import WIDTH, spread_of
from models.pilots.pilot import Decision
from models.practices.lineage import Lineage
from models.practices.trials import Trial
from tests.examples import ANA, BEN, CHRIS, NAMES, NOW, a_pilot, a_practice
from tests.handlers.blocks.problems.drawings import NASTY, drawn, pressable, seen

LONG_SCHOOL = "Escuela Secundaria Técnica Número 57 Licenciado Benito Juárez de la Ciudad de México"
DPI = 180


def a_trial(number, who=ANA, day=0, school=None, decision=None, cycles=1):
    """Return a trial that began so many days after the first."""
    traits = {"member_id": who, "starts_on": NOW.date() + timedelta(days=day), "started_at": NOW}
    traits |= {"decision": decision, "finished_at": NOW if decision else None}
    pilots = [a_pilot(id=number * 10 + cycle, **traits) for cycle in range(cycles)]
    return Trial(cycles=tuple(pilots), school=school)


def a_lineage(*trials, sparks=(), reader_id=ANA, **practice):
    practice = a_practice(**{"id": 7} | practice)
    return Lineage(practice=practice, reader_id=reader_id, trials=trials, sparks=sparks)


def three():
    """Return how Ana's practice came to Ben at another school, and from him to Chris."""
    return a_lineage(
        a_trial(1, ANA, 0, "Lincoln", Decision.ADOPT, cycles=2),
        a_trial(2, BEN, 7, "Riverside", Decision.ABANDON),
        a_trial(3, CHRIS, 30, "Lincoln"),
        sparks=((0, 1), (1, 2)),
    )


def size_of(png):
    """Return the width and height in pixels that a PNG's header says."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


def many(count, days=60, school=None):
    trials = [a_trial(at, f"U{at}", at * days // count, school) for at in range(count)]
    return a_lineage(*trials, sparks=tuple((at, at + 1) for at in range(count - 1)))


def test_words_and_picture_say_the_same():
    message = spread_message(three(), NAMES)

    lines = drawn(message)["text"].splitlines()
    assert lines[:5] == [
        "How “Exit ticket” spread",
        "Three pilots; two of them were inspired by another one.",
        "• 17 Nov · You, Lincoln · kept · two cycles",
        "• 24 Nov · Ben, Riverside · inspired by you · let go",
        "• 17 Dec · Chris, Lincoln · inspired by Ben · running",
    ]
    for line in lines[2:5]:
        assert f"{line[2:]}." in message.picture.alt_text
        assert line[2:] in seen(drawn(message))
    spread = spread_of(three(), NAMES)
    assert [dot.label for dot in spread.dots] == ["You, two cycles", "Ben", "Chris"]
    assert [dot.state for dot in spread.dots] == ["kept", "let go", "running"]
    assert [arrow[:2] for arrow in spread.arrows] == [(0, 1), (1, 2)]


def test_schools_are_rows_and_time_runs_to_the_right():
    spread = spread_of(three(), NAMES)

    ana, ben, chris = spread.dots
    lincoln, riverside = spread.rows
    assert (lincoln.title, riverside.title) == ("Lincoln", "Riverside")
    assert lincoln.top < ana.y < lincoln.top + lincoln.height < riverside.top < ben.y
    assert ana.y == chris.y
    assert ana.x < ben.x < chris.x
    assert [day for _, day in spread.dates][0::3] == ["17 Nov", "17 Dec"]


def test_labels_in_one_line_never_overlap_and_stay_in_the_picture():
    trials = [a_trial(at, f"U{at}", at // 3, "Lincoln") for at in range(15)]
    names = {f"U{at}": "Maximiliane-Sophie von Hohenstein" for at in range(15)}

    spread = spread_of(a_lineage(*trials), names)

    half = len(spread.dots[0].label) * 0.1 / 2
    for dot in spread.dots:
        assert half <= dot.label_x <= WIDTH - half
    lines = {}
    for dot in spread.dots:
        lines.setdefault(dot.y, []).append(dot.label_x)
    assert len(lines) > 1
    for places in lines.values():
        assert all(other - one >= 2 * half for one, other in pairwise(sorted(places)))


def test_an_arrow_goes_round_a_dot_that_it_does_not_belong_to():
    trials = [a_trial(at, f"U{at}", at * 10, "Lincoln") for at in range(3)]
    straight = spread_of(a_lineage(*trials, sparks=((0, 2),)), {})

    [(_, _, bend)] = straight.arrows

    height = abs(bend) * (straight.dots[2].x - straight.dots[0].x) / 2
    assert height > 0.15


@pytest.mark.parametrize(
    "lineage",
    [
        three(),
        many(2),
        many(15),
        many(15, days=0),
        many(MOST_TRIALS, days=800, school=LONG_SCHOOL),
        a_lineage(a_trial(1, "U1", 0, NASTY[:80]), a_trial(2, "U2", 0, "学校")),
    ],
    ids=["three", "two", "fifteen", "all on one day", "as many as fit", "nasty"],
)
def test_every_picture_can_be_painted_as_wide_as_a_phone_shows_well(lineage):
    names = NAMES | {"U1": "$x^2$ \\frac <!channel> 👩\u200d🏫", "U2": "田中 さくら", "U3": "שרה"}
    picture = sparks_picture(lineage, names, at=1)

    width, height = size_of(picture.paint())

    assert width == WIDTH * DPI
    assert height >= 2 * DPI
    assert len(picture.alt_text) <= 2000


def test_what_looks_the_same_has_the_same_fingerprint_and_nothing_else():
    same = sparks_picture(three(), NAMES, at=1), sparks_picture(three(), NAMES, at=5)
    others = [
        sparks_picture(three(), NAMES | {BEN: "Benjamin"}, at=1),
        sparks_picture(a_lineage(*three().trials), NAMES, at=1),
        sparks_picture(a_lineage(*three().trials, sparks=((0, 1), (0, 2))), NAMES, at=1),
        sparks_picture(
            a_lineage(*three().trials, sparks=((0, 1), (1, 2)), name="Tea"), NAMES, at=1
        ),
    ]

    assert same[0].fingerprint == same[1].fingerprint
    assert len({one.fingerprint for one in [same[0], *others]}) == 5


def test_one_pilot_alone_is_told_but_not_drawn():
    message = spread_message(a_lineage(a_trial(1)), NAMES)

    assert message.picture is None
    assert "One pilot so far, begun without another one in mind." in message.text
    assert "• 17 Nov · You · running" in message.text


def test_what_nobody_has_tried_invites_to():
    message = spread_message(a_lineage(), NAMES)

    assert message.picture is None
    assert "There is nothing to draw yet" in drawn(message)["text"]
    assert pressable(drawn(message)) == [(START, '{"practice_id": 7}')]


def test_of_very_many_the_newest_are_shown_and_it_says_so():
    message = spread_message(many(MOST_TRIALS + 9), {})

    assert f"Here are the {MOST_TRIALS} newest." in message.text
    assert drawn(message)["text"].count("•") == MOST_TRIALS
    assert "others" not in message.text


def test_hostile_words_of_full_length_stay_words():
    trials = [a_trial(at, f"U{at}", at, NASTY[:80]) for at in range(MOST_TRIALS)]
    names = {f"U{at}": NASTY[:255] for at in range(MOST_TRIALS)}

    message = spread_message(a_lineage(*trials, name=NASTY[:80]), names)

    assert "<!channel>" not in drawn(message)["text"]
