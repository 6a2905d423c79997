"""Sharing: from a command, a shortcut, a button or a message to the card in the channel."""

import json
from collections.abc import Mapping
from typing import Any

from rapidfuzz import process
from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried, carried_by, read_form
from handlers.blocks.posts import trouble_letter
from handlers.blocks.problems.forms import OPEN, SHARE, SHARE_FORM, SHARE_MESSAGE, share_form
from handlers.blocks.problems.lists import did_you_mean
from handlers.blocks.problems.notes import shared_confirmation
from handlers.blocks.text import excerpt, unescape
from handlers.home import Home
from handlers.problems.drawing import channel_name, legend_of, post_card
from handlers.request import Forms, NoCommunityError, Reply, Where
from models import search
from models.communities import Community
from models.database import Database
from models.drafts import Draft
from models.errors import NotHereError
from models.members import Member
from models.problems import LENGTHS, Author, Problem, Standing, Wording
from models.student_data import suspicions
from models.time import Clock
from models.workspaces import Workspace

WORDS = ("list", "mine", "unanswered", "find", "help")
# rapidfuzz gives 0 to 100; a single word this near to one of ours was hardly meant as a problem.
NEAR_ENOUGH = 75
KIND = "problem"


def register(app: Any) -> None:
    app.command("/problem")(share)
    app.shortcut(SHARE)(open_from_menu)
    app.shortcut(SHARE_MESSAGE)(open_from_message)
    app.action(OPEN)(open_from_button)
    app.view(SHARE_FORM)(submit)


async def share(
    ack: AsyncAck, body: dict[str, Any], where: Where, forms: Forms, reply: Reply
) -> None:
    """Open the form with what was typed; a word that is nearly one of ours is asked about."""
    await ack()
    text = unescape(str(body.get("text") or "")).strip()
    near = process.extractOne(text.casefold(), WORDS, score_cutoff=NEAR_ENOUGH)
    if near and " " not in text:
        await reply(did_you_mean(text, near[0]))
        return
    await _open(where, forms, _typed(text))


async def open_from_menu(ack: AsyncAck, where: Where, forms: Forms) -> None:
    """Open the empty form from Slack's shortcut menu."""
    await ack()
    await _open(where, forms, {})


async def open_from_message(
    ack: AsyncAck, body: dict[str, Any], db: Database, where: Where, forms: Forms
) -> None:
    """Open the form with a message's words in it."""
    await ack()
    message = body["message"]
    text = str(message.get("text") or "")
    async with db() as session:
        named = {part.partition(">")[0] for part in text.split("<@")[1:]}
        people = await Member.known(session, named)
    names = {one: row.name for one, row in people.items() if row.name}
    words = unescape(text, names).strip()
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
    if value.isdecimal() and len(value) < 10:
        async with db() as session:
            draft = await Draft.of(session, int(value), member_id)
        typed = draft.fields | {"draft_id": draft.id} if draft else {}
    elif value.startswith("{"):
        typed = {"title": str(json.loads(value).get("title") or "")}
    await _open(where, forms, typed)


async def _open(where: Where, forms: Forms, typed: dict[str, Any]) -> None:
    """Open the form. In a community that is known it needs nothing from the database."""
    here = where.at_a_glance()
    communities = [here] if here else await where.choices()
    if not communities:
        raise NoCommunityError("There is no community here yet.")
    only = communities[0] if len(communities) == 1 else None
    view = share_form(
        place=channel_name(communities),
        typed=typed,
        metadata=carried(
            community_id=only.id if only else None,
            source=typed.get("source"),
            draft_id=typed.get("draft_id"),
        ),
        communities=[] if only else communities,
    )
    await forms.open(view, opener=OPEN, typed=typed)


def _typed(text: str) -> dict[str, Any]:
    """Return where typed words go: a short text is the title, a long one tells what happens."""
    if not text:
        return {}
    if len(text) <= LENGTHS["title"] and "\n" not in text:
        return {"title": text}
    return {"title": excerpt(text, LENGTHS["title"]), "happening": text[: LENGTHS["happening"]]}


