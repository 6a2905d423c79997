"""Questions: what colleagues ask in an asynchronous consultancy, gathered for the presenter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.consultancies.consultancy import Consultancy
from models.database import Base, OfWorkspace
from models.problems.answers import Reply, add_once
from models.text import clean

# Characters; the thread has the rest.
LENGTH = 3000
# The question marks of Latin, Greek, full-width and Arabic writing.
_MARK = re.compile("[?\u037e\uff1f\u061f]")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


class Question(OfWorkspace, Base):
    """One question of the thread. `ts` is the message's name, `step` the step it was asked in.

    The text is empty when the message was deleted, or edited so that it asks nothing any more.
    """

    __tablename__ = "consultancy_questions"
    __table_args__ = (UniqueConstraint("consultancy_id", "ts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultancy_id: Mapped[int] = mapped_column(ForeignKey("consultancies.id", ondelete="CASCADE"))
    ts: Mapped[str] = mapped_column(String(32))
    member_id: Mapped[str] = mapped_column(String(32), index=True)
    step: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    @classmethod
    async def of(cls, session: AsyncSession, consultancy_id: int) -> Sequence[Question]:
        """Return what was asked, in the order in which it was written."""
        query = select(cls).where(cls.consultancy_id == consultancy_id, cls.text != "")
        return (await session.scalars(query.order_by(cls.ts))).all()

    @classmethod
    async def forget(cls, session: AsyncSession, consultancy_id: int) -> None:
        """Keep nothing of what was asked about a problem that is withdrawn."""
        await session.execute(delete(cls).where(cls.consultancy_id == consultancy_id))

    async def keep(self, session: AsyncSession) -> None:
        """Keep the message if it asks something; delivered twice it counts once."""
        self.text = asked_in(self.text)
        if self.text:
            await add_once(session, self)

    async def reword(self, session: AsyncSession) -> None:
        """Keep the message's new words, also when the news of its writing comes later."""
        self.text = asked_in(self.text)
        known = await self._change(session, text=self.text)
        if not known:
            await add_once(session, self)

    async def take_back(self, session: AsyncSession, now: datetime) -> None:
        """Count the message no more, even if the news of its deletion comes first."""
        self.text, self.deleted_at = "", now
        known = await self._change(session, text="", deleted_at=now)
        if not known:
            await add_once(session, self)

    async def _change(self, session: AsyncSession, **values: object) -> bool:
        """Change the row that this message has, unless it was deleted; say whether there is one."""
        changed = await session.scalar(
            update(Question)
            .where(Question.consultancy_id == self.consultancy_id, Question.ts == self.ts)
            .where(Question.deleted_at.is_(None))
            .values(values)
            .returning(Question.id),
            execution_options={"synchronize_session": False},
        )
        return changed is not None


@dataclass(frozen=True)
class Gathered:
    """What came together in the thread: `messages` of so many `people`, `questions` among them."""

    messages: int
    people: int
    questions: int

    @classmethod
    async def in_thread(cls, session: AsyncSession, consultancy: Consultancy) -> Gathered:
        """Count what was written since the beginning; a named presenter's own words do not count.

        Without a name everybody's words count alike, or the number would tell who presented.
        """
        presenter_id = consultancy.presenter_id
        query = select(func.count(Reply.id), func.count(func.distinct(Reply.member_id))).where(
            Reply.problem_id == consultancy.problem_id,
            Reply.deleted_at.is_(None),
            Reply.replied_at >= consultancy.opened_at,
            Reply.member_id.is_distinct_from(presenter_id),
        )
        messages, people = (await session.execute(query)).one()
        return cls(messages, people, len(await Question.of(session, consultancy.id)))


def asked_in(text: str) -> str:
    """Return the words of a message that asks something, "" for any other.

    A question mark within a web address asks nothing.
    """
    kept = clean(text)[:LENGTH]
    return kept if _MARK.search(_ADDRESS.sub("", kept)) else ""
