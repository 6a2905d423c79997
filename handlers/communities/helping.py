"""Helping: what one can do here, and how things stand."""

from typing import Any

from rapidfuzz import fuzz, process
from slack_bolt.async_app import AsyncAck

from handlers.blocks.communities import Works, help_text, not_a_word, status_text
from handlers.blocks.text import unescape
from handlers.looking_after import whom_to_ask
from handlers.request import Reply, Where
from models import undelivered
from models.communities import Community
from models.database import Database
from models.members import Member
from models.runs import Run
from models.time import Clock

# `stop` is not among them: whoever wants it says so.
GUESSED = (
    "help",
    "setup",
    "settings",
    "status",
    "digest",
    "me",
    "export",
    "retention",
    "next",
    "start",
)
# rapidfuzz gives 0 to 100; below this a guess is no help.
NEAR_ENOUGH = 75


def register(app: Any) -> None:
    app.command("/staffroom", "status", alone=True)(show_status)
    app.command("/staffroom")(show_help)


async def show_help(
    ack: AsyncAck, body: dict[str, Any], where: Where, member: Member, reply: Reply
) -> None:
    """Explain what one can do, or name the nearest right form of an unknown word."""
    await ack()
    typed = unescape(str(body.get("text") or "")).strip()
    if typed and typed.casefold() != "help":
        word = typed.casefold()
        near = process.extractOne(word, GUESSED, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
        await reply(not_a_word(typed[:100], near[0] if near else None))
        return
    here, mine = await _known_to(where)
    may_change = here is not None and here.is_run_by(member)
    text = help_text(here, mine=mine, is_direct=where.is_direct, may_change=may_change)
    await reply(text)


async def show_status(
    ack: AsyncAck, where: Where, member: Member, db: Database, clock: Clock, reply: Reply
) -> None:
    """Tell how the community stands, and to those who look after it the posts and ticks as well."""
    await ack()
    here, mine = await _known_to(where)
    shown = [here] if here else mine
    run_by_me = [one for one in shown if one.is_run_by(member)]
    works, ask = None, ""
    if not all(one.facilitators for one in shown):
        async with db() as session:
            ask = await whom_to_ask(session)
    if run_by_me or member.is_lead:
        channels = None if member.is_lead and not here else [one.channel_id for one in run_by_me]
        async with db() as session:
            works = Works(
                waiting=await undelivered.waiting(session, clock(), channels),
                failed=await undelivered.refused(session, channels),
                runs=await Run.latest(session),
                now=clock(),
            )
    await reply(
        status_text(here, mine=mine, is_direct=where.is_direct, works=works, whom_to_ask=ask)
    )


async def _known_to(where: Where) -> tuple[Community | None, list[Community]]:
    """Return this channel's community, or none and those the member is in."""
    choices = await where.choices()
    if choices and choices[0].channel_id == where.channel_id:
        return choices[0], choices
    return None, choices
