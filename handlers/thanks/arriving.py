"""Arriving: colleagues are invited, and the notes of a shower reach the one they are for.

(within a minute)       everybody but that one is invited, and whoever joins meanwhile
(15:00 on that day)     the notes arrive, in one letter or a few; without any nobody hears of it
(called off)            every writer gets their words back, in the form that still holds them;
                        to whom nothing is to be written unasked they stay a draft
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.message import Message
from handlers.blocks.thanks.ids import START
from handlers.blocks.thanks.showering import (
    Occasion,
    invitation,
    invitation_over,
    notes_letter,
    nothing_arrived,
    words_back,
)
from handlers.names import names_of
from handlers.posts import PostKind
from models.communities import Community
from models.database import Database
from models.drafts import Draft
from models.posts import Post
from models.thanks import arriving, inviting
from models.thanks.arriving import NOTES_A_LETTER
from models.thanks.changing import erase
from models.thanks.posted import (
    RECEIVING,
    SHOWER,
    SHOWER_EMPTY,
    SHOWER_INVITATION,
    SHOWER_OFF,
    SHOWERS,
)
from models.thanks.shower import Shower
from models.thanks.thanks import Thanks
from models.time import Clock

logger = logging.getLogger(__name__)


async def keep_showers_going(db: Database, clock: Clock, _: AsyncWebClient) -> str:
    """Let the notes arrive that are due, then invite who is to write for the others."""
    async with db.everywhere()() as session:
        waiting = [(one.id, one.workspace_id) for one in await arriving.due(session, clock())]
        open_ = [(one.id, one.workspace_id) for one in await inviting.to_fill(session, clock())]
    arrived, not_arrived = await _each(db, clock, waiting, _arrive)
    invited, not_invited = await _each(db, clock, open_, inviting.invite_some)
    failed = not_arrived + not_invited
    said = f"{arrived} showers arrived, {invited} invited"
    return said + (f", {failed} failed" if failed else "")


async def _each(
    db: Database,
    clock: Clock,
    showers: Sequence[tuple[int, str]],
    step: Callable[[AsyncSession, int, datetime], Awaitable[int]],
) -> tuple[int, int]:
    """Take the step for each shower until it did nothing; return what was done and how many failed.

    What goes wrong with one shower holds up no other.
    """
    done, failed = 0, 0
    for shower_id, workspace_id in showers:
        try:
            more = 1
            while more:
                async with db.of(workspace_id).begin() as session:
                    more = await step(session, shower_id, clock())
                done += more
        except Exception:
            logger.exception("Could not go on with shower %s", shower_id)
            failed += 1
    return done, failed


async def _arrive(session: AsyncSession, shower_id: int, now: datetime) -> bool:
    shower = await arriving.held(session, shower_id)
    if await arriving.is_for_somebody(session, shower):
        return await arriving.arrive(session, shower, now)
    await end(session, shower, now)
    await arriving.tell_opener(session, shower, now)
    return False


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when notes arrive next."""
    return await arriving.next_moment(session, now)


async def end(session: AsyncSession, shower: Shower, now: datetime) -> None:
    """Call it off, and give what was written back to the writers before it is deleted."""
    for note in await arriving.call_off(session, shower, now):
        draft = Draft(member_id=note.giver_id, form=START, fields=_kept(note, shower), kept_at=now)
        session.add(draft)
        await session.flush()
        await Post.add(
            session,
            f"{SHOWER_OFF}:{note.id}",
            note.giver_id,
            kind=SHOWER_OFF,
            due_at=now,
            about_id=draft.id,
        )
        await erase(session, note, now)


def _kept(note: Thanks, shower: Shower) -> dict[str, Any]:
    """Return a note as the form of thanks keeps what was typed into it."""
    fields = {
        "receiver_ids": [shower.member_id],
        "text": note.text,
        "effect": note.effect,
        "reason": note.reason,
        "community_id": shower.community_id,
        "is_private": True,
    }
    return {name: one for name, one in fields.items() if one}


async def draw_invitation(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the invitation; once said it tells what became of the shower."""
    shower = await session.get(Shower, post.about_id)
    if shower is None:
        return None
    about = await occasion_of(session, shower)
    if shower.called_off_at is not None or shower.arrived_at is not None:
        return invitation_over(about) if post.ts is not None else None
    if not about.community.has_member(post.place_id):
        return None
    return invitation(about, is_own=shower.opened_by == post.place_id)


async def draw_notes(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw one of the letters with notes; what was deleted since is not in it any more."""
    shower = await session.get(Shower, post.about_id)
    if shower is None or shower.arrived_at is None:
        return None
    notes, letter = await arriving.notes_of(session, shower), arriving.letter_in(post)
    shown = notes[letter * NOTES_A_LETTER : (letter + 1) * NOTES_A_LETTER]
    if not shown and post.ts is None:
        return None
    names = await names_of(session, [note.giver_id for note in shown])
    return notes_letter(await occasion_of(session, shower), shown, names, is_first=letter == 0)


async def draw_nothing(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw that nothing arrived, and why, for whoever opened the shower."""
    shower = await session.get(Shower, post.about_id)
    if shower is None:
        return None
    return nothing_arrived(
        await occasion_of(session, shower), is_gone=shower.called_off_at is not None
    )


async def draw_words_back(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw what somebody had written, from their own draft."""
    draft = await Draft.of(session, post.about_id or 0, post.place_id)
    if draft is None:
        return None
    parts = (draft.fields.get("text"), draft.fields.get("effect"))
    return words_back("\n\n".join(part for part in parts if part), draft.id)


async def occasion_of(session: AsyncSession, shower: Shower) -> Occasion:
    """Return the shower with the names that its letters need."""
    names = await names_of(session, [shower.member_id, shower.opened_by])
    return Occasion(
        shower=shower,
        community=await session.get_one(Community, shower.community_id),
        name=names.get(shower.member_id, "a colleague"),
        opener=names.get(shower.opened_by, "A colleague"),
    )


POSTS = {
    SHOWER_INVITATION: PostKind(draw_invitation, switch=SHOWERS),
    SHOWER: PostKind(draw_notes, switch=RECEIVING),
    SHOWER_EMPTY: PostKind(draw_nothing, is_unasked=True),
    SHOWER_OFF: PostKind(draw_words_back, is_unasked=True),
}
