"""The notes of a hangout: as the channel reads them, as one looks them up, and when found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.blocks.hangouts.facts import Phrase, day_and_time, linked, name_of, phrase
from handlers.blocks.hangouts.ids import EARLIER_NOTES, LATER_NOTES, NOTES
from handlers.blocks.hangouts.notes import Noted
from handlers.blocks.materials.attaching import attach_here_button
from handlers.blocks.message import Message
from handlers.blocks.text import escape, excerpt, paragraph, said, words
from models.hangouts.hangout import Hangout
from models.materials.material import About

FOUND_LENGTH = 200

# Ten outcomes fit into one message; each stands whole in the thread of its problem.
OUTCOME_LENGTH = 600


def channel_notes(noted: Noted) -> Message:
    """Return the notes as they stand in the channel, where everybody may attach a material."""
    shown = notes_message(noted)
    if not noted.has_words:
        return shown
    button = attach_here_button(About.HANGOUT, noted.hangout.id)
    return Message(shown.text, [*shown.blocks, ActionsBlock(elements=[button])])


def notes_message(noted: Noted) -> Message:
    """Return the notes with what came of each consultancy, and the materials beside them."""
    hangout = noted.hangout
    if not noted.has_words:
        gone = phrase("The notes of ", day_and_time(hangout), " were taken back.")
        return Message.of([gone.text], [gone.block])
    by = f", by {name_of(hangout.noted_by, noted.names)}" if hangout.noted_by else ""
    first = phrase("Notes of ", day_and_time(hangout), by)
    lines, blocks = [first.text], [first.block]
    if hangout.notes:
        lines.append(escape(hangout.notes))
        blocks.append(paragraph(*said(hangout.notes)))
    for one in noted.consultancies:
        if not one.outcome:
            continue
        about = f"{noted.presenter(one)}: {one.question}" if one.question else noted.presenter(one)
        is_short = len(one.outcome) <= OUTCOME_LENGTH
        came_of_it = one.outcome if is_short else excerpt(one.outcome, OUTCOME_LENGTH)
        lines.append(f"{escape(about)}: {escape(came_of_it)}")
        blocks.append(paragraph(words(f"{about}\n", bold=True), *said(came_of_it)))
    return Message.of([*lines, noted.materials.text], [*blocks, *_beside(noted)])


@dataclass(frozen=True, kw_only=True)
class Leaves:
    """Where the notes shown stand among the others: the ids of those before and after.

    `may_write` says whether the reader may write or change these.
    """

    earlier_id: int | None = None
    later_id: int | None = None
    may_write: bool = False


def notes_page(noted: Noted, leaves: Leaves) -> Message:
    """Return the notes of one hangout for somebody who looks them up, and the ways on."""
    hangout = noted.hangout
    if noted.has_words:
        shown = notes_message(noted)
    else:
        none = phrase("No notes yet of ", day_and_time(hangout), ".")
        shown = Message.of([none.text, noted.materials.text], [none.block, *_beside(noted)])
    buttons = [
        ButtonElement(text=label, action_id=action_id, value=str(hangout_id))
        for label, action_id, hangout_id in (
            ("Change" if noted.has_words else "Write notes", NOTES, hangout.id),
            ("Earlier", EARLIER_NOTES, leaves.earlier_id),
            ("Later", LATER_NOTES, leaves.later_id),
        )
        if hangout_id is not None and (leaves.may_write or action_id != NOTES)
    ]
    buttons.append(attach_here_button(About.HANGOUT, hangout.id))
    return Message(shown.text, [*shown.blocks, ActionsBlock(elements=buttons)])


def _beside(noted: Noted) -> list[Block]:
    return [noted.materials.block] if noted.materials else []


def found_notes(
    sought: str, found: Sequence[tuple[Hangout, str | None]], corrected: Mapping[str, str]
) -> Message:
    """Return hangouts whose notes have these words; each with the address of its notes."""
    if not found:
        nothing = f"I found no notes with “{excerpt(sought, FOUND_LENGTH)}”. Fewer words may help."
        return Message.of([escape(nothing)], [paragraph(words(nothing))])
    heading = f"Notes with “{excerpt(sought, FOUND_LENGTH)}”"
    if corrected:
        shown, instead = (", ".join(some) for some in (corrected.values(), corrected))
        heading = f"Showing notes with “{shown}” instead of “{instead}”"
    lines, blocks = [escape(heading)], [paragraph(words(heading, bold=True))]
    for hangout, address in found:
        row = _row(hangout, address)
        lines.append(row.text)
        blocks.append(row.block)
    return Message.of(lines, blocks)


def _row(hangout: Hangout, address: str | None) -> Phrase:
    skill = f"{hangout.skill} · " if hangout.skill else ""
    notes = excerpt(hangout.notes or "Outcomes of its consultancies", FOUND_LENGTH)
    return phrase(day_and_time(hangout), f" · {skill}", linked(notes, address))
