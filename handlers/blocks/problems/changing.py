"""The forms that change a problem: editing, resolving, answering without a name, deleting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.views import View

from handlers.blocks.forms import carried
from handlers.blocks.problems.fields import ANSWER, LEARNED, fields, form, plain_section, warning
from handlers.blocks.text import excerpt
from models.problems import LENGTHS, Problem
from models.student_data import Suspicion

# What comes back when a form is sent.
EDIT_FORM = "problems.edit_form"
RESOLVE_FORM = "problems.resolve_form"
ANSWER_FORM = "problems.answer_form"
DELETE_FORM = "problems.delete_form"


def edit_form(
    problem: Problem, typed: Mapping[str, Any] | None = None, suspicions: Sequence[Suspicion] = ()
) -> View:
    """Return the form with the problem's words, or with those typed in their place."""
    words = {
        "title": problem.title,
        "happening": problem.happening,
        "tried": problem.tried,
        "question": problem.question,
        "topics": ", ".join(problem.topics),
        "wanted_help": problem.wanted_help,
        "learned": problem.learned,
    }
    shown = words if typed is None else typed
    blocks = [
        plain_section("The card changes in place. Everyone who sees it sees the new words."),
        *warning(suspicions, shown),
        *fields(shown),
        *([] if problem.is_open else [LEARNED.drawn(shown.get("learned"))]),
    ]
    return form(EDIT_FORM, "Edit the problem", "Save", blocks, carried(problem_id=problem.id))


def resolve_form(
    problem: Problem, typed: str | None = None, suspicions: Sequence[Suspicion] = ()
) -> View:
    """Return the form that asks what was learned."""
    about = excerpt(problem.focus, LENGTHS["question"])
    blocks = [
        plain_section(
            "This goes into the thread, and everyone who can read the problem finds it later. "
            f"The problem is then resolved: “{about}”"
        ),
        *warning(suspicions),
        LEARNED.drawn(problem.learned if typed is None else typed),
    ]
    metadata = carried(problem_id=problem.id)
    return form(RESOLVE_FORM, "Resolve the problem", "Resolve", blocks, metadata)


def answer_form(
    problem: Problem,
    typed: str | None = None,
    suspicions: Sequence[Suspicion] = (),
    asked_in: str | None = None,
) -> View:
    """Return the form in which whoever shared without a name answers without it, too.

    `asked_in` is the conversation in which they asked for it.
    """
    blocks = [
        plain_section(
            "This goes into the thread, said by me. Everyone there sees that it comes from whoever "
            "shared the problem; nobody sees who that is."
        ),
        *warning(suspicions),
        ANSWER.drawn(typed),
    ]
    metadata = carried(problem_id=problem.id, asked_in=asked_in)
    return form(ANSWER_FORM, "Answer without my name", "Send", blocks, metadata)


def delete_form(problem: Problem) -> View:
    """Return the question whether it is meant, because deleting cannot be undone."""
    blocks = [
        plain_section(
            "The card will say that the problem was withdrawn, and its words are deleted for good. "
            "What colleagues wrote stays in the thread."
        ),
        plain_section(problem.title),
    ]
    metadata = carried(problem_id=problem.id)
    return form(DELETE_FORM, "Delete the problem?", "Delete", blocks, metadata)
