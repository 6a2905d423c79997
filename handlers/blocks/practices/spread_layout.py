"""Where each pilot stands in the picture of how a practice spread: its school's row, its day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import hypot

from handlers.blocks.hangouts.facts import name_of
from handlers.blocks.practices.summary import cycles_word, state_word
from handlers.blocks.text import excerpt, first_upper
from models.practices.lineage import Lineage
from models.practices.trials import Trial

# All measures are inches. 6 inches are drawn with 1,080 pixels, three for each of a phone.
WIDTH, MARGIN = 6.0, 0.3
TITLE, SCHOOL, LANE, GAP, DATES, KEY = 0.5, 0.36, 0.62, 0.12, 0.36, 0.66
# How wide one letter of a label is, about.
LETTER = 0.105
# How near an arrow may come to a dot that it does not belong to.
ROOM = 0.2
NAME_LENGTH, SCHOOL_LENGTH, TITLE_LENGTH = 16, 46, 34
DATES_AT_MOST, WITH_YEARS_AT_MOST = 4, 3
NOT_KNOWN = "School not given"


@dataclass(frozen=True)
class Dot:
    """One pilot: `x` from the left, `y` from the top. Its label is centred at `label_x`."""

    x: float
    y: float
    label: str
    label_x: float
    state: str


@dataclass(frozen=True)
class Row:
    """A school's band, from `top` down. It has no title when nothing is known of any school."""

    title: str
    top: float
    height: float


@dataclass(frozen=True)
class Spread:
    """All that is drawn; two that look the same are equal, also as text.

    `arrows` lead from place to place in `dots`, with how far they bend to the side as a part of
    their length; `dates` stand below, at their x.
    """

    title: str
    height: float
    rows: tuple[Row, ...]
    dots: tuple[Dot, ...]
    arrows: tuple[tuple[int, int, float], ...]
    dates: tuple[tuple[float, str], ...]


def spread_of(lineage: Lineage, names: Mapping[str, str]) -> Spread:
    """Lay the picture out: schools from above in the order in which the practice came to them."""
    days = [one.first.starts_on for one in lineage.trials]
    ends = days[0], max(days)
    dots: dict[int, Dot] = {}
    rows: list[Row] = []
    top = TITLE
    for school in lineage.schools:
        title = _row_title(school, lineage)
        first_lane = top + (SCHOOL if title else 0.1)
        lanes: list[float] = []
        for place, trial in enumerate(lineage.trials):
            if trial.school == school:
                x = _across(trial.first.starts_on, *ends)
                dots[place] = _dot(trial, x, first_lane, lanes, _label(trial, lineage, names))
        height = first_lane - top + LANE * len(lanes)
        rows.append(Row(title, top, height))
        top += height + GAP
    standing = tuple(dots[place] for place in range(len(days)))
    return Spread(
        title=f"How “{excerpt(lineage.practice.name, TITLE_LENGTH)}” spread",
        height=top + DATES + KEY,
        rows=tuple(rows),
        dots=standing,
        arrows=tuple((one, other, _bend(standing, one, other)) for one, other in lineage.sparks),
        dates=_dates(*ends),
    )


def day_of(day: date, first: date, last: date) -> str:
    """Return a day in a few letters, with its year unless all of them lie in one."""
    year = f" {day.year}" if first.year != last.year else ""
    return f"{day.day} {day:%b}{year}"


def _dot(trial: Trial, x: float, top: float, lanes: list[float], label: str) -> Dot:
    """Return where the trial's dot stands: in the first lane in which its label finds room."""
    half = (LETTER * len(label) + 0.12) / 2
    label_x = min(max(x, half + 0.05), WIDTH - half - 0.05)
    lane = _free_lane(lanes, min(label_x - half, x - 0.15))
    lanes[lane] = max(label_x + half, x + 0.15)
    return Dot(x, top + LANE * lane + 0.17, label, label_x, state_word(trial.latest))


def _label(trial: Trial, lineage: Lineage, names: Mapping[str, str]) -> str:
    who = "You" if trial.member_id == lineage.reader_id else name_of(trial.member_id, names)
    cycles = cycles_word(trial)
    return excerpt(first_upper(who), NAME_LENGTH) + (f", {cycles}" if cycles else "")


def _row_title(school: str | None, lineage: Lineage) -> str:
    if school is None:
        return NOT_KNOWN if len(lineage.schools) > 1 else ""
    return excerpt(school, SCHOOL_LENGTH)


def _across(day: date, first: date, last: date) -> float:
    if first == last:
        return WIDTH / 2
    left, right = MARGIN + 0.2, WIDTH - MARGIN - 0.2
    return left + (right - left) * ((day - first) / (last - first))


def _free_lane(lanes: list[float], left: float) -> int:
    """Return the first lane that is free from there on; `lanes` says where each one ends."""
    for lane, end in enumerate(lanes):
        if end <= left:
            return lane
    lanes.append(0.0)
    return len(lanes) - 1


def _bend(dots: tuple[Dot, ...], one: int, other: int) -> float:
    """Return how far the arrow bends so that it seems to touch no third dot, if that can be."""
    source, target = dots[one], dots[other]
    length = hypot(target.x - source.x, target.y - source.y)
    others = [dot for place, dot in enumerate(dots) if place not in (one, other)]

    def room(bend: float) -> float:
        way = _way(source, target, bend)
        return min((hypot(x - dot.x, y - dot.y) for x, y in way for dot in others), default=ROOM)

    bends = [part * min(1.0, swing / length) for part in (-0.3, 0.3) for swing in (1.0, 2.0, 3.5)]
    return max(bends, key=lambda bend: min(room(bend), ROOM))


def _way(source: Dot, target: Dot, bend: float) -> list[tuple[float, float]]:
    """Return points of matplotlib's "arc3": a curve that is drawn towards a point at its side."""
    across, down = target.x - source.x, target.y - source.y
    pull_x = (source.x + target.x) / 2 - bend * down
    pull_y = (source.y + target.y) / 2 + bend * across
    points = []
    for step in range(1, 20):
        t = step / 20
        before, between, after = (1 - t) ** 2, 2 * t * (1 - t), t**2
        x = before * source.x + between * pull_x + after * target.x
        points.append((x, before * source.y + between * pull_y + after * target.y))
    return points


def _dates(first: date, last: date) -> tuple[tuple[float, str], ...]:
    """Return a few days at equal distances, the first and the last among them."""
    whole = (last - first).days
    most = DATES_AT_MOST if first.year == last.year else WITH_YEARS_AT_MOST
    count = min(most, whole + 1)
    steps = [round(whole * step / (count - 1)) for step in range(count)] if count > 1 else [0]
    days = [first + timedelta(days=step) for step in steps]
    return tuple((_across(day, first, last), day_of(day, first, last)) for day in days)
