"""Run charts: how long one takes, how acks fare while twenty are painted, and what 500 leave."""

import asyncio
import resource
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from time import process_time

import yaml

from bot.config import Config
from bot.sandbox.workspace import Workspace
from bot.serve import Bot, running
from handlers.blocks.message import Picture
from handlers.blocks.pilots.chart import chart_picture
from models import migrations
from models.communities import Community
from models.database import Database, connect
from models.pilots.evidence import Evidence, Mark, Point
from models.time import utc_now
from tests.examples import NOW, a_pilot

ROOT = Path(__file__).parent.parent.parent
POINTS, CHARTS, MANY = 60, 20, 500
# After so many charts all that is loaded once has been loaded.
WARM = 50
PATIENCE = 60.0  # seconds


def a_chart(seed: int) -> Picture:
    """Return a chart of 60 counts of a class, with a change and a goal."""
    chance = Random(seed)  # noqa: S311 - nothing here is secret
    points = tuple(_point(number, chance.randint(8, 26)) for number in range(POINTS))
    pilot = a_pilot(id=1)
    evidence = Evidence(
        pilot=pilot,
        measure=pilot.measure,
        measure_name=pilot.measure_name,
        unit=pilot.unit,
        better=pilot.better,
        goal=80.0,
        points=points,
        marks=(Mark(points[30].on, "pairs instead of fours", 1),),
        cycles=(1,),
    )
    picture = chart_picture(evidence, at=0)
    assert picture is not None
    return picture


def _point(number: int, count: int) -> Point:
    on = NOW.date() + timedelta(days=7 * number)
    return Point(on, 100 * count / 26, f"{count} of 26", 26, 1, False, number)


def measure_one() -> None:
    seconds = []
    for seed in range(10):
        picture, began = a_chart(seed), process_time()
        picture.paint()
        seconds.append(process_time() - began)
    middle, most = statistics.median(seconds), max(seconds)
    _tell(f"A chart of {POINTS} points, seconds of one core (under 1 is the aim):")
    _tell(f"  median {middle:.2f}   slowest of ten {most:.2f}")


def measure_memory() -> None:
    for seed in range(WARM):
        a_chart(seed).paint()
    before = _peak()
    for seed in range(WARM, MANY):
        a_chart(seed).paint()
    _tell(f"The most memory in use so far, after {WARM} charts and after {MANY}:")
    _tell(f"  {before:.0f} MB   {_peak():.0f} MB")


def _tell(words: str) -> None:
    print(words, flush=True)  # noqa: T201  # a benchmark prints


def _peak() -> float:
    """Return the most memory that was in use so far, in megabytes."""
    # Linux counts it in kilobytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


async def measure_acks() -> None:
    """Time commands while nothing else happens, and while charts are brought to Slack.

    Slack, its people and the bot share one process here, which is harder on the acks than life.
    """
    async with _a_bot() as (slack, bot):
        await _acks_while(slack, asyncio.sleep(3))
        alone = await _acks_while(slack, asyncio.sleep(5))
        busy = await _acks_while(slack, _charts(slack, bot))
    _tell(f"Acks of /problem, one after the other, while {CHARTS} charts are brought to Slack:")
    for name, seconds in (("without charts", alone), ("with charts", busy)):
        middle, worst = 1000 * statistics.median(seconds), 1000 * max(seconds)
        _tell(f"  {name:15} median {middle:5.1f} ms   slowest {worst:5.0f} ms   of {len(seconds)}")
    ratio = statistics.median(busy) / statistics.median(alone)
    _tell(f"  ratio of the medians {ratio:.1f} (the median with charts: under 100 ms is the aim)")


async def _charts(slack: Workspace, bot: Bot) -> None:
    pictures = (a_chart(seed) for seed in range(1000, 1000 + CHARTS))
    asked = [bot.postman.studio.file_of(slack.team_id, one, PATIENCE) for one in pictures]
    if None in await asyncio.gather(*asked):
        _tell("  some charts did not reach Slack")


async def _acks_while(slack: Workspace, work: asyncio.Future[None]) -> list[float]:
    """Return the seconds that each ack took during the work."""
    ana, seconds = slack.person("UANA"), []
    working = asyncio.ensure_future(work)
    while not working.done():
        reply = await ana.types("math-circle", "/problem How do I get quiet students to speak?")
        seconds.append(reply.seconds)
        await asyncio.sleep(0.02)
    await working
    return seconds


@asynccontextmanager
async def _a_bot() -> AsyncIterator[tuple[Workspace, Bot]]:
    slack = Workspace(yaml.safe_load((ROOT / "manifest.yml").read_text()), clock=utc_now)
    slack.add_channel("math-circle", members=[slack.add_user("ana").id, slack.bot_user_id])
    with tempfile.TemporaryDirectory() as folder:
        db = connect(f"sqlite:///{folder}/bench.db")
        await migrations.upgrade(db)
        await _set_up(db.of(slack.team_id))
        async with slack:
            config = Config(
                slack_bot_token=slack.bot_token,
                slack_app_token=slack.app_token,
                slack_api_url=slack.api_url,
            )
            async with running(config, db) as bot:
                yield slack, bot
        await db.close()


async def _set_up(db: Database) -> None:
    async with db.begin() as session:
        community = Community.found(
            channel_id="CMATHCIRCLE", channel_name="math-circle", is_private=False, now=utc_now()
        )
        community.configure(
            name="Math circle", tz="America/Denver", facilitators=["UANA"], now=utc_now()
        )
        session.add(community)


def main() -> None:
    asyncio.run(measure_acks())
    measure_one()
    measure_memory()


if __name__ == "__main__":
    main()
