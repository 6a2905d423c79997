"""Giving: the form becomes thanks, or asks once more where a student may be named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.problems.fields import doubts_about
from handlers.blocks.thanks.forms import GIVE_FORM, PRIVATE, thanks_form
from handlers.home import Home
from handlers.request import CHANNELS, Reply, request_key
from handlers.thanks.filling import sheet_of
from handlers.thanks.naming import People
from handlers.thanks.saying import Request, Said, say, shower_for
from models.communities import Community
from models.database import Database
from models.drafts import Draft
from models.ids import id_from
from models.members import Member
from models.thanks.giving import objection_to
from models.thanks.shower import Shower
from models.thanks.wording import Wording
from models.time import Clock


def register(app: Any) -> None:
    app.view(GIVE_FORM)(submit)


async def submit(
    ack: AsyncAck,
    body: dict[str, Any],
    view: dict[str, Any],
    member: Member,
    client: AsyncWebClient,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Say it, ask once more when a student may be named, or say what is missing."""
    answers, facts = read_form(view), carried_by(view)
    async with db() as session:
        shower = await shower_for(session, facts.get("shower_id"), member.member_id, clock())
    people = People(db, clock, client)
    request = await _asked(answers, facts, member, people, shower, request_key(body))
    if doubts_about(request.wording.everything, answers):
        async with db() as session:
            again = await _asking_again(session, member, answers, facts, clock)
        await ack(response_action="update", view=again)
        return
    async with db.begin() as session:
        said = await say(session, request, clock())
        await Draft.done(session, facts.get("draft_id"), member.member_id)
    await ack()
    if said.is_new:
        await _tell(said, str(facts.get("asked_in") or ""), reply, home)


async def _asked(
    answers: Mapping[str, Any],
    facts: Mapping[str, Any],
    member: Member,
    people: People,
    shower: Shower | None,
    key: str,
) -> Request:
    """Return what the form asks for; raises a RuleError that names the field at fault."""
    wording = Wording.of(
        text=answers.get("text"), effect=answers.get("effect"), reason=answers.get("reason")
    )
    ids = [shower.member_id] if shower else answers.get("receiver_ids") or []
    receivers = await people.all_of(ids)
    if objection := objection_to(member, receivers):
        raise objection
    return Request(
        giver=member,
        receivers=receivers,
        wording=wording,
        community_id=answers.get("community_id") or facts.get("community_id"),
        is_private=answers.get("is_private") == PRIVATE,
        key=key,
        about=answers.get("about"),
        source=facts.get("source"),
        back_of_id=id_from(facts.get("back_of_id")),
        shower=shower,
    )


async def _tell(said: Said, asked_in: str, reply: Reply, home: Home) -> None:
    place = asked_in if asked_in.startswith(CHANNELS) else None
    await reply(said.answer(), place_id=place)
    await home.refresh(*said.concerned)


async def _asking_again(
    session: AsyncSession,
    member: Member,
    answers: Mapping[str, Any],
    facts: Mapping[str, Any],
    clock: Clock,
) -> View:
    """Return the form as it was filled in, now with what may tell who a student is."""
    mine = await Community.of_member(session, member.member_id)
    meant = await session.get(Community, id_from(facts.get("community_id")) or 0)
    typed = dict(answers) | {
        "is_private": answers.get("is_private") == PRIVATE,
        "asks_again": True,
    }
    carried = {name: fact for name, fact in facts.items() if name != "community_id"}
    communities = [meant] if meant is not None else list(mine)
    sheet = await sheet_of(session, member.member_id, communities, typed, carried, clock())
    return thanks_form(sheet)
