"""Sharing: from the form to the card in the channel, with earlier problems for the author alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.message import Message
from handlers.blocks.posts import trouble_letter
from handlers.blocks.problems.forms import SHARE_FORM, share_form
from handlers.blocks.problems.shared import shared_confirmation
from handlers.home import Home
from handlers.problems.drawing import channel_name, legend_of
from handlers.request import Reply
from models import search
from models.communities import Community
from models.consultancies import asynchronous
from models.database import Database
from models.drafts import Draft
from models.errors import NotHereError
from models.ids import id_from
from models.members import Member
from models.problems import Author, Problem, Standing, WantedHelp, Wording
from models.problems.posted import post_card
from models.problems.visibility import KIND, entry_of
from models.student_data import Suspicion, suspicions
from models.time import Clock
from models.workspaces import Workspace


def register(app: Any) -> None:
    app.view(SHARE_FORM)(submit)


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
            if is_named:
                # Without a name not even the moment of joining may tell who shared.
                community.welcome(member.member_id, now)
            await _note_source(session, problem, community, facts.get("source"))
            await Draft.done(session, facts.get("draft_id"), member.member_id)
            await post_card(session, problem, community)
            if problem.wanted_help == WantedHelp.ASYNCHRONOUS:
                await asynchronous.begin(session, problem, community, now)
            await search.keep(session, entry_of(problem, community))
    await ack()
    if is_new:
        # Whoever asked elsewhere looks elsewhere, so they get a letter.
        is_there = facts.get("asked_in") == community.channel_id
        message = await _confirmation(db, member, problem, community)
        await reply(message, place_id=community.channel_id if is_there else None)
        await home.refresh(member.member_id)


def wording_of(answers: Mapping[str, Any]) -> Wording:
    """Return what the form says; raises a RuleError that names the field at fault."""
    return Wording.of(
        title=answers.get("title"),
        happening=answers.get("happening"),
        tried=answers.get("tried"),
        question=answers.get("question"),
        topics=answers.get("topics"),
        wanted_help=answers.get("wanted_help"),
    )


async def _asking_again(
    db: Database, member: Member, view: dict[str, Any], doubts: Sequence[Suspicion]
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
    if community_id := id_from(chosen or facts.get("community_id")):
        community = await session.get(Community, community_id)
        if community is not None and (
            not community.is_private or community.has_member(member.member_id)
        ):
            return await Community.locked(session, community.id)
    raise NotHereError("I can't find that community. Please choose one of yours.")


async def _note_source(
    session: AsyncSession, problem: Problem, community: Community, source: str | None
) -> None:
    address = await Workspace.address(session)
    channel_id, _, ts = str(source or "").partition("/")
    # The card shows it to the whole community, whom other conversations do not concern.
    if address and ts and channel_id == community.channel_id:
        problem.made_from(f"{address}archives/{channel_id}/p{ts.replace('.', '')}")


async def _confirmation(
    db: Database, member: Member, problem: Problem, community: Community
) -> Message:
    """Return what shows the author alone that it worked, with earlier problems like it."""
    if community.bot_left_at is not None:
        # The card is kept and said as soon as the bot is invited again.
        return trouble_letter(community.channel_id, "not_in_channel")
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
    return shared_confirmation(problem, community, alike, legend)
