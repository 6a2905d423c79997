"""An erasure: somebody had everything about them deleted. Who it was is not kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace


class Erasure(OfWorkspace, Base):
    """What was done, for the workspace's records: rows by table, without a name or words."""

    __tablename__ = "erasures"
    __table_args__ = (UniqueConstraint("workspace_id", "request_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_key: Mapped[str] = mapped_column(String(200))
    rows: Mapped[dict[str, int]] = mapped_column(JSON)
    erased_at: Mapped[datetime]
