"""A world in which Ana did everything there is, and colleagues answered to some of it."""

from __future__ import annotations

from datetime import time

from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.consultancies.consultancy import Consultancy
from models.consultancies.follow_ups import FollowUp
from models.consultancies.protocols import ProtocolCopy
from models.consultancies.questions import Question
from models.database import Database
from models.digests.customs import DigestCustoms
from models.drafts import Draft
from models.findable import keep_hangout_findable, keep_problem_findable
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Presenting, Signup
from models.hangouts.swaps import Swap
from models.posts import Post
from models.problems import Answer, Helper, HiddenAuthor, Interest, Problem, Reply
from models.problems.posted import post_card
from models.wordings.wording import OwnWords, Spot
from tests.examples import (
    ANA,
    BEN,
    CHRIS,
    NAMES,
    NOW,
    a_community,
    a_hangout,
    a_member,
    a_network_digest,
    a_problem,
    a_series,
)
from tests.models.my_data.keeping import (
    ANSWERED,
    ANSWERED_NAMELESS,
    EARLIER,
    HERON,
    kept,
)
from tests.models.my_data.sharing import materials, pilots, thanks


async def a_world(db: Database) -> Community:
    """Keep it, and return the circle that Ana and Ben facilitate."""
    async with db.begin() as session:
        session.add_all(a_member(one, name=name, tz="UTC") for one, name in NAMES.items())
        session.add(circle := a_community())
        circle.configure(name="Circle", tz="America/Denver", facilitators=[ANA, BEN], now=NOW)
        await session.flush()
        for step in (_meetings, _problems, pilots, materials, thanks, _traces):
            await step(session, circle)
    return circle


async def _meetings(session: AsyncSession, circle: Community) -> None:
    here = {"community_id": circle.id}
    series = a_series(facilitators=[ANA, BEN], planned_by=ANA, **here)
    await kept(session, series)
    of = {"series_id": series.id, **here}
    past = a_hangout(starts_at=EARLIER, facilitator_id=ANA, notes="Five seconds.", **of)
    past.noted_by, past.noted_at, past.uid = ANA, EARLIER, "past"
    ahead = a_hangout(facilitator_id=ANA, slots=1, **of)
    await kept(session, past, ahead)
    await kept(
        session,
        _a_signup(past, ANA, came=True, question=HERON),
        _a_signup(past, BEN, entered_by=ANA),
        _a_signup(ahead, ANA, presenting=Presenting.SEAT, asked_at=NOW, question=HERON),
        _a_signup(ahead, CHRIS, presenting=Presenting.WAITING, asked_at=NOW),
        Swap(hangout_id=past.id, asker_id=ANA, substitute_id=BEN, asked_at=NOW),
        Swap(hangout_id=past.id, asker_id=BEN, substitute_id=ANA, asked_at=NOW),
    )
    mine = _a_consultancy(past, f"hangout:{past.id}:{ANA}", presenter_id=ANA, question=HERON)
    mine.outcome = mine.next_step = mine.thanks = HERON
    bens = _a_consultancy(past, f"hangout:{past.id}:{BEN}", presenter_id=BEN, question="Ben’s")
    await kept(session, mine, bens)
    await kept(
        session,
        FollowUp(consultancy_id=mine.id, number=0, answer="yes", answered_at=NOW, note=HERON),
        _a_question(bens, "1.1", ANA, f"{HERON}?"),
        _a_question(bens, "1.2", CHRIS, "Why?"),
        ProtocolCopy(
            **here, name="Ours", based_on="mini", steps=[], changed_by=ANA, changed_at=NOW
        ),
    )
    await keep_hangout_findable(session, past, circle)


def _a_signup(hangout: Hangout, member_id: str, **traits: object) -> Signup:
    return Signup(
        hangout_id=hangout.id, member_id=member_id, is_coming=True, answered_at=NOW, **traits
    )


def _a_consultancy(hangout: Hangout, key: str, **traits: object) -> Consultancy:
    return Consultancy(
        key=key,
        community_id=hangout.community_id,
        hangout_id=hangout.id,
        protocol_name="Mini",
        steps=[],
        opened_at=EARLIER,
        **traits,
    )


def _a_question(consultancy: Consultancy, ts: str, member_id: str, text: str) -> Question:
    return Question(
        consultancy_id=consultancy.id, ts=ts, member_id=member_id, step=0, text=text, asked_at=NOW
    )


async def _problems(session: AsyncSession, circle: Community) -> None:
    words = {"happening": HERON, "tried": HERON, "question": HERON, "topics": [HERON]}
    words |= {"learned": HERON, "community_id": circle.id, "id": None}
    alone = a_problem(title=HERON, request_key=f"asked:{ANA}", **words)
    answered = a_problem(title=ANSWERED, request_key="V2", resolved_at=NOW, **words)
    nameless = a_problem(title=HERON, request_key="V3", author_id=None, **words)
    nameless_too = a_problem(title=ANSWERED_NAMELESS, request_key="V4", author_id=None, **words)
    bens = a_problem(
        id=None, title="Ben’s", request_key="V5", author_id=BEN, community_id=circle.id
    )
    answered.source_permalink = f"https://staffroom.example/{HERON}"
    await kept(session, alone, answered, nameless, nameless_too, bens)
    await kept(
        session,
        *(HiddenAuthor(problem_id=one.id, member_id=ANA) for one in (nameless, nameless_too)),
        Answer(problem_id=nameless_too.id, request_key="A1", text=HERON, answered_at=NOW),
        _a_reply(answered, "2.1", BEN),
        _a_reply(answered, "2.2", ANA),
        _a_reply(nameless_too, "2.3", CHRIS),
        _a_reply(bens, "2.4", ANA),
        Interest(problem_id=bens.id, member_id=ANA, since=NOW),
        Helper(problem_id=bens.id, member_id=ANA, offered_at=NOW),
        Helper(problem_id=answered.id, member_id=CHRIS, offered_at=NOW),
    )
    for problem in (alone, answered, nameless, nameless_too, bens):
        await keep_problem_findable(session, problem, circle)
        await post_card(session, problem, circle)
    await session.flush()


def _a_reply(problem: Problem, ts: str, member_id: str) -> Reply:
    return Reply(problem_id=problem.id, ts=ts, member_id=member_id, replied_at=NOW)


async def _traces(session: AsyncSession, circle: Community) -> None:
    here = {"community_id": circle.id, "changed_by": ANA, "changed_at": NOW}
    await kept(
        session,
        Draft(member_id=ANA, form="problems.share", fields={"title": HERON}, kept_at=NOW),
        DigestCustoms(**here, weekday=0, at=time(8)),
        a_network_digest(set_up_by=ANA, changed_by=ANA),
        OwnWords(**here, spot=Spot.DIGEST, text="This week in {community}:"),
    )
    await Post.add(
        session, f"problems.offer:5:{ANA}", BEN, kind="problems.offer", due_at=NOW, about_id=5
    )
