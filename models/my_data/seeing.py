"""Seeing: everything that is kept about somebody, collected for nobody's eyes but theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.members import Member
from models.my_data.chapters.myself import about_myself
from models.my_data.chapters.setting_up import about_setting_up
from models.my_data.chapters.sharing import about_sharing
from models.my_data.chapters.sheet import Sheet
from models.my_data.chapters.talking import about_talking
from models.my_data.chapters.trying import about_trying
from models.thanks.journal import Journal, whole

CHAPTERS = (about_myself, about_talking, about_trying, about_sharing, about_setting_up)


@dataclass(frozen=True)
class MyData:
    """All of it: `sheets` in the order in which they are read, and the journal of thanks.

    Thanks are never counted, so they are no sheet.
    """

    member: Member
    sheets: Sequence[Sheet]
    journal: Journal

    @property
    def has_thanks(self) -> bool:
        return bool(self.journal.received or self.journal.given)

    @property
    def filled(self) -> list[Sheet]:
        """The sheets in which there is something."""
        return [sheet for sheet in self.sheets if sheet.rows]


async def collect(session: AsyncSession, member: Member, now: datetime) -> MyData:
    """Return everything about this member, in a number of questions that does not grow with it.

    A note of a shower is a surprise, and so is that there is one: it is in here once it arrived.
    """
    sheets = [sheet for chapter in CHAPTERS for sheet in await chapter(session, member)]
    return MyData(member, sheets, await whole(session, member.member_id, now))
