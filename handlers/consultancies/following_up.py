"""Following up: what became of a next step, weeks later.

(two and six weeks later)           a question with three answers, one tap
[Tried it] [Not yet] [Changed it]   noted, and the letter shows it
[Tell colleagues]                   how it went, in the thread of the problem
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.blocks import Block
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.consultancies.following_up import (
    ANSWERS,
    TELL,
    follow_up_letter,
    tell_form,
)
from handlers.blocks.consultancies.outcomes import AFTERWARDS
from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.message import Message
from handlers.blocks.problems.fields import doubts_about
from handlers.blocks.request import plain
from handlers.consultancies.outcomes import KEPT, living_outcome, outcome_of, show
from handlers.home import Home
from handlers.posts import PostKind
from handlers.request import Forms, Reply
from models.consultancies import afterwards
from models.consultancies.consultancy import Consultancy
from models.consultancies.follow_ups import ASKED_AFTER, FollowUp
from models.database import Database
from models.errors import NotHereError
from models.ids import id_from
from models.members import Member
from models.posts import Post
from models.time import Clock

# Two or six weeks later there are rarely more of them.
SHOWN_AT_MOST = 2


def register(app: Any) -> None:
    for action_id in ANSWERS:
        app.action(action_id)(note_answer)
    app.action(TELL)(open_telling)
    app.view(TELL)(tell)


async def note_answer(
    ack: AsyncAck,
    action: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Note what became of it; the letter shows the answer from then on."""
    await ack()
    answer = ANSWERS[str(action.get("action_id"))]
    async with db.begin() as session:
        consultancy, number = await _asked(session, str(action.get("value") or ""), member_id)
        await FollowUp.answered(session, consultancy.id, number, answer, clock())
        await session.flush()
        key = f"{afterwards.FOLLOW_UP}:{consultancy.id}:{number}"
        await Post.redraw_keyed(session, key, clock())
        outcome = await outcome_of(session, consultancy)
    await reply(follow_up_letter(outcome, number), replace=True)
    await home.refresh(member_id)


async def open_telling(
    ack: AsyncAck, action: dict[str, Any], member_id: str, db: Database, forms: Forms
) -> None:
    """Open the form in which a presenter tells colleagues how it went."""
    await ack()
    value = str(action.get("value") or "")
    async with db.begin() as session:
        consultancy, number = await _asked(session, value, member_id)
        outcome = await outcome_of(session, consultancy)
    await forms.open(tell_form(outcome, number), opener=TELL, typed={}, value=value)


async def tell(
    ack: AsyncAck, view: dict[str, Any], member_id: str, db: Database, clock: Clock, reply: Reply
) -> None:
    """Keep how it went, and show it in the problem's thread."""
    answers, facts = read_form(view), carried_by(view)
    note = answers.get("note") or ""
    doubts = doubts_about(note, answers)
    async with db.begin() as session:
        value = f"{facts.get('consultancy_id')}:{facts.get('number')}"
        consultancy, number = await _asked(session, value, member_id)
        outcome = await outcome_of(session, consultancy)
        row = next((one for one in outcome.follow_ups if one.number == number), None)
        if row is None:
            raise NotHereError("Please say first whether you tried it; then tell colleagues.")
        if not doubts:
            row.tell(note)
            await session.flush()
            await show(session, consultancy, clock())
            key = f"{afterwards.FOLLOW_UP}:{consultancy.id}:{number}"
            await Post.redraw_keyed(session, key, clock())
    if doubts:
        again = tell_form(outcome, number, note, doubts)
        await ack(response_action="update", view=again)
        return
    await ack()
    await reply(plain(KEPT))


async def _asked(session: AsyncSession, value: str, member_id: str) -> tuple[Consultancy, int]:
    """Return the consultancy and which question; both may be forged. Raises NotHereError."""
    consultancy_id, _, number = value.partition(":")
    consultancy = await afterwards.presented_by(session, consultancy_id, member_id)
    asked = id_from(number)
    if asked is None or asked >= len(ASKED_AFTER):
        raise NotHereError("I can't find that question any more.")
    return consultancy, asked


async def draw_follow_up(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the question of two or six weeks later."""
    outcome = await living_outcome(session, post)
    number = id_from(post.key.rpartition(":")[2])
    if outcome is None or number is None:
        return None
    return follow_up_letter(outcome, number)


async def home_now(session: AsyncSession, member: Member, now: datetime) -> Sequence[Block]:
    """Return what I was asked about my next steps and have not answered yet."""
    blocks: list[Block] = []
    for post in await afterwards.asked_lately(session, member.member_id, now, SHOWN_AT_MOST):
        outcome, number = await living_outcome(session, post), id_from(post.key.rpartition(":")[2])
        if outcome is None or number is None:
            continue
        if not any(one.number == number and one.answer for one in outcome.follow_ups):
            blocks += follow_up_letter(outcome, number).blocks
    return blocks


POSTS = {afterwards.FOLLOW_UP: PostKind(draw_follow_up, switch=AFTERWARDS)}
