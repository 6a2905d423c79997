"""Noting: what was said at a hangout, written down and found again.

(ten minutes after a hangout)   whoever led it is reminded of the notes
/hangout notes                  shows the last ones; without any, the form for those who may
/hangout notes DAY, WORDS       those of that day; those with these words
[Write notes] [Change]          the form: notes, what came of each problem, who was there
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.hangouts.ids import EARLIER_NOTES, LATER_NOTES, NOTES
from handlers.blocks.hangouts.notes import (
    FACILITATING,
    OUTCOME_FIELD,
    SEEN,
    notes_form,
    notes_kept,
    notes_wanted_letter,
)
from handlers.blocks.hangouts.reading import channel_notes
from handlers.blocks.message import Message
from handlers.blocks.problems.fields import doubts_about
from handlers.blocks.request import plain
from handlers.blocks.text import unescape
from handlers.hangouts.reading import (
    day_in,
    found_by,
    last_begun,
    noted_of,
    page_of,
    turn_page,
)
from handlers.posts import PostKind
from handlers.request import Forms, Reply, Where
from models.communities import Community
from models.consultancies import noting
from models.database import Database
from models.hangouts import posted
from models.hangouts.hangout import Hangout
from models.hangouts.signups import Signup
from models.ids import id_from
from models.members import Member
from models.posts import Post
from models.text import clean
from models.time import Clock


def register(app: Any) -> None:
    app.command("/hangout", "notes")(take_notes)
    app.action(NOTES)(open_notes)
    app.view(NOTES)(keep_notes)
    for action_id in (EARLIER_NOTES, LATER_NOTES):
        app.action(action_id)(turn_page)


async def take_notes(
    ack: AsyncAck,
    body: dict[str, Any],
    member: Member,
    where: Where,
    db: Database,
    clock: Clock,
    forms: Forms,
    reply: Reply,
) -> None:
    """Show notes: those of the last hangout, of that day's, or those with the words that follow.

    Whoever may write the last ones, when there are none yet, gets the form at once.
    """
    await ack()
    _, *words = clean(unescape(str(body.get("text") or ""))).split(maxsplit=1)
    sought = " ".join(words)
    day = day_in(sought, clock())
    if sought and day is None:
        await reply(await found_by(db, sought, member.member_id))
        return
    community = await where.community()
    async with db() as session:
        last = await last_begun(session, community, clock(), day)
        page = await page_of(session, last, community, member, clock())
    if page.is_to_be_written:
        await _open(db, last.id, member, clock, forms)
    else:
        await reply(page.message)


async def open_notes(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, clock: Clock, forms: Forms
) -> None:
    """Open the notes of one hangout, from a letter or a card."""
    await ack()
    await _open(db, str(action.get("value") or ""), member, clock, forms)


async def _open(
    db: Database, hangout_id: str | int, member: Member, clock: Clock, forms: Forms
) -> None:
    async with db() as session:
        hangout = await Hangout.seen_by(session, hangout_id, member.member_id)
        community = await session.get_one(Community, hangout.community_id)
        await noting.require_scribe(session, hangout, community, member, clock())
        noted = await noted_of(session, hangout)
        came = await _who_came(session, hangout.id)
    await forms.open(notes_form(noted, came), opener=NOTES, typed={}, value=str(hangout.id))


async def keep_notes(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Keep what was written, post it, and note who was there."""
    answers, facts = read_form(view), carried_by(view)
    notes = _written(answers, facts)
    doubts = doubts_about(notes.everything, answers)
    is_merged = False
    async with db.begin() as session:
        hangout = await Hangout.seen_by(
            session, facts.get("hangout_id") or 0, member.member_id, for_update=True
        )
        community = await session.get_one(Community, hangout.community_id)
        await noting.require_scribe(session, hangout, community, member, clock())
        noted = await noted_of(session, hangout)
        if not doubts:
            is_merged = await noting.note(
                session, hangout, community, notes, by=member.member_id, now=clock()
            )
            noted = await noted_of(session, hangout)
    if doubts:
        again = notes_form(noted, list(notes.came), _typed(answers), doubts).to_dict()
        # What was seen is what the first form showed, though it may have changed since.
        again["private_metadata"] = view.get("private_metadata") or ""
        await ack(response_action="update", view=again)
        return
    await ack()
    await reply(plain(notes_kept(noted, is_merged=is_merged)), place_id=community.channel_id)


def _written(answers: Mapping[str, Any], facts: Mapping[str, Any]) -> noting.Notes:
    """Return what the form says; its metadata may be forged and then counts as nothing seen."""
    outcomes = {
        number: text
        for field, text in answers.items()
        if field.startswith(OUTCOME_FIELD)
        and (number := id_from(field.removeprefix(OUTCOME_FIELD))) is not None
    }
    return noting.Notes(
        text=answers.get("notes"),
        outcomes=outcomes,
        came=answers.get("came") or [],
        seen={
            name.removeprefix(SEEN): str(mark)
            for name, mark in facts.items()
            if name.startswith(SEEN)
        },
    )


def _typed(answers: Mapping[str, Any]) -> dict[str, str]:
    return {field: text for field, text in answers.items() if isinstance(text, str)}


async def _who_came(session: AsyncSession, hangout_id: int) -> Sequence[str]:
    """Return who was there as far as is known: who signed up, unless they said otherwise."""
    query = (
        select(Signup.member_id)
        .where(Signup.hangout_id == hangout_id, Signup.is_coming, Signup.came.is_not(False))
        .order_by(Signup.id)
    )
    return (await session.scalars(query)).all()


async def draw_notes_wanted(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the reminder for whoever led it, unless the notes are there or nobody came."""
    hangout = await session.get(Hangout, post.about_id)
    if hangout is None or not hangout.is_on or not posted.is_about_this_start(post, hangout):
        return None
    if hangout.facilitator_id != post.place_id or hangout.noted_at is not None:
        return None
    if not await noting.was_met(session, hangout):
        return None
    return notes_wanted_letter(hangout)


async def draw_notes(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the notes as they are now; taken back before they were said, they are not said."""
    hangout = await session.get(Hangout, post.about_id)
    if hangout is None:
        return None
    noted = await noted_of(session, hangout)
    return channel_notes(noted) if noted.has_words or post.ts is not None else None


POSTS = {
    posted.NOTES_WANTED: PostKind(draw_notes_wanted, switch=FACILITATING),
    posted.NOTES: PostKind(draw_notes),
}
