"""Noting: what was said at a hangout, written down and found again.

(ten minutes after a hangout)   whoever led it is reminded of the notes
/hangout notes, [Write notes]   the form: notes, what came of each problem, who was there
/hangout notes WORDS            finds notes, and what came of problems at hangouts
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.hangouts.ids import NOTES
from handlers.blocks.hangouts.notes import (
    FACILITATING,
    OUTCOME_FIELD,
    Noted,
    found_notes,
    notes_form,
    notes_kept,
    notes_message,
    notes_wanted_letter,
)
from handlers.blocks.message import Message
from handlers.blocks.request import plain
from handlers.blocks.text import unescape
from handlers.posts import PostKind
from handlers.request import Forms, Reply, Where
from models import search
from models.communities import Community
from models.consultancies import noting
from models.consultancies.afterwards import of_hangout
from models.database import Database
from models.errors import RuleError
from models.findable import HANGOUT
from models.hangouts import posted
from models.hangouts.hangout import Hangout
from models.hangouts.signups import Signup
from models.ids import id_from
from models.members import Member
from models.posts import Post
from models.student_data import suspicions
from models.text import clean
from models.time import Clock
from models.workspaces import Workspace

SHOWN_AT_MOST = 5


def register(app: Any) -> None:
    app.command("/hangout", "notes")(take_notes)
    app.action(NOTES)(open_notes)
    app.view(NOTES)(keep_notes)


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
    """Open the notes of the last hangout, or find notes with the words that follow."""
    await ack()
    _, *words = clean(unescape(str(body.get("text") or ""))).split(maxsplit=1)
    if words:
        await reply(await _found(db, " ".join(words), member.member_id))
        return
    community = await where.community()
    async with db() as session:
        begun = await _last_begun(session, community.id, clock())
        if begun is None:
            raise RuleError("No hangout has begun yet. Notes are for afterwards.")
    await _open(db, begun.id, member, clock, forms)


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
        noted = await _noted(session, hangout)
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
    doubts = [] if answers.get("nobody_recognised") else suspicions(notes.everything)
    is_merged = False
    async with db.begin() as session:
        hangout = await Hangout.seen_by(
            session, facts.get("hangout_id") or 0, member.member_id, for_update=True
        )
        community = await session.get_one(Community, hangout.community_id)
        await noting.require_scribe(session, hangout, community, member, clock())
        noted = await _noted(session, hangout)
        if not doubts:
            is_merged = await noting.note(
                session, hangout, community, notes, by=member.member_id, now=clock()
            )
    if doubts:
        again = notes_form(noted, list(notes.came), _typed(answers), doubts)
        await ack(response_action="update", view=again)
        return
    await ack()
    await reply(plain(notes_kept(is_merged=is_merged)), place_id=community.channel_id)


def _written(answers: Mapping[str, Any], facts: Mapping[str, Any]) -> noting.Notes:
    """Return what the form says; its metadata may be forged and then counts as nothing seen."""
    try:
        seen_at = datetime.fromisoformat(str(facts.get("seen_at") or ""))
    except ValueError:
        seen_at = None
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
        seen_at=seen_at,
    )


def _typed(answers: Mapping[str, Any]) -> dict[str, str]:
    return {field: text for field, text in answers.items() if isinstance(text, str)}


async def _last_begun(session: AsyncSession, community_id: int, now: datetime) -> Hangout | None:
    query = (
        select(Hangout)
        .where(Hangout.community_id == community_id, Hangout.starts_at <= now)
        .where(Hangout.called_off_at.is_(None))
        .order_by(Hangout.starts_at.desc())
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def _noted(session: AsyncSession, hangout: Hangout) -> Noted:
    consultancies = await of_hangout(session, hangout.id)
    people = [one.presenter_id for one in consultancies if one.presenter_id]
    known = await Member.known(session, [*people, hangout.noted_by or hangout.facilitator_id])
    names = {one: row.name for one, row in known.items() if row.name}
    return Noted(hangout=hangout, consultancies=consultancies, names=names)


async def _who_came(session: AsyncSession, hangout_id: int) -> Sequence[str]:
    """Return who was there as far as is known: who signed up, unless they said otherwise."""
    query = (
        select(Signup.member_id)
        .where(Signup.hangout_id == hangout_id, Signup.is_coming, Signup.came.is_not(False))
        .order_by(Signup.id)
    )
    return (await session.scalars(query)).all()


async def _found(db: Database, sought: str, member_id: str) -> Message:
    async with db() as session:
        mine = [community.id for community in await Community.of_member(session, member_id)]
        findings = await search.find(
            session, sought, kinds=[HANGOUT], communities=mine, page=slice(SHOWN_AT_MOST)
        )
        posts = await Post.standing(session, posted.NOTES, [hit.about_id for hit in findings.hits])
        address = await Workspace.address(session)
        links = {post.about_id: post.permalink(address) for post in posts}
        found = [
            (await session.get_one(Hangout, hit.about_id), links.get(hit.about_id))
            for hit in findings.hits
        ]
    return found_notes(sought, found, findings.corrected)


async def draw_notes_wanted(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the reminder for whoever led it, unless the notes are there."""
    hangout = await session.get(Hangout, post.about_id)
    if hangout is None or not hangout.is_on or not posted.is_about_this_start(post, hangout):
        return None
    if hangout.facilitator_id != post.place_id or hangout.noted_at is not None:
        return None
    return notes_wanted_letter(hangout)


async def draw_notes(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the notes as they are now."""
    hangout = await session.get(Hangout, post.about_id)
    return notes_message(await _noted(session, hangout)) if hangout else None


POSTS = {
    posted.NOTES_WANTED: PostKind(draw_notes_wanted, switch=FACILITATING),
    posted.NOTES: PostKind(draw_notes),
}
