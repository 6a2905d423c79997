"""A hangout with presenters, and what tests of leading look at."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from models.communities import Community
from models.consultancies import opening
from models.consultancies.consultancy import Consultancy
from models.consultancies.protocols import PROTOCOLS
from models.database import Database
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Presenting, Signup
from models.posts import Post
from tests.examples import ANA, HOUR, NOW, a_community, a_hangout, a_series
from tests.world import WORKSPACE

MINUTE = timedelta(minutes=1)
MINI = PROTOCOLS["mini"]


def a_consultancy(**traits) -> Consultancy:
    """Return a mini-consultancy of Ana's, opened now."""
    protocol = traits.pop("protocol", MINI)
    return Consultancy(
        **{
            "id": 5,
            "key": f"hangout:1:{ANA}",
            "community_id": 1,
            "hangout_id": 1,
            "presenter_id": ANA,
            "question": "How do I get quiet students to talk?",
            "protocol_name": protocol.name,
            "steps": [step.to_dict() for step in protocol.steps],
            "is_asynchronous": False,
            "step_moments": [],
            "opened_at": NOW,
        }
        | traits
    )


@dataclass(frozen=True)
class Meeting:
    """A hangout that begins now, its community, and a way to its rows."""

    db: Database
    community: Community
    hangout_id: int

    async def opens(self, now=NOW) -> list[Consultancy]:
        async with self.db.begin() as session:
            hangout = await Hangout.of(session, self.hangout_id, for_update=True)
            return await opening.open_for_hangout(session, hangout, self.community, now)

    async def led(self, rule, consultancy_id, *arguments):
        """Follow a rule of leading with the consultancy's row held."""
        async with self.db.begin() as session:
            consultancy = await Consultancy.of(session, consultancy_id, for_update=True)
            await rule(session, consultancy, *arguments)
        return consultancy

    async def signs_up(self, member_id, presenting=Presenting.SEAT, **traits) -> None:
        async with self.db.begin() as session:
            session.add(
                Signup(
                    **{
                        "hangout_id": self.hangout_id,
                        "member_id": member_id,
                        "is_coming": True,
                        "presenting": presenting,
                        "asked_at": NOW - HOUR if presenting else None,
                        "answered_at": NOW,
                    }
                    | traits
                )
            )

    async def posts(self, kind) -> list[Post]:
        async with self.db() as session:
            query = select(Post).where(Post.kind == kind).order_by(Post.id)
            return list(await session.scalars(query))


async def a_meeting(db: Database, *, workspace_id: str = WORKSPACE, **traits) -> Meeting:
    """Return a hangout that begins now unless its `traits` say otherwise."""
    here = {"workspace_id": workspace_id}
    async with db.begin() as session:
        session.add(community := a_community(**here))
        await session.flush()
        session.add(series := a_series(community_id=community.id, **here))
        await session.flush()
        mine = {"community_id": community.id, "series_id": series.id, "starts_at": NOW}
        session.add(hangout := a_hangout(**here | mine | traits))
    return Meeting(db, community, hangout.id)
