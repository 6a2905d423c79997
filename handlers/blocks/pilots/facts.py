"""The words that all drawings of a pilot share: who tries what, until when, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from slack_sdk.models.blocks import RichTextElementParts

from handlers.blocks.hangouts.facts import Phrase, number_word, phrase
from handlers.blocks.pilots.chart_words import short_words
from handlers.blocks.text import escape, first_upper, mention, said, words
from models.pilots.evidence import Evidence
from models.pilots.measures import goal_written
from models.pilots.observation import Champion
from models.pilots.pilot import Circle, Decision, Matched, Measure, Pilot
from models.problems import Problem
from models.time import zone

DECIDED = {
    Decision.ADOPT: "keeps it",
    Decision.ADAPT: "will change it and try again",
    Decision.ABANDON: "let it go",
}
_MATCHED = {
    Matched.YES: "as predicted",
    Matched.PARTLY: "partly as predicted",
    Matched.NO: "not as predicted",
}


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known for drawing pilots, as far as everybody who reads the drawing may see it.

    `names` are display names by member id; `evidence`, `champions` and `links`, the addresses of
    cards, are by pilot id; `inspirers` by the id of the pilot that inspired; `problems` and the
    addresses of their cards by theirs. `places` are what communities' channels are called and
    `zones` their time zones, by community id. `seen_cycles` are the numbers of those that all of a
    pilot's circle see, by pilot id; only its teacher's own view takes them, and `now`, the moment
    when it is drawn for them.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[int, Evidence] = field(default_factory=dict)
    champions: Mapping[int, Sequence[Champion]] = field(default_factory=dict)
    links: Mapping[int, str] = field(default_factory=dict)
    inspirers: Mapping[int, Pilot] = field(default_factory=dict)
    problems: Mapping[int, Problem] = field(default_factory=dict)
    problem_links: Mapping[int, str] = field(default_factory=dict)
    places: Mapping[int, str] = field(default_factory=dict)
    zones: Mapping[int, str] = field(default_factory=dict)
    seen_cycles: Mapping[int, Sequence[int]] = field(default_factory=dict)
    now: datetime | None = None

    def person(self, member_id: str) -> Phrase:
        """Return a name in bold; Slack fills in one that we do not know yet."""
        if name := self.names.get(member_id):
            return phrase(first_upper(name), bold=True)
        return Phrase((RichTextElementParts.User(user_id=member_id),), mention(member_id))

    def name(self, member_id: str) -> str:
        """Return a name where Slack fills in none."""
        return first_upper(self.names.get(member_id, "a colleague"))

    def place(self, pilot: Pilot) -> str:
        return self.places.get(pilot.community_id, "its community")

    def day(self, pilot: Pilot, moment: datetime) -> date:
        """Return the day it was at that moment where the pilot is at home."""
        return moment.astimezone(zone(self.zones.get(pilot.community_id, "UTC"))).date()


def typed(text: str, *, bold: bool = False) -> Phrase:
    """Return what a member wrote: nothing in it formats or pings, web addresses are links."""
    return Phrase(tuple(said(text, bold=bold)), escape(text))


def labelled(label: str, text: str, after: str = "") -> Phrase:
    """Return what a member wrote after what it is; `after` is ours again."""
    rest = (Phrase((words(after),), escape(after)),) if after else ()
    return phrase(phrase(f"{label}: ", bold=True), typed(text), *rest)


def day_words(on: date) -> str:
    return f"{on.day} {on:%B}"


def days_words(pilot: Pilot, known: Known) -> str:
    """Return from when to when, the month once where both days are in it.

    Of a finished one the last day is that of its end, whatever was planned.
    """
    starts, ends = pilot.starts_on, pilot.ends_on
    if pilot.finished_at is not None:
        ends = known.day(pilot, pilot.finished_at)
        if ends <= starts:
            return day_words(ends)
    if (starts.year, starts.month) == (ends.year, ends.month):
        return f"{starts.day}–{day_words(ends)}"
    return f"{day_words(starts)} to {day_words(ends)}"


def is_overdue(pilot: Pilot, known: Known) -> bool:
    """Say whether its last day is over and its teacher has not decided yet."""
    is_over = known.now is not None and known.day(pilot, known.now) > pilot.ends_on
    return pilot.finished_at is None and is_over


def decision_words(pilot: Pilot) -> str:
    """Return what was decided, such as "keeps it", or "" while the pilot runs."""
    if pilot.finished_at is None or pilot.decision is None:
        return ""
    return DECIDED[Decision(pilot.decision)]


def matched_words(pilot: Pilot) -> str:
    return _MATCHED[Matched(pilot.matched)] if pilot.matched else ""


def circle_words(pilot: Pilot, known: Known) -> str:
    """Return who sees it, for its teacher."""
    match pilot.circle:
        case Circle.NETWORK:
            return "shared with the whole network"
        case Circle.COMMUNITY:
            return f"shared with {known.place(pilot)}"
        case _:
            return "only you see this"


def state_words(pilot: Pilot, known: Known) -> str:
    """Return how far it is, as one of the facts in a list."""
    if pilot.finished_at is not None:
        decided = pilot.decision and Decision(pilot.decision)
        return {
            Decision.ADOPT: "finished, kept",
            Decision.ADAPT: "finished, to be changed",
            Decision.ABANDON: "finished, let go",
        }.get(decided or Decision.ADOPT, "finished")
    if is_overdue(pilot, known):
        return f"was planned until {day_words(pilot.ends_on)}, waits for your decision"
    asking = ", asking is paused" if pilot.paused_at is not None else ""
    return f"running until {day_words(pilot.ends_on)}{asking}"


def measured_words(pilot: Pilot) -> str:
    """Return what is noted, and what is hoped for."""
    unit = f" ({pilot.unit})" if pilot.unit and pilot.measure == Measure.NUMBER else ""
    goal = ""
    if pilot.goal is not None:
        goal = f", goal {goal_written(pilot.goal, pilot.measure, pilot.unit)}"
    return f"{pilot.measure_name}{unit}, {pilot.better} is better{goal}"


def row_facts(pilot: Pilot, known: Known, *, is_own: bool) -> list[str]:
    """Return what a list says of it in one grey line."""
    facts = [] if is_own else [known.name(pilot.member_id)]
    facts.append(state_words(pilot, known))
    if not is_own and (series := series_words(pilot, known)):
        facts.append(series)
    if evidence := known.evidence.get(pilot.id):
        facts.append(short_words(evidence))
    if is_own and pilot.circle != Circle.ME:
        facts.append(circle_words(pilot, known))
    return facts


def series_words(pilot: Pilot, known: Known) -> str:
    """Return of how many cycles the chart is made, as far as its readers see them."""
    evidence = known.evidence.get(pilot.id)
    if evidence is None or len(evidence.cycles) < 2:
        return ""
    return f"{number_word(len(evidence.cycles))} cycles on one chart"
