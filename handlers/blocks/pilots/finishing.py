"""Finishing a pilot: the form with the prediction above the result, and what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    InputBlock,
    Option,
    RadioButtonsElement,
)
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField, carried
from handlers.blocks.hangouts.facts import phrase
from handlers.blocks.message import Message
from handlers.blocks.pilots.buttons import next_cycle_button, share_button, show_button
from handlers.blocks.pilots.chart_phrases import values_said
from handlers.blocks.pilots.chart_words import LAST_SHOWN, chart_words
from handlers.blocks.pilots.ids import FINISH, start_button
from handlers.blocks.pilots.lists import which_for
from handlers.blocks.practices.ids import ADD, add_value
from handlers.blocks.problems.fields import form, plain_section, warning
from handlers.blocks.text import excerpt, plain
from models.pilots.evidence import Evidence
from models.pilots.finishing import LENGTHS, AsPlanned
from models.pilots.pilot import Circle, Decision, Matched, Pilot
from models.student_data import Suspicion

FINISH_FORM = "pilots.finish_form"
# Slack takes 3,000 characters in a section (slack-facts 1.3); a longer prediction is cut for it.
SECTION_LENGTH = 2900

RESULT = TextField(
    name="result",
    label="What happened?",
    max_length=LENGTHS["result"],
    placeholder="From week three on, 20 of 26 wrote an answer on Fridays.",
    is_long=True,
)
LEARNED = TextField(
    name="learned",
    label="What did you learn?",
    max_length=LENGTHS["learned"],
    placeholder="One question is enough. Two, and they run out of time.",
    hint="Kept, changed or dropped: each is a result. What should the next person know?",
    is_long=True,
)
WHY = TextField(
    name="why",
    label="Why?",
    max_length=LENGTHS["why"],
    placeholder="It takes five minutes and shows me who needs help on Monday.",
    is_long=True,
    is_optional=True,
)
MATCHED_LABELS = {
    Matched.YES: "As I predicted",
    Matched.PARTLY: "Partly",
    Matched.NO: "Not as I predicted",
}
PLANNED_LABELS = {
    AsPlanned.YES: "As planned",
    AsPlanned.PARTLY: "Partly",
    AsPlanned.NO: "Not as planned",
}
DECISION_LABELS = {
    Decision.ADOPT: "Keep it",
    Decision.ADAPT: "Change it and try again",
    Decision.ABANDON: "Let it go",
}


def finish_form(
    pilot: Pilot,
    evidence: Evidence,
    typed: Mapping[str, Any] | None = None,
    suspicions: Sequence[Suspicion] = (),
    asked_in: str | None = None,
) -> View:
    """Return the form; a pilot that was finished before comes with what was written then."""
    shown = _kept(pilot) if typed is None else typed
    blocks: list[Block] = [
        plain_section(_who_sees(pilot)),
        plain_section(excerpt(f"You predicted: {pilot.prediction}", SECTION_LENGTH)),
        plain_section(_noted(evidence)),
        *warning(suspicions, shown),
        RESULT.drawn(shown.get("result")),
        _choice("matched", "Beside your prediction", MATCHED_LABELS, shown),
        LEARNED.drawn(shown.get("learned")),
        _choice("decision", "What now?", DECISION_LABELS, shown),
        WHY.drawn(shown.get("why")),
        _choice("as_planned", "Did you do it as planned?", PLANNED_LABELS, shown, is_optional=True),
    ]
    title = "Finish the pilot" if pilot.finished_at is None else "Change the outcome"
    metadata = carried(pilot_id=pilot.id, asked_in=asked_in)
    return form(FINISH_FORM, title, "Save", blocks, metadata)


def _kept(pilot: Pilot) -> Mapping[str, Any]:
    names = ("result", "matched", "learned", "decision", "why", "as_planned")
    return {name: getattr(pilot, name) for name in names}


def _who_sees(pilot: Pilot) -> str:
    if pilot.circle == Circle.ME:
        return f"{pilot.own_name}: this ends the test. Only you see it, until you share it."
    return f"{pilot.own_name}: this ends the test. Everyone who sees its card sees this as well."


def _noted(evidence: Evidence) -> str:
    """Return what the values show; without any it is no less of a pilot."""
    if not evidence.observed:
        return "You noted no values on the way. That happens; what you remember counts as well."
    last = values_said(evidence.observed[-LAST_SHOWN:])
    earlier = "… " if len(evidence.observed) > LAST_SHOWN else ""
    return f"You noted: {earlier}{last}. {' '.join(chart_words(evidence))}"


def _choice(
    name: str,
    label: str,
    labels: Mapping[Any, str],
    shown: Mapping[str, Any],
    *,
    is_optional: bool = False,
) -> InputBlock:
    options = {
        str(value): Option(value=str(value), text=plain(text)) for value, text in labels.items()
    }
    element = RadioButtonsElement(
        action_id=name,
        options=list(options.values()),
        initial_option=options.get(str(shown.get(name) or "")),
    )
    return InputBlock(block_id=name, label=plain(label), optional=is_optional, element=element)


def finished(pilot: Pilot) -> Message:
    """Tell the teacher that it is kept, and the next step that fits the decision."""
    match pilot.decision:
        case Decision.ABANDON:
            first = (
                "Thank you for trying it and for letting it go with open eyes. That is what a "
                "small test is for: the next person begins with what you learned."
            )
        case Decision.ADAPT:
            first = (
                "Noted. The next cycle goes on with the same measure, so both stand on one chart; "
                "you only say what you change."
            )
        case _:
            first = "Noted: you keep it. What you learned stands with the pilot."
    then = " Others may like to know." if pilot.circle == Circle.ME else " Its card shows it too."
    buttons = [next_cycle_button(pilot)] if pilot.decision == Decision.ADAPT else []
    if pilot.circle == Circle.ME:
        buttons.append(share_button(pilot))
    if pilot.decision == Decision.ADOPT and pilot.practice_id is None:
        value = add_value(pilot.id)
        add = ButtonElement(text="Add it to the tool belt", action_id=ADD, value=value)
        buttons.append(add)
    return _with(first + then, [*buttons, show_button(pilot)])


def nothing_to_finish() -> Message:
    return _with(
        "None of your pilots is running. A pilot is one small test with one class for two weeks.",
        [start_button()],
    )


def which_to_finish(pilots: Sequence[Pilot]) -> Message:
    """Ask which of several is meant, with a button each."""
    return which_for("Which of your pilots do you want to finish?", pilots, ("Finish", FINISH))


def _with(text: str, buttons: Sequence[ButtonElement]) -> Message:
    said = phrase(text)
    return Message.of([said.text], [said.block, ActionsBlock(elements=buttons)])
