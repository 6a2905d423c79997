"""A consultancy over some days: its steps in the thread of the problem, and what was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, ContextBlock
from slack_sdk.models.blocks import RichTextElementParts as Parts

from handlers.blocks.hangouts.facts import Phrase, moment_words, number_word, phrase
from handlers.blocks.message import Message
from handlers.blocks.problems.cards import MORE, More
from handlers.blocks.text import (
    escape,
    first_upper,
    mention,
    plain,
    said,
)
from models.consultancies.consultancy import Consultancy
from models.consultancies.days import moments_of
from models.consultancies.questions import Gathered
from models.consultancies.steps import Speaks, Step
from models.problems import Problem

# Its value is the consultancy's id.
SEE_QUESTIONS = "consultancies.see_questions"

WHOEVER_BROUGHT_IT = "whoever brought it"
LATE_IS_FINE = "Late answers are welcome: nothing closes when a step is over."
WITHOUT_NAME = "Whoever brought it can answer without their name: the card’s menu does that."
YOU_WITHOUT_NAME = "You can answer without your name: the card’s menu does that."


@dataclass(frozen=True, kw_only=True)
class Days:
    """A consultancy with all that its drawings name.

    `tz` is the community's zone, `names` are display names by member id, `place` is the address of
    the channel's messages and `card_ts` the message of the problem's card, where they are known.
    """

    consultancy: Consultancy
    problem: Problem
    tz: str
    names: Mapping[str, str] = field(default_factory=dict)
    place: str | None = None
    card_ts: str | None = None

    @property
    def presenter(self) -> str:
        """What the presenter is called; whoever shared without a name has none here either."""
        return self.names.get(self.consultancy.presenter_id or "", WHOEVER_BROUGHT_IT)

    @property
    def link_to_card(self) -> str | None:
        return self._link_to(self.card_ts) if self.card_ts else None

    def link_to(self, ts: str) -> str | None:
        """Return the address of a message in the thread."""
        if not self.place or not self.card_ts:
            return None
        channel_id = self.place.rpartition("/")[2]
        return f"{self._link_to(ts)}?thread_ts={self.card_ts}&cid={channel_id}"

    def _link_to(self, ts: str) -> str | None:
        return f"{self.place}/p{ts.replace('.', '')}" if self.place else None


def step_post(days: Days, number: int) -> Message:
    """Return what the thread hears when a step begins. Steps are counted from 0."""
    steps = days.consultancy.all_steps
    step, until = steps[number], moments_of(days.consultancy)[number + 1]
    headline = phrase(
        phrase(f"Step {number + 1} of {len(steps)}: {step.name}", bold=True),
        " · until ",
        moment_words(until, days.tz),
    )
    prompt = Phrase(tuple(said(step.prompt)), escape(step.prompt))
    body = phrase(_who_writes(days, step, number), "\n", prompt)
    facts = LATE_IS_FINE
    if days.problem.is_without_name and not step.is_presenter_silent:
        facts = f"{WITHOUT_NAME} {facts}"
    blocks: list[Block] = [
        headline.block,
        body.block,
        ContextBlock(elements=[plain(facts)]),
        *_questions_button(days.consultancy, steps[: number + 1]),
    ]
    return Message.of([headline.text, body.text, escape(facts)], blocks)


def _who_writes(days: Days, step: Step, number: int) -> Phrase:
    """Return whose turn it is; the presenter is called when it is theirs after a while."""
    presenter = first_upper(days.presenter)
    match step.speaks:
        case Speaks.PRESENTER if number == 0:
            return phrase(f"{presenter} may add to the problem above; everybody else reads.")
        case Speaks.PRESENTER:
            return phrase(_called(days), " writes, everybody else reads.")
        case Speaks.QUESTIONS:
            return phrase(f"The group asks, {days.presenter} answers.")
        case Speaks.GROUP:
            holds_back = phrase(f"{presenter} reads and holds back", bold=True)
            why = "that is part of it. Ideas come more freely when none needs an answer."
            return phrase("The group thinks aloud. ", holds_back, f": {why}")
        case _:
            return phrase("Everybody writes.")


def _called(days: Days) -> Phrase:
    """Return the presenter as a mention, for whom nothing else in the thread is a sign."""
    member_id = days.consultancy.presenter_id
    if member_id is None:
        return phrase(first_upper(WHOEVER_BROUGHT_IT))
    return Phrase((Parts.User(user_id=member_id),), mention(member_id))


def closing_post(days: Days, gathered: Gathered) -> Message:
    """Return the last word in the thread: what came together, and how to keep what was learned."""
    lines = [phrase(phrase("The consultancy is over. ", bold=True), _thanks(gathered))]
    if not days.problem.is_without_name:
        invited = f"{first_upper(days.presenter)}, when you know what helped"
    else:
        invited = "When whoever brought it knows what helped"
    resolve = phrase("Resolve", bold=True)
    lines.append(phrase(f"{invited}: ", resolve, " keeps it for the next person who meets this."))
    value = More.RESOLVE.about(days.problem)
    buttons = [ButtonElement(text="Resolve", action_id=MORE, value=value)]
    if gathered.questions:
        buttons.append(see_questions(days.consultancy))
    return Message.of(
        [line.text for line in lines],
        [*(line.block for line in lines), ActionsBlock(elements=buttons)],
    )


def _thanks(gathered: Gathered) -> Phrase:
    if not gathered.messages:
        return phrase("The thread stays open: ideas are welcome any time.")
    who = _how_many(gathered.people, "colleague")
    asked = f", with {_how_many(gathered.questions, 'question')}" if gathered.questions else ""
    return phrase(first_upper(f"{who} wrote{asked}. Thank you for thinking along."))


def _how_many(number: int, what: str) -> str:
    """Return such as "one colleague" or "12 questions"."""
    return f"{number_word(number)} {what}{'' if number == 1 else 's'}"


def _questions_button(consultancy: Consultancy, steps: Sequence[Step]) -> list[Block]:
    """Return the way to what was asked, once there has been a step for questions."""
    if not any(step.gathers_questions for step in steps):
        return []
    return [ActionsBlock(elements=[see_questions(consultancy)])]


def see_questions(consultancy: Consultancy) -> ButtonElement:
    value = str(consultancy.id)
    return ButtonElement(text="See the questions", action_id=SEE_QUESTIONS, value=value)
