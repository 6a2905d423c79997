"""Noting: what was said at a hangout, written down by whoever leads it or takes notes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.consultancies.afterwards import (
    LENGTHS,
    of_hangout,
    post_outcome,
    problem_of,
    standing_thread,
)
from models.consultancies.afterwards import written as outcome_written
from models.errors import NotAllowedError, RuleError
from models.findable import keep_hangout_findable, keep_problem_findable
from models.hangouts import posted
from models.hangouts.hangout import Hangout
from models.hangouts.signups import Signup
from models.members import Member
from models.merging import merged
from models.posts import Post
from models.text import clean

# Characters; Slack takes no more than 3,000 in one input (slack-facts 1.3).
NOTES_LENGTH = 3000


@dataclass(frozen=True, kw_only=True)
class Notes:
    """What the form says. `outcomes` are by consultancy id, `came` are the members who were there.

    `seen` are the marks of what the form showed (models/merging.py), by "notes" and consultancy id.
    """

    text: str | None
    outcomes: Mapping[int, str | None]
    came: Collection[str]
    seen: Mapping[str, str] = field(default_factory=dict)

    @property
    def everything(self) -> str:
        """All of the text, for a look at what it may give away."""
        return "\n".join(part for part in (self.text, *self.outcomes.values()) if part)


async def require_scribe(
    session: AsyncSession, hangout: Hangout, community: Community, member: Member, now: datetime
) -> None:
    """Raise unless this person may write the notes: who leads, or signed up, once it began."""
    if not hangout.is_on:
        raise RuleError("That hangout was called off, so there is nothing to note.")
    if hangout.starts_at > now:
        raise RuleError("That hangout is still to come. Notes can be written once it has begun.")
    if not await is_scribe(session, hangout, community, member):
        raise NotAllowedError(
            "Notes are written by whoever was there. If you came, ask your facilitator to sign "
            "you up, then press again."
        )


async def is_scribe(
    session: AsyncSession, hangout: Hangout, community: Community, member: Member
) -> bool:
    """Say whether this person may write the notes of a hangout that has begun."""
    if community.is_run_by(member) or hangout.facilitator_id == member.member_id:
        return True
    query = select(Signup).where(
        Signup.hangout_id == hangout.id, Signup.member_id == member.member_id, Signup.is_coming
    )
    return community.has_member(member.member_id) and await session.scalar(query) is not None


async def was_met(session: AsyncSession, hangout: Hangout) -> bool:
    """Say whether anybody came, or at least wanted to besides whoever led."""
    is_guest = and_(Signup.is_coming, Signup.member_id != hangout.facilitator_id)
    query = select(Signup.id).where(
        Signup.hangout_id == hangout.id, or_(is_guest, Signup.came.is_(True))
    )
    return await session.scalar(query.limit(1)) is not None


def begun(community_id: int, now: datetime) -> Select[Hangout]:
    """Return a query for the hangouts of which there may be notes."""
    return select(Hangout).where(
        Hangout.community_id == community_id,
        Hangout.starts_at <= now,
        Hangout.called_off_at.is_(None),
    )


async def neighbours(
    session: AsyncSession, hangout: Hangout, now: datetime
) -> tuple[Hangout | None, Hangout | None]:
    """Return the hangout before and the one after this, of those that have begun."""
    query = begun(hangout.community_id, now)
    earlier = query.where(Hangout.starts_at < hangout.starts_at)
    later = query.where(Hangout.starts_at > hangout.starts_at)
    return (
        await session.scalar(earlier.order_by(Hangout.starts_at.desc()).limit(1)),
        await session.scalar(later.order_by(Hangout.starts_at).limit(1)),
    )


async def note(
    session: AsyncSession,
    hangout: Hangout,
    community: Community,
    notes: Notes,
    *,
    by: str,
    now: datetime,
) -> bool:
    """Keep the notes, post them and make them findable; who calls holds the hangout's row.

    What somebody else wrote since the form was opened is kept above; says whether there was such.
    Who came is kept without a word in the channel. Raises a RuleError when there is nothing at all.
    """
    typed = clean(notes.text or "")
    text = merged(hangout.notes, typed, notes.seen.get("notes")) or ""
    is_merged = text != typed
    _require_fit(text, NOTES_LENGTH, "notes", is_merged=is_merged)
    _require_members(community, notes.came)
    if not text and not any(notes.outcomes.values()) and not notes.came:
        raise RuleError(
            "There is nothing to keep yet. Write a line, or choose who was there.", field="notes"
        )
    await _note_who_came(session, hangout, notes.came, now)
    is_merged |= await _note_outcomes(session, hangout, community, notes, now)
    has_words = bool(text or any(one.outcome for one in await of_hangout(session, hangout.id)))
    if has_words or hangout.noted_at is not None:
        hangout.notes, hangout.noted_by, hangout.noted_at = text or None, by, now
        await keep_hangout_findable(session, hangout, community)
        await Post.redraw(session, posted.NOTES, hangout.id, now)
    if has_words:
        await _post(session, hangout, community, now)
    return is_merged


def _require_fit(text: str, most: int, field_name: str, *, is_merged: bool) -> None:
    """Raise a RuleError that names the field; nothing is lost, for the form stays open."""
    if len(text) <= most:
        return
    if is_merged:
        raise RuleError(
            f"Somebody wrote here meanwhile. With theirs it is {len(text):,} characters and "
            f"{most:,} fit. Please shorten yours.",
            field=field_name,
        )
    raise RuleError(f"This is {len(text):,} characters and {most:,} fit here.", field=field_name)


def _require_members(community: Community, came: Collection[str]) -> None:
    strangers = [one for one in came if not community.has_member(one)]
    if strangers:
        raise RuleError(
            f"{len(strangers)} of those you chose are not in this community. Please take out who "
            "is not, or invite them to the channel first.",
            field="came",
        )


async def _note_who_came(
    session: AsyncSession, hangout: Hangout, came: Collection[str], now: datetime
) -> None:
    """Note who was there, also those who had not signed up; what somebody said themselves stays."""
    rows = await session.scalars(select(Signup).where(Signup.hangout_id == hangout.id))
    known = {row.member_id: row for row in rows}
    for member_id in dict.fromkeys(came):
        row = known.get(member_id)
        if row is None:
            row = Signup(
                hangout_id=hangout.id, member_id=member_id, is_coming=True, answered_at=now
            )
            session.add(row)
        if row.came is None:
            row.came = True


async def _note_outcomes(
    session: AsyncSession, hangout: Hangout, community: Community, notes: Notes, now: datetime
) -> bool:
    """Keep what came of each; say whether words of somebody else were kept with them."""
    is_merged = False
    for consultancy in await of_hangout(session, hangout.id):
        if consultancy.id not in notes.outcomes:
            continue
        typed = outcome_written("outcome", notes.outcomes[consultancy.id])
        outcome = merged(consultancy.outcome, typed, notes.seen.get(str(consultancy.id)))
        is_merged |= outcome != typed
        _require_fit(outcome or "", LENGTHS["outcome"], f"outcome_{consultancy.id}", is_merged=True)
        if outcome == consultancy.outcome:
            continue
        consultancy.outcome, consultancy.noted_at = outcome, now
        await post_outcome(session, consultancy, now)
        problem = await problem_of(session, consultancy)
        if problem is not None and problem.deleted_at is None:
            await keep_problem_findable(session, problem, community)
    return is_merged


async def _post(
    session: AsyncSession, hangout: Hangout, community: Community, now: datetime
) -> None:
    """Say the notes once, under the invitation if there is one; later changes are drawn there."""
    invitation = await standing_thread(session, posted.invitation_key(hangout.id))
    await Post.add(
        session,
        f"{posted.NOTES}:{hangout.id}",
        community.channel_id,
        kind=posted.NOTES,
        due_at=now,
        about_id=hangout.id,
        thread_of=invitation,
    )
