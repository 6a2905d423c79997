"""What whoever leads a consultancy at a hangout can press, and what a press still means later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, ConfirmObject

from handlers.blocks.hangouts.facts import name_of, phrase
from handlers.blocks.message import Message
from handlers.blocks.text import first_upper, plain
from models.consultancies.consultancy import Consultancy
from models.ids import id_from

START = "consultancies.start"
START_ANYWAY = "consultancies.start_anyway"
GO_ON = "consultancies.go_on"
MORE_TIME = "consultancies.more_time"
FINISH = "consultancies.finish"


@dataclass(frozen=True)
class Seen:
    """What somebody sees who presses a button: which step, and its end in seconds.

    Before the start `step` is None and `ends_at` 0.
    """

    consultancy_id: int
    step: int | None
    ends_at: int

    @classmethod
    def of(cls, consultancy: Consultancy) -> Seen:
        return cls(consultancy.id, consultancy.step, consultancy.step_end)

    @classmethod
    def read(cls, value: str) -> Seen:
        """Return what a button's value says; it may be forged, and then leads to nothing."""
        numbers = [*value.split(":"), "", ""]
        ends_at = numbers[2] if numbers[2].isdecimal() and len(numbers[2]) <= 12 else "0"
        return cls(id_from(numbers[0]) or 0, id_from(numbers[1]), int(ends_at))

    @property
    def value(self) -> str:
        step = "" if self.step is None else self.step
        return f"{self.consultancy_id}:{step}:{self.ends_at}"


def another_runs(other: Consultancy, consultancy: Consultancy, names: Mapping[str, str]) -> Message:
    """Ask, in private, whether to start while the group is still at the `other` one."""
    who = first_upper(name_of(other.presenter_id, names))
    line = phrase(f"{who}’s consultancy is still running. Finish it first, or start both.")
    value = Seen.of(consultancy).value
    button = ButtonElement(text="Start anyway", action_id=START_ANYWAY, value=value)
    return Message.of([line.text], [line.block, ActionsBlock(elements=[button])])


def leading_buttons(consultancy: Consultancy) -> list[Block]:
    """Return what whoever leads can press now; after the last step there is none to go on to."""
    if consultancy.finished_at is not None:
        return []
    value = Seen.of(consultancy).value
    if consultancy.step is None:
        start = ButtonElement(text="Start", action_id=START, value=value, style="primary")
        return [ActionsBlock(elements=[start])]
    more = ButtonElement(text="2 more minutes", action_id=MORE_TIME, value=value)
    if consultancy.step + 1 >= len(consultancy.steps):
        end = ButtonElement(text="Finish", action_id=FINISH, value=value, style="primary")
        return [ActionsBlock(elements=[end, more])]
    go_on = ButtonElement(text="Next step", action_id=GO_ON, value=value, style="primary")
    end = ButtonElement(text="Finish", action_id=FINISH, value=value, confirm=_sure_to_finish())
    return [ActionsBlock(elements=[go_on, more, end])]


def _sure_to_finish() -> ConfirmObject:
    return ConfirmObject(
        title="Finish now?",
        text=plain("The steps that are left will not be asked for. The thread stays open."),
        confirm="Finish",
        deny="Go on",
    )
