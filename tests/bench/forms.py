"""1,000 `/problem` at once: our throughput as a share of a bare Bolt app's with the same form."""

import asyncio
import json
import os
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.sandbox.workspace import Workspace
from models import migrations
from models.communities import Community
from models.database import connect
from models.time import utc_now

COMMANDS = 1000
ROUNDS = 5
ROOT = Path(__file__).parent.parent.parent
TEXT = "How do I get quiet students into small-group talk?"


@dataclass(frozen=True)
class Result:
    """What came of one round: seconds until the last form was open, and the slowest ack."""

    seconds: float
    slowest_ack: float
    acked: int
    opened: int


@asynccontextmanager
async def program(slack: Workspace, folder: Path, *arguments: str) -> AsyncIterator[None]:
    environment = {
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "DATABASE_URL": f"sqlite:///{folder}/bench.db",
        "LOG_LEVEL": "WARNING",
        "PYTHONPATH": str(ROOT),
    }
    slack.socket.connected.clear()
    program = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=folder, env=os.environ | environment
    )
    try:
        await slack.bot_connected(20)
        yield
    finally:
        program.terminate()
        await program.wait()


async def _one_round(slack: Workspace) -> Result:
    people = [slack.person(f"UTEACHER{number}") for number in range(COMMANDS)]
    before, start = len(slack.calls), utc_now()
    replies = await asyncio.gather(
        *(person.types("math-circle", f"/problem {TEXT}") for person in people)
    )
    await slack.settled(timeout=30)
    opened = [
        call
        for call in slack.calls[before:]
        if call.method == "views.open" and (call.response or {}).get("ok")
    ]
    return Result(
        seconds=(max(call.at for call in opened) - start).total_seconds(),
        slowest_ack=max(reply.seconds for reply in replies),
        acked=sum(reply.acked for reply in replies),
        opened=len(opened),
    )


async def set_up(folder: Path) -> None:
    db = connect(f"sqlite:///{folder}/bench.db")
    await migrations.upgrade(db)
    async with db.of("T0STAFF").begin() as session:
        community = Community.found(
            channel_id="CMATHCIRCLE", channel_name="math-circle", is_private=False, now=utc_now()
        )
        community.workspace_id = "T0STAFF"
        session.add(community)
        community.configure(
            name="Math circle", tz="America/Denver", facilitators=["UANA"], now=utc_now()
        )
    await db.close()


def _as_sent(view: dict[str, Any]) -> dict[str, Any]:
    """Return the form as the bot sent it, without what Slack adds."""
    kept = ("type", "callback_id", "title", "submit", "close", "private_metadata", "blocks")
    return {name: view[name] for name in kept if view.get(name)}


def _tell(name: str, results: list[Result]) -> float:
    rate = statistics.median(result.opened / result.seconds for result in results)
    print(  # noqa: T201  # a benchmark prints
        f"  {name:10} {rate:6.0f} forms/s   slowest ack "
        f"{max(result.slowest_ack for result in results):.2f} s   "
        f"acked {min(result.acked for result in results)}/{COMMANDS}   "
        f"opened {min(result.opened for result in results)}/{COMMANDS}"
    )
    return rate


async def main() -> None:
    """Measure both in turn, so that whatever else the machine does hits both."""
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        await set_up(folder)
        slack = Workspace(manifest, clock=utc_now, strict=False)
        teachers = [slack.add_user(f"teacher{number}").id for number in range(COMMANDS)]
        slack.add_channel("math-circle", members=[*teachers, slack.bot_user_id])
        async with slack:
            form = folder / "form.json"
            ours: list[Result] = []
            bare: list[Result] = []
            async with program(slack, folder, "-m", "bot", "run"):
                await slack.person(teachers[0]).types("math-circle", f"/problem {TEXT}")
                # The first command looks its community up, of which the bot tells Slack nothing.
                await slack.settled(quiet=1)
                form.write_text(json.dumps(_as_sent(next(iter(slack.views.values())))))
            for _ in range(ROUNDS):
                async with program(slack, folder, "-m", "tests.bench.bare", str(form)):
                    bare.append(await _one_round(slack))
                async with program(slack, folder, "-m", "bot", "run"):
                    ours.append(await _one_round(slack))
    print(f"{COMMANDS} /problem at once, median of {ROUNDS} rounds:")  # noqa: T201
    yardstick, rate = _tell("bare Bolt", bare), _tell("Staffroom", ours)
    print(f"  ratio      {rate / yardstick:.2f} (at least 0.70 is the aim)")  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main())
