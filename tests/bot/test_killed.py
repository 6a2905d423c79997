"""Killed without a word at any step, a postman loses nothing, and its heir says nothing twice."""

import asyncio
import random
from datetime import timedelta

import pytest

from models.members import Member
from models.posts import CLAIM_LASTS, Post
from tests.bot.killed import Place, end, start
from tests.bot.patience import until
from tests.bot.posting import CARD, MATH, NOTE

SAY = "chat.postMessage"
# All steps of saying a post, in their order: what was done last, and how the process knows it.
SAYING = {
    "the claim is written, not committed": "commit 1",
    "claimed": "claimed",
    "drawn, nothing is sent": "drawn",
    "Slack has answered, nothing is written": "sent",
    "the outcome is written, not committed": "commit 2",
    "said and marked": "marked",
}


@pytest.fixture
async def posts(office):
    """A post, a reply to it and a letter."""
    await office.post("head")
    await office.post("reply", thread_of="head")
    await office.post("letter", "UANA")


async def heirs_finish(office, count=2):
    """Let new postmen take over, once the claims of the dead have run out."""
    office.clock.move(2 * CLAIM_LASTS)
    async with office.open(count):
        await office.settled()


async def dies(office, database_url, step):
    return await end(start(Place.of(office, database_url), step))


@pytest.mark.parametrize("step", SAYING)
async def test_killed_while_saying(office, database_url, posts, step):
    assert await dies(office, database_url, SAYING[step])

    await heirs_finish(office)

    assert (office.said(), office.said("UANA")) == (["head", "reply"], ["letter"])
    assert set((await office.states()).values()) == {"said"}


@pytest.mark.parametrize("when", ["before", "after"])
async def test_killed_while_slack_stores_the_message(office, database_url, posts, when):
    office.slack.faults.slow(SAY, seconds=0.3, when=when, times=2)
    process = start(Place.of(office, database_url))
    await until(lambda: office.slack.api_calls_in_flight == 2)

    process.kill()
    assert await end(process)
    await until(lambda: not office.slack.api_calls_in_flight)
    await heirs_finish(office)

    assert (office.said(), office.said("UANA")) == (["head", "reply"], ["letter"])


# The first heir is killed as well: what the dead had done, and all steps of taking over from them.
TAKING_OVER = [
    ("drawn", "claimed"),
    ("drawn", "looked for"),
    ("drawn", "drawn"),
    ("drawn", "sent"),
    ("sent", "claimed"),
    ("sent", "looked for"),
    ("sent", "commit 2"),
    ("sent", "marked"),
]


@pytest.mark.parametrize(("first", "second"), TAKING_OVER)
async def test_killed_while_taking_over(office, database_url, first, second):
    await office.post("post")
    assert await dies(office, database_url, first)
    office.clock.move(2 * CLAIM_LASTS)
    assert await dies(office, database_url, second)

    await heirs_finish(office)

    assert office.said() == ["post"]


REDRAWING = {
    "the claim is written, not committed": "commit 1",
    "claimed": "claimed",
    "drawn, nothing is sent": "drawn",
    "Slack has answered, nothing is written": "redrawn",
    "the outcome is written, not committed": "commit 2",
    "redrawn and marked": "marked",
}


@pytest.mark.parametrize("step", REDRAWING)
async def test_killed_while_redrawing(office, database_url, step):
    ana = await office.member(name="before")
    await office.post("card", kind=CARD, about_id=ana.id)
    async with office.open():
        await office.settled()
    office.clock.move(2 * CLAIM_LASTS)
    await office.name(ana, "after")

    assert await dies(office, database_url, REDRAWING[step])
    await heirs_finish(office)

    assert office.said() == ["card: after"]


FAILING = {
    "Slack has refused, nothing is written": "sent",
    "the failure is written, not committed": "commit 2",
    "the failure is known, nobody was told": "failed",
    "the letter is written, not committed": "commit 3",
    "the letter is due, its telling is not noted": "told of",
    "all is told and noted": "marked",
}


@pytest.mark.parametrize("step", FAILING)
async def test_killed_while_telling_of_a_failure(office, database_url, step):
    office.slack.faults.fail(SAY, "is_archived", times=9, channel=MATH)
    async with office.db.begin() as session:
        session.add(Member(member_id="UDANA", muted=[], is_lead=True))
    await office.post("post")

    assert await dies(office, database_url, FAILING[step])
    await heirs_finish(office)

    assert (await office.row("post")).state == "failed"
    assert (office.said(), len(office.said("UDANA"))) == ([], 1)


@pytest.mark.parametrize("seed", range(2))
async def test_killed_at_any_moment_again_and_again(office, database_url, seed):
    chance = random.Random(seed)  # noqa: S311 - nothing here is secret
    places = [MATH, "UANA", "UBEN", "UCHRIS"]
    for number in range(40):
        await office.post(f"{number:02}", places[number % 4])

    for _ in range(8):
        process = start(Place.of(office, database_url))
        said = len(office.slack.calls)
        await until(lambda said=said: len(office.slack.calls) > said)
        await asyncio.sleep(chance.random() * 0.03)
        process.kill()
        assert await end(process)
        office.clock.move(2 * CLAIM_LASTS)
    await heirs_finish(office)

    assert [office.said(place) for place in places] == [
        [f"{number:02}" for number in range(at, 40, 4)] for at in range(4)
    ]


async def test_three_processes_say_sixty_posts_once_in_order_and_at_slacks_pace(
    office, database_url
):
    places = [office.slack.add_user(f"teacher{number}").id for number in range(15)]
    async with office.db.begin() as session:
        for number in range(60):
            place, due_at = places[number % 15], office.clock()
            await Post.add(session, f"{number:02}", place, kind=NOTE, due_at=due_at)

    processes = [start(Place.of(office, database_url)) for _ in range(3)]
    await office.settled(in_real_time=True)
    for process in processes:
        process.kill()
        await end(process)

    assert [office.said(place) for place in places] == [
        [f"{number:02}" for number in range(at, 60, 15)] for at in range(15)
    ]
    assert office.refusals("ratelimited") == []
    assert len(office.calls()) == 60
    assert timedelta(0) < office.calls()[-1].at - office.calls()[0].at < timedelta(seconds=8)
