"""Steps that tests of network digests take: several communities, and what a lead chooses."""

from datetime import datetime, time
from typing import Any

from sqlalchemy import select

from models.communities import Community
from models.database import Database
from models.digests import network_issuing, networks
from models.digests.ledger import Fate, IssuedNetworkDigest
from models.digests.network_news import NetworkNews, news_now
from models.digests.networks import ALL, NetworkDigest, NetworkPlan, open_communities
from models.members import Member
from models.workspaces import Workspace
from tests.examples import ANA, BEN, CHRIS, NOW, a_community, a_member
from tests.world import WORKSPACE

DANA = "U0DANA"
TZ = "America/Denver"
OFFICE = "C0NETWORK"


async def a_network(db: Database, *names: str, **traits: Any) -> list[Community]:
    """Keep communities of these names, and Dana, who leads; Ben runs them all."""
    communities = []
    async with db.begin() as session:
        session.add(Workspace(id=WORKSPACE, url="https://x.slack.com/", first_seen_at=NOW))
        session.add_all(a_member(one, tz=TZ) for one in (ANA, BEN, CHRIS))
        session.add(a_member(DANA, name="Dana", tz=TZ, is_lead=True))
        for number, name in enumerate(names):
            community = a_community(
                channel_id=f"C0{number}", channel_name=name.lower(), name=name, **traits
            )
            community.membership(BEN).is_facilitator = True
            communities.append(community)
        session.add_all(communities)
    return communities


async def leads_choose(
    db: Database, network_id: int | None = None, now: datetime = NOW, by: str = DANA, **choice: Any
) -> NetworkDigest:
    """Let a lead keep a network digest: of all communities, on Fridays at 14:00."""
    facts: dict[str, Any] = {"name": "North schools", "channel_id": OFFICE, "chosen": [ALL]}
    facts |= {"weekday": 4, "at": time(14)} | choice
    async with db.begin() as session:
        plan = NetworkPlan.of(await open_communities(session), **facts)
        member = await Member.find(session, by)
        return await networks.keep(session, plan, network_id, member, now)


async def issued(db: Database, network: NetworkDigest, now: datetime) -> list[Fate]:
    """Do what the tick does at that moment."""
    async with db.begin() as session:
        return await network_issuing.issue(session, network.id, now)


async def weeks(db: Database) -> list[tuple[str, str]]:
    """Return what became of each week."""
    async with db() as session:
        query = select(IssuedNetworkDigest).order_by(IssuedNetworkDigest.week)
        return [(one.week.isoformat(), one.fate) for one in await session.scalars(query)]


async def news(db: Database, network: NetworkDigest, now: datetime = NOW) -> NetworkNews:
    async with db() as session:
        return await news_now(session, network, now)


async def change_community(db: Database, community: Community, **traits: Any) -> None:
    async with db.begin() as session:
        row = await session.get_one(Community, community.id)
        for name, value in traits.items():
            setattr(row, name, value)
