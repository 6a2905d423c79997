"""How a practice spread, as a picture and in words: who inspired whom, where and when.

Both say the same, so nobody misses anything who sees only one of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import partial
from hashlib import sha256

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.blocks.hangouts.facts import name_of, number_word
from handlers.blocks.message import Message, Picture
from handlers.blocks.pilots.ids import START, start_value
from handlers.blocks.practices.ids import SPREAD
from handlers.blocks.practices.sparks_painting import paint
from handlers.blocks.practices.spread_layout import day_of, spread_of
from handlers.blocks.practices.summary import counted_words, cycles_word, state_word
from handlers.blocks.problems.facts import facts_line
from handlers.blocks.text import bullets, escape, excerpt, first_upper, listed, paragraph, words
from models.practices.lineage import Lineage
from models.practices.practice import Practice
from models.practices.trials import Trial

# One pilot alone has not spread.
FEWEST_TRIALS = 2
# More of them make a picture too small to read, and a message too long.
MOST_TRIALS = 24
ALT_LENGTH, LINE_LENGTH = 2000, 160
NOT_SPREAD = (
    "There is nothing to draw yet: a practice spreads when a colleague presses Try this on it, or "
    "on a pilot that somebody shares."
)


def spread_message(lineage: Lineage, names: Mapping[str, str]) -> Message:
    """Return the picture with its words; `names` are display names by member id."""
    heading = f"How “{lineage.practice.name}” spread"
    drawn = lineage.newest(MOST_TRIALS)
    lines = trial_lines(drawn, names)
    sentences = spread_sentences(lineage)
    counted = counted_words(lineage.reader_id)
    button = ButtonElement(
        text="Try this", action_id=START, value=start_value(practice_id=lineage.practice.id)
    )
    blocks: list[Block] = [
        paragraph(words(heading, bold=True), words(f"\n{' '.join(sentences)}")),
        *([bullets(*([words(line)] for line in lines))] if lines else []),
        *([facts_line([counted])] if lines else []),
        ActionsBlock(elements=[button]),
    ]
    text = [heading, *sentences, *(f"• {line}" for line in lines), counted if lines else ""]
    message = Message.of(map(escape, text), blocks)
    return replace(message, picture=sparks_picture(drawn, names, at=1))


def spread_button(practice: Practice) -> ButtonElement:
    return ButtonElement(text="How it spread", action_id=SPREAD, value=str(practice.id))


def sparks_picture(lineage: Lineage, names: Mapping[str, str], *, at: int) -> Picture | None:
    """Return the picture for the place `at` among the blocks, or None where nothing spread yet.

    At most the newest MOST_TRIALS are drawn.
    """
    if len(lineage.trials) < FEWEST_TRIALS:
        return None
    drawn = lineage.newest(MOST_TRIALS)
    spread = spread_of(drawn, names)
    return Picture(
        name="sparks.png",
        title=spread.title,
        alt_text=alt_text(drawn, names),
        fingerprint=sha256(json.dumps(asdict(spread), sort_keys=True).encode()).hexdigest(),
        paint=partial(paint, spread),
        at=at,
    )


def spread_sentences(lineage: Lineage) -> list[str]:
    """Return how many were inspired by another pilot, and what picture and list leave out."""
    if not lineage.trials:
        return [NOT_SPREAD]
    inspired = len({place for _, place in lineage.sparks})
    many = len(lineage.trials)
    pilots = f"{number_word(many)} {'pilot' if many == 1 else 'pilots'}"
    if inspired:
        was = "was" if inspired == 1 else "were"
        told = f"{pilots}; {number_word(inspired)} of them {was} inspired by another one."
    else:
        told = f"{pilots} so far, begun without another one in mind."
    sentences = [first_upper(told)]
    if many > MOST_TRIALS:
        sentences.append(f"Here are the {MOST_TRIALS} newest.")
    return sentences


def trial_lines(lineage: Lineage, names: Mapping[str, str]) -> list[str]:
    """Return a line for each pilot, such as "10 Nov · Ben, Lincoln School · inspired by Ana"."""
    return [
        excerpt(_line(lineage, place, names), LINE_LENGTH) for place in range(len(lineage.trials))
    ]


def alt_text(lineage: Lineage, names: Mapping[str, str]) -> str:
    """Return what the picture shows for who does not see it, at most ALT_LENGTH characters."""
    told = [
        f"How “{lineage.practice.name}” spread, by school and day.",
        *(f"{line}." for line in trial_lines(lineage, names)),
    ]
    return excerpt(" ".join(told), ALT_LENGTH)


def _line(lineage: Lineage, place: int, names: Mapping[str, str]) -> str:
    trial, days = lineage.trials[place], [one.first.starts_on for one in lineage.trials]
    who = _who(trial, lineage, names)
    inspirers = [_who(lineage.trials[one], lineage, names) for one in lineage.inspirers_of(place)]
    facts = [
        day_of(trial.first.starts_on, days[0], days[-1]),
        f"{first_upper(who)}, {trial.school}" if trial.school else first_upper(who),
        f"inspired by {listed(inspirers)}" if inspirers else "",
        state_word(trial.latest),
        cycles_word(trial),
    ]
    return " · ".join(fact for fact in facts if fact)


def _who(trial: Trial, lineage: Lineage, names: Mapping[str, str]) -> str:
    return "you" if trial.member_id == lineage.reader_id else name_of(trial.member_id, names)
