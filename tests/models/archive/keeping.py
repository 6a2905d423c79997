"""A community in which everything was done that an archive keeps, and all that it must not."""

from typing import Any

from models.communities import Community
from models.consultancies.consultancy import Consultancy
from models.database import Database
from models.hangouts.signup import Signup
from models.materials.material import Addition, Circle, Use
from models.pilots.pilot import Circle as PilotCircle
from models.practices.practice import Menu
from models.problems import HiddenAuthor
from models.thanks.thanks import By, Receiver, Second
from tests.examples import (
    ANA,
    BEN,
    CHRIS,
    DAY,
    NAMES,
    NOW,
    a_community,
    a_hangout,
    a_material,
    a_member,
    a_pilot,
    a_practice,
    a_problem,
    a_series,
    a_thanks,
    an_observation,
)

# What nobody may find in an archive of the circle.
SECRET = "must-not-be-seen"
EARLIER = NOW - 10 * DAY


async def a_circle(db: Database, **traits: Any) -> Community:
    """Keep a circle of Ana, Ben and Chris that Ben facilitates, and the people by name."""
    async with db.begin() as session:
        session.add(community := a_community(**traits))
        community.configure(name="Math circle", tz="America/Denver", facilitators=[BEN], now=NOW)
        await session.flush()
    return community


async def the_people(db: Database) -> None:
    async with db.begin() as session:
        session.add_all(a_member(one, name=name) for one, name in NAMES.items())


async def fill(db: Database, circle: Community, elsewhere: Community) -> None:
    """Keep one of everything in the circle, and beside it what is not for its archive."""
    await _add_public(db, circle)
    await _add_hidden(db, circle, elsewhere)


async def _add_public(db: Database, circle: Community) -> None:
    here = {"community_id": circle.id}
    async with db.begin() as session:
        resolved = {"resolved_at": NOW, "learned": "Write first."}
        problem = a_problem(id=None, shared_at=EARLIER, **resolved, **here)
        series = a_series(**here)
        practice = a_practice()
        session.add_all([problem, series, practice])
        await session.flush()
        hangout = a_hangout(series_id=series.id, starts_at=EARLIER, notes="Five seconds.", **here)
        hangout.noted_at = EARLIER
        pilot = a_pilot(circle=PilotCircle.COMMUNITY, started_at=EARLIER, **here)
        material = a_material(saved_at=EARLIER, same_key="link 1", **here)
        thanks = a_thanks(thanked_at=EARLIER, **here)
        session.add_all([hangout, pilot, material, thanks])
        await session.flush()
        session.add_all(
            [
                _a_consultancy(circle, hangout.id, problem.id, outcome="Pairs before groups."),
                Menu(
                    **here,
                    practice_ids=[practice.id],
                    note="For November.",
                    changed_by=BEN,
                    changed_at=NOW,
                ),
                an_observation(pilot_id=pilot.id, saw=SECRET, surprised=SECRET),
                Addition(
                    material_id=material.id,
                    request_key="A1",
                    member_id=BEN,
                    note="For biology, too.",
                    added_at=NOW,
                ),
                Use(material_id=material.id, member_id=CHRIS, how="Take two lessons.", used_at=NOW),
                Receiver(thanks_id=thanks.id, member_id=BEN),
                *(
                    Second(thanks_id=thanks.id, member_id=CHRIS, by=by, seconded_at=NOW)
                    for by in By
                ),
                Signup(
                    hangout_id=hangout.id,
                    member_id=CHRIS,
                    is_coming=True,
                    came=True,
                    question=SECRET,
                    answered_at=NOW,
                ),
            ]
        )


async def _add_hidden(db: Database, circle: Community, elsewhere: Community) -> None:
    here, there = {"community_id": circle.id}, {"community_id": elsewhere.id}
    async with db.begin() as session:
        nameless = a_problem(
            id=None, request_key="V2", author_id=None, title="Nameless", shared_at=EARLIER, **here
        )
        gone = a_problem(
            id=None, request_key="V3", title=SECRET, happening=SECRET, deleted_at=NOW, **here
        )
        other = a_material(title=SECRET, same_key="link 2", request_key="V2", **there)
        session.add_all([nameless, gone, other])
        await session.flush()
        session.add(HiddenAuthor(problem_id=nameless.id, member_id=CHRIS))
        remix = a_material(
            title="Remix", same_key="link 3", request_key="V3", remix_of_id=other.id, **here
        )
        hidden = [
            remix,
            a_problem(id=None, request_key="V4", title=SECRET, **there),
            a_material(title=SECRET, same_key=None, request_key="V5", deleted_at=NOW, **here),
            a_pilot(request_key="P2", aim=SECRET, **here),
            a_pilot(request_key="P3", aim=SECRET, circle=PilotCircle.NETWORK, **there),
            a_pilot(request_key="P4", aim=SECRET, circle="community", deleted_at=NOW, **here),
            a_thanks(request_key="T2", text=SECRET, is_private=True, **here),
            a_thanks(request_key="T3", text=SECRET, deleted_at=NOW, **here),
            a_thanks(request_key="T4", text=SECRET, **there),
        ]
        for one in hidden:
            session.add(one)
            await session.flush()
        session.add(
            a_material(
                title=SECRET, same_key="link 6", request_key="V6", **there, circle=Circle.NETWORK
            )
        )


def _a_consultancy(circle: Community, hangout_id: int, problem_id: int, **traits: Any) -> Any:
    return Consultancy(
        **{
            "key": f"hangout:{hangout_id}",
            "community_id": circle.id,
            "hangout_id": hangout_id,
            "problem_id": problem_id,
            "presenter_id": ANA,
            "protocol_name": "Mini",
            "steps": [],
            "opened_at": EARLIER,
        }
        | traits
    )
