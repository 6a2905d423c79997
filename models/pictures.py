"""Pictures: which of the charts we drew Slack has already, so that none is sent up twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import String, UniqueConstraint, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace
from models.posts import Post

# After which times a message that was said without its picture is drawn again; then it is let be.
AGAIN_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
)
# A message redrawn later than this sends its picture up once more; the old file stays in Slack.
KEPT_FOR = timedelta(days=90)
# That a picture was used is noted at most this often, for it costs a transaction.
NOTED_EVERY = timedelta(days=1)


class StoredPicture(OfWorkspace, Base):
    """One picture in Slack. `fingerprint` tells what it shows, so an equal one needs no upload."""

    __tablename__ = "stored_pictures"
    __table_args__ = (UniqueConstraint("workspace_id", "fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    file_id: Mapped[str] = mapped_column(String(32))
    stored_at: Mapped[datetime]
    used_at: Mapped[datetime]

    @classmethod
    async def find(cls, session: AsyncSession, fingerprint: str) -> StoredPicture | None:
        query = select(cls).where(cls.fingerprint == fingerprint)
        return (await session.scalars(query)).one_or_none()

    @classmethod
    async def keep(
        cls, session: AsyncSession, fingerprint: str, file_id: str, now: datetime
    ) -> None:
        """Remember which file shows that picture; of several that do, the last one told counts."""
        row = await cls.find(session, fingerprint)
        if row is None:
            try:
                async with session.begin_nested():
                    session.add(
                        cls(fingerprint=fingerprint, file_id=file_id, stored_at=now, used_at=now)
                    )
                return
            except IntegrityError:
                # Another replica sent the same picture up at the same moment.
                row = (await session.scalars(select(cls).filter_by(fingerprint=fingerprint))).one()
        row.file_id, row.stored_at, row.used_at = file_id, now, now

    @classmethod
    async def forget(cls, session: AsyncSession, fingerprint: str) -> None:
        """Forget which file shows the picture, so that it is sent up anew."""
        await session.execute(
            delete(cls)
            .where(cls.fingerprint == fingerprint)
            .execution_options(synchronize_session=False)
        )

    @classmethod
    async def forget_old(cls, session: AsyncSession, now: datetime) -> None:
        await session.execute(
            delete(cls)
            .where(cls.used_at < now - KEPT_FOR)
            .execution_options(synchronize_session=False)
        )

    def is_to_be_noted(self, now: datetime) -> bool:
        """Say whether it is long enough ago that somebody noted that the picture was used."""
        return now - self.used_at >= NOTED_EVERY


def wants_its_picture(post: Post, tries: int, now: datetime) -> None:
    """Draw the message again later, for it stands there without its picture.

    `tries` is how often it was drawn so, from one on: it waits longer each time, and at last it is
    let be. A change of what it shows does not wait with it.
    """
    if tries <= len(AGAIN_AFTER):
        again = now + AGAIN_AFTER[tries - 1]
        post.attempts = tries
        post.redraw_at = min(post.redraw_at or again, again)
