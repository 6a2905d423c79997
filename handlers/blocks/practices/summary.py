"""What came of a practice, as its card tells: who tried it, what they decided, what changed.

It says what happened in those classes and never that the practice did it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from slack_sdk.models.blocks import Block, ButtonElement, ContextBlock, SectionBlock

from handlers.blocks.hangouts.facts import name_of, number_word
from handlers.blocks.pilots.ids import SHOW
from handlers.blocks.problems.facts import facts_line
from handlers.blocks.text import excerpt, first_upper, listed, paragraph, plain, words
from models.pilots.pilot import Decision, Pilot
from models.practices.summing_up import Moved, Summary
from models.practices.trials import Trial

# A card that needs scrolling is too long; the rest is behind "How it spread".
LISTED_AT_MOST = 5
ROW_LENGTH = 200
NONE_YET = "There is no pilot of it to see yet. Whoever tries it chooses who may see theirs."

# Where a pilot stands, in a word.
RUNNING, KEPT, CHANGED, LET_GO = "running", "kept", "changed", "let go"
_DECIDED = {Decision.ADOPT: KEPT, Decision.ADAPT: CHANGED, Decision.ABANDON: LET_GO}


def summary_blocks(summary: Summary, names: Mapping[str, str]) -> list[Block]:
    """Return a paragraph, the newest pilots with a button each, and what was counted."""
    sentences = summary_sentences(summary)
    blocks: list[Block] = [paragraph(words(" ".join(sentences)))]
    for trial in summary.trials[:LISTED_AT_MOST]:
        button = ButtonElement(text="Look", action_id=SHOW, value=str(trial.latest.id))
        row = plain(trial_words(trial, summary, names))
        blocks.append(SectionBlock(text=row, accessory=button))
    if summary.trials:
        blocks.append(_what_was_counted(summary))
    return blocks


def summary_lines(summary: Summary, names: Mapping[str, str]) -> list[str]:
    """Return the same as plain lines, for a message's text, where they are to be escaped."""
    shown = summary.trials[:LISTED_AT_MOST]
    return [
        " ".join(summary_sentences(summary)),
        *(f"• {trial_words(trial, summary, names)}" for trial in shown),
        *([_left_out(summary)] if len(summary.trials) > len(shown) else []),
        *([f"{counted_words(summary.reader_id)}."] if shown else []),
    ]


def summary_sentences(summary: Summary) -> list[str]:
    """Return who tried it, what was decided and what the numbers did, a sentence or two each."""
    if not summary.trials:
        return [NONE_YET]
    return [_tried(summary), _decided(summary), _moved(summary)]


def trial_words(trial: Trial, summary: Summary, names: Mapping[str, str]) -> str:
    """Return one pilot in a line, such as "Ana, period 3 · kept · Lincoln School"."""
    who = "You" if trial.member_id == summary.reader_id else name_of(trial.member_id, names)
    latest = trial.latest
    facts = [
        f"{first_upper(who)}, {latest.with_class}" if latest.with_class else first_upper(who),
        state_word(latest),
        cycles_word(trial),
        trial.school or "",
    ]
    return excerpt(" · ".join(fact for fact in facts if fact), ROW_LENGTH)


def counted_words(reader_id: str) -> str:
    """Return what was counted: always the same words, whether or not there is more to see."""
    if not reader_id:
        return "Counted are the pilots shared with the whole network"
    return "Counted are the pilots that you may see; a private one counts for its teacher alone"


def state_word(pilot: Pilot) -> str:
    """Return where a pilot stands in a word: its decision, or that it still runs."""
    if pilot.finished_at is None or pilot.decision is None:
        return RUNNING
    return _DECIDED[Decision(pilot.decision)]


def cycles_word(trial: Trial) -> str:
    """Return over how many cycles it went, "" for one."""
    return f"{number_word(len(trial.cycles))} cycles" if len(trial.cycles) > 1 else ""


def _tried(summary: Summary) -> str:
    if {one.member_id for one in summary.trials} == {summary.reader_id}:
        return "You have tried it."
    who = "one teacher" if summary.teachers == 1 else f"{number_word(summary.teachers)} teachers"
    schools = f" in {number_word(summary.schools)} schools" if summary.schools else ""
    return f"Tried by {who}{schools}."


def _decided(summary: Summary) -> str:
    """Return the decisions. Pilots are counted, for a teacher may decide otherwise elsewhere."""
    parts = [
        f"in {_pilots(count, with_noun=place == 0)} it was {_DECIDED[decision]}"
        for place, (decision, count) in enumerate(_in_order(summary.decisions))
    ]
    are = "is" if summary.running == 1 else "are"
    running = f"{_pilots(summary.running, with_noun=not parts)} {are} still running"
    if not parts:
        return first_upper(f"{running}.")
    decided = listed(parts)
    return first_upper(f"{decided}; {running}." if summary.running else f"{decided}.")


def _moved(summary: Summary) -> str:
    """Return what the numbers did; that they moved is no proof, and is not said without that."""
    moves = summary.moves
    parts = [
        f"in {number_word(moves[way])} they {words}"
        for way, words in (
            (Moved.AS_HOPED, "moved the hoped-for way"),
            (Moved.OTHER_WAY, "moved the other way"),
            (Moved.NOT_CLEARLY, "did not clearly move"),
        )
        if moves[way]
    ]
    early = number_word(moves[Moved.TOO_EARLY])
    if not parts:
        return "Of the numbers it is too early to say anything."
    said = f"The numbers: {listed(parts)}"
    said += f"; for {early} it is too early to say." if moves[Moved.TOO_EARLY] else "."
    has_moved = moves[Moved.AS_HOPED] or moves[Moved.OTHER_WAY]
    return f"{said} That does not prove it was this." if has_moved else said


def _in_order(decisions: Counter[Decision]) -> list[tuple[Decision, int]]:
    return [(decision, decisions[decision]) for decision in Decision if decisions[decision]]


def _pilots(count: int, *, with_noun: bool) -> str:
    noun = f" {'pilot' if count == 1 else 'pilots'}" if with_noun else ""
    return f"{number_word(count)}{noun}"


def _what_was_counted(summary: Summary) -> ContextBlock:
    left_out = _left_out(summary) if len(summary.trials) > LISTED_AT_MOST else ""
    return facts_line(
        [fact for fact in (left_out.rstrip("."), counted_words(summary.reader_id)) if fact]
    )


def _left_out(summary: Summary) -> str:
    rest = len(summary.trials) - LISTED_AT_MOST
    return f"{first_upper(number_word(rest))} more {'is' if rest == 1 else 'are'} not shown here."
