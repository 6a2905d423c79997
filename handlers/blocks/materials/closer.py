"""One material looked at closely: what colleagues added, how it went for them, where it is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.blocks.hangouts.facts import Phrase, phrase
from handlers.blocks.materials.cards import body, drawn
from handlers.blocks.materials.facts import Known, circle_words
from handlers.blocks.message import Message
from handlers.blocks.pilots.facts import typed
from handlers.blocks.text import day, excerpt
from models.materials.material import Addition, Material
from models.materials.places import Target
from models.materials.using import Used

# Slack takes 50 blocks in a message, and a phone shows few; the newest are read first.
SHOWN_AT_MOST = 10
NAMES_AT_MOST = 20
TITLE_LENGTH = 80


@dataclass(frozen=True, kw_only=True)
class Closer:
    """What a reader may see of one material besides itself, the latest first; `tz` is theirs."""

    known: Known
    additions: Sequence[Addition] = ()
    uses: Sequence[Used] = ()
    places: Sequence[Target] = ()
    tz: str | None = None


def material_view(material: Material, closer: Closer, now: datetime) -> Message:
    """Return the material for one reader's eyes, with all that they may see of it."""
    known = closer.known
    saved = day(material.saved_at, closer.tz, now)
    headline = phrase(
        known.title(material, bold=True),
        f"\nSaved by {known.name(material.owner_id)} in {known.place(material)} "
        f"on {saved} · {circle_words(material, known)}",
    )
    lines = [
        headline,
        *body(material, known),
        *_places(closer.places),
        *_additions(closer),
        *_uses(closer),
    ]
    return drawn(material, known, lines)


def _places(places: Sequence[Target]) -> list[Phrase]:
    named = [f"the {one.kind} “{excerpt(one.title, TITLE_LENGTH)}”" for one in places]
    if not named:
        return []
    more = f" and {len(named) - SHOWN_AT_MOST} more" if len(named) > SHOWN_AT_MOST else ""
    return [phrase(f"Attached to {', '.join(named[:SHOWN_AT_MOST])}{more}.")]


def _additions(closer: Closer) -> list[Phrase]:
    return [
        phrase(closer.known.person(one.member_id), " added: ", typed(one.note))
        for one in closer.additions[:SHOWN_AT_MOST]
    ] + _and_more(len(closer.additions), "addition")


def _uses(closer: Closer) -> list[Phrase]:
    """Return who used it: those who say how it went, with their words, then the others."""
    telling = [one for one in closer.uses if one.use.how]
    quiet = [one for one in closer.uses if not one.use.how]
    lines = [
        phrase(closer.known.person(one.use.member_id), f" used it{_within(one)}: ", typed(how))
        for one in telling[:SHOWN_AT_MOST]
        if (how := one.use.how)
    ]
    lines += _and_more(len(telling), "report")
    if quiet:
        names = [f"{closer.known.name(one.use.member_id)}{_within(one)}" for one in quiet]
        more = " and others" if len(names) > NAMES_AT_MOST else ""
        lines.append(phrase(f"Also used by {', '.join(names[:NAMES_AT_MOST])}{more}."))
    return lines


def _within(used: Used) -> str:
    return f" in the pilot “{excerpt(used.pilot.name, TITLE_LENGTH)}”" if used.pilot else ""


def _and_more(number: int, what: str) -> list[Phrase]:
    rest = number - SHOWN_AT_MOST
    return [phrase(f"And {rest} earlier {what}{'s' * (rest > 1)}.")] if rest > 0 else []
