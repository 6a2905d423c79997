"""The forms about a problem: sharing, editing, resolving, answering without a name, deleting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock, Option, SectionBlock, StaticSelectElement
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField, TickField, carried, filled
from handlers.blocks.text import excerpt, plain
from models.communities import Community
from models.problems import LENGTHS, Problem
from models.student_data import Suspicion

# The two shortcuts of the manifest, and the button that opens the form.
SHARE = "problems.share"
SHARE_MESSAGE = "problems.share_message"
OPEN = "problems.open"
# What comes back when a form is sent.
SHARE_FORM = "problems.share_form"
EDIT_FORM = "problems.edit_form"
RESOLVE_FORM = "problems.resolve_form"
ANSWER_FORM = "problems.answer_form"
DELETE_FORM = "problems.delete_form"

# Slack's limits for the options of a select, and for the text of one.
OPTIONS_AT_MOST, OPTION_LENGTH = 100, 75
SUSPICIONS_SHOWN = 3
NOTHING_TYPED: Mapping[str, Any] = MappingProxyType({})

FIELDS = (
    TextField(
        name="title",
        label="Title",
        max_length=LENGTHS["title"],
        placeholder="Quiet students in small-group talk",
    ),
    TextField(
        name="happening",
        label="What is happening?",
        max_length=LENGTHS["happening"],
        placeholder="In period 3 the same four students carry every discussion. The others wait.",
        hint="No students’ names, please: “a student in period 3” says enough.",
        is_long=True,
    ),
    TextField(
        name="tried",
        label="What have you tried?",
        max_length=LENGTHS["tried"],
        placeholder="Sentence starters on the desks; two spoke more, for a week.",
        is_long=True,
        is_optional=True,
    ),
    TextField(
        name="question",
        label="Your question to colleagues",
        max_length=LENGTHS["question"],
        placeholder="How do I get quiet students into small-group talk?",
        hint="Left empty, the title stands for it.",
        is_optional=True,
    ),
    TextField(
        name="topics",
        label="Topics",
        max_length=LENGTHS["topics"],
        placeholder="Grade 9 math, discussion",
        hint="Up to five, with commas between them.",
        is_optional=True,
    ),
)
WITHOUT_NAME = TickField(
    name="without_name",
    label="Your name",
    choice="Post without my name",
    hint="Nobody can find out who shared it, colleagues and leads included. "
    "A message you made it from stays where it is.",
)
NOBODY_RECOGNISED = TickField(
    name="nobody_recognised",
    label="Is a student named?",
    choice="Nobody can be recognised, share it as it is",
)
LEARNED = TextField(
    name="learned",
    label="What did you learn?",
    max_length=LENGTHS["learned"],
    placeholder="Thirty seconds of writing first: nine more students had something to say.",
    hint="What should the next person who meets this know?",
    is_long=True,
)
ANSWER = TextField(
    name="answer",
    label="Your answer",
    max_length=LENGTHS["answer"],
    placeholder="Thank you. The starters work best when they stay on the desks, I think.",
    is_long=True,
)


def share_form(
    *,
    place: str | None,
    typed: Mapping[str, Any],
    metadata: str,
    communities: Sequence[Community] = (),
    suspicions: Sequence[Suspicion] = (),
) -> View:
    """Return the form for a new problem.

    `place` names the channel, such as #math-circle; without it the member chooses among
    `communities`. `typed` are answers by field name; `suspicions` make it ask once more.
    """
    goes_to = place or "the community you choose"
    blocks = [
        plain_section(
            f"This goes to {goes_to}. Everyone there can read it and answer in its thread."
        ),
        *_shortened(typed),
        *_warning(suspicions, typed),
        *_choice_of(communities, typed.get("community_id")),
        *_fields(typed),
        WITHOUT_NAME.drawn(is_ticked=bool(typed.get("without_name"))),
    ]
    return _form(SHARE_FORM, "Share a problem", "Share", blocks, metadata)


def share_form_at_once(*, place: str, typed: Mapping[str, str], metadata: str) -> dict[str, Any]:
    """Return the form for one community, drawn once a place and then only filled in.

    slack_sdk takes about a millisecond to draw it, more than all the rest of opening it.
    """
    return filled(_blank_share_form(place), typed, metadata)


@lru_cache(maxsize=1000)
def _blank_share_form(place: str) -> dict[str, Any]:
    return dict(share_form(place=place, typed={}, metadata="").to_dict())


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
        "learned": problem.learned,
    }
    shown = words if typed is None else typed
    blocks = [
        plain_section("The card changes in place. Everyone who sees it sees the new words."),
        *_warning(suspicions, shown),
        *_fields(shown),
        *([] if problem.is_open else [LEARNED.drawn(shown.get("learned"))]),
    ]
    return _form(EDIT_FORM, "Edit the problem", "Save", blocks, carried(problem_id=problem.id))


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
        *_warning(suspicions),
        LEARNED.drawn(problem.learned if typed is None else typed),
    ]
    metadata = carried(problem_id=problem.id)
    return _form(RESOLVE_FORM, "Resolve the problem", "Resolve", blocks, metadata)


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
        *_warning(suspicions),
        ANSWER.drawn(typed),
    ]
    metadata = carried(problem_id=problem.id, asked_in=asked_in)
    return _form(ANSWER_FORM, "Answer without my name", "Send", blocks, metadata)


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
    return _form(DELETE_FORM, "Delete the problem?", "Delete", blocks, metadata)


def plain_section(text: str) -> SectionBlock:
    return SectionBlock(text=plain(text))


def _form(
    callback_id: str, title: str, submit: str, blocks: Sequence[Block], metadata: str
) -> View:
    return View(
        type="modal",
        callback_id=callback_id,
        title=plain(title),
        submit=plain(submit),
        close=plain("Cancel"),
        blocks=blocks,
        private_metadata=metadata,
    )


def _fields(typed: Mapping[str, Any]) -> list[InputBlock]:
    return [field.drawn(typed.get(field.name)) for field in FIELDS]


def _choice_of(communities: Sequence[Community], chosen: str | None) -> list[InputBlock]:
    if not communities:
        return []
    options = {
        str(community.id): Option(
            value=str(community.id), text=plain(excerpt(community.name, OPTION_LENGTH))
        )
        for community in communities[:OPTIONS_AT_MOST]
    }
    select = StaticSelectElement(
        action_id="community_id",
        placeholder=plain("Choose a community"),
        options=list(options.values()),
        initial_option=options.get(chosen or ""),
    )
    return [InputBlock(block_id="community_id", label=plain("Community"), element=select)]


def _shortened(typed: Mapping[str, Any]) -> list[Block]:
    """Return what happened to a text that is too long for its field."""
    length, most = len(typed.get("happening") or ""), LENGTHS["happening"]
    if length <= most:
        return []
    return [
        plain_section(
            f"Your text has {length:,} characters and {most:,} fit here, so its end is missing. "
            "I send you the rest in private."
        )
    ]


def _warning(
    suspicions: Sequence[Suspicion], typed: Mapping[str, Any] = NOTHING_TYPED
) -> list[Block]:
    """Return what looks like a student's name or number, where it is, and the two ways out."""
    if not suspicions:
        return []
    quoted = ", ".join(_place_of(one, typed) for one in suspicions[:SUSPICIONS_SHOWN])
    more = " and more" if len(suspicions) > SUSPICIONS_SHOWN else ""
    return [
        plain_section(
            f"This may tell who a student is: {quoted}{more}. Nothing is shared yet. "
            "You can take it out, or tick this box."
        ),
        NOBODY_RECOGNISED.drawn(),
    ]


def _place_of(suspicion: Suspicion, typed: Mapping[str, Any]) -> str:
    """Return the words in question and the field they stand in, if there are several fields."""
    for field in (*FIELDS, LEARNED):
        if suspicion.excerpt in " ".join(str(typed.get(field.name) or "").split()):
            return f"“{suspicion.excerpt}” in “{field.label}”"
    return f"“{suspicion.excerpt}”"
