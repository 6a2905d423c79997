"""The journal as its own member sees it in Slack, page by page, and its corner of App Home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    OverflowMenuElement,
    SectionBlock,
)

from handlers.blocks.hangouts.facts import Phrase, grey_line, phrase
from handlers.blocks.message import Message
from handlers.blocks.problems.lists import PageWanted
from handlers.blocks.text import day, excerpt, first_upper, plain, unescape
from handlers.blocks.thanks.cards import More, menu
from handlers.blocks.thanks.facts import Facts, line_of, pointed_of
from handlers.blocks.thanks.ids import EXPORT, JOURNAL, MORE, thank_button
from models.thanks.journal import JournalPage, Side

EARLIER = "thanks.journal_earlier"
LATER = "thanks.journal_later"
# Turns from what was received to what was given, and back.
OTHER_SIDE = "thanks.journal_side"
WITHOUT_REASON = "Other kind words"
REASONS_LENGTH = 600
SECONDERS_NAMED = 5
WHAT_IT_IS = (
    "Kind words that colleagues write to you gather here, sorted by what they thank you for, such "
    "as covering a class or a good question. Only you see them."
)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Whose journal it is, in which zone they are, and what time it is."""

    member_id: str
    tz: str | None
    now: datetime


def journal_page(page: JournalPage, several: Sequence[Facts], reader: Reader) -> Message:
    """Return one page of one half, for nobody else's eyes; `several` are the page's thanks."""
    if not page.total:
        return _empty(page)
    received = page.side == Side.RECEIVED
    title = "Thanks you received" if received else "Thanks you gave"
    lines = [phrase(phrase(title, bold=True), " · only you see this list")]
    if page.reasons:
        reasons = excerpt(", ".join(page.reasons), REASONS_LENGTH)
        lines.append(phrase(f"What colleagues thank you for: {reasons}"))
    texts, blocks = [one.text for one in lines], [one.block for one in lines]
    shown: list[Block] = [*blocks]
    for heading, facts in _headed(page, several):
        if heading:
            texts.append(heading.text)
            shown.append(heading.block)
        texts.append(_row_text(facts, reader))
        shown += _row(facts, reader, is_mine=not received)
    return Message.of(texts, [*shown, ActionsBlock(elements=_buttons(page))])


def home_part(several: Sequence[Facts], reader: Reader) -> list[Block]:
    """Return the thanks somebody received last, with the way to all of them."""
    buttons = [thank_button()]
    journal = ButtonElement(text="My journal", action_id=JOURNAL, value="")
    if not several:
        return [
            phrase(phrase("Thanks", bold=True), f" · {WHAT_IT_IS}").block,
            ActionsBlock(elements=[*buttons, journal]),
        ]
    return [
        phrase("Thanks you received · only you see this", bold=True).block,
        *(
            block
            for facts in several
            for block in (line_of(facts).block, grey_line([_facts_words(facts, reader)]))
        ),
        ActionsBlock(elements=[*buttons, journal]),
    ]


def _headed(page: JournalPage, several: Sequence[Facts]) -> list[tuple[Phrase | None, Facts]]:
    """Return each with its group's heading where a group begins, or goes on from another page."""
    headed: list[tuple[Phrase | None, Facts]] = []
    before: str | None = ""
    for facts in several:
        reason = facts.thanks.reason
        begins = bool(page.reasons) and reason != before
        heading = phrase(reason or WITHOUT_REASON, bold=True) if begins else None
        headed.append((heading, facts))
        before = reason
    return headed


def _row(facts: Facts, reader: Reader, *, is_mine: bool) -> list[Block]:
    """Return the words with the menu beside them, then a grey line of facts."""
    # Only plain words or Slack's own formatting can have a menu beside them.
    said = SectionBlock(
        text=plain(unescape(line_of(facts).text)),
        accessory=menu(facts, reader.now) if is_mine else _received_menu(facts),
    )
    pointed = [line.block for line in pointed_of(facts)]
    return [said, *pointed, grey_line([_facts_words(facts, reader)])]


def _received_menu(facts: Facts) -> OverflowMenuElement:
    """Return what whoever is thanked may do, also when they get no letters."""
    choices = [More.DELETE] if facts.thanks.is_private else [More.KEEP_PRIVATE, More.DELETE]
    return OverflowMenuElement(
        action_id=MORE, options=[choice.option(facts.thanks.id) for choice in choices]
    )


def _row_text(facts: Facts, reader: Reader) -> str:
    lines = [line_of(facts), *pointed_of(facts), phrase(_facts_words(facts, reader))]
    return "• " + " · ".join(line.text for line in lines)


def _facts_words(facts: Facts, reader: Reader) -> str:
    """Return when it was, who sees it and who says the same, by name and never by number."""
    thanks = facts.thanks
    moment = thanks.thanked_at
    if thanks.giver_id != reader.member_id and thanks.arrives_at is not None:
        moment = thanks.arrives_at
    known = [day(moment, reader.tz, reader.now)]
    if thanks.is_private:
        alone = len(facts.receiver_ids) < 2
        known.append("only you two see this" if alone else "only you and those named see this")
    if facts.seconder_ids:
        named = [facts.name(one) for one in facts.seconder_ids[:SECONDERS_NAMED]]
        others = ["others"] if len(facts.seconder_ids) > SECONDERS_NAMED else []
        *first, last = [*named, *others]
        known.append("seconded by " + " and ".join([*([", ".join(first)] if first else []), last]))
    return first_upper(" · ".join(known))


def _buttons(page: JournalPage) -> list[ButtonElement]:
    wanted = PageWanted(what=page.side, page=page.number)
    # What was received comes by reason, so that another page of it is neither earlier nor later.
    on, back = ("More", "Back") if page.side == Side.RECEIVED else ("Earlier", "Later")
    buttons = []
    if page.has_earlier:
        value = wanted.at(page.number + 1).value
        buttons.append(ButtonElement(text=on, action_id=EARLIER, value=value))
    if page.has_later:
        value = wanted.at(page.number - 1).value
        buttons.append(ButtonElement(text=back, action_id=LATER, value=value))
    return [*buttons, other_side_button(page.side), _keep_button()]


def _keep_button() -> ButtonElement:
    return ButtonElement(text="Keep as a document", action_id=EXPORT, value="")


def other_side_button(side: Side) -> ButtonElement:
    """Return the button that turns from this half to the other one."""
    if side == Side.RECEIVED:
        text, other = "What I gave", Side.GIVEN
    else:
        text, other = "What I received", Side.RECEIVED
    return ButtonElement(text=text, action_id=OTHER_SIDE, value=PageWanted(what=other).value)


def _empty(page: JournalPage) -> Message:
    """Return what this half is for, while there is nothing in it."""
    text = WHAT_IT_IS
    if page.side == Side.GIVEN:
        text = (
            "What you thank colleagues for is kept here, for example: thanks @ben for covering my "
            "class. One sentence is plenty."
        )
    said = phrase(text)
    keep = [] if page.is_all else [_keep_button()]
    buttons = [thank_button(), other_side_button(page.side), *keep]
    return Message.of([said.text], [said.block, ActionsBlock(elements=buttons)])
