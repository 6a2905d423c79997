"""The leads' part of App Home.

[Export records]               the network's records as tables
[How long records are kept]    opens the form
[Network digest]               the whole network's week (handlers/digests)
"""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.exports.home import leads_part
from models.exports import keeping
from models.members import Member


async def home_finding(session: AsyncSession, member: Member, _: datetime) -> Sequence[Block]:
    """Return what leads can do for the whole network; nothing for others."""
    return leads_part(await keeping.rule_of(session)) if member.is_lead else []
