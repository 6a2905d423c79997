"""A problem of practice: who may share, change, resolve and withdraw it, and who sees it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    delete,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.communities import Community
from models.database import Base, OfWorkspace
from models.errors import NotAllowedError, NotHereError, RuleError
from models.ids import id_from
from models.members import Member
from models.problems.answers import (
    Answer,
    Helper,
    Interest,
    OwnProblemError,
    Reply,
    ResolvedError,
    add_once,
)
from models.problems.authors import Author, HiddenAuthor
from models.problems.sight import is_seen_by
from models.problems.wording import LENGTHS, WantedHelp, Wording, written
from models.time import next_daytime

# How long a question waits for its first answer before it is brought back, once.
PATIENCE = timedelta(hours=48)
# Two presses so soon after each other are one that slipped, or did not seem to work.
DOUBLE_PRESS = timedelta(seconds=5)


class Problem(OfWorkspace, Base):
    """One problem of practice.

    `request_key` names the form or message it was made with, so that one sent twice makes one
    problem. `author_id` is empty when it was shared without a name; `source_permalink` leads to
    the message it was made from. `forgets_at` is set once whoever shared it without a name had
    everything about them deleted: this goes then, when nothing else of theirs does.
    """

    __tablename__ = "problems"
    __table_args__ = (
        UniqueConstraint("workspace_id", "request_key"),
        Index("ix_problems_list", "community_id", "shared_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    request_key: Mapped[str] = mapped_column(String(200))
    author_id: Mapped[str | None] = mapped_column(String(32), index=True)
    title: Mapped[str] = mapped_column(String(LENGTHS["title"]))
    happening: Mapped[str] = mapped_column(Text)
    tried: Mapped[str | None] = mapped_column(Text)
    question: Mapped[str | None] = mapped_column(String(LENGTHS["question"]))
    topics: Mapped[list[str]] = mapped_column(JSON)
    wanted_help: Mapped[str] = mapped_column(String(20), default=WantedHelp.IDEAS)
    source_permalink: Mapped[str | None] = mapped_column(Text)
    shared_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    learned: Mapped[str | None] = mapped_column(Text)
    deleted_at: Mapped[datetime | None]
    forgets_at: Mapped[datetime | None] = mapped_column(index=True)

    @classmethod
    async def share(
        cls,
        session: AsyncSession,
        wording: Wording,
        *,
        author: Author,
        community: Community,
        request_key: str,
        now: datetime,
    ) -> Problem:
        """Return the new problem, or the one that this very request made before.

        Raises NotHereError for a community the author cannot see, RuleError for one that rests.
        """
        if community.is_private and not community.has_member(author.member_id):
            raise NotHereError("I can't find that community. Please choose one of yours.")
        if community.archived_at is not None:
            raise RuleError(f"{community.name} is archived. Please choose another community.")
        made = select(cls).where(cls.request_key == request_key)
        if known := await session.scalar(made):
            return known
        problem = cls(community_id=community.id, request_key=request_key, shared_at=now)
        problem.workspace_id = community.workspace_id
        problem.author_id = author.member_id if author.is_named else None
        problem._take(wording)
        if not await add_once(session, problem):
            return (await session.scalars(made)).one()
        if not author.is_named:
            session.add(HiddenAuthor(problem_id=problem.id, member_id=author.member_id))
        return problem

    @classmethod
    async def visible_to(
        cls,
        session: AsyncSession,
        problem_id: str | int,
        member_id: str,
        *,
        to_change: bool = False,
    ) -> Problem:
        """Return the problem if this person may see it; `to_change` keeps others waiting.

        `problem_id` may be a button's value: what is no number there is just not found. Raises
        NotHereError, also for a problem that was withdrawn.
        """
        query = (
            select(cls)
            .join(Community, Community.id == cls.community_id)
            .where(cls.id == (id_from(problem_id) or 0), is_seen_by(member_id))
        )
        if to_change:
            query = query.with_for_update(of=cls).execution_options(populate_existing=True)
        problem = await session.scalar(query)
        if problem is None:
            raise NotHereError("I can't find that problem. `/problem list` shows what is here.")
        if problem.deleted_at is not None:
            raise NotHereError("This problem was withdrawn in the meantime.")
        return problem

    @property
    def is_without_name(self) -> bool:
        return self.author_id is None

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None and self.deleted_at is None

    @property
    def focus(self) -> str:
        """What to think about: the focusing question, or the title where there is none."""
        return self.question or self.title

    @property
    def findable(self) -> tuple[str, str]:
        """Title and body for the search: the problem's words, never its author."""
        words = [self.question, self.happening, self.tried, " ".join(self.topics), self.learned]
        return self.title, "\n".join(part for part in words if part)

    def return_due_at(self, tz: str) -> datetime:
        """Return when it is brought back if nobody answers: by day, in the community's zone."""
        return next_daytime(self.shared_at + PATIENCE, tz)

    def made_from(self, permalink: str) -> None:
        """Keep the message it was made from, which would give away who shares without a name."""
        if not self.is_without_name:
            self.source_permalink = permalink

    def edit(self, wording: Wording, now: datetime) -> None:
        self._take(wording)
        self.edited_at = now

    def resolve(self, learned: str | None, now: datetime) -> None:
        """Keep what was learned. Resolving again only changes those words."""
        self.learned = written("learned", learned)
        self.resolved_at = self.resolved_at or now

    def reopen(self) -> None:
        """Take it up again; what was learned so far is kept for the next time."""
        self.resolved_at = None

    async def withdraw(self, session: AsyncSession, now: datetime) -> None:
        """Delete it: nothing that was written, and nobody who was part of it, is kept."""
        self.title = self.happening = ""
        self.tried = self.question = self.learned = self.source_permalink = self.author_id = None
        self.topics = []
        self.deleted_at = self.deleted_at or now
        for table in (HiddenAuthor, Interest, Helper):
            await session.execute(delete(table).where(table.problem_id == self.id))
        await session.execute(update(Answer).where(Answer.problem_id == self.id).values(text=""))

    async def author(self, session: AsyncSession) -> str | None:
        """Return whom to ask or tell in private. It must reach nobody else's eyes."""
        return self.author_id or await HiddenAuthor.of(session, self.id)

    async def is_by(self, session: AsyncSession, member_id: str) -> bool:
        return await self.author(session) == member_id

    async def may_be_changed_by(
        self, session: AsyncSession, member: Member, community: Community
    ) -> bool:
        return community.is_run_by(member) or await self.is_by(session, member.member_id)

    async def require_changer(
        self, session: AsyncSession, member: Member, community: Community, names: dict[str, str]
    ) -> None:
        """Raise NotAllowedError, naming whom to ask, for anyone but author and facilitators.

        `names` are display names by member id.
        """
        if not await self.may_be_changed_by(session, member, community):
            known = [names[one] for one in community.facilitators if one in names]
            ask = f" Ask {' or '.join(known)}." if known else ""
            raise NotAllowedError(
                f"Only whoever shared this problem and facilitators can change it.{ask}"
            )

    async def me_too(self, session: AsyncSession, member_id: str, now: datetime) -> bool:
        """Note that somebody met this too, or take it back; say whether it counts now.

        Whoever presses twice at once meant one press.
        """
        await self._require_colleague(session, member_id)
        mine = (
            Interest.problem_id == self.id,
            Interest.member_id == member_id,
            Interest.since <= now - DOUBLE_PRESS,
        )
        taken_back = await session.scalar(delete(Interest).where(*mine).returning(Interest.id))
        if taken_back is None:
            await add_once(session, Interest(problem_id=self.id, member_id=member_id, since=now))
        return taken_back is None

    async def offer_help(self, session: AsyncSession, member_id: str, now: datetime) -> bool:
        """Note that somebody can help; say whether that is news."""
        await self._require_colleague(session, member_id)
        offer = Helper(problem_id=self.id, member_id=member_id, offered_at=now)
        return await add_once(session, offer)

    async def note_reply(
        self, session: AsyncSession, ts: str, member_id: str, now: datetime
    ) -> bool:
        """Count a message of the thread; say whether it was new."""
        reply = Reply(problem_id=self.id, ts=ts, member_id=member_id, replied_at=now)
        return await add_once(session, reply)

    async def note_reply_deleted(
        self, session: AsyncSession, ts: str, member_id: str, now: datetime
    ) -> None:
        """Count a message of the thread no more, even if the news of its deletion comes first."""
        await self.note_reply(session, ts, member_id, now)
        standing = (Reply.problem_id == self.id, Reply.ts == ts, Reply.deleted_at.is_(None))
        await session.execute(update(Reply).where(*standing).values(deleted_at=now))

    def _take(self, wording: Wording) -> None:
        self.title, self.happening = wording.title, wording.happening
        self.tried, self.question = wording.tried, wording.question
        self.topics = list(wording.topics)
        self.wanted_help = wording.wanted_help

    async def _require_colleague(self, session: AsyncSession, member_id: str) -> None:
        if not self.is_open:
            raise ResolvedError("This one is resolved by now. What was learned is in its thread.")
        if await self.is_by(session, member_id):
            raise OwnProblemError("This is your own problem; these buttons are for colleagues.")
