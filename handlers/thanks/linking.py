"""Linking: the problems, hangouts, pilots and materials that the form offers while one types."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.thanks.forms import ABOUT, PRIVATE, option_groups
from models.communities import Community
from models.database import Database
from models.ids import id_from
from models.text import one_line
from models.thanks.linking import offered

# A longer search finds nothing that a shorter one does not.
WORDS_LENGTH = 80


def register(app: Any) -> None:
    app.options(ABOUT)(offer)


async def offer(ack: AsyncAck, body: dict[str, Any], member_id: str, db: Database) -> None:
    """Offer what fits the words typed and may be linked; what is chosen is checked again."""
    view = body.get("view") or {}
    answers, facts = read_form(view), carried_by(view)
    words = one_line(str(body.get("value") or ""))[:WORDS_LENGTH]
    community_id = id_from(answers.get("community_id") or facts.get("community_id"))
    is_private = answers.get("is_private") == PRIVATE
    async with db() as session:
        mine = [one.id for one in await Community.of_member(session, member_id)]
        here = community_id if community_id in mine else None
        found = await offered(session, words, member_id, here, is_private=is_private)
    if found:
        await ack(option_groups=option_groups(found))
    else:
        await ack(options=[])
