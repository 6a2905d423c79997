"""Lists of pilots, a page at a time: one's own, those that colleagues share, and what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.blocks.hangouts.facts import Phrase, grey_line, linked, phrase
from handlers.blocks.message import Message
from handlers.blocks.pilots.buttons import log_button, show_button
from handlers.blocks.pilots.facts import Known, row_facts
from handlers.blocks.pilots.ids import LIST, start_button
from handlers.blocks.problems.lists import WORDS_LENGTH, PageWanted
from handlers.blocks.text import excerpt
from models.pilots.finding import PilotPage
from models.pilots.pilot import Pilot

EARLIER = "pilots.earlier"
LATER = "pilots.later"
# Runs the word in the button's value, as if it had been typed after /pilot.
RUN = "pilots.run"
MINE, SHARED, NETWORK, FIND = "mine", "shared", "network", "find"
TYPED_LENGTH = 60
WHAT_IT_IS = (
    "A pilot is one small test with one class for two weeks, for example an exit ticket every "
    "Friday. You note a value now and then, and see for yourself."
)


def my_pilots(page: PilotPage, known: Known, member_id: str) -> Message:
    """Return one page of one's own pilots, those running with *Log*, for nobody else's eyes."""
    if not page.total:
        return _invitation(f"No pilots yet. {WHAT_IT_IS}", colleagues_button())
    wanted = PageWanted(what=MINE, page=page.number)
    buttons = [start_button(), colleagues_button()]
    return _paged("Your pilots · only you see this list", page, wanted, known, (member_id, buttons))


def shared_pilots(
    page: PilotPage, wanted: PageWanted, known: Known, member_id: str, place: str
) -> Message:
    """Return one page of what colleagues share.

    `place` names where, such as "in #math-circle"; without one each row names it.
    """
    if not page.total:
        where = place or "in the network"
        return _invitation(
            f"Nobody has shared a pilot {where} yet. Yours can be the first, whatever came of it."
        )
    heading = f"Pilots shared {place}" if place else "Pilots shared where you may see them"
    return _paged(heading, page, wanted, known, (member_id, []))


def found_pilots(
    page: PilotPage, wanted: PageWanted, corrected: Mapping[str, str], known: Known, member_id: str
) -> Message:
    """Return what a search found; `corrected` are its misspelled words and what stood for them."""
    typed = excerpt(wanted.words or "", WORDS_LENGTH)
    if not page.total:
        return _invitation(f"I found no pilot with “{typed}”. Fewer or other words may help.")
    heading = f"{page.total} {'pilot' if page.total == 1 else 'pilots'} with “{typed}”"
    if corrected:
        shown, instead = (", ".join(words) for words in (corrected.values(), corrected))
        heading = f"Showing results for “{shown}” instead of “{instead}”"
    return _paged(heading, page, wanted, known, (member_id, []))


def colleagues_button() -> ButtonElement:
    return ButtonElement(text="What colleagues try", action_id=LIST)


def which_for(question: str, pilots: Sequence[Pilot], button: tuple[str, str]) -> Message:
    """Ask which of one's own pilots is meant; each has a button, given as label and id."""
    label, action_id = button
    asked = phrase(question)
    blocks: list[Block] = [asked.block]
    lines = [asked.text]
    for pilot in pilots:
        name = phrase(pilot.own_name, bold=True)
        pressed = ButtonElement(text=label, action_id=action_id, value=str(pilot.id))
        blocks += [name.block, ActionsBlock(elements=[pressed])]
        lines.append(f"• {name.text}")
    return Message.of(lines, blocks)


def did_you_mean(typed: str, nearest: str | None) -> Message:
    """Answer a word that is none of ours with the nearest that is, or with help."""
    unknown = f"I don’t know “{excerpt(typed, TYPED_LENGTH)}” here. "
    word = nearest or "help"
    command = phrase(f"/pilot {word}", bold=True)
    said = phrase(unknown, command, " shows what I know.")
    if nearest is not None:
        said = phrase(unknown, "Did you mean ", command, "?")
    button = ButtonElement(text=f"Yes, {word}" if nearest else "Help", action_id=RUN, value=word)
    return Message.of([said.text], [said.block, ActionsBlock(elements=[button])])


def which_pilot(pilots: Sequence[Pilot], known: Known, member_id: str, question: str) -> Message:
    """Ask which of a few pilots is meant."""
    rows = [_row(pilot, known, member_id) for pilot in pilots]
    return Message.of(
        [question, *(text for text, _ in rows)],
        [phrase(question).block, *(block for _, blocks in rows for block in blocks)],
    )


def pilot_rows(pilots: Sequence[Pilot], known: Known, member_id: str) -> list[Block]:
    """Return each pilot as its name, a grey line of facts, and what one can do."""
    return [block for pilot in pilots for block in _row(pilot, known, member_id)[1]]


def _row(
    pilot: Pilot, known: Known, member_id: str, *, with_place: bool = False
) -> tuple[str, list[Block]]:
    is_own = pilot.member_id == member_id
    facts = row_facts(pilot, known, is_own=is_own)
    if with_place and not is_own:
        facts.insert(1, known.place(pilot))
    called = pilot.own_name if is_own else pilot.name
    name = linked(called, known.links.get(pilot.id), bold=True)
    is_to_log = is_own and pilot.finished_at is None
    buttons = [*([log_button(pilot)] if is_to_log else []), show_button(pilot)]
    text = f"• {name.text} · {phrase(' · '.join(facts)).text}"
    return text, [name.block, grey_line(facts), ActionsBlock(elements=buttons)]


def _paged(
    heading: str,
    page: PilotPage,
    wanted: PageWanted,
    known: Known,
    reader: tuple[str, Sequence[ButtonElement]],
) -> Message:
    """Return a page for its reader, who has these buttons below it."""
    member_id, more = reader
    is_anywhere = wanted.what == NETWORK
    rows = [_row(pilot, known, member_id, with_place=is_anywhere) for pilot in page.pilots]
    first: Phrase = phrase(heading, bold=True)
    blocks = [first.block, *(block for _, blocks in rows for block in blocks)]
    buttons = []
    if page.has_earlier:
        value = wanted.at(page.number + 1).value
        buttons.append(ButtonElement(text="Earlier", action_id=EARLIER, value=value))
    if page.has_later:
        value = wanted.at(page.number - 1).value
        buttons.append(ButtonElement(text="Later", action_id=LATER, value=value))
    if buttons or more:
        blocks.append(ActionsBlock(elements=[*buttons, *more]))
    return Message.of([first.text, *(text for text, _ in rows)], blocks)


def _invitation(text: str, *more: ButtonElement) -> Message:
    said = phrase(text)
    buttons = ActionsBlock(elements=[start_button(), *more])
    return Message.of([said.text], [said.block, buttons])
