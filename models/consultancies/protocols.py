"""Protocols: the steps by which colleagues think about a problem. A protocol is data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.consultancies.built_in import MINI, PROTOCOLS
from models.consultancies.steps import Protocol, Speaks, Step
from models.database import Base, OfWorkspace
from models.errors import NotHereError
from models.ids import id_from

__all__ = [
    "PROTOCOLS",
    "Protocol",
    "ProtocolCopy",
    "Speaks",
    "Step",
    "all_of",
    "live_protocol_of",
    "protocol_of",
]

NAME_LENGTH = 80
# What the key of a community's own protocol begins with; the copy's id follows.
COPY = "copy:"


class ProtocolCopy(OfWorkspace, Base):
    """A community's own edition of a protocol; `steps` is as `Step.to_dict` writes them."""

    __tablename__ = "protocols"

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    based_on: Mapped[str] = mapped_column(String(40))
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    is_asynchronous: Mapped[bool] = mapped_column(default=False)
    changed_by: Mapped[str] = mapped_column(String(32))
    changed_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    @classmethod
    async def of_community(cls, session: AsyncSession, community_id: int) -> Sequence[ProtocolCopy]:
        """Return the community's own protocols, the oldest first."""
        query = select(cls).where(cls.community_id == community_id, cls.deleted_at.is_(None))
        return (await session.scalars(query.order_by(cls.id))).all()

    @classmethod
    async def keyed(cls, session: AsyncSession, community_id: int, key: str) -> ProtocolCopy | None:
        """Return that community's copy, also a deleted one; the key may be forged."""
        copy_id = id_from(key.removeprefix(COPY)) if key.startswith(COPY) else None
        query = select(cls).where(cls.id == copy_id, cls.community_id == community_id)
        return await session.scalar(query) if copy_id is not None else None

    @classmethod
    async def standing(cls, session: AsyncSession, community_id: int, key: str) -> ProtocolCopy:
        """Return that community's copy; raises NotHereError, also for one that was deleted."""
        copy = await cls.keyed(session, community_id, key)
        if copy is None or copy.deleted_at is not None:
            raise NotHereError(
                "That protocol is not there any more. `/hangout protocols` shows those that are."
            )
        return copy

    @property
    def protocol(self) -> Protocol:
        return Protocol(
            key=f"{COPY}{self.id}",
            name=self.name,
            steps=tuple(map(Step.read, self.steps)),
            is_asynchronous=self.is_asynchronous,
            source=PROTOCOLS.get(self.based_on, MINI).source,
        )


async def all_of(session: AsyncSession, community_id: int) -> list[Protocol]:
    """Return what a community can choose from: the built-in ones, then its own."""
    own = await ProtocolCopy.of_community(session, community_id)
    return [*PROTOCOLS.values(), *(copy.protocol for copy in own)]


async def protocol_of(session: AsyncSession, community_id: int, key: str) -> Protocol:
    """Return the protocol of that key, so that a hangout always has one.

    Of a copy that was deleted it is what the copy was made from, of an unknown key the mini one.
    """
    if key in PROTOCOLS:
        return PROTOCOLS[key]
    copy = await ProtocolCopy.keyed(session, community_id, key)
    if copy is None:
        return MINI
    return PROTOCOLS.get(copy.based_on, MINI) if copy.deleted_at is not None else copy.protocol


async def live_protocol_of(session: AsyncSession, community_id: int, key: str) -> Protocol:
    """Return the protocol for a hangout, where one that takes days is of no use."""
    protocol = await protocol_of(session, community_id, key)
    return MINI if protocol.is_asynchronous else protocol
