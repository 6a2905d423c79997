"""What the bot says about a problem: to its author, to whoever offers help, and in its thread."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from slack_sdk.models.blocks import ActionsBlock

from handlers.blocks.hangouts.facts import phrase
from handlers.blocks.materials.attaching import attach_here_button
from handlers.blocks.message import Message
from handlers.blocks.pilots.ids import start_button
from handlers.blocks.problems.facts import Legend, learned_line
from handlers.blocks.request import with_kept
from handlers.blocks.text import day, escape, first_upper, link, paragraph, said, words
from handlers.blocks.thanks.suggesting import helped_line, helpers_button
from models.materials.material import About
from models.my_data import nobody
from models.problems import LENGTHS, Problem, Standing
from models.thanks.suggesting import Suggestion


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


def return_message(standing: Standing, legend: Legend, tz: str, now: datetime) -> Message:
    """Bring back a problem that nobody answered yet, or say what became of it since.

    `tz` is the community's zone.
    """
    problem = standing.problem
    on = day(problem.shared_at, tz, now)
    is_here = problem.author_id not in (None, nobody.SOMEBODY)
    is_named = is_here and problem.author_id in legend.names
    whose = f"{legend.asker(problem)}’s" if is_named else "A"
    state, last = _became(standing)
    first = f"{whose} question from {on} {state}:"
    title = link(problem.title, legend.link(problem), bold=True)
    asked = [paragraph(*said(problem.question))] if problem.question else []
    text = [f"{escape(first)} {escape(problem.title)}", escape(problem.question or "")]
    return Message.of(
        [*text, escape(last)],
        [paragraph(words(f"{first} "), title), *asked, paragraph(*said(last))],
    )


def _became(standing: Standing) -> tuple[str, str]:
    """Return how the question stands, and what to say about it."""
    problem = standing.problem
    if not problem.is_open:
        return "is resolved", f"What was learned: {learned_line(problem)}"
    if not standing.is_unanswered:
        return "has its first answer", "More are welcome, here in a thread or in its own."
    last = "One sentence of what worked for you is plenty. Reply under this, or in its thread."
    return "is still open", last


def offer_thanks(problem: Problem, legend: Legend) -> Message:
    """Tell whoever offered help, in private, that it arrived, and that a material may help."""
    asker = first_upper(legend.asker(problem)) if problem.author_id else "Whoever asked"
    text = f"Thank you. {asker} knows that you can help; the thread is a good place to start."
    return Message.of(
        [escape(text)],
        [
            paragraph(words(text)),
            ActionsBlock(elements=[attach_here_button(About.PROBLEM, problem.id)]),
        ],
    )


def edited() -> Message:
    return _note("Saved. The card shows the new words.")


def resolved(
    problem: Problem,
    helpers: Suggestion | None,
    names: Mapping[str, str],
    *,
    is_own: bool,
) -> Message:
    """Tell whoever resolved a problem that it worked; its author may thank, and go on with a test.

    `helpers` are those who wrote along with the author's own problem; `names` are theirs.
    """
    first = (
        "Resolved. What was learned is in the thread, and colleagues who meet something like it "
        "find it. The card’s menu reopens it."
    )
    if not is_own:
        return _note(first)
    more = (
        "Is there one small thing to try with one class? "
        "A pilot lets you see for yourself what happens."
    )
    thanked = helped_line(helpers, names) if helpers else phrase()
    buttons = [start_button(problem_id=problem.id)]
    if helpers:
        buttons.insert(0, helpers_button(helpers))
    return Message.of(
        [escape(first), thanked.text, more],
        [
            paragraph(words(first)),
            *([thanked.block] if thanked else []),
            paragraph(words(more)),
            ActionsBlock(elements=buttons),
        ],
    )


def reopened() -> Message:
    return _note("It is open again. What was learned so far is kept.")


def open_already() -> Message:
    return _note("This problem is open already. Its thread takes your thoughts.")


def shared_already(problem: Problem, legend: Legend) -> Message:
    """Tell whoever wants to make a problem of a problem's own card."""
    first = "This is a problem already:"
    return Message.of(
        [f"{first} {escape(problem.title)}"],
        [paragraph(words(f"{first} "), link(problem.title, legend.link(problem)))],
    )


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


def interest_noted(*, counts: bool) -> Message:
    """Tell whoever pressed *Me too*, in private, what the press did."""
    if counts:
        return _note("Noted: you have this too. Pressing “Me too” again takes it back.")
    return _note("Taken back: you no longer count among those who have this too.")


def _note(text: str) -> Message:
    return Message.of([escape(text)], [paragraph(words(text))])
