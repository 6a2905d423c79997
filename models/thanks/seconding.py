"""Seconding: a colleague says the same, with the button on the card or with an emoji under it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.errors import RuleError
from models.problems.answers import add_once
from models.thanks.finding import receivers_of, seen_by
from models.thanks.habits import customs_of
from models.thanks.sight import is_public, is_seen_by
from models.thanks.telling import redraw_card
from models.thanks.thanks import By, Second, Thanks

# Two presses so soon after each other are one that slipped, or did not seem to work.
DOUBLE_PRESS = timedelta(seconds=2)
# Slack names the colour of a hand after the emoji, such as clap::skin-tone-3.
SHADE = "::"


class OwnThanksError(RuleError):
    """Whoever gave or received the thanks has said or heard it already."""


class PrivateError(RuleError):
    """What is between giver and receivers nobody seconds, not even they."""


async def press(session: AsyncSession, thanks_id: object, member_id: str, now: datetime) -> bool:
    """Second the thanks with the button, or take that back; say whether it stands now.

    `thanks_id` may be forged. Raises NotHereError, OwnThanksError or PrivateError.
    """
    thanks = await seen_by(session, thanks_id, member_id, now, for_update=True)
    await _require_colleague(session, thanks, member_id)
    mine = (
        Second.thanks_id == thanks.id,
        Second.member_id == member_id,
        Second.by == By.BUTTON,
        Second.seconded_at <= now - DOUBLE_PRESS,
    )
    taken_back = await session.scalar(delete(Second).where(*mine).returning(Second.id))
    if taken_back is None:
        await _add(session, thanks, member_id, By.BUTTON, now)
    await redraw_card(session, thanks, now)
    return taken_back is None


async def react(
    session: AsyncSession, thanks_id: int, member_id: str, emoji: str, now: datetime
) -> None:
    """Second the thanks if that emoji does so here; for others it is just an emoji.

    Nobody waits for an answer to an emoji, so that of giver and receivers means nothing.
    """
    thanks = await _reacted_to(session, thanks_id, member_id, now)
    if thanks is None or await _is_about(session, thanks, member_id):
        return
    customs = await customs_of(session, thanks.community_id)
    if customs.emoji != _bare(emoji):
        return
    if await _add(session, thanks, member_id, By.EMOJI, now, customs.emoji):
        await redraw_card(session, thanks, now)


async def take_back_reaction(
    session: AsyncSession, thanks_id: int, member_id: str, emoji: str, now: datetime
) -> None:
    """Undo what that emoji did, also where the community has chosen another one since.

    Who also pressed the button still seconds it.
    """
    thanks = await _reacted_to(session, thanks_id, member_id, now)
    if thanks is None:
        return
    mine = (
        Second.thanks_id == thanks.id,
        Second.member_id == member_id,
        Second.by == By.EMOJI,
        Second.emoji == _bare(emoji),
    )
    gone = await session.scalar(delete(Second).where(*mine).returning(Second.id))
    if gone is not None:
        await redraw_card(session, thanks, now)


async def _reacted_to(
    session: AsyncSession, thanks_id: int, member_id: str, now: datetime
) -> Thanks | None:
    """Return the public thanks that this person sees, locked."""
    query = (
        select(Thanks)
        .where(Thanks.id == thanks_id, is_public(), is_seen_by(member_id, now))
        .with_for_update(of=Thanks)
        .execution_options(populate_existing=True)
    )
    return await session.scalar(query)


def _bare(emoji: str) -> str:
    """Return the emoji's name without the colour of the hand."""
    return emoji.partition(SHADE)[0]


async def _require_colleague(session: AsyncSession, thanks: Thanks, member_id: str) -> None:
    if thanks.is_private or thanks.shower_id is not None:
        raise PrivateError("These words are between the two of you now.")
    if member_id == thanks.giver_id:
        raise OwnThanksError("These are your own words; this button is for colleagues.")
    if await _is_about(session, thanks, member_id):
        raise OwnThanksError("These words are for you; this button is for colleagues.")


async def _is_about(session: AsyncSession, thanks: Thanks, member_id: str) -> bool:
    """Say whether this person gave or received the thanks."""
    receivers = (await receivers_of(session, [thanks.id])).get(thanks.id, [])
    return member_id in (thanks.giver_id, *receivers)


async def _add(
    session: AsyncSession,
    thanks: Thanks,
    member_id: str,
    by: By,
    now: datetime,
    emoji: str = "",
) -> bool:
    facts = {"thanks_id": thanks.id, "member_id": member_id, "by": by, "emoji": emoji}
    return await add_once(session, Second(**facts, seconded_at=now))
