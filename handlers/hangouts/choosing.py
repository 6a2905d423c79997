"""Choosing: which coming hangout a facilitator means, by a command, a button or a menu."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from handlers.blocks.hangouts.schedule import Lead, lead_chosen
from handlers.hangouts.holding import changeable
from handlers.request import Where
from models.communities import Community
from models.database import Database
from models.errors import RuleError
from models.hangouts.days_off import one_day
from models.hangouts.hangout import Hangout
from models.members import Member
from models.time import Clock, zone


@dataclass(frozen=True)
class Choices:
    """The hangouts that take place and that somebody may change; `chosen` is the one meant.

    `is_sure` says that they named it, or that there is no other.
    """

    on: Sequence[Hangout]
    chosen: Hangout
    is_sure: bool = False


async def choices_for(
    body: dict[str, Any], where: Where, db: Database, member: Member, clock: Clock, to: str
) -> Choices:
    """Return what may be chosen: of the button's community, else of the one the member means.

    A button or menu names the hangout, a command may name a date; otherwise it is the next one.
    Raises a RuleError when there is nothing to choose; `to` completes "Only facilitators can …".
    """
    named = named_in(body)
    community_id = None if named else (await where.community()).id
    async with db() as session:
        found = await Hangout.seen_by(session, named, member.member_id) if named else None
        community = await session.get_one(Community, found.community_id if found else community_id)
        coming = await changeable(session, community, member, clock(), to)
    on = [one for one in coming if one.is_ahead(clock())]
    if not on:
        raise RuleError("No hangout is coming yet. /hangout plan sets the rhythm once.")
    if found is not None:
        chosen = next((one for one in on if one.id == found.id), on[0])
        is_sure = chosen.id == found.id and not _is_any(body)
    else:
        typed = _typed_after_word(body)
        chosen, is_sure = _on_day(on, typed), bool(typed)
    return Choices(on, chosen, is_sure=is_sure or len(on) == 1)


def named_in(body: dict[str, Any]) -> str:
    """Return the id in the value of the button or menu that was pressed; it may be forged."""
    value = _value_in(body)
    return lead_chosen(value)[1] or value


def _is_any(body: dict[str, Any]) -> bool:
    """Say whether a menu was used that is about every hangout and only begins with the next."""
    return lead_chosen(_value_in(body))[0] == Lead.MOVE_ANY


def _value_in(body: dict[str, Any]) -> str:
    [action] = body.get("actions") or [{}]
    option = action.get("selected_option") or action
    return str(option.get("value") or "")


def _typed_after_word(body: dict[str, Any]) -> str:
    _, *rest = str(body.get("text") or "").split(maxsplit=1)
    return rest[0].strip() if rest and "<@" not in rest[0] else ""


def _on_day(hangouts: Sequence[Hangout], typed: str) -> Hangout:
    """Return the hangout on the day that was typed, or the next one; raises a RuleError."""
    if not typed:
        return hangouts[0]
    day = one_day(typed)
    if day is None:
        raise RuleError(
            f"I can’t read “{typed[:40]}” as a day. Please write it like {_day(hangouts[0])}, "
            "or leave it out to choose in the form."
        )
    for hangout in hangouts:
        if hangout.starts_at.astimezone(zone(hangout.tz)).date() == day:
            return hangout
    raise RuleError(
        f"No hangout is planned on {day:%A} {day.day} {day:%B %Y}. "
        f"The next one is on {_day(hangouts[0])}."
    )


def _day(hangout: Hangout) -> str:
    return hangout.starts_at.astimezone(zone(hangout.tz)).date().isoformat()
