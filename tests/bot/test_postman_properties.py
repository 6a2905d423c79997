"""Whatever happens, in whatever order: each post is said once, a card shows the last state."""

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.workspace import Workspace
from models.database import connect
from models.posts import CLAIM_LASTS
from models.time import MovableClock
from tests.bot.posting import CARD, MATH, Office
from tests.examples import NOW
from tests.world import WORKSPACE

MANIFEST = yaml.safe_load((Path(__file__).parents[2] / "manifest.yml").read_text())
METHODS = ("chat.postMessage", "chat.update", "conversations.history", "conversations.open")
PLACES = (MATH, "UANA")


def overloaded(office, method):
    office.slack.faults.next(method, 429, headers={"Retry-After": "2"})


def broken(office, method):
    office.slack.faults.next(method, 500)


def cut_before(office, method):
    office.slack.faults.cut(method, when="before")


def cut_after(office, method):
    office.slack.faults.cut(method, when="after")


def slow_before(office, method):
    office.slack.faults.slow(method, seconds=0.25, when="before")


def slow_after(office, method):
    office.slack.faults.slow(method, seconds=0.25, when="after")


def locked_out(office, method):
    office.slack.faults.fail(method, "token_expired")


BAD_DAYS = (overloaded, broken, cut_before, cut_after, slow_before, slow_after, locked_out)

happenings = st.lists(
    st.one_of(
        st.tuples(st.just("post"), st.sampled_from(PLACES)),
        st.tuples(st.just("press"), st.none()),
        st.tuples(st.sampled_from(BAD_DAYS), st.sampled_from(METHODS)),
        st.tuples(st.just("time passes"), st.sampled_from([0.0, 0.03, 0.2])),
        st.tuples(st.just("a postman dies"), st.none()),
        st.tuples(st.just("the clock is moved"), st.sampled_from([2, 5, 3600])),
    ),
    min_size=4,
    max_size=18,
)


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(happenings=happenings)
def test_each_post_is_said_once_and_cards_show_the_last_state(empty_sqlite, happenings):
    asyncio.run(_live_through(empty_sqlite, happenings))


async def _live_through(empty_sqlite: Path, happenings) -> None:
    clock = MovableClock(start=NOW)
    with TemporaryDirectory() as folder:
        shutil.copy(empty_sqlite, path := Path(folder) / "staffroom.db")
        database = connect(f"sqlite:///{path}")
        async with Workspace(MANIFEST, clock=clock, team_id=WORKSPACE) as slack:
            slack.add_user("ana")
            slack.add_channel("math-circle", members={"UANA", slack.bot_user_id})
            office = Office(slack, database, clock)
            await _and_look_back(office, happenings)
            assert slack.complaints == []
        await database.close()


async def _and_look_back(office, happenings) -> None:
    ana = await office.member(name="0")
    posted = {place: [] for place in PLACES}
    presses = 0
    await office.post("card", kind=CARD, about_id=ana.id)
    while happenings:
        async with office.open(2):
            while happenings and happenings[0][0] != "a postman dies":
                what, how = happenings.pop(0)
                presses += what == "press"
                await _happens(office, ana, posted, presses, what, how)
            await office.kill(office.postmen[0])
        happenings = happenings[1:]
    office.slack.faults.clear()
    await office.pass_over(2 * CLAIM_LASTS)
    async with office.open():
        await office.settled()

    assert office.said(MATH) == [f"card: {presses}", *posted[MATH]]
    assert office.said("UANA") == posted["UANA"]


async def _happens(office, ana, posted, presses, what, how) -> None:
    if what == "post":
        posted[how].append(f"{how} {len(posted[how])}")
        await office.post(posted[how][-1], how)
    elif what == "press":
        await office.name(ana, str(presses))
    elif what == "time passes":
        await asyncio.sleep(how)
    elif what == "the clock is moved":
        await office.pass_over(timedelta(seconds=how))
    else:
        what(office, how)
