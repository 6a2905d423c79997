"""A workspace full of pilots that not everybody may see, made anew from a number each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import search
from models.communities import Community
from models.database import Database
from models.pilots.observation import Champion, ChangeNote
from models.pilots.pilot import Circle, Decision, Matched, Pilot
from models.pilots.telling import keep_findable
from models.pilots.visibility import KIND
from models.practices.practice import Practice
from tests.examples import (
    ANA,
    BEN,
    CHRIS,
    DAY,
    NOW,
    a_community,
    a_member,
    a_pilot,
    a_practice,
    an_observation,
)

DORA, EVE = "U0DORA", "U0EVE"
TEACHERS = (ANA, BEN, CHRIS, DORA)
# Chris left the lounge; Eve is in no community.
MEMBERS = {"math-circle": (ANA, BEN, CHRIS), "lounge": (BEN, DORA, CHRIS)}
READERS = (*TEACHERS, EVE)
SCHOOLS = {ANA: "Lincoln", BEN: "Riverside", CHRIS: "lincoln ", DORA: None, EVE: "Hillside"}
# Each pilot has a word of its own, by which a search would find it.
ANIMALS = (
    "aardvark",
    "badger",
    "cormorant",
    "dormouse",
    "echidna",
    "flamingo",
    "gazelle",
    "hedgehog",
    "ibis",
    "jackal",
    "kestrel",
    "lemur",
    "marmot",
    "narwhal",
)


@dataclass(frozen=True)
class Workspace:
    """All that there is; `in_it` are who is in each community now."""

    communities: list[Community]
    practices: list[Practice]
    pilots: list[Pilot]
    in_it: dict[int, set[str]]

    def sees(self, reader: str, pilot: Pilot) -> bool:
        """Say whether this reader may see it, in other words than models.pilots.sight has."""
        if pilot.deleted_at is not None:
            return False
        match pilot.circle:
            case "network":
                return True
            case "community":
                return reader == pilot.member_id or reader in self.in_it[pilot.community_id]
            case _:
                return reader == pilot.member_id

    def seen(self, reader: str) -> list[int]:
        return [pilot.id for pilot in self.pilots if self.sees(reader, pilot)]


async def a_workspace(db: Database, number: int) -> Workspace:
    """Return two communities with pilots of every circle and state, and keep them."""
    dice = Random(number)  # noqa: S311 - nothing is secret here
    async with db.begin() as session:
        session.add_all(a_member(one, name=one[2:].title(), school=SCHOOLS[one]) for one in READERS)
        communities = [
            a_community(members, channel_id=f"C{name}", channel_name=name, name=name)
            for name, members in MEMBERS.items()
        ]
        communities[1].farewell(CHRIS, NOW)
        practices = [a_practice(), a_practice(name="Wait time")]
        session.add_all([*communities, *practices])
        await session.flush()
        pilots: list[Pilot] = []
        for animal in ANIMALS:
            pilot = _one_more(dice, animal, communities, practices, pilots)
            session.add(pilot)
            await session.flush()
            _fill(session, dice, pilot, animal)
            await keep_findable(session, pilot)
            pilots.append(pilot)
        in_it = {
            one.id: {member for member in READERS if one.has_member(member)} for one in communities
        }
    return Workspace(communities, practices, pilots, in_it)


async def without_what_is_unseen(
    session: AsyncSession, workspace: Workspace, reader: str
) -> list[int]:
    """Delete what the reader may not see, as if it had never been there; return its ids."""
    seen = set(workspace.seen(reader))
    unseen = [pilot.id for pilot in workspace.pilots if pilot.id not in seen]
    for pilot_id in unseen:
        await search.forget(session, KIND, pilot_id)
    # Cycles whose first one has never been there have another first one.
    series: dict[int, list[int]] = {}
    for pilot in workspace.pilots:
        if pilot.id in seen:
            series.setdefault(pilot.series_id, []).append(pilot.id)
    for first_id, (first, *later) in series.items():
        if first_id not in seen:
            change = update(Pilot).where(Pilot.id.in_(later)).values(first_id=first)
            await session.execute(change)
            await session.execute(update(Pilot).where(Pilot.id == first).values(first_id=None))
    await session.execute(delete(Pilot).where(Pilot.id.in_(unseen)))
    session.expunge_all()
    return unseen


async def all_practices(session: AsyncSession) -> list[Practice]:
    return list(await session.scalars(select(Practice).order_by(Practice.id)))


def _one_more(
    dice: Random,
    animal: str,
    communities: list[Community],
    practices: list[Practice],
    earlier: list[Pilot],
) -> Pilot:
    started_at = NOW + DAY * len(earlier)
    decision = dice.choice([None, *Decision])
    pilot = a_pilot(
        request_key=f"V{len(earlier)}",
        member_id=dice.choice(TEACHERS),
        community_id=dice.choice(communities).id,
        practice_id=dice.choice(practices).id,
        aim=f"Find out about the {animal}",
        circle=dice.choice(list(Circle)),
        baseline=[[10.0, 26]] * dice.choice([0, 10]),
        started_at=started_at,
        starts_on=started_at.date(),
        inspired_by_id=dice.choice(earlier).id if earlier and dice.random() < 0.6 else None,
        finished_at=started_at if decision else None,
        decision=decision,
        result=f"The {animal} came" if decision else None,
        matched=Matched.PARTLY if decision else None,
    )
    mine = [one for one in earlier if one.member_id == pilot.member_id and one.decision]
    if mine and dice.random() < 0.5:
        before = dice.choice(mine)
        cycles = [one.cycle for one in earlier if one.series_id == before.series_id]
        pilot.first_id, pilot.cycle = before.series_id, max(cycles) + 1
        pilot.practice_id, pilot.inspired_by_id = before.practice_id, None
    if pilot.circle != Circle.ME:
        pilot.shared_at = started_at
    if dice.random() < 0.1:
        pilot.deleted_at = started_at
    return pilot


def _fill(session: AsyncSession, dice: Random, pilot: Pilot, animal: str) -> None:
    for turn in range(dice.choice([0, 3, 14])):
        session.add(
            an_observation(
                pilot_id=pilot.id,
                request_key=f"E{pilot.id}-{turn}",
                on_date=pilot.starts_on + timedelta(days=turn),
                value=float(dice.randint(8, 26)),
                saw=f"A {animal} again",
            )
        )
    session.add(
        ChangeNote(
            pilot_id=pilot.id,
            request_key=f"N{pilot.id}",
            on_date=pilot.starts_on,
            words=f"{animal} moved",
            noted_at=NOW,
        )
    )
    if pilot.circle != Circle.ME:
        word = f"Brave {animal}"
        session.add(Champion(pilot_id=pilot.id, member_id=EVE, words=word, said_at=NOW))
