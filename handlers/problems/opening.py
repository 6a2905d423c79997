"""Opening: from a command, a shortcut, a button or a message to the form for a new problem."""

from typing import Any

from rapidfuzz import process
from slack_bolt.async_app import AsyncAck
from slack_sdk.models.views import View

from handlers.blocks.forms import carried
from handlers.blocks.message import Message
from handlers.blocks.problems.forms import (
    OPEN,
    SHARE,
    SHARE_MESSAGE,
    share_form,
    share_form_at_once,
)
from handlers.blocks.problems.lists import did_you_mean
from handlers.blocks.problems.notes import left_over, shared_already
from handlers.blocks.text import excerpt, unescape
from handlers.problems.drawing import channel_name, legend_for
from handlers.request import Forms, Reply, Where, facts_in
from models.database import Database
from models.drafts import Draft
from models.ids import id_from
from models.members import Member
from models.posts import Post
from models.problems import LENGTHS, Problem
from models.problems.posted import CARD, RETURN
from models.text import clean

WORDS = ("list", "mine", "unanswered", "find", "help")
# rapidfuzz gives 0 to 100; a single word this near to one of ours was hardly meant as a problem.
NEAR_ENOUGH = 75


def register(app: Any) -> None:
    app.command("/problem")(share)
    app.shortcut(SHARE)(open_from_menu)
    app.shortcut(SHARE_MESSAGE)(open_from_message)
    app.action(OPEN)(open_from_button)


async def share(
    ack: AsyncAck, body: dict[str, Any], db: Database, where: Where, forms: Forms, reply: Reply
) -> None:
    """Open the form with what was typed; a word that is nearly one of ours is asked about."""
    await ack()
    text = await _as_seen(db, str(body.get("text") or ""))
    near = process.extractOne(text.casefold(), WORDS, score_cutoff=NEAR_ENOUGH)
    if near and len(text.split()) == 1:
        await reply(did_you_mean(text, near[0]))
        return
    await _open(where, forms, _typed(text))


async def open_from_menu(ack: AsyncAck, where: Where, forms: Forms) -> None:
    """Open the empty form from Slack's shortcut menu."""
    await ack()
    await _open(where, forms, {})


async def open_from_message(
    ack: AsyncAck, body: dict[str, Any], db: Database, where: Where, forms: Forms, reply: Reply
) -> None:
    """Open the form with a message's words in it."""
    await ack()
    message = body["message"]
    if message.get("bot_id") and (answer := await _card_at(db, body, where.member_id)):
        await reply(answer)
        return
    words = await _as_seen(db, str(message.get("text") or ""))
    source = f"{body['channel']['id']}/{message['ts']}"
    await _open(where, forms, _typed(words) | {"happening": words, "source": source})


async def open_from_button(
    ack: AsyncAck,
    action: dict[str, Any],
    member_id: str,
    db: Database,
    where: Where,
    forms: Forms,
) -> None:
    """Open the form with what the button kept: a draft, or a few words of its own."""
    await ack()
    value = str(action.get("value") or "")
    typed: dict[str, Any] = {}
    if draft_id := id_from(value):
        async with db() as session:
            draft = await Draft.of(session, draft_id, member_id)
        typed = draft.fields | {"draft_id": draft.id} if draft else {}
    elif title := clean(str(facts_in(value).get("title") or "")):
        typed = {"title": title}
    await _open(where, forms, typed)


async def _card_at(db: Database, body: dict[str, Any], member_id: str) -> Message | None:
    """Return the answer to whoever makes a problem of what is one: its card, or its reminder."""
    async with db() as session:
        post = await Post.standing_at(session, body["channel"]["id"], body["message"]["ts"])
        if post is None or post.kind not in (CARD, RETURN) or post.about_id is None:
            return None
        problem = await Problem.visible_to(session, post.about_id, member_id)
        return shared_already(problem, await legend_for(session, problem))


async def _open(where: Where, forms: Forms, typed: dict[str, Any]) -> None:
    """Open the form. In a community that is known it needs nothing from the database."""
    communities = await where.choices()
    words = str(typed.get("happening") or typed.get("title") or "")
    if not communities:
        raise await where.nothing_here(words)
    place = channel_name(communities)
    metadata = carried(
        community_id=communities[0].id if place else None,
        source=typed.get("source"),
        draft_id=typed.get("draft_id"),
        asked_in=where.channel_id,
    )
    rest = words[LENGTHS["happening"] :]
    if place and not rest:
        view: View | dict[str, Any] = share_form_at_once(
            place=place, typed=typed, metadata=metadata
        )
    else:
        several = [] if place else communities
        view = share_form(place=place, typed=typed, metadata=metadata, communities=several)
    is_open = await forms.open(view, opener=OPEN, typed=typed)
    if is_open and rest:
        await forms.reply(left_over(rest))


async def _as_seen(db: Database, text: str) -> str:
    """Return a command's or message's words as their writer sees them, fit to keep."""
    # Slack names people in commands, but in messages it leaves that to us.
    named = {part.partition(">")[0] for part in text.split("<@")[1:]}
    nameless = [one for one in named if "|" not in one]
    names: dict[str, str] = {}
    if nameless:
        async with db() as session:
            people = await Member.known(session, nameless)
        names = {one: row.name for one, row in people.items() if row.name}
    return clean(unescape(text, names))


def _typed(text: str) -> dict[str, Any]:
    """Return where typed words go: a short text is the title, a long one tells what happens."""
    if not text:
        return {}
    if len(text) <= LENGTHS["title"] and "\n" not in text:
        return {"title": text}
    return {"title": excerpt(text, LENGTHS["title"]), "happening": text}
