"""What the forms about a problem share: their fields, and the warning about students' names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock, Option, SectionBlock, StaticSelectElement
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField, TickField
from handlers.blocks.text import plain
from models.problems import LENGTHS, WantedHelp
from models.student_data import Suspicion, suspicions

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
HELP_CHOICES: Mapping[WantedHelp, str] = MappingProxyType(
    {
        WantedHelp.IDEAS: "Ideas in the thread",
        WantedHelp.HANGOUT: "A consultancy at a hangout",
        WantedHelp.ASYNCHRONOUS: "A consultancy in the thread, over some days",
    }
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
    choice="Nobody can be recognised, keep it as it is",
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


def fields(typed: Mapping[str, Any]) -> list[InputBlock]:
    """Return the fields that sharing and editing have in common, with what is typed already."""
    drawn = [field.drawn(typed.get(field.name)) for field in FIELDS]
    return [*drawn, _wanted_help(typed.get("wanted_help"))]


def _wanted_help(chosen: str | None) -> InputBlock:
    options = {
        str(choice): Option(value=str(choice), text=plain(label))
        for choice, label in HELP_CHOICES.items()
    }
    select = StaticSelectElement(
        action_id="wanted_help",
        options=list(options.values()),
        initial_option=options.get(chosen or "", options[WantedHelp.IDEAS]),
    )
    hint = "A consultancy goes step by step: questions first, ideas later."
    return InputBlock(
        block_id="wanted_help", label=plain("What would help?"), hint=plain(hint), element=select
    )


def form(callback_id: str, title: str, submit: str, blocks: Sequence[Block], metadata: str) -> View:
    return View(
        type="modal",
        callback_id=callback_id,
        title=plain(title),
        submit=plain(submit),
        close=plain("Cancel"),
        blocks=blocks,
        private_metadata=metadata,
    )


def plain_section(text: str) -> SectionBlock:
    return SectionBlock(text=plain(text))


def doubts_about(text: str, answers: Mapping[str, Any]) -> list[Suspicion]:
    """Return what may tell who a student is, unless the writer has said that nothing does."""
    return [] if answers.get(NOBODY_RECOGNISED.name) else suspicions(text)


def warning(
    suspicions: Sequence[Suspicion], typed: Mapping[str, Any] = NOTHING_TYPED
) -> list[Block]:
    """Return what looks like a student's name or number, where it is, and the two ways out."""
    if not suspicions:
        return []
    quoted = ", ".join(_place_of(one, typed) for one in suspicions[:SUSPICIONS_SHOWN])
    more = " and more" if len(suspicions) > SUSPICIONS_SHOWN else ""
    return [
        plain_section(
            f"This may tell who a student is: {quoted}{more}. Nothing is kept yet. "
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
