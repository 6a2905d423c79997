"""Setting up: what somebody chose for a community, or had summed up, as it is now."""

from __future__ import annotations

from calendar import day_name
from collections.abc import Sequence
from datetime import time
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from models.communities import Community
from models.consultancies.protocols import ProtocolCopy
from models.digests.customs import DigestCustoms
from models.digests.networks import NetworkDigest
from models.hangouts.series import Series
from models.members import Member
from models.my_data.chapters.plainly import meaning
from models.my_data.chapters.sheet import Cell, Sheet, listed, moment
from models.thanks.customs import Customs
from models.wordings.wording import OwnWords

NEVER = "not by itself"
# For a community: what it is, and who set it so last.
OF_COMMUNITIES: Sequence[tuple[type[Any], str, InstrumentedAttribute[str]]] = (
    (Series, "hangouts", Series.planned_by),
    (DigestCustoms, "weekly digest", DigestCustoms.changed_by),
    (Customs, "how we thank", Customs.changed_by),
    (OwnWords, "our own words", OwnWords.changed_by),
    (ProtocolCopy, "a protocol of our own", ProtocolCopy.changed_by),
)


async def about_setting_up(session: AsyncSession, member: Member) -> list[Sheet]:
    """Return it as one sheet. Of what somebody else changed since nothing is known."""
    rows = await _of_communities(session, member) + await _networks(session, member)
    columns = ("what", "where", "as it is", "changed")
    name, several = "thing you set up", "things you set up"
    return [Sheet("set-up", "What I set up", name, several, columns, rows)]


async def _of_communities(session: AsyncSession, member: Member) -> list[Sequence[Cell]]:
    rows = list[Sequence[Cell]]()
    for table, what, by in OF_COMMUNITIES:
        query = (
            select(table, Community.name)
            .join(Community, Community.id == table.community_id)
            .where(by == member.member_id)
            .order_by(table.id)
        )
        rows += [
            (what, community, _as_it_is(one), moment(one.changed_at, member.tz))
            for one, community in await session.execute(query)
        ]
    return rows


async def _networks(session: AsyncSession, member: Member) -> list[Sequence[Cell]]:
    """Return the network digests they set up or changed last, ended or not."""
    mine = or_(
        NetworkDigest.set_up_by == member.member_id, NetworkDigest.changed_by == member.member_id
    )
    query = select(NetworkDigest).where(mine).order_by(NetworkDigest.id)
    return [
        (
            "digest of several communities",
            one.name,
            "ended" if one.ended_at else _each_week(one.weekday, one.at),
            moment(one.changed_at, member.tz) if one.changed_by == member.member_id else None,
        )
        for one in await session.scalars(query)
    ]


def _as_it_is(one: Any) -> Cell:
    """Return what was chosen, with the words that were typed."""
    match one:
        case Series():
            skills = listed(one.skills)
            when = (
                f"from {one.first_on.isoformat()}, {one.at:%H:%M}, weeks apart: {one.every_weeks}"
            )
            return "; ".join(part for part in (when, skills, one.link) if part)
        case DigestCustoms():
            return _each_week(one.weekday, one.at)
        case Customs():
            asked = f"asked {_each_week(one.prompt_weekday, one.prompt_at)}"
            return "; ".join(part for part in (listed(one.reasons), one.emoji, asked) if part)
        case OwnWords():
            return f"{meaning('spot', one.spot)}: {one.text}"
        case ProtocolCopy():
            steps = [f"{step['name']}: {step['prompt']}" for step in one.steps]
            return "; ".join([one.name, *steps])
    raise TypeError(f"nobody sets up a {type(one).__name__}")


def _each_week(weekday: int | None, at: time | None) -> str:
    return NEVER if weekday is None or at is None else f"each {day_name[weekday]} at {at:%H:%M}"
