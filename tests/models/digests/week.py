"""A community in which things happen in a week, for tests of what is told of them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event, select

from models.communities import Community
from models.database import Database
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Presenting, Signup
from models.materials.material import Material, Use
from models.members import Member
from models.pilots.pilot import Pilot
from models.posts import SAID, Post
from models.problems import HiddenAuthor, Problem, Reply
from models.thanks.thanks import Receiver
from models.workspaces import Workspace
from tests.examples import (
    ANA,
    BEN,
    CHRIS,
    DAY,
    NOW,
    a_community,
    a_hangout,
    a_material,
    a_member,
    a_pilot,
    a_problem,
    a_series,
    a_thanks,
)
from tests.world import WORKSPACE

TZ = "America/Denver"
# Mondays at 7:30 in Denver, where summer time ended on 1 November.
MONDAY = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WEEK = timedelta(days=7)


async def a_circle(db: Database, **traits: Any) -> Community:
    """Keep the math circle of Ana, Ben and Chris, set up long ago; Ben facilitates it."""
    async with db.begin() as session:
        session.add(Workspace(id=WORKSPACE, url="https://school.slack.com/", first_seen_at=NOW))
        session.add(community := a_community(**{"set_up_at": NOW - 90 * DAY} | traits))
        for membership in community.memberships:
            membership.joined_at = NOW - 90 * DAY
        community.membership(BEN).is_facilitator = True
        session.add_all(a_member(one, tz=TZ) for one in (ANA, BEN, CHRIS))
    return community


async def change(db: Database, member_id: str, **traits: Any) -> None:
    """Change something about somebody the bot knows."""
    async with db.begin() as session:
        member = await Member.find(session, member_id)
        for name, value in traits.items():
            setattr(member, name, value)


async def keep(db: Database, *rows: Any) -> None:
    async with db.begin() as session:
        session.add_all(rows)


async def a_problem_with(
    db: Database, circle: Community, *repliers: str, number: int = 1, **traits: Any
) -> Problem:
    """Keep a problem of Ana's and what these people wrote in its thread, a day ago."""
    facts = {"id": None, "community_id": circle.id, "request_key": f"V{number}"}
    async with db.begin() as session:
        session.add(problem := a_problem(**facts | traits))
        await session.flush()
        if problem.author_id is None:
            session.add(HiddenAuthor(problem_id=problem.id, member_id=ANA))
        session.add_all(
            Reply(problem_id=problem.id, ts=f"{at}.{one}", member_id=one, replied_at=NOW - DAY)
            for at, one in enumerate(repliers)
        )
    return problem


async def a_card(db: Database, kind: str, about_id: int, ts: str = "17.5") -> None:
    """Keep the card of something, as it stands in the channel."""
    await keep(db, a_post(f"{kind}:{about_id}", kind, about_id=about_id, state=SAID, ts=ts))


def a_post(key: str, kind: str, **traits: Any) -> Post:
    facts = {"key": key, "kind": kind, "place_id": "C0MATHCIRCLE", "channel_id": "C0MATHCIRCLE"}
    return Post(**facts | {"due_at": NOW} | traits)


async def thanks_to_ana(db: Database, circle: Community, key: str = "T1", **traits: Any) -> None:
    """Keep thanks of Ben's to Ana, a day ago."""
    facts = {"community_id": circle.id, "giver_id": BEN, "request_key": key}
    async with db.begin() as session:
        session.add(thanks := a_thanks(**facts | {"thanked_at": NOW - DAY} | traits))
        await session.flush()
        session.add(Receiver(thanks_id=thanks.id, member_id=ANA))


async def a_used_material(db: Database, circle: Community, *users: str) -> Material:
    """Keep a material of Ana's that these people used, a day ago."""
    async with db.begin() as session:
        session.add(material := a_material(community_id=circle.id))
        await session.flush()
        session.add_all(
            Use(material_id=material.id, member_id=one, used_at=NOW - DAY) for one in users
        )
    return material


async def a_waiting_pilot(db: Database, circle: Community, key: str = "P1", **traits: Any) -> Pilot:
    """Keep a pilot of Ana's that began nine days ago and has no value yet."""
    facts = {"community_id": circle.id, "request_key": key, "starts_on": (NOW - 9 * DAY).date()}
    async with db.begin() as session:
        session.add(pilot := a_pilot(**facts | traits))
    return pilot


async def a_hangout_of(
    db: Database, circle: Community, *presenting: str, came: Sequence[str] = (), **traits: Any
) -> Hangout:
    """Keep a hangout for which these people have a seat, or to which these people came."""
    async with db.begin() as session:
        session.add(series := a_series(community_id=circle.id))
        await session.flush()
        facts = {"starts_at": NOW + 2 * DAY, "community_id": circle.id, "series_id": series.id}
        session.add(hangout := a_hangout(**facts | traits))
        await session.flush()
        seats: dict[str, str | None] = dict.fromkeys(came)
        seats |= dict.fromkeys(presenting, Presenting.SEAT)
        session.add_all(
            Signup(
                hangout_id=hangout.id,
                member_id=one,
                is_coming=True,
                presenting=seat,
                answered_at=NOW,
            )
            for one, seat in seats.items()
        )
    return hangout


async def posts_of(db: Database, kind: str) -> list[Post]:
    async with db() as session:
        return list(await session.scalars(select(Post).where(Post.kind == kind).order_by(Post.id)))


class Questions:
    """Counts what a database is asked."""

    def __init__(self, db: Database) -> None:
        self.engine, self.count = db.engine.sync_engine, 0

    def __enter__(self) -> "Questions":
        event.listen(self.engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self._note)

    def _note(self, *_: object) -> None:
        self.count += 1
