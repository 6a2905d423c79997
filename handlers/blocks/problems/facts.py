"""The words that all drawings of a problem share: who asks, who can help, how many answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from slack_sdk.models.blocks import ContextBlock

from handlers.blocks.text import excerpt, listed, plain
from models.consultancies.consultancy import Consultancy
from models.hangouts.hangout import Hangout
from models.problems import Problem, Standing, WantedHelp
from models.time import zone

# A longer "what I tried" is a paragraph of its own rather than a fact among others.
TRIED_IN_FACTS = 60
LEARNED_LENGTH = 200


@dataclass(frozen=True)
class Legend:
    """Display names by member id; by problem id the addresses of cards, and what is under way.

    `consultancies` are those over some days, in the problems' own threads; `hangouts` those at
    which the problems have a seat.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[int, str] = field(default_factory=dict)
    consultancies: Mapping[int, Consultancy] = field(default_factory=dict)
    hangouts: Mapping[int, Hangout] = field(default_factory=dict)

    def name(self, member_id: str) -> str:
        return self.names.get(member_id, "a colleague")

    def asker(self, problem: Problem) -> str:
        """Return who asks; whoever shared without a name is a colleague like any other."""
        return self.name(problem.author_id) if problem.author_id else "a colleague"

    def link(self, problem: Problem) -> str | None:
        return self.links.get(problem.id)

    def hangout(self, problem: Problem) -> Hangout | None:
        return self.hangouts.get(problem.id)

    def consultancy(self, problem: Problem) -> Consultancy | None:
        return self.consultancies.get(problem.id)


def facts(standing: Standing, legend: Legend) -> list[str]:
    """Return topics, the help that is hoped for and counts, each in a few words."""
    problem, answers, interested = standing.problem, standing.answers, standing.interested
    facts = [", ".join(problem.topics)] if problem.topics else []
    if fits_in_facts(problem.tried):
        facts.append(f"tried {_lower_first(problem.tried or '')}")
    if hangout := legend.hangout(problem):
        facts.append(_at(hangout))
    if hoped := _help(problem, legend):
        facts.append(hoped)
    facts.append(f"{answers} answer{'s' * (answers > 1)}" if answers else "no answers yet")
    if interested:
        facts.append(f"{interested} {'has' if interested == 1 else 'have'} this too")
    if standing.helper_ids and problem.is_open:
        facts.append(f"{listed([legend.name(one) for one in standing.helper_ids])} can help")
    return facts


def _at(hangout: Hangout) -> str:
    """Return at which hangout it is thought about, on the date of the hangout's own place."""
    local = hangout.starts_at.astimezone(zone(hangout.tz))
    return f"at the hangout of {local:%A} {local.day} {local:%B}"


def fits_in_facts(tried: str | None) -> bool:
    return bool(tried) and len(tried or "") <= TRIED_IN_FACTS and "\n" not in (tried or "")


def facts_line(facts: list[str]) -> ContextBlock:
    return ContextBlock(elements=[plain(excerpt(" · ".join(facts), 1000))])


def learned_line(problem: Problem) -> str:
    """Return what a resolved problem taught in one line, "" for others."""
    return excerpt(problem.learned or "", LEARNED_LENGTH) if not problem.is_open else ""


def progress(consultancy: Consultancy) -> str:
    """Return how far a consultancy over some days has come."""
    if consultancy.step is None:
        return "asynchronous consultancy, about to begin"
    return f"asynchronous consultancy, step {consultancy.step + 1} of {len(consultancy.steps)}"


def _help(problem: Problem, legend: Legend) -> str:
    """Return what would help or is under way; ideas in the thread are always welcome."""
    if not problem.is_open:
        return ""
    if consultancy := legend.consultancy(problem):
        return progress(consultancy)
    is_hoped_for = problem.wanted_help == WantedHelp.HANGOUT and legend.hangout(problem) is None
    return "hopes for a hangout" if is_hoped_for else ""


def _lower_first(text: str) -> str:
    """Return what was tried as it reads after "tried": not "I …", names of one letter stay."""
    first = text.split(maxsplit=1)[0]
    is_word = len(first) > 1 and first[1:].islower()
    return (text[0].lower() + text[1:] if is_word else text).rstrip(".")