async def submit(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Share the problem, ask once more when a student may be named, or say what is missing."""
    answers, facts = read_form(view), carried_by(view)
    wording = wording_of(answers)
    doubts = suspicions(wording.everything)
    if doubts and not answers.get("nobody_recognised"):
        await ack(response_action="update", view=await _asking_again(db, member, view, doubts))
        return
    is_named = not answers.get("without_name")
    async with db.begin() as session:
        community = await _community(session, answers.get("community_id"), facts, member)
        now = clock()
        author = Author(member.member_id, is_named=is_named)
        key = f"form:{view['id']}"
        problem = await Problem.share(
            session, wording, author=author, community=community, request_key=key, now=now
        )
        is_new = problem.shared_at == now
        if is_new:
            community.welcome(member.member_id, now)
            await _note_source(session, problem, facts.get("source"))
            await Draft.done(session, facts.get("draft_id"), member.member_id)
            await post_card(session, problem, community)
            await search.keep(session, entry_of(problem, community))
    await ack()
    if is_new:
        await _confirm(db, member, problem, community, reply)
        await home.refresh(member.member_id)


def wording_of(answers: Mapping[str, Any]) -> Wording:
    """Return what the form says; raises a RuleError that names the field at fault."""
    return Wording.of(
        title=answers.get("title"),
        happening=answers.get("happening"),
        tried=answers.get("tried"),
        question=answers.get("question"),
        topics=answers.get("topics"),
    )


async def _asking_again(
    db: Database, member: Member, view: dict[str, Any], doubts: Any
) -> dict[str, Any]:
    """Return the form as it was filled in, now with what may tell who a student is."""
    answers, facts = read_form(view), carried_by(view)
    async with db() as session:
        chosen = facts.get("community_id")
        if chosen:
            communities = [await _community(session, None, facts, member)]
        else:
            communities = list(await Community.of_member(session, member.member_id))
    form = share_form(
        place=channel_name(communities) if chosen else None,
        typed=answers,
        metadata=view.get("private_metadata") or "",
        communities=[] if chosen else communities,
        suspicions=doubts,
    )
    return dict(form.to_dict())


async def _community(
    session: AsyncSession, chosen: str | None, facts: dict[str, Any], member: Member
) -> Community:
    """Return the community the form is for. Its id may be forged, so it has to be seen."""
    community_id = chosen or facts.get("community_id")
    if str(community_id).isdecimal() and len(str(community_id)) < 10:
        community = await session.get(Community, int(str(community_id)), with_for_update=True)
        if community is not None and (
            not community.is_private or community.has_member(member.member_id)
        ):
            return community
    raise NotHereError("I can't find that community. Please choose one of yours.")


async def _note_source(session: AsyncSession, problem: Problem, source: str | None) -> None:
    address = await Workspace.address(session)
    channel_id, _, ts = str(source or "").partition("/")
    if address and ts:
        problem.made_from(f"{address}archives/{channel_id}/p{ts.replace('.', '')}")


def entry_of(problem: Problem, community: Community) -> search.Entry:
    """Return what the search keeps of a problem: its words, never its author."""
    title, body = problem.findable
    return search.Entry(
        kind=KIND,
        about_id=problem.id,
        title=title,
        body=body,
        is_open=not community.is_private,
        community_id=community.id,
        filters={"topic": problem.topics},
        happened_at=problem.shared_at,
    )


async def _confirm(
    db: Database, member: Member, problem: Problem, community: Community, reply: Reply
) -> None:
    """Show the author alone that it worked, with earlier problems like it."""
    async with db() as session:
        mine = await Community.of_member(session, member.member_id)
        title, body = problem.findable
        hits = await search.similar(
            session,
            f"{title}\n{body}",
            kinds=[KIND],
            communities=[one.id for one in mine],
            except_id=problem.id,
        )
        ids = [hit.about_id for hit in hits]
        alike = await Standing.among(session, ids, member.member_id)
        legend = await legend_of(session, [*alike, Standing(problem=problem)])
    message = shared_confirmation(problem, community.channel_id, alike, legend)
    if community.bot_left_at is not None:
        # The card is kept and said as soon as the bot is invited again.
        message = trouble_letter(community.channel_id, "not_in_channel")
    await reply(message, place_id=community.channel_id)
