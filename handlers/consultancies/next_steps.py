"""Next steps: what a presenter will try, and a word of thanks.

(after a consultancy)       the presenter is asked for a next step, and may thank
[Note my next step]         goes into the thread of the problem, and is found by search
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.consultancies.next_steps import (
    NEXT_STEP,
    next_step_form,
    next_step_letter,
    thanks_message,
)
from handlers.blocks.consultancies.outcomes import AFTERWARDS
from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.message import Message
from handlers.blocks.problems.fields import doubts_about
from handlers.blocks.problems.notes import withdrawn_since
from handlers.blocks.request import plain
from handlers.consultancies.outcomes import KEPT, living_outcome, outcome_of, show
from handlers.posts import PostKind
from handlers.request import Forms, Reply
from models.communities import Community
from models.consultancies import afterwards
from models.consultancies.consultancy import Consultancy
from models.database import Database
from models.merging import merged
from models.posts import Post
from models.time import Clock


def register(app: Any) -> None:
    app.action(NEXT_STEP)(open_next_step)
    app.view(NEXT_STEP)(keep_next_step)


async def open_next_step(
    ack: AsyncAck, action: dict[str, Any], member_id: str, db: Database, forms: Forms
) -> None:
    """Open the form for the next step, for whoever presented."""
    await ack()
    value = str(action.get("value") or "")
    async with db.begin() as session:
        consultancy = await afterwards.presented_by(session, value, member_id)
        outcome = await outcome_of(session, consultancy)
    await forms.open(next_step_form(outcome), opener=NEXT_STEP, typed={}, value=value)


async def keep_next_step(
    ack: AsyncAck, view: dict[str, Any], member_id: str, db: Database, clock: Clock, reply: Reply
) -> None:
    """Keep the next step, show it where the problem is, and say the word of thanks."""
    answers = read_form(view)
    facts = carried_by(view)
    step = NextStep.of(answers, facts.get("seen"))
    doubts = doubts_about(step.everything, answers)
    async with db.begin() as session:
        consultancy = await afterwards.presented_by(session, facts.get("consultancy_id"), member_id)
        outcome = await outcome_of(session, consultancy)
        if not doubts:
            await step.keep(session, consultancy, f"{view['id']}", clock())
    if doubts:
        again = next_step_form(outcome, {k: v for k, v in answers.items() if v}, doubts)
        await ack(response_action="update", view=again)
        return
    await ack()
    await reply(plain(f"{KEPT} I ask you in two weeks how it went."))


@dataclass(frozen=True)
class NextStep:
    """What the form says."""

    next_step: str | None
    outcome: str | None
    thanks: str | None
    seen: str | None = None

    @classmethod
    def of(cls, answers: Mapping[str, Any], seen: str | None = None) -> "NextStep":
        """Return it cleaned; raises a RuleError that names the field at fault."""
        return cls(
            afterwards.written("next_step", answers.get("next_step"), is_needed=True),
            afterwards.written("outcome", answers.get("outcome")),
            afterwards.written("thanks", answers.get("thanks")),
            seen,
        )

    @property
    def everything(self) -> str:
        return "\n".join(part for part in (self.next_step, self.outcome, self.thanks) if part)

    async def keep(
        self, session: AsyncSession, consultancy: Consultancy, request_id: str, now: datetime
    ) -> None:
        """Keep it and tell; a form sent twice, with the same id, thanks once."""
        outcome = merged(consultancy.outcome, self.outcome, self.seen)
        consultancy.next_step = self.next_step
        consultancy.outcome = afterwards.written("outcome", outcome)
        consultancy.next_step_at = now
        await Post.redraw_keyed(session, f"{afterwards.NEXT_STEP}:{consultancy.id}", now)
        await show(session, consultancy, now)
        if self.thanks and consultancy.presenter_id is not None:
            await _thank(session, consultancy, self.thanks, request_id, now)


async def _thank(
    session: AsyncSession,
    consultancy: Consultancy,
    thanks: str,
    request_id: str,
    now: datetime,
) -> None:
    """Say thanks in the thread where colleagues thought along."""
    community = await session.get_one(Community, consultancy.community_id)
    thread = await afterwards.standing_thread(
        session,
        f"consultancies.headline:{consultancy.id}",
        f"problems.card:{consultancy.problem_id}",
    )
    consultancy.thanks = thanks
    await Post.add(
        session,
        f"{afterwards.THANKS}:{consultancy.id}:{request_id}",
        community.channel_id,
        kind=afterwards.THANKS,
        due_at=now,
        about_id=consultancy.id,
        thread_of=thread,
    )


async def draw_next_step(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the question for a next step, unless the presenter noted one by themselves."""
    outcome = await living_outcome(session, post)
    if outcome is None or (post.ts is None and outcome.consultancy.next_step):
        return None
    return next_step_letter(outcome)


async def draw_thanks(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw a presenter's word of thanks; it goes with the problem when that is withdrawn."""
    consultancy = await session.get(Consultancy, post.about_id)
    if consultancy is None or not consultancy.thanks:
        return withdrawn_since() if post.ts is not None else None
    return thanks_message(await outcome_of(session, consultancy), consultancy.thanks)


POSTS = {
    afterwards.NEXT_STEP: PostKind(draw_next_step, switch=AFTERWARDS),
    afterwards.THANKS: PostKind(draw_thanks),
}
