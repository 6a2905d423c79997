"""The card of a problem, as it stands in the channel: open, resolved or withdrawn."""

from __future__ import annotations

from enum import StrEnum

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    Option,
    OverflowMenuElement,
    RichTextElement,
    RichTextElementParts,
)

from handlers.blocks.hangouts.facts import Phrase
from handlers.blocks.hangouts.ids import BRING
from handlers.blocks.message import Message
from handlers.blocks.problems.facts import Legend, facts, facts_line, fits_in_facts
from handlers.blocks.text import escape, first_upper, link, mention, paragraph, said, words
from models.problems import Problem, Standing

ME_TOO = "problems.me_too"
OFFER_HELP = "problems.offer_help"
MORE = "problems.more"
# Slack takes five choices in a menu (slack-facts 1.3).
CHOICES_AT_MOST = 5


class More(StrEnum):
    """What the card's menu offers. Everyone sees it; who may do it is asked on the press."""

    EDIT = "edit"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    ANSWER = "answer"
    CONSULT = "consult"
    ATTACH = "attach"
    DELETE = "delete"

    def about(self, problem: Problem) -> str:
        """Return the value of this choice for that problem, as `chosen` reads it."""
        return f"{self}:{problem.id}"


_LABELS = {
    More.EDIT: "Edit",
    More.RESOLVE: "Resolve",
    More.REOPEN: "Reopen",
    More.ANSWER: "Answer without my name",
    More.CONSULT: "Asynchronous consultancy",
    More.ATTACH: "Attach a material",
    More.DELETE: "Delete",
}


def chosen(value: str) -> tuple[More | None, str]:
    """Return what was chosen in the menu and the problem's id; a forged choice is None."""
    choice, _, problem_id = value.partition(":")
    return (More(choice) if choice in list(More) else None), problem_id


def problem_card(standing: Standing, legend: Legend, materials: Phrase | None = None) -> Message:
    """Return the card as it is now; `materials` are those attached, in one line."""
    problem = standing.problem
    if problem.deleted_at is not None:
        return _withdrawn()
    asker, asker_said = _asker(problem, legend)
    thinks = "would like to think about:" if problem.is_open else "thought about:"
    known = [*([] if problem.is_open else ["resolved"]), *facts(standing, legend)]
    headline = paragraph(asker, words(f" {thinks}\n"), *said(problem.focus, bold=True))
    text = [f"{asker_said} {thinks} {escape(problem.focus)}", *_screen_text(problem)]
    attached = [materials] if materials else []
    return Message.of(
        [*text, *(line.text for line in attached), escape(" · ".join(known))],
        [
            headline,
            *_body(problem),
            *_source(problem),
            *(line.block for line in attached),
            facts_line(known),
            _buttons(problem, legend),
        ],
    )


def _asker(problem: Problem, legend: Legend) -> tuple[RichTextElement, str]:
    """Return who asks, as rich text and as mrkdwn; Slack fills in a name we do not know yet."""
    if problem.author_id and problem.author_id not in legend.names:
        return RichTextElementParts.User(user_id=problem.author_id), mention(problem.author_id)
    name = first_upper(legend.asker(problem))
    return words(name, bold=True), escape(name)


def _body(problem: Problem) -> list[Block]:
    blocks: list[Block] = []
    if problem.question:
        blocks.append(paragraph(*said(problem.title)))
    blocks.append(paragraph(*said(problem.happening)))
    if problem.tried and not fits_in_facts(problem.tried):
        blocks.append(paragraph(words("Tried so far: ", bold=True), *said(problem.tried)))
    if problem.learned and not problem.is_open:
        blocks.append(paragraph(words("What was learned: ", bold=True), *said(problem.learned)))
    return blocks


def _source(problem: Problem) -> list[Block]:
    """Return the way to the message it was made from; without a name none is ever kept."""
    address = problem.source_permalink
    return [paragraph(words("From "), link("a message", address))] if address else []


def _screen_text(problem: Problem) -> list[str]:
    """Return what the body says, what was learned first: a long text loses its end."""
    return [
        escape(problem.title) if problem.question else "",
        f"What was learned: {escape(problem.learned)}"
        if problem.learned and not problem.is_open
        else "",
        escape(problem.happening),
        f"Tried so far: {escape(problem.tried)}"
        if problem.tried and not fits_in_facts(problem.tried)
        else "",
    ]


def _buttons(problem: Problem, legend: Legend) -> ActionsBlock:
    value = str(problem.id)
    buttons = [
        ButtonElement(text="Me too", action_id=ME_TOO, value=value),
        ButtonElement(text="I can help", action_id=OFFER_HELP, value=value),
        ButtonElement(text="Bring to a hangout", action_id=BRING, value=value),
    ]
    menu = _menu(problem, is_thought_about=legend.consultancy(problem) is not None)
    return ActionsBlock(elements=[*(buttons if problem.is_open else []), menu])


def _menu(problem: Problem, *, is_thought_about: bool) -> OverflowMenuElement:
    choices = [More.EDIT, More.RESOLVE if problem.is_open else More.REOPEN]
    if problem.is_without_name:
        choices.append(More.ANSWER)
    if problem.is_open and not is_thought_about:
        choices.append(More.CONSULT)
    if len(choices) < CHOICES_AT_MOST - 1:
        # Where there is no room, the answer to “I can help” still offers it.
        choices.append(More.ATTACH)
    return OverflowMenuElement(
        action_id=MORE,
        options=[
            Option(value=choice.about(problem), text=_LABELS[choice])
            for choice in [*choices, More.DELETE]
        ],
    )


def _withdrawn() -> Message:
    words_of_it = "This problem was withdrawn. What colleagues wrote stays in its thread."
    return Message.of([words_of_it], [paragraph(words(words_of_it))])
