"""What is kept about me, in plain words.

/staffroom me, [My data]    tells me, and nobody else, what is kept; no row is made by asking
/staffroom me NAME          for leads: somebody who has left (handlers/my_data/erasing.py)
"""

from typing import Any

from slack_bolt.async_app import AsyncAck

from handlers.blocks.my_data.ids import SHOW
from handlers.blocks.my_data.seeing import kept_about_you
from handlers.my_data.erasing import ask_about_somebody_gone
from handlers.request import Forms, Reply
from models.database import Database
from models.members import Member
from models.my_data.seeing import MyData, collect
from models.thanks.journal import Journal
from models.time import Clock

NO_THANKS = Journal(received=(), given=(), receivers={}, names={})


def register(app: Any) -> None:
    app.command("/staffroom", "me")(show_my_data)
    app.action(SHOW)(show_my_data)


async def show_my_data(
    ack: AsyncAck,
    body: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
    forms: Forms,
) -> None:
    """Tell somebody what is kept about them; whoever is not known stays unknown."""
    await ack()
    stranger = Member(member_id=member_id, is_lead=False, muted=[])
    async with db() as session:
        member = await Member.find(session, member_id)
        data = MyData(stranger, (), NO_THANKS)
        if (about := _named_in(body)) is None and member is not None:
            data = await collect(session, member, clock())
    if about is not None:
        await ask_about_somebody_gone(about, member or stranger, db, forms)
        return
    await reply(kept_about_you(data))


def _named_in(body: dict[str, Any]) -> str | None:
    """Return who stands behind the word "me" of a command, if somebody does."""
    _, _, rest = str(body.get("text") or "").strip().partition(" ")
    return rest.strip() or None if body.get("command") else None
