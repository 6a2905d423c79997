"""Noting: what was said at a hangout, written down by whoever leads it or takes notes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.consultancies.afterwards import of_hangout, post_outcome, problem_of, standing_thread
from models.consultancies.afterwards import written as outcome_written
from models.errors import NotAllowedError, RuleError
from models.findable import keep_hangout_findable, keep_problem_findable
from models.hangouts import posted
from models.hangouts.hangout import Hangout
from models.hangouts.signups import Signup
from models.members import Member
from models.posts import Post
from models.text import clean

# Characters; Slack takes no more than 3,000 in one input (slack-facts 1.3).
NOTES_LENGTH = 3000


@dataclass(frozen=True, kw_only=True)
class Notes:
    """What the form says. `outcomes` are by consultancy id, `came` are the members who were there.

    `seen_at` is when the notes were written that the form showed, if there were any.
    """

    text: str | None
    outcomes: Mapping[int, str | None]
    came: Collection[str]
    seen_at: datetime | None = None

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
    if community.is_run_by(member) or hangout.facilitator_id == member.member_id:
        return
    query = select(Signup).where(
        Signup.hangout_id == hangout.id, Signup.member_id == member.member_id, Signup.is_coming
    )
    if await session.scalar(query) is None:
        raise NotAllowedError(
            "Notes are written by whoever was there. If you came, ask your facilitator to sign "
            "you up, then press again."
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
    """
    text = clean(notes.text or "")
    if len(text) > NOTES_LENGTH:
        raise RuleError(
            f"This is {len(text):,} characters long and {NOTES_LENGTH:,} fit here.", field="notes"
        )
    is_others = hangout.noted_at is not None and hangout.noted_at != notes.seen_at
    is_merged = is_others and bool(hangout.notes) and (hangout.notes or "") not in text
    if is_merged:
        text = f"{hangout.notes}\n\n{text}".strip()
    hangout.notes, hangout.noted_by, hangout.noted_at = text or None, by, now
    await _note_who_came(session, hangout, notes.came, now)
    await _note_outcomes(session, hangout, community, notes, now)
    await _post(session, hangout, community, now)
    await keep_hangout_findable(session, hangout, community)
    return is_merged


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
) -> None:
    for consultancy in await of_hangout(session, hangout.id):
        if consultancy.id not in notes.outcomes:
            continue
        outcome = outcome_written("outcome", notes.outcomes[consultancy.id])
        if outcome == consultancy.outcome:
            continue
        consultancy.outcome, consultancy.noted_at = outcome, now
        await post_outcome(session, consultancy, now)
        problem = await problem_of(session, consultancy)
        if problem is not None and problem.deleted_at is None:
            await keep_problem_findable(session, problem, community)


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
    await Post.redraw(session, posted.NOTES, hangout.id, now)
