"""Visibility: what the search keeps of a problem."""

from __future__ import annotations

from models import search
from models.communities import Community
from models.problems.problem import Problem

KIND = "problem"


def entry_of(problem: Problem, community: Community) -> search.Entry:
    """Return what the search keeps of a problem: its words, never its author."""
    title, body = problem.findable
    return search.Entry(
        kind=KIND,
        about_id=problem.id,
        title=title,
        body=body,
        is_open=not community.is_private,
        community_id=community.id,
        filters={"topic": problem.topics},
        happened_at=problem.shared_at,
    )
