"""Giving: from words and people to thanks that are said, once however often they are sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.errors import NotHereError, RuleError
from models.members import Member
from models.problems.answers import add_once
from models.thanks import telling
from models.thanks.shower import Shower
from models.thanks.thanks import RECEIVERS_AT_MOST, Receiver, Thanks
from models.thanks.wording import Wording


class ReceiverError(RuleError):
    """Somebody who cannot be thanked, too many people, or nobody."""

    field = "receiver_ids"


class Giving(TypedDict):
    """Who thanks whom, where, and what gave rise to it.

    `about` is a kind of `About` with a number; `source` a channel and the `ts` of a message. Both
    have been checked. `back_of_id` is the thanks that these answer. `request_key` names the form
    or message they were given with. A note of a `shower` arrives with the others.
    """

    giver: Member
    receivers: Sequence[Member]
    community: Community
    is_private: bool
    request_key: str
    now: datetime
    about: NotRequired[tuple[str, int] | None]
    source: NotRequired[tuple[str, str] | None]
    back_of_id: NotRequired[int | None]
    shower: NotRequired[Shower | None]


async def give(session: AsyncSession, wording: Wording, **giving: Unpack[Giving]) -> Thanks:
    """Return the new thanks, or those that this very request gave before.

    Thanks to somebody who is thanked quietly are private as a whole, whatever was asked for.
    Raises ReceiverError, and NotHereError for a community the giver cannot see.
    """
    giver, receivers = giving["giver"], giving["receivers"]
    if objection := objection_to(giver, receivers):
        raise objection
    _require_living(giving["community"], giver)
    given = select(Thanks).where(Thanks.request_key == giving["request_key"])
    if known := await session.scalar(given):
        return known
    thanks = _written(wording, giving)
    if not await add_once(session, thanks):
        return (await session.scalars(given)).one()
    for member_id in dict.fromkeys(one.member_id for one in receivers):
        session.add(Receiver(thanks_id=thanks.id, member_id=member_id))
    await session.flush()
    await telling.announce(session, thanks, giving["community"], giving["now"])
    return thanks


async def note_before(session: AsyncSession, shower: Shower, giver_id: str) -> Thanks | None:
    """Return the note that somebody has written for this shower, the newest of several."""
    query = select(Thanks).where(
        Thanks.shower_id == shower.id, Thanks.giver_id == giver_id, Thanks.deleted_at.is_(None)
    )
    return await session.scalar(query.order_by(Thanks.id.desc()).limit(1))


def objection_to(giver: Member, receivers: Sequence[Member]) -> ReceiverError | None:
    """Return why this person cannot thank these, or None."""
    people = {one.member_id: one for one in receivers}
    if not people:
        return ReceiverError("Please choose whom you would like to thank.")
    if giver.member_id in people:
        return ReceiverError(
            "That is you. A colleague may thank you; here you thank others. "
            "Please choose somebody else."
        )
    if objection := too_many(len(people)):
        return objection
    for one in people.values():
        known = one.name or "this person"
        name = known[:1].upper() + known[1:]
        if one.is_bot:
            return ReceiverError(f"{name} is an app. Thanks are for people; please choose one.")
        if one.left_at is not None:
            return ReceiverError(f"{name} is no longer in this workspace. Please choose others.")
    return None


def too_many(people: int | None = None) -> ReceiverError | None:
    """Return why so many are not thanked at once, or None when they are few enough.

    Of a crowd nobody counts how many they are.
    """
    if people is not None and people <= RECEIVERS_AT_MOST:
        return None
    counted = people or f"more than {RECEIVERS_AT_MOST}"
    return ReceiverError(
        f"These are {counted} people. Thanks go to up to {RECEIVERS_AT_MOST} at a time, by name. "
        "Whom do you mean most?"
    )


def _require_living(community: Community, giver: Member) -> None:
    if community.is_private and not community.has_member(giver.member_id):
        raise NotHereError("I can’t find that community. Please choose one of yours.")
    if community.archived_at is not None:
        raise RuleError(f"{community.name} is archived. Please choose another community.")


def _written(wording: Wording, giving: Giving) -> Thanks:
    shower = giving.get("shower")
    is_quiet = any(one.is_thanked_quietly for one in giving["receivers"])
    about_kind, about_id = giving.get("about") or (None, None)
    channel_id, ts = giving.get("source") or (None, None)
    thanks = Thanks(
        request_key=giving["request_key"],
        community_id=giving["community"].id,
        giver_id=giving["giver"].member_id,
        text=wording.text,
        effect=wording.effect,
        reason=wording.reason,
        is_private=giving["is_private"] or is_quiet or shower is not None,
        about_kind=about_kind,
        about_id=about_id,
        source_channel_id=channel_id,
        source_ts=ts,
        back_of_id=giving.get("back_of_id"),
        shower_id=shower.id if shower is not None else None,
        thanked_at=giving["now"],
        arrives_at=shower.arrives_at if shower is not None else None,
    )
    thanks.workspace_id = giving["community"].workspace_id
    return thanks
