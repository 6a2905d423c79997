"""What the bot says about a problem: to its author, to whoever offers help, and in its thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    RichTextElement,
    RichTextElementParts,
)

from handlers.blocks.message import Message
from handlers.blocks.problems.facts import Legend, first_upper
from handlers.blocks.request import with_kept
from handlers.blocks.text import bullets, day, escape, excerpt, link, paragraph, said, words
from models.problems import LENGTHS, Problem, Standing

# Buttons under what the bot says to an author in private.
ANSWER = "problems.answer"
MUTE_OFFERS = "problems.mute_offers"
# The kind of message that MUTE_OFFERS switches off, as Member.muted keeps it.
OFFERS = "problems.offers"

SIMILAR_AT_MOST = 3
LEARNED_LENGTH = 200


def shared_confirmation(
    problem: Problem, channel_id: str, similar: Sequence[Standing], legend: Legend
) -> Message:
    """Tell the author that it worked, with up to three earlier problems like it."""
    pieces = [
        words("Shared in "),
        RichTextElementParts.Channel(channel_id=channel_id),
        words(": "),
        link(problem.focus, legend.link(problem)),
    ]
    first = f"Shared in <#{channel_id}>: {escape(problem.focus)}"
    if not similar:
        then = "Answers come in its thread. If nobody has one in two days, I bring it back once."
        return Message.of([first, then], [paragraph(*pieces), paragraph(words(then))])
    shown = similar[:SIMILAR_AT_MOST]
    then = "Something like it came up before:"
    return Message.of(
        [first, then, *(_line(one, legend) for one in shown)],
        [
            paragraph(*pieces),
            paragraph(words(then)),
            bullets(*(_bullet(one, legend) for one in shown)),
        ],
    )


def resolution(problem: Problem) -> Message:
    """Return what the thread hears when its problem is resolved."""
    first = "This problem is resolved. Thank you for thinking along."
    learned = problem.learned or ""
    return Message.of(
        [first, f"What was learned: {escape(learned)}"],
        [
            paragraph(words(first)),
            paragraph(words("What was learned: ", bold=True), *said(learned)),
        ],
    )


def answer_without_name(answer: str) -> Message:
    """Return an answer of whoever shared the problem without a name, said by the bot for them."""
    first = "Whoever shared this problem answers:"
    return Message.of(
        [first, escape(answer)], [paragraph(words(first, bold=True), words("\n"), *said(answer))]
    )


def return_message(problem: Problem, legend: Legend, tz: str, now: datetime) -> Message:
    """Bring back a problem that nobody answered yet. `tz` is the community's zone."""
    on = day(problem.shared_at, tz, now)
    is_named = problem.author_id is not None and problem.author_id in legend.names
    whose = f"{legend.asker(problem)}’s" if is_named else "A"
    first = f"{whose} question from {on} is still open:"
    last = "One sentence of what worked for you is plenty."
    question = link(problem.focus, legend.link(problem), bold=True)
    return Message.of(
        [f"{escape(first)} {escape(problem.focus)}", last],
        [paragraph(words(f"{first} "), question), paragraph(words(last))],
    )


def offer_notice(problem: Problem, helper_id: str, legend: Legend) -> Message:
    """Tell the author, in private, that somebody can help."""
    helper = first_upper(legend.name(helper_id))
    first = f"{helper} can help with your problem:"
    last = "A word in its thread is a good start."
    elements = [ButtonElement(text="Stop telling me", action_id=MUTE_OFFERS, value=OFFERS)]
    if problem.is_without_name:
        last = f"{helper} can’t see that it is yours. You can answer in its thread without a name."
        answer = ButtonElement(
            text="Answer without my name", action_id=ANSWER, value=str(problem.id)
        )
        elements.insert(0, answer)
    return Message.of(
        [f"{escape(first)} {escape(problem.title)}", escape(last)],
        [
            paragraph(words(f"{first} "), link(problem.title, legend.link(problem))),
            paragraph(words(last)),
            ActionsBlock(elements=elements),
        ],
    )


def offer_thanks(problem: Problem, legend: Legend) -> Message:
    """Tell whoever offered help, in private, that it arrived."""
    asker = first_upper(legend.asker(problem)) if problem.author_id else "Whoever asked"
    return _note(
        f"Thank you. {asker} knows that you can help; the thread is a good place to start."
    )


def edited() -> Message:
    return _note("Saved. The card shows the new words.")


def resolved() -> Message:
    return _note(
        "Resolved. What was learned is in the thread, and colleagues who meet something like it "
        "find it. The card’s menu reopens it."
    )


def reopened() -> Message:
    return _note("It is open again. What was learned so far is kept.")


def withdrawn() -> Message:
    return _note("Withdrawn. The card says so, and the words are deleted.")


def withdrawn_since() -> Message:
    """Return what stands where something was said about a problem that was withdrawn since."""
    return _note("This was about a problem that was withdrawn.")


def answer_noted() -> Message:
    """Tell whoever answers without a name, in private, that their answer is on its way."""
    return _note("Your answer is in the thread, without your name.")


def left_over(rest: str) -> Message:
    """Return, in private, the end of a text that is too long for the form."""
    first = (
        f"The form takes {LENGTHS['happening']:,} characters. Here is the rest of your text, for "
        "example for the thread:"
    )
    return with_kept(_note(first), rest)


def muted_offers() -> Message:
    """Tell the author, in private, that the button worked."""
    return _note("I won’t tell you of offers any more. The card still shows who can help.")


def interest_noted(*, counts: bool) -> Message:
    """Tell whoever pressed *Me too*, in private, what the press did."""
    if counts:
        return _note("Noted: you have this too. Pressing “Me too” again takes it back.")
    return _note("Taken back: you no longer count among those who have this too.")


def _note(text: str) -> Message:
    return Message.of([escape(text)], [paragraph(words(text))])


def _bullet(standing: Standing, legend: Legend) -> list[RichTextElement]:
    problem = standing.problem
    learned = _learned(problem)
    return [
        link(problem.title, legend.link(problem)),
        words(f" ({_state(problem, legend)})" + (f": {learned}" if learned else "")),
    ]


def _line(standing: Standing, legend: Legend) -> str:
    problem = standing.problem
    learned = _learned(problem)
    tail = f" ({_state(problem, legend)})" + (f": {learned}" if learned else "")
    return escape(f"• {problem.title}{tail}")


def _state(problem: Problem, legend: Legend) -> str:
    return f"{'open' if problem.is_open else 'resolved'}, {legend.asker(problem)}"


def _learned(problem: Problem) -> str:
    return excerpt(problem.learned or "", LEARNED_LENGTH) if not problem.is_open else ""
