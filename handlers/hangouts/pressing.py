"""Pressing: of two presses in a row the second says nothing new, and answers do not pile up.

(a press on an answer only they see)    replaces that answer; a list stays, for its other rows
(the same press within seconds)         changes nothing, so nothing is said once more
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.hangouts.ids import is_list_row
from handlers.blocks.message import Message
from handlers.request import Reply
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Signup

# Two presses so close are one to whoever pressed.
AT_ONCE = timedelta(seconds=5)


def is_at_once(before: datetime, now: datetime) -> bool:
    """Say whether what was done then and what is done now are one press to a person."""
    return now - before < AT_ONCE


@dataclass(frozen=True)
class Before:
    """Somebody's answer to a hangout as it was before a press; its row follows what they do."""

    row: Signup | None
    was: tuple[object, ...] = ()

    @classmethod
    async def at(cls, session: AsyncSession, hangout: Hangout, member_id: str) -> Before:
        row = await Signup.of(session, hangout.id, member_id)
        return cls(row) if row is None else cls(row, _state_of(row))

    def is_repeated(self, now: datetime) -> bool:
        """Say whether the press changed nothing that was not answered a moment ago."""
        row = self.row
        if row is None or _state_of(row) != self.was:
            return False
        return is_at_once(max(row.answered_at, row.asked_at or row.answered_at), now)


def _state_of(row: Signup) -> tuple[object, ...]:
    return row.is_coming, row.presenting, row.asked_at, row.answered_at


async def answer(reply: Reply, message: Message, *, is_repeated: bool) -> None:
    """Say it in place of the private answer that was pressed; elsewhere, if it is news, below.

    What is typed is always answered.
    """
    [action] = reply.body.get("actions") or [{}]
    is_private = bool((reply.body.get("container") or {}).get("is_ephemeral"))
    replace = is_private and not is_list_row(action.get("block_id"))
    if replace or not (action and is_repeated):
        await reply(message, replace=replace)
