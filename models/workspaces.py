"""Workspaces: the Slack teams in which the bot is installed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base


class Workspace(Base):
    """One Slack team. `gone_at` is set when the bot was removed from it.

    What is older than `keeps_months` is deleted; empty keeps everything. `keeps_changed_at` is when
    a lead chose that, `keeps_told_at` when leads were told that the first deletion is near.
    """

    __tablename__ = "workspaces"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str | None] = mapped_column(String(255))
    url: Mapped[str | None] = mapped_column(String(255))
    bot_user_id: Mapped[str | None] = mapped_column(String(32))
    first_seen_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]
    keeps_months: Mapped[int | None]
    keeps_changed_at: Mapped[datetime | None]
    keeps_told_at: Mapped[datetime | None]

    @classmethod
    async def meet(
        cls,
        session: AsyncSession,
        workspace_id: str,
        *,
        name: str | None,
        url: str | None,
        bot_user_id: str | None,
        now: datetime,
    ) -> Workspace:
        """Return the workspace, noted on first contact; one that had removed the bot is back."""
        workspace = await session.get(cls, workspace_id)
        if workspace is None:
            workspace = cls(id=workspace_id, first_seen_at=now)
            session.add(workspace)
        workspace.name, workspace.url, workspace.bot_user_id = name, url, bot_user_id
        workspace.gone_at = None
        return workspace

    @classmethod
    async def address(cls, session: AsyncSession) -> str | None:
        """Return where this session's workspace is in the browser, ending in a slash."""
        workspace = await session.get(cls, session.info.get("workspace_id", ""))
        return workspace.url if workspace else None
