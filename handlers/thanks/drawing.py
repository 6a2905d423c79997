"""How thanks are drawn: with the names, ways and colleagues that their reader may know of."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.thanks.facts import Facts
from handlers.names import names_of
from models.thanks.finding import receivers_of, seconders_of
from models.thanks.pointing import EVERYBODY, pointers_of, sources_of
from models.thanks.thanks import Thanks

__all__ = ["EVERYBODY", "facts_of", "facts_of_all"]


async def facts_of(session: AsyncSession, thanks: Thanks, reader_id: str) -> Facts:
    """Return what drawing thanks takes; with EVERYBODY only what the whole community may see."""
    [facts] = await facts_of_all(session, [thanks], reader_id)
    return facts


async def facts_of_all(
    session: AsyncSession, several: Sequence[Thanks], reader_id: str
) -> list[Facts]:
    """Return the same of several for one reader, in their order and in a fixed number of queries.

    Whether the reader sees the thanks themselves has been asked before.
    """
    ids = [one.id for one in several]
    receivers = await receivers_of(session, ids)
    seconders = await seconders_of(session, ids)
    pointers = await pointers_of(session, several, reader_id)
    sources = await sources_of(session, several, reader_id, receivers)
    people = {who for found in (receivers, seconders) for some in found.values() for who in some}
    people |= {one.giver_id for one in several}
    names = await names_of(session, people)
    return [
        Facts(
            thanks=one,
            names=names,
            receiver_ids=receivers.get(one.id, []),
            seconder_ids=seconders.get(one.id, []),
            pointer=pointers.get(one.id),
            source_url=sources.get(one.id),
            reader_id=reader_id,
        )
        for one in several
    ]
