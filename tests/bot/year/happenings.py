"""What members do in the year: thanks, questions and answers, materials, sign-ups, a pilot."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.hangouts import signups
from models.hangouts.hangout import Hangout
from models.materials.links import Link
from models.materials.saving import save
from models.materials.wording import MaterialWording
from models.materials.wording import Plan as MaterialPlan
from models.members import Member
from models.pilots import starting
from models.pilots.plan import Plan as PilotPlan
from models.problems import Author, Problem, Wording
from models.problems.posted import post_card
from models.thanks.giving import give
from models.thanks.wording import Wording as ThanksWording
from tests.bot.year.outages import HOUR, Outages
from tests.bot.year.schools import BEGINS, CIRCLES, DAY, WEEK, Circle

THANKS, PRIVATE, QUESTION, ANSWER = "thanks", "private thanks", "question", "answer"
MATERIAL, SIGN_UP, PILOT = "material", "sign-up", "pilot"
# Between these minutes of an hour no digest is due, nor late because a replica died just then: so
# it is no matter of chance which of two digests tells of something.
NOTHING_IS_DUE = (24, 30)


@dataclass(frozen=True)
class Happening:
    """Somebody does something. `to` is a colleague, `about` its number or a hangout's start."""

    at: datetime
    what: str
    circle: Circle
    who: str
    to: str = ""
    about: int | datetime = 0


def happenings(random: Random, outages: Outages, weeks: int) -> list[Happening]:
    """Return what happens in so many weeks; while the bot is away nobody can do anything."""
    done = [
        Happening(BEGINS + 2 * HOUR, PILOT, CIRCLES[0], "UBEN"),
        Happening(BEGINS + 2 * HOUR, PILOT, CIRCLES[0], "UCHRIS"),
    ]
    for week in range(weeks):
        for circle in CIRCLES:
            if week not in circle.silent:
                done += _of_week(random, circle, week)
    for circle in CIRCLES:
        for start in circle.hangouts():
            joining = [one for one in circle.members if one not in circle.facilitators]
            done += [
                Happening(start - 3 * DAY, SIGN_UP, circle, one, about=start) for one in joining
            ]
    ends = BEGINS + weeks * WEEK
    able = [one for one in done if BEGINS < one.at < ends and not outages.is_bot_down(one.at)]
    asked = {one.about for one in able if one.what == QUESTION}
    return sorted(
        (one for one in able if one.what != ANSWER or one.about in asked), key=lambda one: one.at
    )


def _of_week(random: Random, circle: Circle, week: int) -> list[Happening]:
    def some_time() -> datetime:
        begins = BEGINS + week * WEEK
        hour = random.randrange(7 * 24) * HOUR
        return begins + hour + timedelta(minutes=random.randrange(*NOTHING_IS_DUE), seconds=31)

    done, number = list[Happening](), 100 * week + 10 * CIRCLES.index(circle)
    for what, likely in ((THANKS, circle.thanks), (PRIVATE, 0.15), (MATERIAL, 0.15)):
        number += 1
        if random.random() < likely:
            who, to = random.sample(circle.members, 2)
            done.append(Happening(some_time(), what, circle, who, to, number))
    if random.random() < 0.12:
        # Those who have a digest of their own ask nothing, so that thanks alone make theirs.
        who, to = circle.members[2], circle.members[1]
        asked_at = some_time()
        done.append(Happening(asked_at, QUESTION, circle, who, about=number))
        if random.random() < 0.8:
            after = asked_at + random.randrange(5, 240) * HOUR
            done.append(Happening(after, ANSWER, circle, to, about=number))
    return done


def marked(thanks: Happening) -> str:
    """Return the words of thanks, by which they are known wherever they are shown."""
    return f"covering class {thanks.about:05}"


def marks_in(words: str) -> set[int]:
    """Return which thanks are shown in what was said."""
    return {int(number) for number in re.findall(r"covering class (\d{5})", words)}


async def does(session: AsyncSession, one: Happening) -> None:
    """Let it happen: what a press of a button or a command would do."""
    community = await Community.of_channel(session, one.circle.channel)
    assert community is not None
    await DEEDS[one.what](session, community, one)


async def _thanks(session: AsyncSession, community: Community, one: Happening) -> None:
    known = await Member.known(session, [one.who, one.to])
    await give(
        session,
        ThanksWording.of(text=marked(one)),
        giver=known[one.who],
        receivers=[known[one.to]],
        community=community,
        is_private=one.what == PRIVATE,
        request_key=f"{one.at} {one.who}",
        now=one.at,
    )


async def _question(session: AsyncSession, community: Community, one: Happening) -> None:
    problem = await Problem.share(
        session,
        Wording.of(title="Quiet students", happening="Four carry every talk."),
        author=Author(one.who),
        community=community,
        request_key=f"question {one.about}",
        now=one.at,
    )
    await post_card(session, problem, community)


async def _answer(session: AsyncSession, _: Community, one: Happening) -> None:
    asked = select(Problem).where(Problem.request_key == f"question {one.about}")
    problem = (await session.scalars(asked)).one()
    await problem.note_reply(session, f"{one.at.timestamp():.6f}", one.who, one.at)


async def _material(session: AsyncSession, community: Community, one: Happening) -> None:
    owner = await Member.find(session, one.who)
    assert owner is not None
    link = Link.of(f"https://example.org/{one.at.timestamp():.0f}")
    plan = MaterialPlan(wording=MaterialWording.of(title="A rubric"), link=link)
    await save(session, plan, owner=owner, community=community, request_key=f"{one.at}", now=one.at)


async def _sign_up(session: AsyncSession, community: Community, one: Happening) -> None:
    at_that_time = select(Hangout).where(
        Hangout.community_id == community.id, Hangout.starts_at == one.about
    )
    hangout = (await session.scalars(at_that_time)).one()
    await signups.join(session, hangout, one.who, one.at)


async def _pilot(session: AsyncSession, community: Community, one: Happening) -> None:
    typed = {
        "practice_name": "Exit ticket",
        "aim": "Know who needs help.",
        "prediction": "Most will write an answer.",
        "measure_name": "students who wrote an answer",
        "starts_on": one.at.date(),
        "ends_on": one.at.date() + 6 * WEEK,
        # In Ben’s quiet hours.
        "ask_at": time(20, 30),
    }
    plan = PilotPlan.of(typed, today=one.at.date())
    await starting.start(
        session,
        plan,
        member_id=one.who,
        community=community,
        request_key=f"pilot {one.who}",
        now=one.at,
    )


DEEDS: Mapping[str, Callable[[AsyncSession, Community, Happening], Awaitable[None]]] = (
    MappingProxyType(
        {
            THANKS: _thanks,
            PRIVATE: _thanks,
            QUESTION: _question,
            ANSWER: _answer,
            MATERIAL: _material,
            SIGN_UP: _sign_up,
            PILOT: _pilot,
        }
    )
)
