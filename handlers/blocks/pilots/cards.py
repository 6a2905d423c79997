"""The card of a shared pilot, and the same pilot as its teacher sees it in private."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from slack_sdk.models.blocks import Block

from handlers.blocks.hangouts.facts import Phrase, grey_line, linked, number_word, phrase
from handlers.blocks.message import Message
from handlers.blocks.pilots.buttons import card_buttons, own_buttons
from handlers.blocks.pilots.chart import chart_picture
from handlers.blocks.pilots.chart_words import chart_words
from handlers.blocks.pilots.facts import (
    Known,
    circle_words,
    days_words,
    decision_words,
    is_overdue,
    labelled,
    matched_words,
    measured_words,
    series_words,
    typed,
)
from handlers.blocks.text import excerpt, paragraph, words
from models.pilots.evidence import Evidence
from models.pilots.pilot import Circle, Pilot

PROBLEM_LENGTH = 80
KIND_WORDS_AT_MOST = 3
TAKEN_BACK = "This pilot was taken back by its teacher."


def pilot_card(pilot: Pilot, known: Known) -> Message:
    """Return the card as it is now, for everybody who may see the pilot."""
    decided = decision_words(pilot)
    does = " tried " if pilot.finished_at else " tries "
    end = f", and {decided}." if decided else "."
    headline = phrase(
        known.person(pilot.member_id), does, phrase(pilot.name, bold=True), f"{end}\n", *_aim(pilot)
    )
    return _drawn(pilot, known, [headline], _facts(pilot, known), card_buttons(pilot))


def pilot_view(pilot: Pilot, known: Known, notice: str = "") -> Message:
    """Return one's own pilot for nobody else's eyes; `notice` says first what has just happened."""
    headline = phrase(
        phrase(pilot.own_name, bold=True), f" · {circle_words(pilot, known)}\n", *_aim(pilot)
    )
    first = [phrase(notice)] if notice else []
    facts = [*_facts(pilot, known), *_waiting(pilot, known), *_alone(pilot, known)]
    return _drawn(pilot, known, [*first, headline], facts, own_buttons(pilot))


def taken_back() -> Message:
    """Return what stands where a pilot stood that its teacher took back."""
    return Message.of([TAKEN_BACK], [paragraph(words(TAKEN_BACK))])


def _drawn(
    pilot: Pilot,
    known: Known,
    first: Sequence[Phrase],
    facts: Sequence[str],
    buttons: Block,
) -> Message:
    """Return the first lines, what was predicted and came of it, the chart, facts and buttons."""
    evidence = known.evidence.get(pilot.id)
    above = [*first, *_outcome(pilot)]
    below = [*_chart_lines(evidence), *_kind_words(pilot, known), *_origin(pilot, known)]
    blocks: list[Block] = [one.block for one in (*above, *below)]
    message = Message.of(
        [*(one.text for one in (*above, *below)), grey_text(facts)],
        [*blocks, grey_line(facts), buttons],
    )
    if evidence is None:
        return message
    return replace(message, picture=chart_picture(evidence, at=len(above)))


def _aim(pilot: Pilot) -> tuple[Phrase]:
    return (typed(pilot.aim),)


def _outcome(pilot: Pilot) -> list[Phrase]:
    """Return the prediction, with the result beside it once there is one."""
    if pilot.finished_at is None:
        return [labelled("Prediction", pilot.prediction)]
    lines = [labelled("Predicted", pilot.prediction)]
    if pilot.result:
        matched = matched_words(pilot)
        happened = labelled("Happened", pilot.result, f" ({matched})" if matched else "")
        lines = [phrase(lines[0], "\n", happened)]
    if pilot.learned:
        lines.append(labelled("Learned", pilot.learned))
    if pilot.why:
        lines.append(labelled("Why", pilot.why))
    return lines


def _chart_lines(evidence: Evidence | None) -> list[Phrase]:
    return [phrase(" ".join(chart_words(evidence)))] if evidence else []


def _kind_words(pilot: Pilot, known: Known) -> list[Phrase]:
    """Return what leads said of it, each with their name; of many the latest."""
    said = known.champions.get(pilot.id, ())[-KIND_WORDS_AT_MOST:]
    return [
        phrase(known.person(one.member_id), " stands behind this: ", typed(one.words))
        for one in said
    ]


def _facts(pilot: Pilot, known: Known) -> list[str]:
    facts = [measured_words(pilot), days_words(pilot, known)]
    if series := series_words(pilot, known):
        facts.append(series)
    if pilot.as_planned in ("partly", "no"):
        facts.append("partly as planned" if pilot.as_planned == "partly" else "not as planned")
    if inspirer := known.inspirers.get(pilot.inspired_by_id or 0):
        facts.append(f"inspired by {known.name(inspirer.member_id)}")
    return facts


def _waiting(pilot: Pilot, known: Known) -> list[str]:
    return ["waits for your decision"] if is_overdue(pilot, known) else []


def _alone(pilot: Pilot, known: Known) -> list[str]:
    """Say what colleagues see where its teacher sees more: this cycle, without earlier ones."""
    evidence = known.evidence.get(pilot.id)
    seen = known.seen_cycles.get(pilot.id, ())
    if evidence is None or pilot.circle == Circle.ME or len(seen) == len(evidence.cycles):
        return []
    if len(seen) < 2:
        return [f"colleagues see cycle {pilot.cycle} alone"]
    return [f"colleagues see {number_word(len(seen))} of these cycles"]


def _origin(pilot: Pilot, known: Known) -> list[Phrase]:
    """Return the way back to the problem it began with, where that may be told."""
    problem = known.problems.get(pilot.problem_id or 0)
    if problem is None:
        return []
    title = excerpt(problem.title, PROBLEM_LENGTH)
    return [phrase("Began with ", linked(title, known.problem_links.get(problem.id)))]


def grey_text(facts: Sequence[str]) -> str:
    """Return the grey line as a message's text has it."""
    return phrase(" · ".join(facts)).text
