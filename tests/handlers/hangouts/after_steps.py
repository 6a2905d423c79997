"""A hangout that is just over, and what is said and pressed afterwards."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from models.communities import Community
from models.consultancies.afterwards import ask_afterwards
from models.consultancies.consultancy import Consultancy
from models.hangouts import telling
from models.hangouts.hangout import Hangout
from models.hangouts.signups import Presenting, Signup
from tests.examples import HOUR, NOW, a_hangout, a_series
from tests.handlers.problems.steps import settle
from tests.world import WORKSPACE

STARTS_AT = NOW + HOUR
QUESTION = "How do I get quiet students to talk?"


@dataclass(frozen=True)
class Over:
    """A hangout of the math circle at which Ana presented and Chris listened; Ben led."""

    hangout: Hangout
    consultancy: Consultancy


async def a_hangout_held(world, circle: Community, problem_id: int | None = None) -> Over:
    """Return a hangout that began an hour after NOW; the clock stands still before it."""
    async with world.db.begin() as session:
        series = a_series(community_id=circle.id, facilitators=["UBEN"], planned_by="UBEN")
        session.add(series)
        await session.flush()
        hangout = a_hangout(
            community_id=circle.id,
            series_id=series.id,
            starts_at=STARTS_AT,
            facilitator_id="UBEN",
        )
        session.add(hangout)
        await session.flush()
        for member_id, presenting in (("UANA", Presenting.SEAT), ("UCHRIS", None)):
            session.add(
                Signup(
                    hangout_id=hangout.id,
                    member_id=member_id,
                    is_coming=True,
                    presenting=presenting,
                    answered_at=NOW,
                )
            )
            await telling.remind(session, hangout, member_id, NOW)
        await telling.brief_facilitator(session, hangout, NOW)
        consultancy = Consultancy(
            key=f"hangout:{hangout.id}:UANA",
            community_id=circle.id,
            hangout_id=hangout.id,
            problem_id=problem_id,
            presenter_id="UANA",
            question=QUESTION,
            protocol_name="Mini-consultancy",
            steps=[],
            step_moments=[],
            opened_at=STARTS_AT,
            started_at=STARTS_AT,
            step=3,
            finished_at=STARTS_AT + timedelta(minutes=20),
        )
        consultancy.workspace_id = hangout.workspace_id = series.workspace_id = WORKSPACE
        session.add(consultancy)
        await session.flush()
        await ask_afterwards(session, consultancy, STARTS_AT + timedelta(minutes=20))
    return Over(hangout, consultancy)


async def is_over(world) -> None:
    """Let the hangout pass and the questions afterwards be asked."""
    world.clock.move(2 * HOUR + timedelta(minutes=15))
    world.bot.postman.nudge()
    await settle(world)


def letter_about(world, member_id: str, words: str) -> dict[str, Any]:
    """Return the only letter to somebody whose text has these words."""
    [letter] = [one for one in world.letters(member_id) if words in one["text"]]
    return letter
