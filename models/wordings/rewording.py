"""Rewording: a community's own words in place of ours, with placeholders that are filled in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.errors import RuleError
from models.text import clean
from models.thanks.wording import TO_ALL
from models.wordings.wording import OwnWords, Spot

# Characters: a few lines of a phone, for these stand before what there is to know.
TEXT_LENGTH = 300
# What stands for a placeholder may be long itself, and all of it has to fit on one screen.
TIMES_AT_MOST = 2
# What may be left to us in each place; it is filled in when it is said.
PLACEHOLDERS: Mapping[Spot, tuple[str, ...]] = MappingProxyType(
    {
        Spot.INVITATION: ("when", "day", "community", "host", "skill", "seats"),
        Spot.REMINDER: ("when", "day", "community", "host", "company", "skill"),
        Spot.DIGEST: ("community", "news"),
        Spot.PROMPT: ("community", "day"),
    }
)
_BRACED = re.compile(r"\{([^{}]*)\}")
# Where a sentence ends, and what stands between it and the next one.
_BETWEEN = re.compile(r"((?<=[.!?…])\s+|\n\s*)")


class WordsError(RuleError):
    """These words cannot stand there."""

    field = "text"


def checked(spot: Spot, text: str | None) -> str:
    """Return what was typed, fit to keep; raises WordsError. Capitals in placeholders are ours."""
    said = clean(text or "")
    if not said:
        raise WordsError("Please write a sentence, or go back to our words.")
    if len(said) > TEXT_LENGTH:
        raise WordsError(f"This is {len(said):,} characters long and {TEXT_LENGTH} fit here.")
    if TO_ALL.search(said):
        raise WordsError("Nobody is called here. Please leave @channel, @here and @everyone out.")
    said = _BRACED.sub(lambda found: "{" + found[1].strip().casefold() + "}", said)
    _require_placeholders(spot, _BRACED.findall(said))
    if "{" in _BRACED.sub("", said) or "}" in _BRACED.sub("", said):
        raise WordsError("A brace stands alone. Please close it, as in {community}.")
    return said


def _require_placeholders(spot: Spot, names: Sequence[str]) -> None:
    known = PLACEHOLDERS[spot]
    for name in names:
        if name not in known:
            listed = ", ".join("{" + one + "}" for one in known)
            raise WordsError(f"I cannot fill in {{{name}}} here. What I can: {listed}.")
        if names.count(name) > TIMES_AT_MOST:
            raise WordsError(f"Please leave {{{name}}} to me once, or twice at most.")


def without(text: str, names: Collection[str]) -> str:
    """Return the text without the sentences that leave one of these placeholders to us."""
    sentences = _BETWEEN.split(text)
    # A sentence and what follows it take turns.
    pairs = zip(sentences[::2], [*sentences[1::2], ""], strict=True)
    kept = [one + after for one, after in pairs if not any(has_placeholder(one, n) for n in names)]
    return "".join(kept).strip()


def pieces_of(text: str) -> Sequence[tuple[bool, str]]:
    """Return the text in pieces: whether each is a placeholder, and its name or the words."""
    pieces = [(number % 2 == 1, piece) for number, piece in enumerate(_BRACED.split(text))]
    return [piece for piece in pieces if piece[1]]


def has_placeholder(text: str, name: str) -> bool:
    return (True, name) in pieces_of(text)


async def wording_of(session: AsyncSession, community_id: int | None, spot: Spot) -> str | None:
    """Return the community's own words there, with their placeholders, or None for ours."""
    query = select(OwnWords.text).where(
        OwnWords.community_id == (community_id or 0), OwnWords.spot == spot
    )
    return await session.scalar(query)


async def wordings_of(session: AsyncSession, community_id: int) -> dict[Spot, str]:
    """Return all that the community says in its own words."""
    query = select(OwnWords).where(OwnWords.community_id == community_id)
    return {Spot(row.spot): row.text for row in await session.scalars(query)}


async def reword(
    session: AsyncSession, community: Community, spot: Spot, text: str, *, by: str, now: datetime
) -> None:
    """Keep the community's own words there. Lock its row before, so that two make one row."""
    said = checked(spot, text)
    query = select(OwnWords).where(OwnWords.community_id == community.id, OwnWords.spot == spot)
    row = (await session.scalars(query)).first()
    if row is None:
        row = OwnWords(community_id=community.id, spot=spot)
        session.add(row)
    row.text, row.changed_by, row.changed_at = said, by, now
    await session.flush()


async def back_to_ours(session: AsyncSession, community_id: int, spot: Spot) -> None:
    """Say it in our words again; doing so twice is harmless."""
    await session.execute(
        delete(OwnWords).where(OwnWords.community_id == community_id, OwnWords.spot == spot)
    )
