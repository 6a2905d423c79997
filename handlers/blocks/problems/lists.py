"""Lists of problems, a page at a time: a community's, one's own, and what a search found."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.blocks.message import Message
from handlers.blocks.problems.facts import Legend, facts, facts_line
from handlers.blocks.problems.forms import OPEN
from handlers.blocks.text import escape, excerpt, first_upper, link, paragraph, said, words
from models.problems import LENGTHS, Listing, Page, Problem, Standing
from models.text import clean

EARLIER = "problems.earlier"
LATER = "problems.later"
# Runs the sub-word in the button's value, as if it had been typed.
RUN = "problems.run"

MINE = "mine"
FIND = "find"
# A button carries the words of a search in its value; Slack allows 2,000 characters there, and
# JSON may need six for one.
WORDS_LENGTH = 200
LEARNED_LENGTH = 150
# No id of ours is higher; a database takes no number without end.
HIGHEST_ID = 999_999_999

_HEADINGS = {
    Listing.ALL: "Problems in {place}",
    Listing.UNANSWERED: "Waiting for a first answer in {place}",
}
_WHAT_IT_IS = (
    "A problem of practice is something in your teaching that you would like to think about with "
    "colleagues, for example: How do I get quiet students into small-group talk?"
)


@dataclass(frozen=True, kw_only=True)
class PageWanted:
    """Which page of which list a button leads to: a Listing, MINE or FIND. Counted from 0."""

    what: str
    page: int = 0
    community_id: int | None = None
    words: str | None = None

    @property
    def value(self) -> str:
        short = replace(self, words=self.words and self.words[:WORDS_LENGTH])
        facts = {name: fact for name, fact in asdict(short).items() if fact is not None}
        return json.dumps(facts, ensure_ascii=False)

    @classmethod
    def read(cls, value: str) -> PageWanted | None:
        """Return what a button's value asks for, or None for a forged one."""
        try:
            facts = json.loads(value)
            wanted = cls(
                what=str(facts["what"]),
                page=int(facts["page"]),
                community_id=int(facts["community_id"]) if "community_id" in facts else None,
                words=clean(str(facts["words"])) if "words" in facts else None,
            )
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return None
        return wanted if 0 <= (wanted.community_id or 0) <= HIGHEST_ID else None

    def at(self, page: int) -> PageWanted:
        return replace(self, page=page)


def problem_list(page: Page, wanted: PageWanted, place: str, legend: Legend) -> Message:
    """Return one page of a community's problems. `place` names it, such as #math-circle."""
    listing = Listing(wanted.what)
    if not page.total:
        return _empty_list(listing, place)
    return _paged(_HEADINGS[listing].format(place=place), page, wanted, legend)


def my_problems(page: Page, legend: Legend) -> Message:
    """Return one page of what the reader shared, for their eyes only."""
    if not page.total:
        return _invitation(f"You have not shared a problem yet. {_WHAT_IT_IS}")
    heading = "Your problems · only you see this list"
    return _paged(heading, page, PageWanted(what=MINE, page=page.number), legend)


def find_results(
    page: Page, wanted: PageWanted, corrected: Mapping[str, str], legend: Legend
) -> Message:
    """Return what a search found; `corrected` are its misspelled words and what stood for them."""
    typed = excerpt(wanted.words or "", WORDS_LENGTH)
    if not page.total:
        nothing = f"I found no problem with “{typed}”. Fewer or other words may help."
        return _invitation(f"{nothing} Or ask: colleagues may know.")
    heading = f"{page.total} {'problem' if page.total == 1 else 'problems'} with “{typed}”"
    if corrected:
        shown, instead = (", ".join(words) for words in (corrected.values(), corrected))
        heading = f"Showing results for “{shown}” instead of “{instead}”"
    return _paged(heading, page, wanted, legend, with_learned=True)


def problem_rows(
    standings: Sequence[Standing], legend: Legend, *, with_learned: bool = False
) -> list[Block]:
    """Return problems as two lines each: title, and who asked and how it stands.

    `with_learned` adds a line about what a resolved one taught.
    """
    return [
        block
        for one in standings
        for block in _row(one, legend, learned_from(one.problem) if with_learned else "")
    ]


def did_you_mean(typed: str, nearest: str) -> Message:
    """Answer a word that is almost one of ours; it may also have been meant as a problem."""
    title = excerpt(typed, LENGTHS["title"])
    first = f"I don’t know “{title}”. Did you mean `/problem {nearest}`?"
    heading = paragraph(
        words(f"I don’t know “{title}”. Did you mean "), words(f"/problem {nearest}", bold=True)
    )
    buttons = [
        ButtonElement(text=f"Yes, {nearest}", action_id=RUN, value=nearest),
        ButtonElement(
            text="Share it as a problem",
            action_id=OPEN,
            value=json.dumps({"title": title}, ensure_ascii=False),
        ),
    ]
    return Message.of([escape(first)], [heading, ActionsBlock(elements=buttons)])


def share_button() -> ButtonElement:
    return ButtonElement(text="Share a problem", action_id=OPEN, style="primary")


def learned_from(problem: Problem) -> str:
    """Return one line about what a resolved problem taught, "" for others."""
    is_known = problem.learned and not problem.is_open
    return f"What was learned: {excerpt(problem.learned or '', LEARNED_LENGTH)}" if is_known else ""


def _row(standing: Standing, legend: Legend, learned: str) -> list[Block]:
    title = link(standing.problem.title, legend.link(standing.problem), bold=True)
    more = [words("\n"), *said(learned)] if learned else []
    return [paragraph(title, *more), facts_line(_row_facts(standing, legend))]


def _row_facts(standing: Standing, legend: Legend) -> list[str]:
    state = "resolved" if standing.problem.resolved_at else "open"
    asker = first_upper(legend.asker(standing.problem))
    return [asker, state, *facts(standing, legend)]


def _paged(
    heading: str, page: Page, wanted: PageWanted, legend: Legend, *, with_learned: bool = False
) -> Message:
    lines = []
    for one in page.standings:
        lines.append(f"• {one.problem.title} · {' · '.join(_row_facts(one, legend))}")
        if with_learned and (learned := learned_from(one.problem)):
            lines.append(learned)
    rows = problem_rows(page.standings, legend, with_learned=with_learned)
    blocks = [paragraph(words(heading, bold=True)), *rows]
    buttons = []
    if page.has_earlier:
        value = wanted.at(page.number + 1).value
        buttons.append(ButtonElement(text="Earlier", action_id=EARLIER, value=value))
    if page.has_later:
        value = wanted.at(page.number - 1).value
        buttons.append(ButtonElement(text="Later", action_id=LATER, value=value))
    if buttons:
        blocks.append(ActionsBlock(elements=buttons))
    return Message.of(map(escape, [heading, *lines]), blocks)


def _empty_list(listing: Listing, place: str) -> Message:
    match listing:
        case Listing.UNANSWERED:
            return _invitation(f"Every open problem in {place} has an answer. Yours is welcome.")
        case _:
            return _invitation(f"No problems in {place} yet. {_WHAT_IT_IS}")


def _invitation(text: str) -> Message:
    return Message.of(
        [escape(text)], [paragraph(words(text)), ActionsBlock(elements=[share_button()])]
    )
