"""Pausing by command: the bot asks no more about a pilot, or asks again.

/pilot pause, resume, stop [NAME]    acts on my only running pilot, or asks which one is meant
"""

from typing import Any

from slack_bolt.async_app import AsyncAck

from handlers.blocks.pilots.finishing import nothing_to_finish
from handlers.blocks.pilots.ids import PAUSE, RESUME, STOP_ASKING
from handlers.blocks.pilots.lists import which_for
from handlers.blocks.text import unescape
from handlers.request import Again, Reply
from models.database import Database
from models.pilots import finding, naming
from models.text import clean

# What each word does, as the button of this id; its label; and the question before several.
DOES = {
    "pause": (PAUSE, "Pause", "About which pilot do I pause asking?"),
    "resume": (RESUME, "Ask again", "About which pilot do I ask again?"),
    "stop": (STOP_ASKING, "Stop asking", "About which pilot do I stop asking?"),
}


def register(app: Any) -> None:
    for word in DOES:
        app.command("/pilot", word)(choose)


async def choose(
    ack: AsyncAck,
    body: dict[str, Any],
    member_id: str,
    db: Database,
    again: Again,
    reply: Reply,
) -> None:
    """Do it with the only pilot that is meant, as if its button had been pressed, or ask which."""
    await ack()
    word, _, name = clean(unescape(str(body.get("text") or ""))).partition(" ")
    action_id, label, question = DOES[word.casefold()]
    async with db() as session:
        pilots = await finding.running(session, member_id)
    meant = naming.nearest(name, pilots, member_id) if name.strip() else pilots
    if len(meant) == 1:
        await again(_pressed(body, member_id, action_id, str(meant[0].id)))
    elif pilots:
        shown = (meant or pilots)[: naming.MOST_CHOICES]
        await reply(which_for(question, shown, (label, action_id)))
    else:
        await reply(nothing_to_finish())


def _pressed(body: dict[str, Any], member_id: str, action_id: str, value: str) -> dict[str, Any]:
    """Return what Slack would send had this person pressed that button in the same place."""
    kept = {name: body[name] for name in ("response_url", "trigger_id") if name in body}
    button = {"type": "button", "action_id": action_id, "block_id": "typed", "value": value}
    place = {"id": body.get("channel_id"), "name": body.get("channel_name")}
    return kept | {
        "type": "block_actions",
        "user": {"id": member_id},
        "channel": place,
        "actions": [button],
    }
