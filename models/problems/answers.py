"""How colleagues answer a problem: replies in its thread, *Me too* and *I can help*."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, false, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace
from models.errors import RuleError


class OwnProblemError(RuleError):
    """The buttons under a problem are for colleagues."""


class ResolvedError(RuleError):
    """A press that came after the problem was resolved."""


class Reply(OfWorkspace, Base):
    """One message in a problem's thread. `ts` is the message's name within its channel.

    `is_question` says that it was gathered as a question in an asynchronous consultancy, where an
    answer is still to come.
    """

    __tablename__ = "problem_replies"
    __table_args__ = (UniqueConstraint("problem_id", "ts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problems.id", ondelete="CASCADE"))
    ts: Mapped[str] = mapped_column(String(32))
    member_id: Mapped[str] = mapped_column(String(32), index=True)
    replied_at: Mapped[datetime]
    is_question: Mapped[bool] = mapped_column(default=False, server_default=false())
    deleted_at: Mapped[datetime | None]

    @classmethod
    async def writers_since(
        cls, session: AsyncSession, problem_id: int, ts: str, *, but_not: str
    ) -> list[str]:
        """Return who answered in the thread from the message `ts` on, each person once."""
        query = (
            select(cls.member_id)
            .where(cls.problem_id == problem_id, cls.deleted_at.is_(None))
            .where(cls.is_question.is_(False))
            .where(cls.ts >= ts, cls.member_id != but_not)
            .order_by(cls.ts)
        )
        return list(dict.fromkeys(await session.scalars(query)))

    @classmethod
    async def note_asking(
        cls, session: AsyncSession, problem_id: int, ts: str, *, is_question: bool
    ) -> None:
        """Note whether that message is a question, as its words are now."""
        await session.execute(
            update(cls)
            .where(cls.problem_id == problem_id, cls.ts == ts)
            .where(cls.is_question.is_(not is_question))
            .values(is_question=is_question)
        )


class Interest(OfWorkspace, Base):
    """One person who met the same problem."""

    __tablename__ = "problem_interests"
    __table_args__ = (UniqueConstraint("problem_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problems.id", ondelete="CASCADE"))
    member_id: Mapped[str] = mapped_column(String(32), index=True)
    since: Mapped[datetime]


class Helper(OfWorkspace, Base):
    """One person who can help with a problem."""

    __tablename__ = "problem_helpers"
    __table_args__ = (UniqueConstraint("problem_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problems.id", ondelete="CASCADE"))
    member_id: Mapped[str] = mapped_column(String(32), index=True)
    offered_at: Mapped[datetime]


class Answer(OfWorkspace, Base):
    """What whoever shared a problem without a name said in its thread, through the bot."""

    __tablename__ = "problem_answers"
    __table_args__ = (UniqueConstraint("workspace_id", "request_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problems.id", ondelete="CASCADE"))
    request_key: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime]

    @classmethod
    async def keep(
        cls, session: AsyncSession, problem_id: int, text: str, request_key: str, now: datetime
    ) -> Answer:
        """Return the answer that this request made, now or before."""
        made = select(cls).where(cls.request_key == request_key)
        answer = cls(problem_id=problem_id, request_key=request_key, text=text, answered_at=now)
        if await add_once(session, answer):
            return answer
        return (await session.scalars(made)).one()

    @classmethod
    async def ids_of(cls, session: AsyncSession, problem_id: int) -> Sequence[int]:
        return (await session.scalars(select(cls.id).where(cls.problem_id == problem_id))).all()


async def add_once(session: AsyncSession, row: Base) -> bool:
    """Keep the row unless its like is there already, and say whether it was new.

    Of two that arrive at the same moment the later one waits, then counts as known.
    """
    try:
        async with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True
