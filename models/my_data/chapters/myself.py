"""Myself: what is known of somebody from Slack and by their own choice, and where they are."""

from __future__ import annotations

import json
from calendar import day_name
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community, Membership
from models.drafts import Draft
from models.members import Member
from models.my_data.chapters.plainly import area, fate
from models.my_data.chapters.sheet import Cell, Sheet, listed, moment, yes_or_no
from models.my_data.exporting import EXPORTED
from models.posts import SENDING, Post
from models.thanks.nudge import Nudge
from models.thanks.thanks import Second

# The fact that holds the names of switches, which only those who draw them have words for.
SWITCHED_OFF = "letters switched off"


async def about_myself(session: AsyncSession, member: Member) -> list[Sheet]:
    """Return what stands beside their name, their communities, drafts and letters."""
    return [
        Sheet("about-me", "About me", "fact", "facts", ("what", "kept"), _facts(member)),
        await _communities(session, member),
        await _drafts(session, member),
        *await _letters(session, member),
        await _seconds(session, member),
        await _ideas(session, member),
    ]


def _facts(member: Member) -> list[tuple[str, Cell]]:
    times = [member.quiet_from, member.quiet_until]
    away = [member.away_from, member.away_until]
    facts: list[tuple[str, Cell]] = [
        ("name, from Slack", member.name),
        ("member id, from Slack", member.member_id),
        ("time zone, from Slack", member.tz),
        ("admin of the workspace, from Slack", yes_or_no(member.is_lead)),
        ("profile asked for", moment(member.profile_at, member.tz)),
        ("school", member.school),
        ("subjects", member.subjects),
        ("grades", member.grades),
        ("quiet hours", listed([f"{one:%H:%M}" for one in times if one])),
        ("days away", listed([one.isoformat() for one in away if one])),
        ("days off each week", listed([day_name[one] for one in member.days_off or ()])),
        ("nothing is written to me unasked", yes_or_no(member.is_silent)),
        (SWITCHED_OFF, listed(member.muted)),
        ("thanks to me stay between us", yes_or_no(member.is_thanked_quietly)),
        ("a digest of my own each week", yes_or_no(member.has_digest)),
        ("next digest", moment(member.next_digest_at, member.tz)),
        ("welcomed", moment(member.welcomed_at, member.tz)),
        ("App Home opened", moment(member.home_opened_at, member.tz)),
        ("given a hint about what I understand", moment(member.hinted_at, member.tz)),
    ]
    return [fact for fact in facts if fact[1] is not None]


async def _communities(session: AsyncSession, member: Member) -> Sheet:
    query = (
        select(Membership, Community)
        .join(Community, Community.id == Membership.community_id)
        .where(Membership.member_id == member.member_id)
        .order_by(Community.name)
    )
    rows = [
        (
            community.name,
            yes_or_no(one.is_facilitator),
            moment(one.joined_at, member.tz),
            moment(one.left_at, member.tz),
        )
        for one, community in await session.execute(query)
    ]
    columns = ("community", "I facilitate it", "since", "left")
    return Sheet("communities", "Communities", "community", "communities", columns, rows)


async def _drafts(session: AsyncSession, member: Member) -> Sheet:
    query = select(Draft).where(Draft.member_id == member.member_id).order_by(Draft.id)
    rows: Sequence[Sequence[Cell]] = [
        (
            area(one.form),
            json.dumps(one.fields, ensure_ascii=False),
            moment(one.kept_at, member.tz),
        )
        for one in await session.scalars(query)
    ]
    columns = ("about", "what I typed", "kept")
    return Sheet("drafts", "Forms I did not send", "draft", "drafts", columns, rows)


async def _letters(session: AsyncSession, member: Member) -> list[Sheet]:
    """Return which letters to them are noted, those that came and the others.

    Their words are in the conversation itself. The file that this is put into is not among them.
    """
    query = select(Post.kind, Post.due_at, Post.said_at, Post.state)
    query = query.where(Post.place_id == member.member_id).order_by(Post.id)
    came, others = list[Sequence[Cell]](), list[Sequence[Cell]]()
    for one in await session.execute(query):
        if one.said_at is not None:
            came.append((area(one.kind), moment(one.said_at, member.tz), fate(one.state)))
        elif (one.kind, one.state) != (EXPORTED, SENDING):
            others.append((area(one.kind), moment(one.due_at, member.tz), fate(one.state)))
    columns, name = ("about", "when", "what became of it"), "letter that did not come"
    return [
        Sheet("letters", "Letters to me", "letter to you", "letters to you", columns, came),
        Sheet(
            *("letters-not-sent", "Letters that did not come", name),
            "letters that did not come",
            columns,
            others,
        ),
    ]


async def _seconds(session: AsyncSession, member: Member) -> Sheet:
    query = select(Second).where(Second.member_id == member.member_id).order_by(Second.id)
    rows = [(one.by, moment(one.seconded_at, member.tz)) for one in await session.scalars(query)]
    columns = ("with", "when")
    heading = "Where I said the same as other thanks"
    return Sheet("said-the-same", heading, "word of support", "words of support", columns, rows)


async def _ideas(session: AsyncSession, member: Member) -> Sheet:
    """Return whom they were reminded to thank; that others were reminded of them is theirs."""
    query = (
        select(Nudge, Member.name)
        .outerjoin(
            Member,
            (Member.member_id == Nudge.colleague_id) & (Member.workspace_id == Nudge.workspace_id),
        )
        .where(Nudge.member_id == member.member_id)
        .order_by(Nudge.id)
    )
    rows = [
        (name or "a colleague", one.why_kind, moment(one.nudged_at, member.tz))
        for one, name in await session.execute(query)
    ]
    columns = ("colleague", "because of a", "when")
    return Sheet("ideas", "Whom I was reminded to thank", "reminder", "reminders", columns, rows)
