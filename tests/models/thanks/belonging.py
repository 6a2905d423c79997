"""A community in which people work together, for tests of who is reminded of whom."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from models.communities import Community
from models.database import Database
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Presenting, Signup
from models.members import Member
from models.posts import Post
from models.problems import HiddenAuthor, Problem, Reply
from models.thanks import inviting, showering
from models.thanks.colleagues import worked_with
from models.thanks.posted import SHOWER_INVITATION
from models.thanks.shower import Shower
from models.thanks.thanks import Receiver, Thanks
from tests.examples import (
    ANA,
    BEN,
    CHRIS,
    DAY,
    NOW,
    a_community,
    a_hangout,
    a_member,
    a_problem,
    a_series,
    a_thanks,
)

TZ = "America/Denver"


async def a_circle(db: Database, **traits: Any) -> Community:
    """Keep the math circle of Ana, Ben and Chris, whom the bot knows by name; Ben runs it."""
    async with db.begin() as session:
        session.add(community := a_community(**traits))
        community.membership(BEN).is_facilitator = True
        session.add_all(a_member(one, tz=TZ) for one in (ANA, BEN, CHRIS))
    return community


async def change(db: Database, member_id: str, **traits: Any) -> None:
    """Change something about somebody the bot knows."""
    async with db.begin() as session:
        member = await Member.find(session, member_id)
        for name, value in traits.items():
            setattr(member, name, value)


async def a_shared_problem(db: Database, circle: Community, **traits: Any) -> Problem:
    """Keep a problem of Ana's; without a name only a row of its own knows that it is hers."""
    async with db.begin() as session:
        session.add(problem := a_problem(**{"community_id": circle.id} | traits))
        await session.flush()
        if problem.author_id is None:
            session.add(HiddenAuthor(problem_id=problem.id, member_id=ANA))
    return problem


async def replies(db: Database, problem: Problem, *member_ids: str, at: datetime = NOW) -> None:
    """Let these people write in the problem's thread."""
    async with db.begin() as session:
        session.add_all(
            Reply(problem_id=problem.id, ts=f"{number}.{one}", member_id=one, replied_at=at)
            for number, one in enumerate(member_ids)
        )


async def a_hangout_of(
    db: Database,
    circle: Community,
    *came: str,
    presenter: str | None = None,
    say_so: bool | None = True,
    **traits: Any,
) -> Hangout:
    """Keep a hangout two days ago, led by Ben, to which these people came; they say so or not."""
    starts_at = NOW - 2 * DAY
    async with db.begin() as session:
        session.add(series := a_series(community_id=circle.id))
        await session.flush()
        facts = {"community_id": circle.id, "series_id": series.id, "starts_at": starts_at}
        session.add(hangout := a_hangout(**facts | traits))
        await session.flush()
        for one in came:
            session.add(
                Signup(
                    hangout_id=hangout.id,
                    member_id=one,
                    is_coming=True,
                    came=say_so,
                    presenting=Presenting.SEAT if one == presenter else None,
                    answered_at=starts_at - DAY,
                )
            )
    return hangout


async def thanks_said(db: Database, circle: Community, to: str, **traits: Any) -> Thanks:
    """Keep Ana's thanks to somebody."""
    async with db.begin() as session:
        session.add(thanks := a_thanks(**{"community_id": circle.id} | traits))
        await session.flush()
        session.add(Receiver(thanks_id=thanks.id, member_id=to))
    return thanks


async def near(db: Database, member_id: str = ANA, since: datetime = NOW - 28 * DAY) -> list[str]:
    """Return whom somebody worked with and has not thanked."""
    async with db() as session:
        return [one.member_id for one in await worked_with(session, member_id, since, NOW)]


async def letters(db: Database, kind: str) -> list[Post]:
    """Return all that is to be said of that kind, in the order in which it was kept."""
    async with db() as session:
        query = select(Post).where(Post.kind == kind).order_by(Post.id)
        return list(await session.scalars(query))


async def answers(db: Database, hangout: Hangout, member_id: str, *, came: bool) -> None:
    """Let somebody say whether they came to the hangout."""
    async with db.begin() as session:
        query = select(Signup).where(Signup.hangout_id == hangout.id, Signup.member_id == member_id)
        (await session.scalars(query)).one().came = came


async def a_shower(db: Database, circle: Community, **plan: Any) -> Shower:
    """Open a shower for Chris on the day after tomorrow, by Ben."""
    facts = {"member_id": CHRIS, "on_date": (NOW + 2 * DAY).date(), "occasion": None} | plan
    async with db.begin() as session:
        community = await session.get_one(Community, circle.id)
        return await showering.open_shower(
            session,
            showering.Plan.of(**facts),
            community=community,
            by=a_member(BEN),
            request_key=f"S{facts['member_id']}",
            now=NOW,
        )


async def invited(db: Database, shower: Shower, now: datetime = NOW) -> list[str]:
    """Invite whoever is to be invited, and return who has a letter."""
    async with db.begin() as session:
        await inviting.invite_some(session, shower.id, now)
    return [one.place_id for one in await letters(db, SHOWER_INVITATION)]


async def a_note(
    db: Database, shower: Shower, giver_id: str, text: str = "your calm", number: int = 1
) -> Thanks:
    """Keep a note that somebody wrote for a shower."""
    async with db.begin() as session:
        note = a_thanks(
            request_key=f"N{number}",
            community_id=shower.community_id,
            giver_id=giver_id,
            text=text,
            effect=None,
            is_private=True,
            shower_id=shower.id,
            arrives_at=shower.arrives_at,
        )
        session.add(note)
        await session.flush()
        session.add(Receiver(thanks_id=note.id, member_id=shower.member_id))
    return note
