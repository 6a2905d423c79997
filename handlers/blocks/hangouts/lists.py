"""What is coming, for one reader's eyes: a list in private, a part of App Home, and a few words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.blocks.hangouts.answers import in_lines
from handlers.blocks.hangouts.facts import (
    Known,
    Phrase,
    called_off_words,
    coming_words,
    day_and_time,
    free_words,
    grey_line,
    heading,
    name_of,
    phrase,
    presenting_words,
)
from handlers.blocks.hangouts.forms import place_of
from handlers.blocks.hangouts.ids import COMING, PLAN, RUN, SIGN_UP, list_row
from handlers.blocks.hangouts.own import Own, own_buttons, own_details, own_state
from handlers.blocks.hangouts.schedule import lead_menu
from handlers.blocks.message import Message
from handlers.blocks.text import escape, excerpt, listed, paragraph, words
from models.communities import Community
from models.hangouts.standings import HangoutStanding

WORD_LENGTH = 60
WHAT_IT_IS = (
    "At a hangout you try one skill together and think about two problems, for example every other "
    "Thursday at 16:00."
)
HELP = (
    ("/hangout", "what is coming, with your buttons"),
    ("/hangout join", "I come to the next one"),
    ("/hangout present", "I bring a problem to it"),
    ("/hangout leave", "I can’t come after all"),
    ("/hangout notes", "what was said at the last one; notes wait time finds such words"),
    ("/hangout protocols", "the steps by which you think about a problem"),
)
HELP_FOR_FACILITATORS = (
    ("/hangout plan, end", "sets the rhythm once, or ends it"),
    ("/hangout move, skip, cancel, swap", "changes a single one"),
    ("/hangout signup, voices", "signs up a colleague; who has not presented for long"),
)


@dataclass(frozen=True, kw_only=True)
class Coming:
    """What is coming in one community, and what the reader may do there."""

    community: Community
    standings: Sequence[HangoutStanding]
    known: Known
    reader_id: str
    is_run_by_reader: bool


def coming_list(coming: Coming, now: datetime) -> Message:
    """Return the next hangouts with the reader's own place at each."""
    community = coming.community
    if not coming.standings:
        return _nothing_coming(coming)
    first = phrase(f"Coming up in {place_of(community)} · only you see this", bold=True)
    text = [first.text]
    blocks: list[Block] = [first.block]
    for standing in coming.standings:
        row_text, row = _row(standing, coming.reader_id, coming.known, now)
        text += row_text
        blocks += row
    if coming.is_run_by_reader:
        hangouts = [one.hangout for one in coming.standings]
        entering = [
            ButtonElement(text="Sign up a colleague", action_id=SIGN_UP, value=str(one.id))
            for one in hangouts
            if one.is_ahead(now)
        ]
        blocks.append(ActionsBlock(elements=[*entering[:1], lead_menu(hangouts, community)]))
    return Message.of(text, blocks)


def _row(
    standing: HangoutStanding,
    reader_id: str,
    known: Known,
    now: datetime,
    community: Community | None = None,
) -> tuple[list[str], list[Block]]:
    """Return one hangout as text and blocks; `community` is named where there may be several."""
    hangout, own = standing.hangout, Own.of(standing, reader_id)
    place = f", {community.name}" if community is not None else ""
    first = phrase(heading(hangout, known.names), place)
    if not hangout.is_on:
        why = phrase(first, f" {called_off_words(hangout)}")
        return [why.text], [why.block]
    if own.leads:
        first = phrase(day_and_time(hangout, bold=True), f": hangout{place}")
    if state := own_state(own):
        first = phrase(phrase(state, bold=True), " · ", first)
    facts = _facts(standing, reader_id, known, now)
    lines = [line for line in (first, own_details(own, known)) if line]
    blocks: list[Block] = [line.block for line in lines]
    if facts:
        blocks.append(grey_line(facts))
    if buttons := own_buttons(own, now):
        blocks.append(ActionsBlock(elements=buttons, block_id=list_row(hangout.id)))
    return [*[line.text for line in lines], escape(" ".join(facts))], blocks


def _facts(standing: HangoutStanding, reader_id: str, known: Known, now: datetime) -> list[str]:
    """Return what else is to be known: of the reader the row tells already."""
    hangout = standing.hangout
    facts = [f"We try {hangout.skill}."] if hangout.skill else []
    if hangout.is_ahead(now):
        facts += [presenting_words(standing, known.names, reader_id), free_words(standing)]
    else:
        facts.append("It has begun.")
    others = [one for one in standing.coming_ids if one != reader_id]
    facts.append(coming_words(others, known.names))
    return [fact for fact in facts if fact]


def _nothing_coming(coming: Coming) -> Message:
    """Return what hangouts are for, and the way to the first one."""
    community = coming.community
    first = phrase(f"No hangout is planned in {place_of(community)} yet. {WHAT_IT_IS}")
    if coming.is_run_by_reader:
        return in_lines([first], [plan_button(community)])
    who = [name_of(one, coming.known.names) for one in community.facilitators]
    ask = f"{listed(who)} can plan them with /hangout plan." if who else ""
    return in_lines([first, phrase(ask[:1].upper() + ask[1:])], [])


def plan_button(community: Community) -> ButtonElement:
    return ButtonElement(
        text="Plan hangouts", action_id=PLAN, value=str(community.id), style="primary"
    )


@dataclass(frozen=True, kw_only=True)
class OnHome:
    """What App Home shows: the next hangout of each community, and where none is planned.

    `unplanned` are communities the reader looks after.
    """

    reader_id: str
    next_ones: Sequence[tuple[Community, HangoutStanding]]
    known: Known
    unplanned: Sequence[Community] = ()


def home_part(shown: OnHome, now: datetime) -> list[Block]:
    """Return my next hangout in each community with its buttons; without any, how to begin."""
    blocks: list[Block] = []
    if shown.next_ones:
        title = "My next hangout" if len(shown.next_ones) == 1 else "My next hangouts"
        blocks.append(paragraph(words(title, bold=True)))
    for community, standing in shown.next_ones:
        _, row = _row(standing, shown.reader_id, shown.known, now, community)
        blocks += row
    for community in shown.unplanned:
        line = phrase(f"No hangout is planned in {place_of(community)} yet. {WHAT_IT_IS}")
        blocks += [line.block, ActionsBlock(elements=[plan_button(community)])]
    return blocks


def did_you_mean(typed: str, nearest: str | None) -> Message:
    """Answer a word that is none of ours, with the nearest right one if there is one."""
    shown = excerpt(typed, WORD_LENGTH)
    if nearest is None:
        return in_lines([phrase(f"I don’t know “{shown}”. These I know:"), *_help_lines(HELP)], [])
    line = phrase(
        f"I don’t know “{shown}”. Did you mean ", phrase(f"/hangout {nearest}", bold=True), "?"
    )
    yes = ButtonElement(text=f"Yes, {nearest}", action_id=RUN, value=nearest)
    return in_lines([line], [yes])


def hangout_help() -> Message:
    """Return what `/hangout` does, in a few lines."""
    lines = [phrase(WHAT_IT_IS), *_help_lines(HELP), phrase("For facilitators:")]
    coming = ButtonElement(text="What is coming", action_id=COMING, value="")
    return in_lines([*lines, *_help_lines(HELP_FOR_FACILITATORS)], [coming])


def _help_lines(commands: Sequence[tuple[str, str]]) -> list[Phrase]:
    """Return the commands in one paragraph, a line each."""
    return [phrase("\n".join(f"• {command}: {does}" for command, does in commands))]
