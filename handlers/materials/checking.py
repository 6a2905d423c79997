"""Checking: does it still hold, and is it still there.

(a year after it was saved)     its owner is asked, or facilitators when the owner has left
[Still holds], [Not any more]   the answer; the second stands on the card
(a month without an answer)     the card says that it was not checked lately
(a file or message is deleted)  the card says so, and its owner is told once
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.materials.checking import (
    check_answered,
    check_letter,
    gone_letter,
    held_no_more,
    still_held,
    withdrawn_letter,
)
from handlers.blocks.materials.ids import HOLDS_NO_MORE, STILL_HOLDS
from handlers.blocks.message import Message
from handlers.materials.drawing import known_of, told_in
from handlers.posts import PostKind
from handlers.request import Reply, code_of
from handlers.request.saying import Said
from models.communities import Community
from models.database import Database
from models.materials import checking, vanishing
from models.materials.material import Material
from models.materials.posted import CHECK, CHECKS, GONE, NEWS, gone_key
from models.members import Member
from models.posts import Post
from models.time import Clock, zone

logger = logging.getLogger(__name__)

# So many materials are looked for at once; then the next ones, until none is due.
AT_ONCE = 200
# What Slack says of a file that nobody can open any more. "file_not_found" it says as well of one
# that stands where the bot is not, such as in a private channel.
DELETED = "file_deleted"


def register(app: Any) -> None:
    app.action(STILL_HOLDS)(say_it_holds)
    app.action(HOLDS_NO_MORE)(say_it_holds_no_more)
    app.event("file_deleted")(take_in_deletion)


async def check_materials(db: Database, clock: Clock, client: AsyncWebClient) -> str:
    """Ask about what is a year old and mark what nobody answered; one failing holds up no other."""
    asked, failed, looked_at = 0, 0, set[int]()
    while waiting := await _waiting(db, clock(), looked_at):
        for material in waiting:
            # Once a tick, whatever comes of it, so that none keeps it busy for ever.
            looked_at.add(material.id)
            try:
                is_gone = await _is_gone(client, material)
                async with db.of(material.workspace_id).begin() as session:
                    asked += await _check(session, material.id, clock(), is_gone=is_gone)
            except Exception:
                logger.exception("Could not check material %s", material.id)
                failed += 1
    return f"{asked} asked about" + (f", {failed} failed" if failed else "")


async def _waiting(db: Database, now: datetime, looked_at: set[int]) -> list[Material]:
    async with db.everywhere()() as session:
        materials = await checking.due(session, now, AT_ONCE + len(looked_at))
    return [one for one in materials if one.id not in looked_at]


async def _is_gone(client: AsyncWebClient, material: Material) -> bool:
    """Say whether Slack knows for sure that the file is not there any more.

    An event tells of files that people delete; it may have come while the bot was away.
    """
    if material.slack_file_id is None or material.gone_at is not None:
        return False
    try:
        await client.files_info(file=material.slack_file_id)
    except SlackApiError as error:
        return code_of(error) == DELETED
    except (aiohttp.ClientError, TimeoutError):
        # Whether it is there is asked again in a year; the question to its owner need not wait.
        return False
    return False


async def _check(session: AsyncSession, material_id: int, now: datetime, *, is_gone: bool) -> bool:
    query = select(Material).where(Material.id == material_id).with_for_update()
    material = (await session.scalars(query)).one()
    if is_gone and material.slack_file_id is not None:
        await vanishing.file_is_gone(session, material.slack_file_id, now)
    return await checking.ask(session, material, now)


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when somebody is asked, or something is marked, next."""
    return await checking.next_moment(session, now)


async def say_it_holds(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, clock: Clock, reply: Reply
) -> None:
    """Note that it holds, for a year."""
    await ack()
    async with db.begin() as session:
        material = await checking.to_check(session, action.get("value"), member)
        await checking.still_holds(session, material, clock())
        known = await known_of(session, [material], member.member_id)
    await reply(still_held(material, known))


async def say_it_holds_no_more(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, clock: Clock, reply: Reply
) -> None:
    """Mark it on its card, and offer to mend or delete it."""
    await ack()
    async with db.begin() as session:
        material = await checking.to_check(session, action.get("value"), member)
        await checking.holds_no_more(session, material, clock())
        known = await known_of(session, [material], member.member_id)
    await reply(held_no_more(material, known))


async def take_in_deletion(event: dict[str, Any], db: Database, clock: Clock) -> None:
    """Note that a file is gone from Slack."""
    async with db.begin() as session:
        await vanishing.file_is_gone(session, str(event.get("file_id") or ""), clock())


async def follow_message(session: AsyncSession, said: Said, now: datetime) -> None:
    """Note that a message is gone from which a material was saved."""
    if said.change == "deleted":
        await vanishing.message_is_gone(session, said.channel_id, said.ts, now)


async def draw_check(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the question; once it is answered, by anybody, draw the answer in its place."""
    material = await told_in(session, post)
    if material is None:
        return withdrawn_letter() if post.ts is not None else None
    reader = post.place_id
    known = await known_of(session, [material], reader)
    if material.asked_at is None:
        return check_answered(material, known) if post.ts is not None else None
    community = await session.get_one(Community, material.community_id)
    since = (material.checked_at or material.saved_at).astimezone(zone(community.tz)).date()
    return check_letter(material, since, known, is_own=material.owner_id == reader)


async def draw_gone(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the news for its owner, unless it is there again or deleted here as well."""
    material = await told_in(session, post)
    if material is None:
        return withdrawn_letter() if post.ts is not None else None
    if material.gone_at is None or post.key != gone_key(material):
        return None
    return gone_letter(material, await known_of(session, [material], post.place_id))


POSTS = {
    CHECK: PostKind(draw_check, switch=CHECKS),
    GONE: PostKind(draw_gone, switch=NEWS),
}
