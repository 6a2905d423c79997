"""The pre-flight form: what I bring to the seat I have, or to the one I wait for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    DividerBlock,
    InputBlock,
    Option,
    StaticSelectElement,
)
from slack_sdk.models.blocks.block_elements import InputInteractiveElement
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField, carried
from handlers.blocks.hangouts.facts import ordinal_word
from handlers.blocks.hangouts.ids import PREPARE_FORM
from handlers.blocks.hangouts.own import Own
from handlers.blocks.problems.fields import plain_section, warning
from handlers.blocks.text import escape, excerpt, plain, section, when
from models.communities import Community
from models.hangouts.bringing import OwnProblems
from models.problems import LENGTHS
from models.student_data import Suspicion

# Slack's limits for the options of a select, and for the text of one.
OPTIONS_AT_MOST, OPTION_LENGTH = 100, 75

QUESTION = TextField(
    name="question",
    label="Your question to colleagues",
    max_length=LENGTHS["question"],
    placeholder="How do I get quiet students into small-group talk?",
    hint="One question to focus on. Leave it empty to use the problem’s own question.",
    is_optional=True,
)
NEW_PROBLEM = (
    TextField(
        name="title",
        label="Title",
        max_length=LENGTHS["title"],
        placeholder="Quiet students in small-group talk",
        is_optional=True,
    ),
    TextField(
        name="happening",
        label="What is happening?",
        max_length=LENGTHS["happening"],
        placeholder="In period 3 the same four students carry every discussion. The others wait.",
        hint="No students’ names, please: “a student in period 3” says enough.",
        is_long=True,
        is_optional=True,
    ),
)


@dataclass(frozen=True, kw_only=True)
class Preparation:
    """What the pre-flight form shows: somebody's place, what they could bring, and who sees it."""

    own: Own
    community: Community
    mine: OwnProblems

    @property
    def place(self) -> str:
        return place_of(self.community)


def place_of(community: Community) -> str:
    """Return what the community's channel is called, such as #math-circle."""
    return f"#{community.channel_name}" if community.channel_name else community.name


def prepare_form(
    preparation: Preparation,
    *,
    asked_in: str | None,
    typed: Mapping[str, Any] | None = None,
    suspicions: Sequence[Suspicion] = (),
) -> View:
    """Return the pre-flight form, with what is brought so far or with what was `typed` instead.

    `asked_in` is the conversation it was opened from; `suspicions` make it ask once more.
    """
    shown = _brought_so_far(preparation) if typed is None else typed
    blocks: list[Block] = [
        section(_what_is_held(preparation)),
        *warning(suspicions, shown),
        *_own_problems(preparation.mine, shown.get("problem_id")),
        QUESTION.drawn(shown.get("question")),
        DividerBlock(),
        plain_section(
            f"Or write a new problem. It is shared in {preparation.place} at once, with your name, "
            "so that thoughts may come before the hangout."
        ),
        *[one.drawn(shown.get(one.name)) for one in NEW_PROBLEM],
    ]
    return form(
        PREPARE_FORM,
        "What I bring",
        "Keep",
        blocks,
        carried(hangout_id=preparation.own.hangout.id, asked_in=asked_in),
    )


def _brought_so_far(preparation: Preparation) -> Mapping[str, Any]:
    signup = preparation.own.signup
    if signup is None:
        return {}
    problem_id = str(signup.problem_id) if signup.problem_id else None
    return {"problem_id": problem_id, "question": signup.question}


def _what_is_held(preparation: Preparation) -> str:
    """Return, as mrkdwn, what somebody holds and who sees what they fill in."""
    own, place = preparation.own, escape(preparation.place)
    moment = when(own.hangout.starts_at, own.hangout.tz)
    if own.position is not None:
        return (
            f"You are {ordinal_word(own.position)} on the list for a seat: {moment}. "
            f"Once a seat is yours, everyone in {place} sees what you bring. "
            "Closing this form keeps your place."
        )
    return (
        f"A seat to present is yours: {moment}. Everyone in {place} sees what you bring. "
        "Closing this form keeps your seat."
    )


def _own_problems(mine: OwnProblems, chosen: str | None) -> list[Block]:
    blocks: list[Block] = []
    options = {
        str(problem.id): _option(str(problem.id), problem.title)
        for problem in mine.problems[:OPTIONS_AT_MOST]
    }
    if options:
        element = StaticSelectElement(
            action_id="problem_id",
            placeholder=plain("Choose one"),
            options=list(options.values()),
            initial_option=options.get(chosen or ""),
        )
        blocks.append(field("problem_id", "One of your open problems", element, optional=True))
    if mine.nameless:
        blocks.append(plain_section(_left_out(mine.nameless)))
    return blocks


def _left_out(nameless: int) -> str:
    """Return why problems shared without a name are not in the list, and the way out."""
    which, thread = ("One problem", "its thread")
    if nameless > 1:
        which, thread = (f"{nameless} problems", "their threads")
    return (
        f"{which} you shared without your name can’t be chosen: whoever presents is seen. "
        f"An asynchronous consultancy in {thread} keeps your name out."
    )


def _option(value: str, text: str) -> Option:
    return Option(value=value, text=plain(excerpt(text, OPTION_LENGTH)))


def field(
    name: str, label: str, element: InputInteractiveElement, *, optional: bool = False
) -> InputBlock:
    """Return a field that holds its answer under `name`."""
    return InputBlock(block_id=name, label=plain(label), element=element, optional=optional)


def form(callback_id: str, title: str, submit: str, blocks: Sequence[Block], metadata: str) -> View:
    """Return a form of ours."""
    return View(
        type="modal",
        callback_id=callback_id,
        title=plain(title),
        submit=plain(submit),
        close=plain("Not now"),
        blocks=blocks,
        private_metadata=metadata,
    )
