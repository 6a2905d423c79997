"""Finding: from words and filters to the materials meant, typed at once or chosen in a form.

/material find WORDS kind:… subject:… grade:… topic:…    answers at once
/material find, [Find a material], [Change the search]   the form, with what was looked for
"""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck

from handlers.blocks.forms import carried, carried_by, read_form
from handlers.blocks.materials.finding import FIND_FORM, find_form
from handlers.blocks.materials.ids import FIND
from handlers.blocks.materials.lists import FOUND, PageWanted, sought_in
from handlers.blocks.text import unescape
from handlers.materials.listing import page_of
from handlers.request import Forms, Reply, facts_in, said_in
from models.database import Database
from models.drafts import Draft
from models.errors import RuleError
from models.ids import id_from
from models.materials.facets import facets_seen
from models.materials.filters import FILTERS, Sought
from models.text import clean


class NothingSoughtError(RuleError):
    """A search for nothing would be the whole list."""

    field = "words"


def register(app: Any) -> None:
    app.command("/material", "find")(find)
    app.action(FIND)(open_form)
    app.view(FIND_FORM)(find_chosen)


async def find(
    ack: AsyncAck,
    body: dict[str, Any],
    member_id: str,
    db: Database,
    forms: Forms,
    reply: Reply,
) -> None:
    """Search among what I may see; without words, ask for them."""
    await ack()
    _, _, typed = clean(unescape(str(body.get("text") or ""))).partition(" ")
    sought = Sought.typed(typed)
    if sought.is_empty:
        await _open(db, forms, member_id, sought)
        return
    async with db() as session:
        message = await page_of(session, PageWanted(what=FOUND, sought=sought), member_id)
    await reply(message)


async def open_form(
    ack: AsyncAck, action: dict[str, Any], member_id: str, db: Database, forms: Forms
) -> None:
    """Open the form, with the search that the button carries or a draft kept."""
    await ack()
    value = str(action.get("value") or "")
    sought = sought_in(facts_in(value))
    if draft_id := id_from(value):
        async with db() as session:
            draft = await Draft.of(session, draft_id, member_id)
        sought = sought_in(draft.fields) if draft else sought
    await _open(db, forms, member_id, sought)


async def find_chosen(
    ack: AsyncAck, view: dict[str, Any], member_id: str, db: Database, reply: Reply
) -> None:
    """Show what the words and choices of the form find."""
    answers = read_form(view)
    chosen = {name: answers.get(name) for name in FILTERS}
    sought = Sought.of(words=answers.get("words"), **chosen)
    if sought.is_empty:
        raise NothingSoughtError("Please type a word, or choose a kind, subject, grade or topic.")
    await ack()
    async with db() as session:
        message = await page_of(session, PageWanted(what=FOUND, sought=sought), member_id)
    place = carried_by(view).get("asked_in")
    await reply(message, place_id=str(place) if place else None)


async def _open(db: Database, forms: Forms, member_id: str, sought: Sought) -> None:
    async with db() as session:
        facets = await facets_seen(session, member_id)
    metadata = carried(asked_in=said_in(forms.body))
    typed = {} if sought.is_empty else sought.facts
    await forms.open(find_form(facets, sought, metadata), opener=FIND, typed=typed)
