"""Showing: one practice, for one reader's eyes.

/practice show NAME, [Look]    how it goes, who tried it, how it spread; [Try this] starts a pilot
"""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.beside import materials_beside
from handlers.blocks.hangouts.facts import phrase
from handlers.blocks.message import Message
from handlers.blocks.practices.cards import Told, practice_card
from handlers.blocks.practices.ids import SHOW
from handlers.blocks.practices.lists import which_practice
from handlers.names import names_of
from handlers.practices.holding import stocked, words_after
from handlers.request import Reply
from models.database import Database
from models.errors import RuleError
from models.materials.material import About
from models.members import Member
from models.practices import editing, finding
from models.practices.lineage import Lineage
from models.practices.practice import Practice
from models.practices.summing_up import Summary
from models.time import Clock


def register(app: Any) -> None:
    app.command("/practice", "show")(show_named)
    app.action(SHOW)(show)


async def show_named(
    ack: AsyncAck,
    body: dict[str, Any],
    member: Member,
    workspace_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Show the practice of that name, or ask which one of a few was meant."""
    await ack()
    typed = words_after(body, "show")
    if not typed:
        raise RuleError("Which one would you like to see? For example /practice show exit ticket")
    await stocked(db, workspace_id, clock)
    async with db() as session:
        named = await finding.by_name(session, typed)
        if isinstance(named, Practice):
            message = await card_for(session, named, member)
        else:
            message = which_practice(typed, named)
    await reply(message)


async def show(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, reply: Reply
) -> None:
    """Show the practice whose button was pressed."""
    await ack()
    async with db() as session:
        practice = await finding.of(session, action.get("value"))
        message = await card_for(session, practice, member)
    await reply(message)


async def card_for(session: AsyncSession, practice: Practice, member: Member) -> Message:
    """Return a practice's card as this member sees it, in a fixed number of queries."""
    summary = await Summary.of(session, practice, member.member_id)
    lineage = Lineage.among(summary.trials, practice, member.member_id)
    names = await names_of(session, [practice.added_by, practice.edited_by])
    names |= {one.member_id: one.name for one in summary.trials if one.name}
    may_change = await editing.may_be_changed_by(session, practice, member)
    beside = await materials_beside(session, About.PRACTICE, [practice.id], member.member_id)
    told = Told(
        summary=summary,
        lineage=lineage,
        names=names,
        may_change=may_change,
        materials=beside.get(practice.id, phrase()),
    )
    return practice_card(practice, told)
