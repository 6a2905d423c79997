"""Swapping: a facilitator asks another one to take over.

/hangout swap [@who], [Ask someone to lead]    opens a form: which hangout, and whom to ask
(swap form)                                    the substitute gets a letter
[I can do it] [I can't]                        the hangout changes hands, or not; the asker hears
(everyone who could lead left)                 the leads of the workspace are asked who does
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import read_form
from handlers.blocks.hangouts.changing import swap_form
from handlers.blocks.hangouts.facts import name_of
from handlers.blocks.hangouts.ids import ACCEPT_SWAP, DECLINE_SWAP, SWAP
from handlers.blocks.hangouts.swapping import (
    FACILITATING,
    answered_letter,
    asked,
    asked_letter,
    declined,
    leader_wanted_letter,
    taken_over,
)
from handlers.blocks.message import Message
from handlers.hangouts.choosing import choices_for
from handlers.hangouts.holding import Held, to_change
from handlers.home import Home
from handlers.looking_after import place_of
from handlers.names import names_of
from handlers.posts import PostKind
from handlers.request import Forms, Reply, Where
from models.communities import Community
from models.database import Database
from models.hangouts import posted
from models.hangouts.hangout import NOBODY, Hangout
from models.hangouts.series import Series
from models.hangouts.swaps import Swap, SwapState
from models.members import Member
from models.posts import Post
from models.time import Clock

TO = "ask somebody else to lead a hangout"
# A person in a command's text, as Slack writes them for commands with should_escape.
_PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


def register(app: Any) -> None:
    app.command("/hangout", "swap")(open_swap)
    app.action(SWAP)(open_swap)
    app.view(SWAP)(ask)
    app.action(ACCEPT_SWAP)(accept)
    app.action(DECLINE_SWAP)(decline)


async def open_swap(
    ack: AsyncAck,
    body: dict[str, Any],
    member: Member,
    where: Where,
    db: Database,
    clock: Clock,
    forms: Forms,
) -> None:
    """Open the form, with whoever was named in the command already in it."""
    await ack()
    named = _PERSON.search(str(body.get("text") or ""))
    choices = await choices_for(body, where, db, member, clock, TO)
    form = swap_form(choices.on, choices.chosen, named[1] if named else None)
    await forms.open(form, opener=SWAP, typed={}, value=str(choices.chosen.id))


async def ask(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Ask the substitute; whoever names themselves takes it over at once."""
    answers = read_form(view)
    substitute_id = str(answers.get("substitute_id") or "")
    async with db.begin() as session:
        held = await to_change(session, answers.get("hangout_id"), member, TO)
        hangout = held.hangout
        swap = await _asked(session, held, member, substitute_id, clock())
        names = await names_of(session, [substitute_id])
    await ack()
    is_mine = swap.state == SwapState.ACCEPTED
    message = taken_over(hangout) if is_mine else asked(hangout, substitute_id, names)
    await reply(message, place_id=held.community.channel_id)
    await home.refresh(member.member_id)


async def _asked(
    session: AsyncSession, held: Held, member: Member, substitute_id: str, now: datetime
) -> Swap:
    """Return the new request. The letter of the one it takes the place of says so from now on."""
    before = await Swap.asked_about(session, held.hangout.id)
    swap = await Swap.ask(session, held.hangout, held.community, member, substitute_id, now)
    if before is not None and before.id != swap.id:
        await Post.redraw(session, posted.SWAP_ASKED, before.id, now)
    return swap


async def accept(
    ack: AsyncAck,
    action: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Lead that hangout; everyone who signed up hears of it."""
    await ack()
    async with db.begin() as session:
        swap, held = await _to_answer(session, action, member_id)
        before = held.hangout.facilitator_id
        await swap.accept(session, held.hangout, member_id, clock())
        await Post.redraw(session, posted.SWAP_ASKED, swap.id, clock())
    await reply(taken_over(held.hangout))
    await home.refresh(*{member_id, before, swap.asker_id})


async def decline(
    ack: AsyncAck,
    action: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Leave it as it is; whoever asked hears of it."""
    await ack()
    async with db.begin() as session:
        swap, held = await _to_answer(session, action, member_id)
        await swap.decline(session, held.hangout, member_id, clock())
        await Post.redraw(session, posted.SWAP_ASKED, swap.id, clock())
    await reply(declined())


async def _to_answer(
    session: AsyncSession, action: dict[str, Any], member_id: str
) -> tuple[Swap, Held]:
    """Return the request and its hangout, locked in the order in which everybody locks."""
    swap = await Swap.of(session, str(action.get("value") or ""))
    found = await Hangout.seen_by(session, swap.hangout_id, member_id)
    await Series.of_community(session, found.community_id, for_update=True)
    hangout = await Hangout.of(session, found.id, for_update=True)
    return swap, Held(hangout, await session.get_one(Community, hangout.community_id))


async def draw_asked(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the request while it waits; said already, draw what became of it."""
    swap = await session.get(Swap, post.about_id)
    hangout = await session.get(Hangout, swap.hangout_id) if swap else None
    if swap is None or hangout is None:
        return None
    is_open = swap.state == SwapState.ASKED and hangout.is_ahead(now)
    if not is_open and post.ts is None:
        return None
    community = await session.get_one(Community, hangout.community_id)
    names = await names_of(session, [swap.asker_id])
    return asked_letter(swap, hangout, place_of(community), names)


async def draw_answered(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the answer, unless the hangout has been called off or changed hands again since."""
    swap = await session.get(Swap, post.about_id)
    hangout = await session.get(Hangout, swap.hangout_id) if swap else None
    if swap is None or hangout is None or not hangout.is_ahead(now):
        return None
    leads = hangout.facilitator_id == swap.substitute_id
    if (swap.state == SwapState.ACCEPTED) != leads:
        return None
    community = await session.get_one(Community, hangout.community_id)
    names = await names_of(session, [swap.substitute_id])
    return answered_letter(swap, hangout, place_of(community), names)


async def draw_leader_wanted(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the question who leads from now on, unless somebody does."""
    hangout = await session.get(Hangout, post.about_id)
    if hangout is None or not hangout.is_ahead(now) or hangout.facilitator_id != NOBODY:
        return None
    community = await session.get_one(Community, hangout.community_id)
    gone = posted.gone_in(post.key)
    names = await names_of(session, [gone])
    return leader_wanted_letter(hangout, place_of(community), name_of(gone, names))


POSTS = {
    posted.LEADER_WANTED: PostKind(draw_leader_wanted, switch=FACILITATING),
    posted.SWAP_ASKED: PostKind(draw_asked, switch=FACILITATING),
    posted.SWAP_ANSWERED: PostKind(draw_answered, switch=FACILITATING),
}
