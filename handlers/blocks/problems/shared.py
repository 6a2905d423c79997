"""What only the author sees after sharing: that it worked, what comes next, and what was before."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    RichTextElement,
    RichTextElementParts,
)

from handlers.blocks.consultancies.beginning import begin_button, when_it_begins
from handlers.blocks.hangouts.facts import Phrase, phrase
from handlers.blocks.hangouts.ids import BRING
from handlers.blocks.message import Message
from handlers.blocks.problems.facts import Legend, learned_line
from handlers.blocks.problems.letters import answer_button
from handlers.blocks.text import bullets, escape, link, paragraph, words
from models.communities import Community
from models.problems import Problem, Standing, WantedHelp

SIMILAR_AT_MOST = 3


def shared_confirmation(
    problem: Problem, community: Community, similar: Sequence[Standing], legend: Legend
) -> Message:
    """Tell the author that it worked, with up to three earlier problems like it."""
    channel_id = community.channel_id
    pieces = [
        words("Shared in "),
        RichTextElementParts.Channel(channel_id=channel_id),
        words(": "),
        link(problem.focus, legend.link(problem)),
    ]
    first = f"Shared in <#{channel_id}>: {escape(problem.focus)}"
    then = _what_happens_next(problem, community, legend, is_new=not similar)
    blocks: list[Block] = [paragraph(*pieces)]
    lines = [first, then.text]
    if similar:
        shown = similar[:SIMILAR_AT_MOST]
        lines += [before := "Something like it came up before:"]
        lines += [_line(one, legend) for one in shown]
        blocks += [paragraph(words(before)), bullets(*(_bullet(one, legend) for one in shown))]
    blocks.append(then.block)
    if buttons := _next_buttons(problem):
        blocks.append(ActionsBlock(elements=buttons))
    return Message.of(lines, blocks)


def _what_happens_next(
    problem: Problem, community: Community, legend: Legend, *, is_new: bool
) -> Phrase:
    """Return what to expect, in a line or two below earlier problems, and how to stay unnamed."""
    then = [_help_to_come(problem, community, legend, is_new=is_new)]
    if problem.is_without_name:
        then.append(
            phrase(" Your name shows if you write there yourself; the button keeps it out.")
        )
    return phrase(*then)


def _help_to_come(
    problem: Problem, community: Community, legend: Legend, *, is_new: bool
) -> Phrase:
    consultancy = legend.consultancy(problem)
    if consultancy is not None:
        return phrase(
            "Colleagues think about it in its thread, step by step. It begins ",
            when_it_begins(consultancy, community.tz),
            ". What they ask comes to you in a letter as well.",
        )
    if problem.wanted_help == WantedHelp.HANGOUT and problem.is_without_name:
        return phrase(
            "Answers come in its thread. At a hangout you would present it by name; a "
            "consultancy in the thread goes without."
        )
    if problem.wanted_help == WantedHelp.HANGOUT:
        return phrase("Answers come in its thread. The button asks for a seat at a hangout.")
    again = " If nobody has one in two days, I bring it back once." if is_new else ""
    return phrase(f"Answers come in its thread.{again}")


def _next_buttons(problem: Problem) -> list[ButtonElement]:
    """Return what whoever shared may do next; without a name nobody is led to a hangout."""
    buttons = []
    if problem.wanted_help == WantedHelp.HANGOUT:
        bring = ButtonElement(text="Bring to a hangout", action_id=BRING, value=str(problem.id))
        buttons.append(begin_button(problem) if problem.is_without_name else bring)
    if problem.is_without_name:
        buttons.append(answer_button(problem))
    return buttons


def _bullet(standing: Standing, legend: Legend) -> list[RichTextElement]:
    problem = standing.problem
    return [link(problem.title, legend.link(problem)), words(_tail(problem, legend))]


def _line(standing: Standing, legend: Legend) -> str:
    return escape(f"• {standing.problem.title}{_tail(standing.problem, legend)}")


def _tail(problem: Problem, legend: Legend) -> str:
    learned = learned_line(problem)
    state = f"{'open' if problem.is_open else 'resolved'}, {legend.asker(problem)}"
    return f" ({state})" + (f": {learned}" if learned else "")
