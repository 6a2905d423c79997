"""A consultancy at a hangout: its card in the channel, and the steps in its thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from slack_sdk.models.blocks import Block, ContextBlock, RichTextElementParts

from handlers.blocks.consultancies.pressing import leading_buttons
from handlers.blocks.consultancies.steps import counted, who_speaks
from handlers.blocks.hangouts.facts import Phrase, focus_of, linked, name_of, phrase
from handlers.blocks.message import Message
from handlers.blocks.text import escape, first_upper, plain, said
from models.consultancies.consultancy import Consultancy
from models.consultancies.steps import Step
from models.hangouts.hangout import Hangout
from models.problems import Problem
from models.time import zone

# How many of those who may lead a sentence names.
NAMED_AT_MOST = 2


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A consultancy with all that its drawings name.

    `link` leads to the problem's card; `leader_ids` are whom the group looks to; `names` are
    display names by member id.
    """

    consultancy: Consultancy
    hangout: Hangout
    problem: Problem | None = None
    link: str | None = None
    leader_ids: Sequence[str] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def presenter(self) -> str:
        return name_of(self.consultancy.presenter_id, self.names)

    @property
    def host(self) -> str:
        """Who may press; whoever reads it is one of a few."""
        known = [self.names[one] for one in self.leader_ids if one in self.names]
        return " or ".join(known[:NAMED_AT_MOST]) or "a facilitator"

    def place_of(self, step: int) -> str:
        """Return which step it is, such as "Step 2 of 4"."""
        return f"Step {step + 1} of {len(self.consultancy.steps)}"


def headline_card(scene: Scene) -> Message:
    """Return the card that heads the thread: who presents what, who leads, where we are."""
    if scene.problem is not None and scene.problem.deleted_at is not None:
        gone = phrase("This problem was withdrawn. What colleagues wrote stays in the thread.")
        return Message.of([gone.text], [gone.block])
    lines = [_topic(scene), _source(scene), _state(scene)]
    shown = [line for line in lines if line]
    facts = _facts(scene)
    return Message.of(
        [*(line.text for line in shown), escape(facts)],
        [
            *(line.block for line in shown),
            ContextBlock(elements=[plain(facts)]),
            *leading_buttons(scene.consultancy),
        ],
    )


def step_message(scene: Scene, number: int) -> Message:
    """Return the prompt of a step, counted from 0; only the present one has time and buttons."""
    consultancy = scene.consultancy
    step = consultancy.all_steps[number]
    is_present = consultancy.is_running and consultancy.step == number
    place = phrase(scene.place_of(number), _until(scene) if is_present else "")
    prompt = Phrase(tuple(said(step.prompt)), escape(step.prompt))
    body = phrase(
        phrase(step.name, bold=True), "\n", who_speaks(step, scene.presenter), "\n", prompt
    )
    advice = _advice(scene) if number == 0 else ""
    blocks: list[Block] = [place.block, body.block]
    if advice:
        blocks.append(ContextBlock(elements=[plain(advice)]))
    return Message.of(
        [place.text, body.text, escape(advice)],
        [*blocks, *(leading_buttons(consultancy) if is_present else [])],
    )


def time_is_up(scene: Scene, number: int) -> Message:
    """Return the gentle word at the end of a step."""
    steps = scene.consultancy.all_steps
    over = phrase("Time is up for ", phrase(steps[number].name, bold=True), ". ")
    more = phrase("2 more minutes", bold=True)
    if number + 1 < len(steps):
        press, first = _bold("Next step"), ""
    else:
        press, first = _bold("Finish"), "It was the last step. "
    who = f"{first}{first_upper(scene.host)}, press "
    end = phrase(who, press, " when the group is ready. If it needs longer: ", more, ".")
    message = phrase(over, end)
    return Message.of([message.text], [message.block])


def _bold(text: str) -> Phrase:
    return phrase(text, bold=True)


def _topic(scene: Scene) -> Phrase:
    focus = focus_of(scene.consultancy.question, scene.problem)
    name = _bold(first_upper(scene.presenter))
    if focus is None:
        return phrase(name, " presents and brings the question along.")
    question = Phrase(tuple(said(focus, bold=True)), escape(focus))
    return phrase(name, " presents:\n", question)


def _source(scene: Scene) -> Phrase:
    if scene.problem is None:
        return phrase("")
    if focus_of(scene.consultancy.question, scene.problem) == scene.problem.title:
        # The title is said already.
        return linked("The problem and its answers", scene.link) if scene.link else phrase("")
    return phrase("From the problem ", linked(scene.problem.title, scene.link))


def _state(scene: Scene) -> Phrase:
    consultancy = scene.consultancy
    if consultancy.finished_at is not None:
        if consultancy.step is None:
            return phrase("The hangout is over. Ideas are still welcome in the thread.")
        return phrase(_bold("Finished."), " More ideas are welcome in the thread.")
    if consultancy.step is None:
        return phrase("When everybody is here, ", scene.host, " presses ", _bold("Start"), ".")
    step = consultancy.all_steps[consultancy.step]
    return phrase(_bold(scene.place_of(consultancy.step)), f" · {step.name}", _until(scene))


def _facts(scene: Scene) -> str:
    consultancy = scene.consultancy
    steps = consultancy.all_steps
    minutes = counted(sum(step.minutes for step in steps), "minute")
    return " · ".join(
        [
            first_upper(f"{scene.host} leads"),
            f"{consultancy.protocol_name}, {minutes}",
            _roles(scene, steps),
        ]
    )


def _roles(scene: Scene, steps: tuple[Step, ...]) -> str:
    if any(step.takes_turns for step in steps):
        return "each presents once, the others ask and think along"
    if any(step.is_presenter_silent for step in steps):
        return f"the others ask, then think aloud while {scene.presenter} listens"
    return "the others listen, ask and think along"


def _until(scene: Scene) -> Phrase:
    ends_at = scene.consultancy.step_ends_at
    return phrase(" · until ", _clock_time(ends_at, scene.hangout.tz)) if ends_at else phrase("")


def _clock_time(moment: datetime, tz: str) -> Phrase:
    """Return the time of day, in each reader's own zone; the fallback is that of `tz`."""
    seconds, local = int(moment.timestamp()), f"{moment.astimezone(zone(tz)):%H:%M}"
    piece = RichTextElementParts.Date(
        timestamp=seconds, format="{time}", fallback=local, style={"bold": True}
    )
    return Phrase((piece,), f"<!date^{seconds}^{{time}}|{local}>")


def _advice(scene: Scene) -> str:
    return (
        f"For {scene.host}: silence is thinking time, so count to ten before you help. "
        "Advice that comes too early can wait for the discussion. "
        "If a step is done before its time, go on."
    )
