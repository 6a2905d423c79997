"""Signing up: who comes, who presents, who waits for a seat.

[Join] [Can’t come]               noted; the invitation follows in place
[Present a problem]               a seat at once, or a place on the list; then the form opens
[Take the seat] [Not this time]   the answers to a seat that was offered
[Give the seat back]              it goes on to the next one; whoever gave it back still comes
/hangout join, present, leave     the same for the next hangout
"""

from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.hangouts.answers import coming_noted, given_back, no_noted, place_noted
from handlers.blocks.hangouts.forms import prepare_form
from handlers.blocks.hangouts.ids import CANNOT, CONFIRM, GIVE_BACK, JOIN, PREPARE, PRESENT
from handlers.hangouts.placing import Placed, hangout_meant, placed_now, to_sign_up
from handlers.hangouts.preparing import preparation_of
from handlers.hangouts.pressing import Before, answer
from handlers.home import Home
from handlers.introductions import Meet
from handlers.posts import PostKind
from handlers.request import Forms, Reply, Where, said_in
from models.database import Database
from models.hangouts import posted, signups
from models.hangouts.hangout import Hangout
from models.posts import Post
from models.time import Clock

POSTS: dict[str, PostKind] = {}


def register(app: Any) -> None:
    app.command("/hangout", "join", alone=True)(join)
    app.command("/hangout", "present", alone=True)(present)
    app.command("/hangout", "leave", alone=True)(cannot_come)
    app.action(JOIN)(join)
    app.action(PRESENT)(present)
    app.action(CANNOT)(cannot_come)
    app.action(GIVE_BACK)(give_back)
    app.action(CONFIRM)(confirm)


async def join(
    ack: AsyncAck,
    body: dict[str, Any],
    where: Where,
    meet: Meet,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Note that somebody comes."""
    await ack()
    member_id = (await meet()).member_id
    hangout_id = await hangout_meant(body, where, db, clock, may_have_begun=True)
    async with db.begin() as session:
        hangout = await to_sign_up(session, hangout_id, member_id, clock())
        before = await Before.at(session, hangout, member_id)
        await signups.join(session, hangout, member_id, clock())
        is_repeated = before.is_repeated(clock())
    placed = await placed_now(db, hangout, member_id)
    message = coming_noted(placed.standing, placed.own, placed.known, clock())
    await answer(reply, message, is_repeated=is_repeated)
    await home.refresh(member_id)


async def cannot_come(
    ack: AsyncAck,
    body: dict[str, Any],
    where: Where,
    meet: Meet,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Note that somebody does not come; what they held goes on to the next one."""
    await ack()
    member_id = (await meet()).member_id
    hangout_id = await hangout_meant(body, where, db, clock)
    async with db.begin() as session:
        hangout = await to_sign_up(session, hangout_id, member_id, clock())
        was, before = await _before(session, hangout, member_id)
        await signups.cannot_come(session, hangout, member_id, clock())
        await Post.redraw(session, posted.OFFER, hangout.id, clock())
        is_repeated = before.is_repeated(clock())
    after = await placed_now(db, hangout, member_id)
    await answer(reply, no_noted(was.own, after.own, clock()), is_repeated=is_repeated)
    await home.refresh(member_id, *after.presenters)


async def present(
    ack: AsyncAck,
    body: dict[str, Any],
    where: Where,
    meet: Meet,
    db: Database,
    clock: Clock,
    forms: Forms,
    reply: Reply,
    home: Home,
) -> None:
    """Give somebody a seat at once, or a place on the list, and open the form for what they bring.

    The seat does not wait for the form: closed, it keeps the seat, and a button opens it again.
    """
    await ack()
    member_id = (await meet()).member_id
    hangout_id = await hangout_meant(body, where, db, clock)
    async with db.begin() as session:
        hangout = await to_sign_up(session, hangout_id, member_id, clock())
        before = await Before.at(session, hangout, member_id)
        await signups.ask_to_present(session, hangout, member_id, clock())
        is_repeated = before.is_repeated(clock())
    await _show_place(hangout, db, clock, forms, reply, is_repeated=is_repeated)
    await home.refresh(member_id)


async def confirm(
    ack: AsyncAck,
    action: dict[str, Any],
    meet: Meet,
    db: Database,
    clock: Clock,
    forms: Forms,
    reply: Reply,
    home: Home,
) -> None:
    """Take the seat that was offered; the offer says so from then on."""
    await ack()
    member_id = (await meet()).member_id
    async with db.begin() as session:
        hangout = await to_sign_up(session, action.get("value"), member_id, clock())
        before = await Before.at(session, hangout, member_id)
        await signups.confirm(session, hangout, member_id, clock())
        await Post.redraw(session, posted.OFFER, hangout.id, clock())
        is_repeated = before.is_repeated(clock())
    await _show_place(hangout, db, clock, forms, reply, is_repeated=is_repeated)
    await home.refresh(member_id)


async def give_back(
    ack: AsyncAck,
    action: dict[str, Any],
    meet: Meet,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Let a seat, an offer or a place on the list go on; whoever does so still comes."""
    await ack()
    member_id = (await meet()).member_id
    async with db.begin() as session:
        hangout = await to_sign_up(session, action.get("value"), member_id, clock())
        was, before = await _before(session, hangout, member_id)
        await signups.give_back(session, hangout, member_id, clock())
        await Post.redraw(session, posted.OFFER, hangout.id, clock())
        is_repeated = before.is_repeated(clock())
    after = await placed_now(db, hangout, member_id)
    await answer(reply, given_back(was.own, after.own, clock()), is_repeated=is_repeated)
    await home.refresh(member_id, *after.presenters)


async def _before(session: AsyncSession, hangout: Hangout, member_id: str) -> tuple[Placed, Before]:
    """Return where somebody stands before they change it, for them and for us."""
    before = await Before.at(session, hangout, member_id)
    return await Placed.at(session, hangout, member_id), before


async def _show_place(
    hangout: Hangout,
    db: Database,
    clock: Clock,
    forms: Forms,
    reply: Reply,
    *,
    is_repeated: bool,
) -> None:
    """Open the form, before it is too late for Slack, and say what somebody has now.

    A message opens no form; the answer's button does. Of two presses at once one opens it.
    """
    async with db() as session:
        placed = await Placed.at(session, hangout, reply.member_id)
        preparation = await preparation_of(session, placed)
    is_pressed = "actions" in forms.body
    if forms.body.get("trigger_id") and not (is_pressed and is_repeated):
        view = prepare_form(preparation, asked_in=said_in(forms.body))
        await forms.open(view, opener=PREPARE, typed={}, value=str(hangout.id))
    message = place_noted(placed.standing, placed.own, placed.known, clock())
    await answer(reply, message, is_repeated=is_repeated)
