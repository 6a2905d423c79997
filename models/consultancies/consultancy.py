"""A consultancy: colleagues think about one problem together, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.communities import Community
from models.consultancies.steps import Step
from models.database import Base, OfWorkspace
from models.errors import NotAllowedError, NotHereError
from models.hangouts.hangout import Hangout
from models.ids import id_from
from models.members import Member

# What "2 more minutes" adds.
MORE_TIME = timedelta(minutes=2)


class Consultancy(OfWorkspace, Base):
    """One problem's consultancy: live at a hangout, or over days in the problem's own thread.

    `key` names what it was opened for, so that it is opened once. `presenter_id` is empty when the
    problem was shared without a name. `steps` is the protocol as it was when it was opened, as
    models/consultancies/protocols.py writes steps. `step` counts from 0 and is empty before the
    start. An asynchronous one has `step_moments`, the beginning of each step and the end of the
    last as ISO texts in UTC; `step_ends_at` is when it moves on by itself.
    """

    __tablename__ = "consultancies"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_consultancies_hangout_id", "hangout_id"),
        Index("ix_consultancies_problem_id", "problem_id"),
        Index("ix_consultancies_community", "community_id", "opened_at"),
        Index(
            "ix_consultancies_unfinished",
            "step_ends_at",
            postgresql_where=text("finished_at IS NULL"),
            sqlite_where=text("finished_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80))
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    hangout_id: Mapped[int | None] = mapped_column(ForeignKey("hangouts.id", ondelete="CASCADE"))
    problem_id: Mapped[int | None] = mapped_column(ForeignKey("problems.id", ondelete="SET NULL"))
    presenter_id: Mapped[str | None] = mapped_column(String(32), index=True)
    question: Mapped[str | None] = mapped_column(Text)
    protocol_name: Mapped[str] = mapped_column(String(80))
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    is_asynchronous: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    step: Mapped[int | None]
    step_began_at: Mapped[datetime | None]
    step_ends_at: Mapped[datetime | None]
    step_moments: Mapped[list[str]] = mapped_column(JSON, default=list)
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(Text)
    noted_at: Mapped[datetime | None]
    next_step: Mapped[str | None] = mapped_column(Text)
    next_step_at: Mapped[datetime | None]
    thanks: Mapped[str | None] = mapped_column(Text)

    @classmethod
    async def of(
        cls, session: AsyncSession, consultancy_id: object, *, for_update: bool = False
    ) -> Consultancy:
        """Return the consultancy; its id may be forged. Raises NotHereError."""
        query = select(cls).where(cls.id == (id_from(consultancy_id) or 0))
        if for_update:
            query = query.with_for_update().execution_options(populate_existing=True)
        consultancy = await session.scalar(query)
        if consultancy is None:
            raise NotHereError("I can't find that consultancy any more.")
        return consultancy

    @classmethod
    async def seen_by(
        cls,
        session: AsyncSession,
        consultancy_id: object,
        member_id: str,
        *,
        for_update: bool = False,
    ) -> Consultancy:
        """Return the consultancy if this person may see it; raises NotHereError."""
        consultancy = await cls.of(session, consultancy_id, for_update=for_update)
        community = await session.get_one(Community, consultancy.community_id)
        if community.is_private and not community.has_member(member_id):
            raise NotHereError("I can't find that consultancy any more.")
        return consultancy

    @property
    def is_running(self) -> bool:
        return self.step is not None and self.finished_at is None

    @property
    def all_steps(self) -> tuple[Step, ...]:
        return tuple(map(Step.read, self.steps))

    @property
    def step_end(self) -> int:
        """The end of the present step in seconds, as keys and buttons hold it; 0 without one."""
        return int(self.step_ends_at.timestamp()) if self.step_ends_at else 0

    def require_leader(
        self,
        member: Member,
        hangout: Hangout | None,
        community: Community,
        names: Mapping[str, str],
    ) -> None:
        """Raise NotAllowedError, naming whom to ask, for anyone who does not lead here.

        The hangout's facilitator does, and so do the community's facilitators and leads. `names`
        are display names by member id.
        """
        is_host = hangout is not None and member.member_id == hangout.facilitator_id
        if is_host or community.is_run_by(member):
            return
        may = dict.fromkeys([*hosts(hangout, community), *community.facilitators])
        known = [names[one] for one in may if one in names]
        ask = f" Ask {' or '.join(known)}." if known else ""
        raise NotAllowedError(f"Only facilitators can lead a consultancy.{ask}")

    def start(self, now: datetime) -> bool:
        """Begin the first step, unless that was done before; say whether it began."""
        if self.step is not None or self.finished_at is not None:
            return False
        self.started_at = now
        self._begin(0, now)
        return True

    def go_on(self, expected: int, now: datetime) -> bool:
        """Begin the step after `expected`, or finish after the last one.

        Say whether anything changed: who expects another step than the present one is late.
        """
        if not self.is_running or self.step != expected:
            return False
        if expected + 1 >= len(self.steps):
            return self.finish(now)
        self._begin(expected + 1, now)
        return True

    def extend(self, expected: int, ends_at: int, now: datetime) -> bool:
        """Give the step two minutes more, from now on when its time was up.

        Say whether it changed: only who expects this step and this end (in seconds) adds to it.
        """
        if not self.is_running or (self.step, self.step_end) != (expected, ends_at):
            return False
        self.step_ends_at = max(self.step_ends_at or now, now) + MORE_TIME
        return True

    def finish(self, now: datetime) -> bool:
        """End it, also before its last step; say whether it was still to be ended."""
        if self.finished_at is not None:
            return False
        self.finished_at = now
        return True

    def _begin(self, step: int, now: datetime) -> None:
        """Begin a step. Its time counts from now, so that a late start costs nobody a minute."""
        minutes = self.all_steps[step].minutes
        self.step, self.step_began_at = step, now
        self.step_ends_at = now + timedelta(minutes=minutes)


def hosts(hangout: Hangout | None, community: Community) -> list[str]:
    """Return who leads the hangout: nobody once they have left the community."""
    if hangout is None:
        return []
    membership = community.membership(hangout.facilitator_id)
    has_left = membership is not None and membership.left_at is not None
    return [] if has_left else [hangout.facilitator_id]
