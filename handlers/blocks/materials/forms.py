"""The form in which a material is saved, and the one in which it is edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock, InputBlock
from slack_sdk.models.blocks.block_elements import FileInputElement
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField, TickField, filled
from handlers.blocks.materials.choosing import (
    circle_choice,
    community_select,
    kind_select,
    licence_select,
    select,
)
from handlers.blocks.problems.fields import form, plain_section, warning
from handlers.blocks.text import excerpt, plain
from models.communities import Community
from models.materials.wording import LENGTHS, TOPICS_AT_MOST
from models.student_data import Suspicion

# What comes back when a form is sent.
SAVE_FORM = "materials.save_form"
EDIT_FORM = "materials.edit_form"

# What a form may hold that is drawn at once; all but the first three is not to be seen in it.
AT_ONCE = frozenset(
    {"title", "url", "kind", "draft_id", "source", "about", "remix_of_id", "community_id"}
)

TITLE = TextField(
    name="title",
    label="Title",
    max_length=LENGTHS["title"],
    placeholder="Rubric for fraction talks",
)
TITLE_OR_NAME = TextField(
    name="title",
    label="Title",
    max_length=LENGTHS["title"],
    placeholder="Rubric for fraction talks",
    hint="Left empty, the name it has in the message stands for it.",
    is_optional=True,
)
URL = TextField(
    name="url",
    label="Link",
    max_length=LENGTHS["url"],
    placeholder="https://…",
    hint="A link, or a file below. I never open it myself.",
    is_optional=True,
)
TOPICS = TextField(
    name="topics",
    label="Topics",
    max_length=LENGTHS["topics"],
    placeholder="fractions, math talk",
    hint=f"Up to {TOPICS_AT_MOST}, with commas between them.",
    is_optional=True,
)
DETAILS = (
    TOPICS,
    TextField(
        name="subject",
        label="Subject",
        max_length=LENGTHS["subject"],
        placeholder="Math",
        is_optional=True,
    ),
    TextField(
        name="grades",
        label="Grades",
        max_length=LENGTHS["grades"],
        placeholder="5–7",
        is_optional=True,
    ),
    TextField(
        name="minutes",
        label="Minutes it takes",
        max_length=LENGTHS["minutes"],
        placeholder="45",
        is_optional=True,
    ),
)
NOTE = TextField(
    name="note",
    label="What should a colleague know?",
    max_length=LENGTHS["note"],
    placeholder="Page 2 is enough for a first try. Print it on A3.",
    hint="No students’ names, please.",
    is_long=True,
    is_optional=True,
)


def save_form(
    *,
    typed: Mapping[str, Any],
    metadata: str,
    place: str | None = None,
    communities: Sequence[Community] = (),
    notices: Sequence[str] = (),
    suspicions: Sequence[Suspicion] = (),
) -> View:
    """Return the form for a new material.

    `place` names the channel, such as #math-circle; without it the member chooses among several
    `communities`. `typed` are answers by field name; its `choices` are the links and files of a
    message, each with a `label`, of which one is chosen, and `file_name` a file that is kept
    already. `notices` are said above the fields, in plain words.
    """
    choices = typed.get("choices") or []
    if place is None and len(communities) == 1:
        place = f"#{communities[0].channel_name}"
    of = f"of {place}" if place else "of the community you choose"
    blocks = [
        plain_section(f"This goes into the materials {of}, with your name."),
        *[plain_section(notice) for notice in notices],
        *warning(suspicions, typed),
        *([] if place else [community_select(communities, typed.get("community_id"))]),
        *(_chosen_source(choices, typed) if choices else _source(typed)),
        *_first(typed),
        _announced(place, typed),
        *_more(typed),
    ]
    return form(SAVE_FORM, "Save a material", "Save", blocks, metadata)


def save_form_at_once(
    *, place: str, typed: Mapping[str, Any], metadata: str
) -> dict[str, Any] | None:
    """Return the form for one community, drawn once and then only filled in.

    slack_sdk takes some milliseconds to draw it. Returns None where more is typed than that.
    """
    if {name for name, text in typed.items() if text} - AT_ONCE:
        return None
    texts = {name: str(typed[name]) for name in ("title", "url") if typed.get(name)}
    return filled(_blank_save_form(place, str(typed.get("kind") or "")), texts, metadata)


@lru_cache(maxsize=1000)
def _blank_save_form(place: str, kind: str) -> dict[str, Any]:
    return dict(save_form(place=place, typed={"kind": kind}, metadata="").to_dict())


def edit_form(
    typed: Mapping[str, Any],
    *,
    metadata: str,
    is_own: bool,
    suspicions: Sequence[Suspicion] = (),
) -> View:
    """Return the form with a material's words; `typed` as in `save_form`.

    Who may see it only its owner decides.
    """
    blocks = [
        plain_section("Everybody who sees it reads the new words, on its card as well."),
        *warning(suspicions, typed),
        *_source(typed),
        *_first(typed, asks_circle=is_own),
        *_more(typed),
    ]
    return form(EDIT_FORM, "Edit a material", "Save", blocks, metadata)


def _source(typed: Mapping[str, Any]) -> list[Block]:
    kept = typed.get("file_name")
    hint = f"“{excerpt(str(kept), 100)}” is kept; another one takes its place." if kept else None
    return [
        TITLE.drawn(typed.get("title")),
        URL.drawn(typed.get("url")),
        InputBlock(
            block_id="file",
            label=plain("Or a file"),
            hint=plain(hint or "Only who can see the file in Slack can open it."),
            optional=True,
            element=FileInputElement(action_id="file", max_files=1),
        ),
    ]


def _chosen_source(choices: Sequence[Mapping[str, Any]], typed: Mapping[str, Any]) -> list[Block]:
    labels = {str(number): str(choice["label"]) for number, choice in enumerate(choices)}
    which = select("choice", "Which one?", labels, str(typed.get("choice") or ""))
    return [which, TITLE_OR_NAME.drawn(typed.get("title"))]


def _first(typed: Mapping[str, Any], *, asks_circle: bool = True) -> list[Block]:
    """Return what everybody should think of."""
    return [
        kind_select(typed.get("kind")),
        NOTE.drawn(typed.get("note")),
        *([circle_choice(typed.get("circle"))] if asks_circle else []),
    ]


def _more(typed: Mapping[str, Any]) -> list[Block]:
    """Return the rest, which whoever is in a hurry leaves as it is."""
    return [
        DividerBlock(),
        plain_section("That is enough. What follows helps colleagues to find it."),
        *[field.drawn(typed.get(field.name)) for field in DETAILS],
        licence_select(typed.get("licence")),
    ]


def _announced(place: str | None, typed: Mapping[str, Any]) -> InputBlock:
    field = TickField(
        name="is_announced",
        label="A card for everybody there",
        choice=f"Post it in {place or 'the community’s channel'}",
    )
    return field.drawn(is_ticked=bool(typed.get("is_announced", True)))
