"""Beginning a consultancy over some days: what would happen when, and that it begins."""

from __future__ import annotations

from slack_sdk.models.blocks import ButtonElement
from slack_sdk.models.views import View

from handlers.blocks.consultancies.days import LATE_IS_FINE, WITHOUT_NAME, YOU_WITHOUT_NAME
from handlers.blocks.forms import carried
from handlers.blocks.hangouts.facts import Phrase, moment_words, phrase
from handlers.blocks.message import Message
from handlers.blocks.problems.facts import progress
from handlers.blocks.problems.fields import form, plain_section
from handlers.blocks.text import excerpt
from models.consultancies.consultancy import Consultancy
from models.consultancies.days import Plan, moments_of
from models.problems import LENGTHS, Problem
from models.time import zone

# Opens the form; its value is the problem's id.
BEGIN = "consultancies.begin"
BEGIN_FORM = "consultancies.begin_form"


def begin_button(problem: Problem) -> ButtonElement:
    """Return the button that leads to a consultancy in the problem's own thread."""
    label = "Asynchronous consultancy"
    return ButtonElement(text=label, action_id=BEGIN, value=str(problem.id))


def begin_form(problem: Problem, plan: Plan, tz: str, *, is_own: bool = False) -> View:
    """Return what would happen on which day, to be agreed to. `tz` is the community's zone.

    `is_own` says that it is shown to whoever shared the problem.
    """
    blocks = [
        plain_section(
            "I lead colleagues through these steps in the thread of this problem. Everyone who "
            f"sees it there can take part: “{excerpt(problem.focus, LENGTHS['question'])}”"
        ),
        plain_section("\n".join(_days_of(plan, tz))),
        plain_section(f"{LATE_IS_FINE} Resolving the problem ends it."),
    ]
    if problem.is_without_name:
        how = YOU_WITHOUT_NAME if is_own else WITHOUT_NAME
        blocks.append(plain_section(f"Nobody learns who shared it. {how}"))
    metadata = carried(problem_id=problem.id)
    return form(BEGIN_FORM, "Think over some days", "Begin", blocks, metadata)


def _days_of(plan: Plan, tz: str) -> list[str]:
    """Return each step with the day it begins on."""
    days = [moment.astimezone(zone(tz)) for moment in plan.moments]
    return [
        f"{day:%A} {day.day} {day:%B}: {step.name}"
        for day, step in zip(days, plan.protocol.steps, strict=False)
    ]


def when_it_begins(consultancy: Consultancy, tz: str) -> Phrase:
    """Return when the first step comes, or came."""
    if consultancy.step is not None:
        return phrase("now")
    return moment_words(moments_of(consultancy)[0], tz)


def begun(consultancy: Consultancy, tz: str, *, is_new: bool) -> Message:
    """Tell whoever began it, in private, that it begins, or how far it is already."""
    if is_new:
        line = phrase(
            "The consultancy begins ", when_it_begins(consultancy, tz), ", in the problem’s thread."
        )
    else:
        line = phrase(f"There is one already: {progress(consultancy)}. It is in the thread.")
    return Message.of([line.text], [line.block])
