"""Protocols: the list of those a community can choose from, and the form for its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    Option,
    OverflowMenuElement,
    SectionBlock,
)
from slack_sdk.models.views import View

from handlers.blocks.consultancies.steps import counted, duration
from handlers.blocks.forms import TextField, carried
from handlers.blocks.hangouts.facts import Phrase, phrase
from handlers.blocks.message import Message
from handlers.blocks.text import escape, excerpt, plain
from models.communities import Community
from models.consultancies.editing import STEPS_LENGTH, as_typed
from models.consultancies.protocols import COPY, NAME_LENGTH, Protocol
from models.consultancies.steps import Speaks

# A built-in protocol's button, and the menu of a community's own; both hold a Wanted.
COPY_PROTOCOL = "consultancies.copy_protocol"
CHANGE_PROTOCOL = "consultancies.change_protocol"
PROTOCOL_FORM = "consultancies.protocol_form"
DELETE_PROTOCOL = "consultancies.delete_protocol"

NAME = TextField(
    name="name",
    label="Name",
    max_length=NAME_LENGTH,
    placeholder="Our short consultancy",
)
_WHAT_THEY_ARE = (
    "A protocol is a few timed steps in which colleagues think about one problem. "
    "Choose one for your hangouts in /hangout plan."
)
_EXAMPLES = "\n".join(
    [
        f"5 Present ({Speaks.PRESENTER}): What happens, and what have you tried?",
        f"3 Short questions ({Speaks.QUESTIONS}): The group asks, the presenter answers.",
        f"9 Discuss ({Speaks.GROUP}): The group talks, the presenter listens.",
        f"2 Pause ({Speaks.WRITING}): Each writes one idea down.",
        f"4 Look back ({Speaks.EVERYBODY}): How was it to work like this?",
    ]
)


class Wish(StrEnum):
    """What somebody wants to do with a protocol."""

    COPY = "copy"
    EDIT = "edit"
    DELETE = "delete"


# Characters; what has more steps than a few reads like a list of duties.
STEPS_SHOWN = 200
# What the steps of a protocol in rounds begin with.
_ROUND = re.compile(r"^Round \d+ · ", re.IGNORECASE)
_LABELS = {Wish.EDIT: "Edit", Wish.COPY: "Copy and edit", Wish.DELETE: "Delete"}


@dataclass(frozen=True)
class Wanted:
    """What a button or a menu's choice asks for: a wish about a protocol of a community."""

    wish: Wish
    community_id: str
    key: str

    @classmethod
    def read(cls, value: str) -> Wanted | None:
        """Return what a value asks for, None for a forged one; the ids still have to be checked."""
        wish, _, rest = value.partition(" ")
        community_id, _, key = rest.partition(" ")
        return cls(Wish(wish), community_id, key) if wish in list(Wish) else None

    @property
    def value(self) -> str:
        return f"{self.wish} {self.community_id} {self.key}"


def protocol_list(
    protocols: Sequence[Protocol], community: Community, *, may_change: bool
) -> Message:
    """Return all that the community can choose from; `may_change` adds what facilitators do."""
    rows: list[Block] = [_section(_WHAT_THEY_ARE)]
    lines = [_WHAT_THEY_ARE]
    for protocol in protocols:
        shown = _words_of(protocol)
        lines.append(shown.text)
        rows.append(shown.block)
        if may_change:
            rows.append(ActionsBlock(elements=[_change(protocol, community)]))
    return Message.of(lines, rows)


def protocol_form(
    protocol: Protocol, community: Community, wish: Wish, typed: Mapping[str, Any] | None = None
) -> View:
    """Return the form for a copy of this protocol, or for changing it."""
    title = "" if wish is Wish.COPY else protocol.name
    unit = "days" if protocol.is_asynchronous else "minutes"
    answers = {"name": title, "steps": as_typed(protocol)} | dict(typed or {})
    about = (
        f"{community.name} can choose this protocol for its hangouts; everyone there can read it. "
        "What runs already keeps its steps."
    )
    return View(
        type="modal",
        callback_id=PROTOCOL_FORM,
        title="Our own protocol",
        submit="Keep it",
        close="Cancel",
        private_metadata=carried(community_id=community.id, key=protocol.key, wish=wish),
        blocks=[
            _section(about),
            NAME.drawn(answers["name"]),
            _steps_field(unit).drawn(answers["steps"]),
            _section(_EXAMPLES),
        ],
    )


