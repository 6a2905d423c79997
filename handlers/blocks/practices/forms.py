"""The forms in which a practice is added, edited and withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.views import View

from handlers.blocks.forms import TextField, carried
from handlers.blocks.problems.fields import form, plain_section, warning
from handlers.blocks.text import excerpt
from models.practices.practice import Practice
from models.practices.wording import LENGTHS, STEPS_AT_MOST
from models.student_data import Suspicion

# What comes back when a form is sent.
ADD_FORM = "practices.add_form"
EDIT_FORM = "practices.edit_form"
WITHDRAW_FORM = "practices.withdraw_form"

FIELDS = (
    TextField(
        name="name",
        label="Name",
        max_length=LENGTHS["name"],
        placeholder="Exit ticket",
    ),
    TextField(
        name="what",
        label="What it is",
        max_length=LENGTHS["what"],
        placeholder="One question at the end of the lesson, answered on a slip of paper.",
        is_long=True,
    ),
    TextField(
        name="steps",
        label="How it goes",
        max_length=LENGTHS["steps"],
        placeholder="Ask one question.\nEverybody writes for four minutes.\nSort the slips.",
        hint=f"One step a line, {STEPS_AT_MOST} at most.",
        is_long=True,
    ),
    TextField(
        name="minutes",
        label="Minutes it takes",
        max_length=LENGTHS["minutes"],
        placeholder="5",
        is_optional=True,
    ),
    TextField(
        name="fits",
        label="When it fits",
        max_length=LENGTHS["fits"],
        placeholder="You find out only in the test who was lost.",
        is_optional=True,
    ),
    TextField(
        name="materials",
        label="What you need",
        max_length=LENGTHS["materials"],
        placeholder="Slips of paper",
        is_optional=True,
    ),
    TextField(
        name="topics",
        label="Topics",
        max_length=LENGTHS["topics"],
        placeholder="checking for understanding, ending the lesson",
        hint="Up to five, with commas between them.",
        is_optional=True,
    ),
    TextField(
        name="subject",
        label="Subject",
        max_length=LENGTHS["subject"],
        placeholder="Math",
        hint="Left empty, it is for every subject.",
        is_optional=True,
    ),
    TextField(
        name="grades",
        label="Grades",
        max_length=LENGTHS["grades"],
        placeholder="Grades 6 to 8",
        is_optional=True,
    ),
)


def practice_form(
    typed: Mapping[str, Any],
    *,
    metadata: str,
    is_new: bool = True,
    suspicions: Sequence[Suspicion] = (),
) -> View:
    """Return the form for a practice; `typed` are the answers so far, by field name."""
    first = (
        "Everybody in your workspace can find it and try it. Your name stands beside it."
        if is_new
        else "Everybody in your workspace sees the new words. Pilots of it stay as they are."
    )
    blocks = [
        plain_section(first),
        *warning(suspicions, typed),
        *[field.drawn(typed.get(field.name)) for field in FIELDS],
    ]
    if is_new:
        return form(ADD_FORM, "Add a practice", "Add", blocks, metadata)
    return form(EDIT_FORM, "Edit a practice", "Save", blocks, metadata)


def as_typed(practice: Practice) -> dict[str, str | None]:
    """Return a practice's words as they stand in the form."""
    return {
        "name": practice.name,
        "what": practice.what,
        "steps": "\n".join(practice.steps),
        "minutes": str(practice.minutes) if practice.minutes else None,
        "fits": practice.fits,
        "materials": practice.materials,
        "topics": ", ".join(practice.topics),
        "subject": practice.subject,
        "grades": practice.grades,
    }


def withdraw_form(practice: Practice, asked_in: str | None) -> View:
    """Return the question whether to withdraw a practice."""
    name = excerpt(practice.name, LENGTHS["name"])
    blocks = [
        plain_section(
            f"“{name}” leaves the tool belt and every menu, for everybody, and its words are "
            "deleted. Pilots of it stay, with what their teachers saw."
        )
    ]
    metadata = carried(practice_id=practice.id, asked_in=asked_in)
    return form(WITHDRAW_FORM, "Withdraw a practice", "Withdraw", blocks, metadata)
