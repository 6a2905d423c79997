"""Filling: the form as it opens, with what is typed already and what its writer may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.thanks.forms import Sheet, thanks_form
from handlers.blocks.thanks.giving import written_before
from handlers.blocks.thanks.ids import START
from handlers.request import Forms, Where
from handlers.thanks.saying import shower_for
from models.communities import Community
from models.ids import id_from
from models.members import Member
from models.student_data import Suspicion, suspicions
from models.thanks.giving import note_before
from models.thanks.habits import customs_of
from models.thanks.linking import is_for_all, pointer_to
from models.thanks.pointing import Pointer
from models.thanks.shower import Shower
from models.thanks.thanks import RECEIVERS_AT_MOST

# What a form carries along besides its community.
CARRIED = ("draft_id", "source", "back_of_id", "shower_id", "asked_in")


async def open_form(where: Where, forms: Forms, typed: Mapping[str, Any]) -> None:
    """Open the form with what is `typed`; raises NoCommunityError, which keeps the words.

    `typed` holds answers by field, facts that the form carries and "notices", sentences above it.
    With "asks_again" it asks whether a student is named.
    """
    choices = await where.choices()
    if not choices:
        raise await where.nothing_here(str(typed.get("text") or ""))
    wanted = [one for one in choices if one.id == id_from(typed.get("community_id"))]
    facts = {"asked_in": where.channel_id} | {one: typed[one] for one in CARRIED if one in typed}
    async with forms.db() as session:
        now = forms.clock()
        sheet = await sheet_of(session, where.member_id, wanted or choices, typed, facts, now)
    await forms.open(thanks_form(sheet), opener=START, typed=typed)


async def sheet_of(
    session: AsyncSession,
    member_id: str,
    communities: Sequence[Community],
    typed: Mapping[str, Any],
    facts: Mapping[str, Any],
    now: datetime,
) -> Sheet:
    """Return what the form shows. Everything in `typed` and `facts` may be forged.

    Raises a RuleError for a note that cannot be written any more.
    """
    shower = await shower_for(session, facts.get("shower_id"), member_id, now)
    if shower is not None:
        return await _note_sheet(session, member_id, shower, typed, facts)
    people = await _thankable(session, typed.get("receiver_ids"), member_id)
    only = communities[0].id if len(communities) == 1 else None
    return Sheet(
        typed=dict(typed) | {"receiver_ids": list(people)},
        facts=dict(facts) | {"community_id": only},
        communities=communities,
        reasons=await _reasons(session, communities),
        pointer=await _pointer(session, typed, member_id, only or 0),
        notices=[str(one) for one in typed.get("notices") or ()],
        suspicions=_suspicions(typed),
    )


async def _note_sheet(
    session: AsyncSession,
    member_id: str,
    shower: Shower,
    typed: Mapping[str, Any],
    facts: Mapping[str, Any],
) -> Sheet:
    """Return what the form for a note shows, one that was written before as well."""
    whom = (await Member.known(session, [shower.member_id])).get(shower.member_id)
    before = await note_before(session, shower, member_id)
    return Sheet(
        typed=typed,
        facts=dict(facts) | {"community_id": shower.community_id},
        communities=[await session.get_one(Community, shower.community_id)],
        notices=[written_before(before)] if before is not None else [],
        suspicions=_suspicions(typed),
        shower=shower,
        whom=(whom and whom.name) or "a colleague",
    )


def _suspicions(typed: Mapping[str, Any]) -> Sequence[Suspicion]:
    """Return what may tell who a student is, where the form is to ask about that."""
    words = f"{typed.get('text') or ''}\n{typed.get('effect') or ''}"
    return suspicions(words) if typed.get("asks_again") else ()


async def _thankable(
    session: AsyncSession, member_ids: object, member_id: str
) -> dict[str, Member]:
    """Return those of the people that a form may begin with: Slack refuses an id of nobody."""
    wanted = [str(one) for one in member_ids] if isinstance(member_ids, list) else []
    known = await Member.known(session, wanted[: 2 * RECEIVERS_AT_MOST])
    return {
        one: known[one]
        for one in wanted
        if one in known and known[one].left_at is None and not known[one].is_bot
        if one != member_id
    }


async def _reasons(session: AsyncSession, communities: Sequence[Community]) -> list[str]:
    """Return the reasons of these communities, each once."""
    customs = [await customs_of(session, one.id) for one in communities]
    return list(dict.fromkeys(reason for one in customs for reason in one.reasons))


async def _pointer(
    session: AsyncSession, typed: Mapping[str, Any], member_id: str, community_id: int
) -> Pointer | None:
    """Return what the form is linked to from the start, if that may be said where it is seen."""
    pointer = await pointer_to(session, typed.get("about"), member_id, community_id)
    if pointer is None or typed.get("is_private"):
        return pointer
    return pointer if await is_for_all(session, pointer, community_id) else None
