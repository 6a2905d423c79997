"""Showing: one pilot with its chart, and the menu beside its buttons."""

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.message import Message
from handlers.blocks.pilots.buttons import menu_choice
from handlers.blocks.pilots.ids import MORE, SHOW
from handlers.blocks.pilots.lists import my_pilots, which_pilot
from handlers.blocks.text import unescape
from handlers.pilots.drawing import known_of_rows, view_of
from handlers.request import Again, Reply
from models.database import Database
from models.errors import NotHereError
from models.pilots import finding, naming
from models.text import clean
from models.time import Clock


def register(app: Any) -> None:
    app.command("/pilot", "show")(show_named)
    # Sharing begins at the pilot, where one sees what one shares.
    app.command("/pilot", "share")(show_named)
    app.action(SHOW)(show)
    app.action(MORE)(choose)


async def show_named(
    ack: AsyncAck,
    body: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Show the pilot of that name, or without a name my newest one."""
    await ack()
    _, _, name = clean(unescape(str(body.get("text") or ""))).partition(" ")
    async with db() as session:
        message = await _named(session, name.strip(), member_id, clock())
    await reply(message)


async def show(
    ack: AsyncAck,
    action: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Show the pilot whose button was pressed, with its chart."""
    await ack()
    async with db() as session:
        pilot = await finding.seen_by(session, action.get("value"), member_id)
        message = await view_of(session, pilot, member_id, clock())
    await reply(message)


async def choose(ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], again: Again) -> None:
    """Do what was chosen in the menu, as if it were a button of its own that was pressed."""
    await ack()
    value = str((action.get("selected_option") or {}).get("value") or "")
    choice, pilot_id = menu_choice(value)
    if choice is None:
        raise NotHereError("I do not know that choice. Please open the menu again.")
    kept = {name: action[name] for name in ("block_id", "action_ts") if name in action}
    pressed = kept | {"type": "button", "action_id": choice, "value": pilot_id}
    await again(body | {"actions": [pressed]})


async def _named(session: AsyncSession, name: str, member_id: str, now: datetime) -> Message:
    if not name:
        page = await finding.mine(session, member_id)
        if not page.pilots:
            known = await known_of_rows(session, [], member_id, now)
            return my_pilots(page, known, member_id)
        return await view_of(session, page.pilots[0], member_id, now)
    pilots = await naming.named(session, name, member_id)
    if not pilots:
        raise NotHereError(
            "I can't find a pilot of that name. `/pilot` shows yours, "
            "`/pilot find` looks through all you may see."
        )
    if len(pilots) == 1:
        return await view_of(session, pilots[0], member_id, now)
    known = await known_of_rows(session, pilots, member_id, now)
    return which_pilot(pilots, known, member_id, "Which one do you mean?")
