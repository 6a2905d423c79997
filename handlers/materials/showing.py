"""Showing: one material with all that its reader may see of it, and the menu beside its buttons."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.materials.cards import menu_choice
from handlers.blocks.materials.closer import Closer, material_view
from handlers.blocks.materials.ids import MORE, SHOW
from handlers.blocks.materials.lists import which_material
from handlers.blocks.message import Message
from handlers.blocks.text import unescape
from handlers.materials.drawing import known_of
from handlers.request import Again, Reply, Where
from models.communities import Community
from models.database import Database
from models.errors import NotHereError, RuleError
from models.ids import id_from
from models.materials import finding, searching
from models.materials.material import Material
from models.materials.places import places_of
from models.materials.using import uses_of
from models.members import Member
from models.text import clean
from models.time import Clock

NO_SUCH_TITLE = (
    "I can't find a material of that title. `/material list` shows all, and `/material find` "
    "looks through them."
)


def register(app: Any) -> None:
    app.command("/material", "show")(show_named)
    app.action(SHOW)(show)
    app.action(MORE)(choose)


async def show_named(
    ack: AsyncAck,
    body: dict[str, Any],
    member: Member,
    where: Where,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Show the material of that title, or of that number in `/material list`."""
    await ack()
    _, _, typed = clean(unescape(str(body.get("text") or ""))).partition(" ")
    title = typed.strip().strip('"“”')
    if not title:
        raise RuleError("Which one? For example `/material show fraction rubric`, or a number.")
    choices = await where.choices()
    place = choices[0] if len(choices) == 1 else None
    async with db() as session:
        materials = await _meant(session, title, member.member_id, place)
        if len(materials) == 1:
            message = await view_of(session, materials[0], member, clock())
        else:
            known = await known_of(session, materials, member.member_id)
            message = which_material(title, materials, known)
    await reply(message)


async def _meant(
    session: AsyncSession, title: str, member_id: str, place: Community | None
) -> list[Material]:
    """Return what may be meant by a title, or by a number in the list of that place, or of all.

    Raises NotHereError.
    """
    materials = await searching.named(session, title, member_id)
    if number := id_from(title):
        is_title = [one for one in materials if one.title.strip() == title]
        nth = await finding.nth(session, place, member_id, number)
        materials = is_title or ([nth] if nth else [])
    if not materials:
        raise NotHereError(NO_SUCH_TITLE)
    return materials


async def show(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Show the material whose button was pressed."""
    await ack()
    async with db() as session:
        material = await finding.seen_by(session, action.get("value"), member.member_id)
        message = await view_of(session, material, member, clock())
    await reply(message)


async def choose(ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], again: Again) -> None:
    """Do what was chosen in the menu, as if it were a button of its own that was pressed."""
    await ack()
    value = str((action.get("selected_option") or {}).get("value") or "")
    choice, material_id = menu_choice(value)
    if choice is None:
        raise NotHereError("I do not know that choice. Please open the menu again.")
    kept = {name: action[name] for name in ("block_id", "action_ts") if name in action}
    pressed = kept | {"type": "button", "action_id": choice, "value": material_id}
    await again(body | {"actions": [pressed]})


async def view_of(
    session: AsyncSession, material: Material, member: Member, now: datetime
) -> Message:
    """Return the material for this member's eyes."""
    additions = await finding.additions_to(session, material.id)
    uses = (await uses_of(session, [material.id], member.member_id)).get(material.id, ())
    people = {*(one.member_id for one in additions), *(one.use.member_id for one in uses)}
    places = await places_of(session, [material.id], member.member_id)
    closer = Closer(
        known=await known_of(session, [material], member.member_id, people),
        additions=additions,
        uses=uses,
        places=places.get(material.id, ()),
        tz=member.tz,
    )
    return material_view(material, closer, now)
