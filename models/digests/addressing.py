"""Addressing: what those are called whom digests name, and where what they tell of is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.digests.digest import Digest
from models.hangouts.posted import INVITATION, SCHEDULE
from models.materials.posted import CARD as MATERIAL_CARD
from models.members import Member
from models.pilots.posted import CARD as PILOT_CARD
from models.pilots.posted import card_key
from models.posts import SAID, Post
from models.problems.posted import CARD as PROBLEM_CARD
from models.thanks.posted import CARD as THANKS_CARD
from models.workspaces import Workspace

Link = tuple[str, int]


async def names_in(session: AsyncSession, digests: Sequence[Digest]) -> dict[str, str]:
    """Return the display names of all whom they name, by member id."""
    people = {one for digest in digests for one in _people(digest) if one}
    known = await Member.known(session, people)
    return {one: row.name for one, row in known.items() if row.name}


def _people(digest: Digest) -> Iterator[str | None]:
    """Yield the ids of all who are named; who asked without a name is not."""
    yield from (one.author_id for one in digest.questions)
    yield digest.meeting.hangout.facilitator_id if digest.meeting else None
    yield from (one.member_id for one in digest.pilots)
    yield from (one.giver_id for one in digest.thanks)
    yield from (one for thanks in digest.thanks for one in digest.receivers.get(thanks.id, ()))
    yield from (one.owner_id for one in digest.materials)


async def links_in(session: AsyncSession, digests: Sequence[Digest]) -> dict[Link, str]:
    """Return the addresses of the messages that stand in Slack, all in one question.

    They are by the kind of their post and the id of what it is about.
    """
    wanted: dict[str, list[int]] = {}
    for digest in digests:
        for kind, about_id in _told(digest):
            wanted.setdefault(kind, []).append(about_id)
    are_about = [and_(Post.kind == kind, Post.about_id.in_(ids)) for kind, ids in wanted.items()]
    if not are_about:
        return {}
    query = select(Post).where(Post.state == SAID, or_(*are_about)).order_by(Post.id)
    cards = await session.scalars(query)
    address = await Workspace.address(session)
    return dict(_standing(cards, digests, address))


def _told(digest: Digest) -> Iterator[Link]:
    """Yield what the digest tells of, as posts are about it."""
    yield from ((PROBLEM_CARD, one.id) for one in digest.questions)
    yield from ((PILOT_CARD, one.id) for one in digest.pilots)
    yield from ((THANKS_CARD, one.id) for one in digest.thanks)
    yield from ((MATERIAL_CARD, one.id) for one in digest.materials)
    if digest.meeting is not None:
        yield INVITATION, digest.meeting.hangout.id
        yield SCHEDULE, digest.meeting.hangout.series_id


def _standing(
    cards: Iterable[Post], digests: Sequence[Digest], address: str | None
) -> Iterator[tuple[Link, str]]:
    """Yield where each message stands; a pilot shared again has a new card."""
    shared = {card_key(one) for digest in digests for one in digest.pilots}
    for card in cards:
        is_old = card.kind == PILOT_CARD and card.key not in shared
        link = card.permalink(address)
        if link is not None and card.about_id is not None and not is_old:
            yield (card.kind, card.about_id), link
