"""Lists of practices, a page at a time: the whole tool belt, and what a search found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, SectionBlock

from handlers.blocks.message import Message
from handlers.blocks.practices.ids import ADD, BROWSE, SHOW
from handlers.blocks.problems.facts import facts_line
from handlers.blocks.text import escape, excerpt, paragraph, plain, words
from models.practices.finding import Page
from models.practices.practice import Practice
from models.text import clean

EARLIER = "practices.earlier"
LATER = "practices.later"
# Runs the sub-word in the button's value, as if it had been typed.
RUN = "practices.run"

# A button carries the words of a search in its value; Slack allows 2,000 characters there, and
# JSON may need six for one.
WORDS_LENGTH = 200
WHAT_LENGTH = 140
HIGHEST_PAGE = 99_999
WHAT_IT_IS = (
    "A practice is one small thing to try in a lesson, for example an exit ticket. Take what fits "
    "your class."
)


@dataclass(frozen=True, kw_only=True)
class PageWanted:
    """Which page a button leads to: of what a search for `words` finds, else of all. From 0.

    `is_mine` leads to what the reader added or tried.
    """

    page: int = 0
    words: str = ""
    is_mine: bool = False

    @property
    def value(self) -> str:
        facts = {
            "page": self.page,
            "words": self.words[:WORDS_LENGTH],
            "is_mine": self.is_mine,
        }
        return json.dumps(facts, ensure_ascii=False)

    @classmethod
    def read(cls, value: str) -> PageWanted | None:
        """Return what a button's value asks for, or None for a forged one."""
        try:
            facts = json.loads(value)
            page, sought = int(facts["page"]), clean(str(facts["words"]))
            is_mine = bool(facts.get("is_mine"))
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return None
        return cls(page=min(page, HIGHEST_PAGE), words=sought, is_mine=is_mine)


def practice_list(page: Page) -> Message:
    """Return one page of all practices."""
    return _paged("The tool belt, by name", page, PageWanted(page=page.number), intro=WHAT_IT_IS)


def my_practices(page: Page) -> Message:
    """Return one page of what the reader added or tried, for their eyes only."""
    if not page.total:
        return _with_ways_on(
            "You have not added a practice yet, nor tried one in a pilot. Here is the tool belt."
        )
    wanted = PageWanted(page=page.number, is_mine=True)
    return _paged("What you added or tried · only you see this list", page, wanted)


def find_results(page: Page, sought: str) -> Message:
    """Return one page of what a search for `sought` found."""
    typed = excerpt(sought, WORDS_LENGTH)
    if not page.total:
        nothing = f"I found no practice with “{typed}”. Fewer or other words may help."
        return _with_ways_on(f"{nothing} Or add yours: colleagues may be looking for it, too.")
    heading = f"{page.total} {'practice' if page.total == 1 else 'practices'} with “{typed}”"
    if page.corrected:
        shown, instead = (", ".join(one) for one in (page.corrected.values(), page.corrected))
        heading = f"Showing results for “{shown}” instead of “{instead}”"
    return _paged(heading, page, PageWanted(page=page.number, words=sought))


def which_practice(typed: str, practices: Sequence[Practice]) -> Message:
    """Ask which of some practices was meant, or say that none is called so."""
    typed = excerpt(typed, WORDS_LENGTH)
    if not practices:
        return _with_ways_on(f"I know no practice called “{typed}”.")
    heading = f"I know no practice called exactly “{typed}”. Is it one of these?"
    return Message.of(
        map(escape, [heading, *map(row_line, practices)]),
        [paragraph(words(heading, bold=True)), *map(practice_row, practices)],
    )


def did_you_mean(typed: str, nearest: str) -> Message:
    """Answer a word that is almost one of ours."""
    first = f"I don’t know “{excerpt(typed, WORDS_LENGTH)}”. Did you mean `/practice {nearest}`?"
    yes = ButtonElement(text=f"Yes, {nearest}", action_id=RUN, value=nearest)
    shown = paragraph(words(first.replace("`", "")))
    return Message.of([escape(first)], [shown, ActionsBlock(elements=[yes, browse_button()])])


def practice_row(practice: Practice, mark: str = "") -> SectionBlock:
    """Return a practice in two lines; `mark` stands before its name, such as "1. "."""
    name = excerpt(practice.name, 60)
    look = ButtonElement(
        text="Look",
        action_id=SHOW,
        value=str(practice.id),
        accessibility_label=f"Look at {name}",
    )
    return SectionBlock(text=plain(f"{mark}{row_words(practice)}"), accessory=look)


def row_words(practice: Practice) -> str:
    """Return the name, how long it takes, and below what it is."""
    takes = f" · {practice.minutes} min" if practice.minutes else ""
    return f"{practice.name}{takes}\n{excerpt(practice.what, WHAT_LENGTH)}"


def row_line(practice: Practice) -> str:
    """Return the same in one line of a message's text."""
    return "• " + row_words(practice).replace("\n", ": ")


def browse_button(text: str = "Browse the tool belt") -> ButtonElement:
    return ButtonElement(text=text, action_id=BROWSE, value="")


def add_button() -> ButtonElement:
    return ButtonElement(text="Add a practice", action_id=ADD, value="")


def _paged(heading: str, page: Page, wanted: PageWanted, intro: str = "") -> Message:
    blocks: list[Block] = [paragraph(words(heading, bold=True))]
    if intro and not page.has_earlier:
        blocks.append(paragraph(words(intro)))
    blocks += map(practice_row, page.practices)
    known = facts_of(page) if page.pages > 1 else []
    if known:
        blocks.append(facts_line(known))
    blocks.append(ActionsBlock(elements=[*_turning(page, wanted), add_button()]))
    lines = [heading, "" if page.has_earlier else intro, *map(row_line, page.practices)]
    return Message.of(map(escape, [*lines, " · ".join(known)]), blocks)


def facts_of(page: Page) -> list[str]:
    """Return where one is in a list of several pages, and how to find something in it."""
    place = f"page {page.number + 1} of {page.pages}"
    return [place, f"{page.total} practices", "/practice find WORDS looks for some"]


def _turning(page: Page, wanted: PageWanted) -> list[ButtonElement]:
    buttons = []
    if page.has_earlier:
        value = replace(wanted, page=page.number - 1).value
        buttons.append(ButtonElement(text="Back", action_id=EARLIER, value=value))
    if page.has_later:
        value = replace(wanted, page=page.number + 1).value
        buttons.append(ButtonElement(text="More", action_id=LATER, value=value))
    return buttons


def _with_ways_on(text: str) -> Message:
    buttons = ActionsBlock(elements=[browse_button(), add_button()])
    return Message.of([escape(text)], [paragraph(words(text)), buttons])
