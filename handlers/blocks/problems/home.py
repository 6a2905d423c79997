"""What App Home shows of problems, and the few lines that explain the command."""

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.blocks.message import Message
from handlers.blocks.problems.facts import Legend
from handlers.blocks.problems.lists import RUN, problem_rows, share_button
from handlers.blocks.text import escape, paragraph, words
from models.problems import Page

WHAT_IT_IS = "A problem of practice is something you would like to think about with colleagues."
EXAMPLE = "How do I get quiet students into small-group talk?"
HELP = (
    ("/problem " + EXAMPLE, "opens the form with your words in it"),
    ("/problem list", "what this community is thinking about"),
    ("/problem mine", "what you shared; only you see it"),
    ("/problem unanswered", "what waits for a first answer"),
    ("/problem find exit tickets", "what was asked and learned before"),
)


def home_part(mine: Page, legend: Legend) -> list[Block]:
    """Return what I shared; without any, what it is for. The page begins with the button."""
    if mine.total:
        return _part("My problems · only you see this", mine, "mine", legend)
    empty = f"You have not shared a problem yet. {WHAT_IT_IS} For example: {EXAMPLE}"
    return [paragraph(words(empty))]


def waiting_part(unanswered: Page, legend: Legend) -> list[Block]:
    """Return what waits for an answer in my communities; nothing while nothing does."""
    if not unanswered.total:
        return []
    return _part("Waiting for a first answer", unanswered, "unanswered", legend)


def _part(heading: str, page: Page, word: str, legend: Legend) -> list[Block]:
    """Return one part of the page; `word` is what shows the rest when it is cut."""
    blocks = [paragraph(words(heading, bold=True)), *problem_rows(page.standings, legend)]
    if page.has_earlier:
        all_of_them = ButtonElement(text="See all", action_id=RUN, value=word)
        blocks.append(ActionsBlock(elements=[all_of_them]))
    return blocks


def problem_help() -> Message:
    """Return what `/problem` does, in a few lines with examples."""
    lines = [f"• {command}: {does}" for command, does in HELP]
    blocks = [paragraph(words(WHAT_IT_IS)), paragraph(words("\n".join(lines)))]
    return Message.of(
        map(escape, [WHAT_IT_IS, *lines]), [*blocks, ActionsBlock(elements=[share_button()])]
    )
