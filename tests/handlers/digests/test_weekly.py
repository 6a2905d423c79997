"""The weekly digest in the channel: chosen by facilitators, posted once, read in private before."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks.digests.ids import BACK, CUSTOMS, FURTHER, PREVIEW, SEE_ALL
from handlers.blocks.problems.cards import More
from handlers.digests.weekly import issue_digests
from models.digests.posted import MISSED, WEEKLY
from tests.examples import DAY, NOW, a_problem
from tests.handlers.problems.steps import choose, key_of, last_answer, posts, words_of

pytestmark = pytest.mark.usefixtures("good_manners")

# From Tuesday 9:00 to Friday 14:00 and a minute.
TO_FRIDAY = timedelta(days=3, hours=5, minutes=1)


async def passes(world, by: timedelta = timedelta()) -> str:
    """Let time pass, and the tick issue what is due."""
    world.clock.move(by)
    # Nothing is asked of Slack itself, so a client that reaches nothing will do.
    told = await issue_digests(world.database, world.clock, AsyncWebClient())
    await world.settled()
    return told


async def presses(person, world, action_id: str, value: str) -> dict[str, Any] | None:
    """Press a button that may stand anywhere, and return the form that opens, if one does."""
    pressed = {"type": "button", "action_id": action_id, "value": value, "block_id": "b"}
    await person.forges({"channel": {"id": "CMATHCIRCLE"}, "actions": [pressed]})
    await world.settled()
    return person.top_view


async def wants_it_on_friday(person, world, circle, **answers: Any) -> None:
    form = await presses(person, world, CUSTOMS, str(circle.id))
    await person.submits(form, **{"weekday": "4", "at": "14:00"} | answers)
    await world.settled()


async def test_a_digest_is_posted_once_in_its_hour_with_a_link_to_what_it_tells_of(
    ana, ben, world, circle, anas_problem
):
    await wants_it_on_friday(ben, world, circle)
    assert "|Friday 20 November 2026, 14:00 (America/Denver)>" in last_answer(ben)

    assert await passes(world, TO_FRIDAY) == "1 posted"
    assert await passes(world, timedelta(hours=1)) == "none due"

    [digest] = posts(world, WEEKLY)
    assert digest["text"].startswith("This week in #math-circle: one open question.")
    assert "Open question: Quiet students in small groups · Ana, Tuesday" in digest["text"]
    assert f"p{anas_problem.ts.replace('.', '')}" in str(digest["blocks"])


async def test_what_would_be_posted_is_shown_in_private_and_only_facilitators_change_its_hour(
    ana, ben, world, circle, anas_problem
):
    await ana.types("math-circle", "/staffroom digest")
    await world.settled()
    told_ana = ana.sees("math-circle")[-1]
    await ben.types("math-circle", "/staffroom digest")
    await world.settled()
    told_ben = ben.sees("math-circle")[-1]

    assert "This would be posted now. Nobody else sees it." in told_ana["text"]
    assert "Quiet students in small groups" in told_ana["text"]
    assert CUSTOMS not in str(told_ana["blocks"])
    assert CUSTOMS in str(told_ben["blocks"])
    assert posts(world, WEEKLY) == []
    assert await presses(ana, world, CUSTOMS, str(circle.id)) is None
    assert "Only facilitators can change when the digest comes" in last_answer(ana)


async def test_the_rest_is_behind_see_all_in_pages_that_only_the_reader_sees(ben, world, circle):
    async with world.db.begin() as session:
        for number in range(12):
            facts = {"id": None, "community_id": circle.id, "author_id": "UANA"}
            at = NOW + timedelta(minutes=number)
            title = f"Question {number} about something long in a lesson"
            session.add(a_problem(**facts, title=title, request_key=title, shared_at=at))
    await wants_it_on_friday(ben, world, circle)
    await passes(world, TO_FRIDAY)
    [digest] = posts(world, WEEKLY)
    assert "12 open questions" in digest["text"]

    await ben.presses(SEE_ALL, message=digest)
    await world.settled()
    answer = ben.sees("math-circle")[-1]
    first = answer["text"]
    await ben.presses(FURTHER, message=answer)
    await world.settled()
    second = ben.sees("math-circle")[-1]

    assert "Question 11 about" in first
    assert "Question 1 about" not in first
    assert "Question 0 about" in second["text"]
    assert BACK in str(second["blocks"])
    assert len(posts(world, WEEKLY)) == 1


async def test_what_is_withdrawn_later_leaves_the_digest_as_well(
    ana, ben, world, circle, anas_problem
):
    await wants_it_on_friday(ben, world, circle)
    await passes(world, TO_FRIDAY)

    form = await choose(ana, world, anas_problem, More.DELETE)
    await ana.submits(form)
    await world.settled()

    [digest] = posts(world, WEEKLY)
    assert "Quiet students" not in words_of(digest)
    assert "answered or taken back since" in digest["text"]


async def test_a_day_that_went_by_is_told_to_the_facilitator_who_can_read_it_all_the_same(
    ana, ben, world, circle, anas_problem
):
    await wants_it_on_friday(ben, world, circle)

    assert await passes(world, TO_FRIDAY + DAY) == "1 missed"

    # From Saturday to Monday.
    await world.moves(2 * DAY)
    assert posts(world, WEEKLY) == []
    [letter] = [one for one in world.letters("UBEN") if key_of(one).startswith(f"{MISSED}:")]
    assert "could not come on Friday 20 November" in letter["text"]
    await ben.presses(PREVIEW, message=letter)
    await world.settled()
    assert "Quiet students in small groups" in words_of(world.letters("UBEN")[-1])


async def test_another_channel_has_to_have_the_bot_in_it_and_shows_no_names_of_thanks(
    ana, ben, world, circle, anas_problem
):
    await wants_it_on_friday(ben, world, circle, channel_id="CSTAFFLOUNGE")
    assert "I am not in that channel yet" in str(ben.top_view["errors"])
    world.slack.channels["CSTAFFLOUNGE"].members.add(world.slack.bot_user_id)
    await ana.types("math-circle", "/thanks @ben for covering my class")
    await world.settled()

    await ben.submits(ben.top_view, weekday="4", at="14:00", channel_id="CSTAFFLOUNGE")
    await world.settled()
    await passes(world, TO_FRIDAY)

    assert posts(world, WEEKLY) == []
    [digest] = posts(world, WEEKLY, "CSTAFFLOUNGE")
    assert "Quiet students" in digest["text"]
    assert "thanks" not in digest["text"]


async def test_forged_buttons_are_answered_kindly(chris, world, circle):
    for forged in ("", "x:y:z", "999:2026-11-16:0", "1:2026-11-16:-1", "1:no:0"):
        await presses(chris, world, SEE_ALL, forged)

        assert "That digest is not there any more" in last_answer(chris)
