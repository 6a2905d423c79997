"""The words that all drawings of a problem share: who asks, who can help, how many answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from slack_sdk.models.blocks import ContextBlock

from handlers.blocks.text import excerpt, plain
from models.problems import Problem, Standing

# A longer "what I tried" is a paragraph of its own rather than a fact among others.
TRIED_IN_FACTS = 60
HELPERS_BY_NAME = 2


@dataclass(frozen=True)
class Legend:
    """Display names by member id, and addresses of the problems' cards by problem id."""

    names: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[int, str] = field(default_factory=dict)

    def name(self, member_id: str) -> str:
        return self.names.get(member_id, "a colleague")

    def asker(self, problem: Problem) -> str:
        """Return who asks; whoever shared without a name is a colleague like any other."""
        return self.name(problem.author_id) if problem.author_id else "a colleague"

    def link(self, problem: Problem) -> str | None:
        return self.links.get(problem.id)


def facts(standing: Standing, legend: Legend) -> list[str]:
    """Return topics and counts, each in a few words."""
    problem, answers, interested = standing.problem, standing.answers, standing.interested
    facts = [", ".join(problem.topics)] if problem.topics else []
    if fits_in_facts(problem.tried):
        facts.append(f"tried {_lower_first(problem.tried or '')}")
    facts.append(f"{answers} answer{'s' * (answers > 1)}" if answers else "no answers yet")
    if interested:
        facts.append(f"{interested} {'has' if interested == 1 else 'have'} this too")
    if standing.helper_ids and problem.is_open:
        facts.append(f"{listed([legend.name(one) for one in standing.helper_ids])} can help")
    return facts


def fits_in_facts(tried: str | None) -> bool:
    return bool(tried) and len(tried or "") <= TRIED_IN_FACTS and "\n" not in (tried or "")


def facts_line(facts: list[str]) -> ContextBlock:
    return ContextBlock(elements=[plain(excerpt(" · ".join(facts), 1000))])


def first_upper(text: str) -> str:
    """Return the text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def _lower_first(text: str) -> str:
    """Return what was tried as it reads after "tried": not "I …", names of one letter stay."""
    first = text.split(maxsplit=1)[0]
    is_word = len(first) > 1 and first[1:].islower()
    return (text[0].lower() + text[1:] if is_word else text).rstrip(".")


def listed(names: list[str]) -> str:
    """Return a few names as they are said, the rest as a number."""
    shown = names[:HELPERS_BY_NAME]
    rest = len(names) - len(shown)
    if rest:
        shown.append("another" if rest == 1 else f"{rest} others")
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else shown[0]
