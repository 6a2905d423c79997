"""Next steps: what a presenter will try, and a word of thanks.

(after a consultancy)       the presenter is asked for a next step, and may thank
[Note my next step]         goes into the thread of the problem, and is found by search
(a word of thanks)          reaches those who took part, in public or between them
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.consultancies.next_steps import (
    NEXT_STEP,
    first_answers,
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
from handlers.home import Home
from handlers.posts import PostKind
from handlers.request import Forms, Reply, request_key
from handlers.thanks.naming import People
from handlers.thanks.saying import Request, Said, say
from models.communities import Community
from models.consultancies import afterwards
from models.consultancies.consultancy import Consultancy
from models.database import Database
from models.errors import RuleError
from models.members import Member
from models.merging import merged
from models.posts import Post
from models.thanks.linking import value_of
from models.thanks.suggesting import took_part
from models.thanks.thanks import About
from models.thanks.wording import Wording, objection_to
from models.time import Clock

# Words for nobody would go into the thread, which is as public as can be.
NOBODY_CHOSEN = "Please choose whom you thank, for only they will see it."


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
        answers = first_answers(consultancy, await took_part(session, consultancy))
    await forms.open(next_step_form(outcome, answers), opener=NEXT_STEP, typed={}, value=value)


async def keep_next_step(
    ack: AsyncAck,
    body: dict[str, Any],
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    client: AsyncWebClient,
    reply: Reply,
    home: Home,
) -> None:
    """Keep the next step, show it where the problem is, and say thanks to those who are chosen."""
    answers, facts = read_form(view), carried_by(view)
    step = NextStep.of(answers, facts.get("seen"))
    doubts = doubts_about(step.everything, answers)
    people = await People(db, clock, client).all_of(step.receiver_ids)
    thanked: Said | None = None
    async with db.begin() as session:
        number = facts.get("consultancy_id")
        consultancy = await afterwards.presented_by(session, number, member.member_id)
        outcome = await outcome_of(session, consultancy)
        if not doubts:
            await step.keep(session, consultancy, clock())
            told = Told(member, people, request_key(body))
            thanked = await _thank(session, consultancy, step, told, clock())
    if doubts:
        await ack(response_action="update", view=next_step_form(outcome, answers, doubts))
        return
    await ack()
    await reply(plain(f"{KEPT} I ask you in two weeks how it went."))
    if thanked is not None:
        await reply(thanked.answer())
        await home.refresh(*thanked.concerned)


@dataclass(frozen=True)
class NextStep:
    """What the form says. `receiver_ids` are those whom the presenter thanks with these words."""

    next_step: str | None
    outcome: str | None
    thanks: str | None
    receiver_ids: Sequence[str] = ()
    is_private: bool = False
    seen: str | None = None

    @classmethod
    def of(cls, answers: Mapping[str, Any], seen: str | None = None) -> "NextStep":
        """Return it cleaned; raises a RuleError that names the field at fault."""
        thanks = afterwards.written("thanks", answers.get("thanks"))
        if thanks and (objection := objection_to(text=thanks)):
            raise RuleError(str(objection), field="thanks")
        receiver_ids, is_private = (
            answers.get("receiver_ids") or (),
            bool(answers.get("is_private")),
        )
        if thanks and is_private and not receiver_ids:
            raise RuleError(NOBODY_CHOSEN, field="receiver_ids")
        return cls(
            afterwards.written("next_step", answers.get("next_step"), is_needed=True),
            afterwards.written("outcome", answers.get("outcome")),
            thanks,
            # Without words nobody is thanked, whoever is chosen.
            tuple(receiver_ids) if thanks else (),
            is_private,
            seen,
        )

    @property
    def everything(self) -> str:
        return "\n".join(part for part in (self.next_step, self.outcome, self.thanks) if part)

    async def keep(self, session: AsyncSession, consultancy: Consultancy, now: datetime) -> None:
        """Keep it, and show it where colleagues read."""
        outcome = merged(consultancy.outcome, self.outcome, self.seen)
        consultancy.next_step = self.next_step
        consultancy.outcome = afterwards.written("outcome", outcome)
        consultancy.next_step_at = now
        await Post.redraw_keyed(session, f"{afterwards.NEXT_STEP}:{consultancy.id}", now)
        await show(session, consultancy, now)


@dataclass(frozen=True)
class Told:
    """Who thanks whom, and the key of the request: sent twice it thanks once."""

    giver: Member
    receivers: Sequence[Member]
    request_key: str


async def _thank(
    session: AsyncSession,
    consultancy: Consultancy,
    step: NextStep,
    told: Told,
    now: datetime,
) -> Said | None:
    """Say thanks to those who are chosen; with nobody chosen, in the thread of the consultancy."""
    if not step.thanks or consultancy.presenter_id is None:
        return None
    if not told.receivers:
        await _thank_in_thread(session, consultancy, step.thanks, told.request_key, now)
        return None
    return await say(
        session,
        Request(
            giver=told.giver,
            receivers=told.receivers,
            wording=Wording.of(text=step.thanks),
            community_id=consultancy.community_id,
            is_private=step.is_private,
            key=told.request_key,
            about=await _about(session, consultancy),
        ),
        now,
    )


async def _about(session: AsyncSession, consultancy: Consultancy) -> str | None:
    """Return what the thanks are linked to: never a problem that was shared without a name."""
    if consultancy.hangout_id is not None:
        return value_of(About.HANGOUT, consultancy.hangout_id)
    problem = await afterwards.problem_of(session, consultancy)
    if problem is None or problem.is_without_name:
        return None
    return value_of(About.PROBLEM, problem.id)


async def _thank_in_thread(
    session: AsyncSession,
    consultancy: Consultancy,
    thanks: str,
    request_id: str,
    now: datetime,
) -> None:
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
