"""Filling: a community's own words as they are said, with what stands for each placeholder."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.blocks.hangouts.facts import Known, Phrase, day_and_time, free_words, host, phrase
from handlers.blocks.hangouts.forms import place_of
from handlers.blocks.text import first_upper, said
from models.communities import Community
from models.hangouts.hangout import Hangout
from models.hangouts.standings import HangoutStanding
from models.time import zone
from models.wordings.rewording import has_placeholder, pieces_of, without

Facts = Mapping[str, str | Phrase]
# What a sentence follows.
ENDS = (".", "!", "?", "…")


def filled(text: str, facts: Facts) -> Phrase:
    """Return the words with each placeholder filled in; nothing in them formats or pings."""
    parts: list[Phrase] = []
    before = ""
    for is_placeholder, piece in pieces_of(text):
        parts.append(_fact(facts.get(piece, ""), before) if is_placeholder else _faithful(piece))
        before = piece
    return phrase(*parts)


def _fact(fact: str | Phrase, before: str) -> Phrase:
    """Return what stands for a placeholder; `before` are the words, or another one, before it."""
    begins = before.strip() == "" or before.rstrip().endswith(ENDS) or before.endswith("\n")
    return phrase(first_upper(fact) if begins and isinstance(fact, str) else fact)


def _faithful(piece: str) -> Phrase:
    """Return what a facilitator wrote as it is; web addresses are links."""
    return Phrase(tuple(said(piece)), phrase(piece).text)


def own_opening(text: str | None, facts: Facts, heading: Phrase) -> list[Phrase]:
    """Return what a message about a hangout begins with, or nothing where it has our words.

    Whoever leaves {when} out of their words still has the heading, which says it. A sentence that
    tells of what there is not, such as a skill or somebody to lead it, is left out.
    """
    told = without(text or "", [name for name, fact in facts.items() if not fact])
    if not told:
        return []
    own = filled(told, facts)
    return [own] if has_placeholder(told, "when") else [heading, own]


def facts_of(standing: HangoutStanding, known: Known, community: Community) -> Facts:
    """Return what stands for the placeholders of an invitation and of a reminder."""
    hangout = standing.hangout
    return {
        "when": day_and_time(hangout, bold=True),
        "day": day_of(hangout),
        "community": place_of(community),
        "host": host(hangout, known.names) if hangout.facilitator_id else "",
        "skill": hangout.skill or "",
        "seats": free_words(standing),
    }


def day_of(hangout: Hangout) -> str:
    """Return the weekday where it takes place."""
    return f"{hangout.starts_at.astimezone(zone(hangout.tz)):%A}"