def _steps_field(unit: str) -> TextField:
    return TextField(
        name="steps",
        label="Steps, one a line",
        max_length=STEPS_LENGTH,
        placeholder="9 The group discusses (group): What did we hear?",
        hint=(
            f"A line is the {unit}, a name, who speaks in brackets, and after a colon what to do. "
            "Below is an example for each who may speak."
        ),
        is_long=True,
    )


def delete_protocol_form(protocol: Protocol, community: Community) -> View:
    """Return the question whether to delete a community's own protocol."""
    about = (
        f"“{protocol.name}” is offered no more. Hangouts planned with it take the protocol it was "
        "made from; what runs already keeps its steps."
    )
    return View(
        type="modal",
        callback_id=DELETE_PROTOCOL,
        title="Delete this protocol?",
        submit="Delete",
        close="Keep it",
        private_metadata=carried(community_id=community.id, key=protocol.key),
        blocks=[_section(about)],
    )


def protocol_kept(protocol: Protocol) -> Message:
    """Return the answer to whoever keeps a protocol."""
    steps = counted(len(protocol.steps), "step")
    what = f"“{protocol.name}” is kept: {steps}, {duration(protocol)}."
    where = "Choose it in /hangout plan."
    if protocol.is_asynchronous:
        where = "The next consultancy over some days takes it."
    return _note(f"{what} {where}")


def protocol_deleted(protocol: Protocol) -> Message:
    return _note(f"“{protocol.name}” is deleted. /hangout protocols shows the others.")


def _note(text: str) -> Message:
    return Message.of([escape(text)], [_section(text)])


def _section(text: str) -> SectionBlock:
    return SectionBlock(text=plain(text))


def _words_of(protocol: Protocol) -> Phrase:
    """Return a protocol in three lines: its name and length, its steps, where it comes from."""
    steps = excerpt(" · ".join(_shown(protocol)), STEPS_SHOWN)
    source = f"{'Yours, after' if protocol.key.startswith(COPY) else 'From'}: {protocol.source}"
    rounds, cycle = _rounds(protocol)
    if rounds > 1:
        steps = f"{rounds} rounds of: {excerpt(' · '.join(cycle), STEPS_SHOWN)}"
    name = phrase(protocol.name, bold=True)
    return phrase(name, f" · {duration(protocol)}\n{steps}\n{source}")


def _shown(protocol: Protocol) -> list[str]:
    return [f"{step.name} {step.days or step.minutes}" for step in protocol.steps]


def _rounds(protocol: Protocol) -> tuple[int, list[str]]:
    """Return how often the same steps come one after the other, and what they are."""
    steps = [_ROUND.sub("", shown).casefold() for shown in _shown(protocol)]
    for length in range(1, len(steps) // 2 + 1):
        times, rest = divmod(len(steps), length)
        if not rest and steps == steps[:length] * times:
            return times, steps[:length]
    return 1, steps


def _change(protocol: Protocol, community: Community) -> ButtonElement | OverflowMenuElement:
    def value_of(wish: Wish) -> str:
        return Wanted(wish, str(community.id), protocol.key).value

    if not protocol.key.startswith(COPY):
        return ButtonElement(
            text=_LABELS[Wish.COPY], action_id=COPY_PROTOCOL, value=value_of(Wish.COPY)
        )
    return OverflowMenuElement(
        action_id=CHANGE_PROTOCOL,
        options=[Option(value=value_of(wish), text=label) for wish, label in _LABELS.items()],
    )
