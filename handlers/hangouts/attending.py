"""Attending: the question afterwards whether one came.

(ten minutes after a hangout)   whoever signed up is asked, once
[I came] [I could not]          noted; the letter shows it, and the other answer stays possible
"""

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.hangouts.ids import CAME, DID_NOT_COME
from handlers.blocks.hangouts.notes import AFTERWARDS, attendance_letter
from handlers.blocks.message import Message
from handlers.home import Home
from handlers.posts import PostKind
from handlers.request import Reply
from models.database import Database
from models.errors import NotHereError, RuleError
from models.hangouts import posted
from models.hangouts.hangout import Hangout
from models.hangouts.signups import Signup
from models.posts import Post
from models.time import Clock


def register(app: Any) -> None:
    app.action(CAME)(note_attendance)
    app.action(DID_NOT_COME)(note_attendance)


async def note_attendance(
    ack: AsyncAck,
    action: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Note whether somebody came; the letter they pressed shows it from then on."""
    await ack()
    came = action.get("action_id") == CAME
    async with db.begin() as session:
        hangout = await Hangout.of(session, str(action.get("value") or ""))
        signup = await _signup(session, hangout.id, member_id)
        if signup is None:
            raise NotHereError("You had not signed up for that hangout, so nothing is noted.")
        if hangout.starts_at > clock():
            raise RuleError("That hangout is still to come.")
        signup.came = came
        key = posted.letter_key(posted.ATTENDANCE, hangout, member_id)
        await Post.redraw_keyed(session, key, clock())
    await reply(attendance_letter(hangout, came=came), replace=True)
    await home.refresh(member_id)


async def _signup(session: AsyncSession, hangout_id: int, member_id: str) -> Signup | None:
    query = select(Signup).where(Signup.hangout_id == hangout_id, Signup.member_id == member_id)
    return (await session.scalars(query)).first()


async def draw_attendance(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the question for whoever signed up, unless somebody noted it already."""
    hangout = await session.get(Hangout, post.about_id)
    if hangout is None or not hangout.is_on or not posted.is_about_this_start(post, hangout):
        return None
    signup = await _signup(session, hangout.id, post.place_id)
    if signup is None or not signup.is_coming:
        return None
    if post.ts is None and signup.came is not None:
        return None
    return attendance_letter(hangout, came=signup.came)


POSTS = {posted.ATTENDANCE: PostKind(draw_attendance, switch=AFTERWARDS)}
