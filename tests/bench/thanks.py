"""A minute of thanks in one channel: `python -m tests.bench.thanks --thanks 200`.

Members of a strict Slack thank one another, evenly over a minute, and a bot in a process of its own
says what they say. Tells how soon Slack had its answers, how many cards stand in the channel in the
end and how far apart they came; takes as many seconds as there are thanks, for Slack takes one
message a second. It asserts nothing, for the machine decides.
"""

# ruff: noqa: T201 - a bench prints what it measured

import asyncio
import re
import statistics
import tempfile
from argparse import ArgumentParser
from itertools import pairwise
from pathlib import Path

import yaml

from bot.sandbox.hands import Reply
from bot.sandbox.workspace import Workspace
from models.time import utc_now
from tests.bench.forms import ROOT, program, set_up

CHANNEL = "CMATHCIRCLE"
TEACHERS = 12
# Seconds over which they are spread, and so many more than there are thanks until all are said.
MINUTE = 60
PATIENCE = 60
NUMBER = re.compile(r"lesson (\d+)")


async def _thank(slack: Workspace, number: int, after: float) -> Reply:
    await asyncio.sleep(after)
    giver, receiver = number % TEACHERS, (number + 1) % TEACHERS
    person = slack.person(f"UTEACHER{giver}")
    return await person.types("math-circle", f"/thanks @teacher{receiver} for lesson {number}")


def _said(slack: Workspace) -> list[tuple[int, float]]:
    """Return the number of each card in the channel, and when it came in seconds."""
    cards = [
        (NUMBER.search(str(one["text"])), float(one["ts"]))
        for one in slack.channels[CHANNEL].messages
    ]
    return [(int(found[1]), moment) for found, moment in cards if found]


async def _measure(thanks: int) -> None:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        await set_up(folder)
        slack = Workspace(manifest, clock=utc_now)
        teachers = [slack.add_user(f"teacher{number}").id for number in range(TEACHERS)]
        slack.add_channel("math-circle", members=[*teachers, slack.bot_user_id])
        async with slack, program(slack, folder, "-m", "bot", "run"):
            replies = await asyncio.gather(
                *(_thank(slack, number, number * MINUTE / thanks) for number in range(thanks))
            )
            for _ in range(thanks + PATIENCE):
                if len(_said(slack)) >= thanks:
                    break
                await asyncio.sleep(1)
            _tell(thanks, replies, _said(slack), len(slack.complaints))


def _tell(
    thanks: int, replies: list[Reply], said: list[tuple[int, float]], complaints: int
) -> None:
    acks = sorted(reply.seconds for reply in replies)
    apart = [later - earlier for (_, earlier), (_, later) in pairwise(said)]
    numbers = [number for number, _ in said]
    print(f"{thanks} /thanks in {MINUTE} seconds, in one channel:")
    print(
        f"  acked {sum(reply.acked for reply in replies)}/{thanks}   "
        f"median {statistics.median(acks) * 1000:.0f} ms   slowest {acks[-1] * 1000:.0f} ms"
    )
    print(
        f"  said {len(set(numbers))}/{thanks}   twice {len(numbers) - len(set(numbers))}   "
        f"closest {min(apart, default=0):.2f} s apart   refused by Slack {complaints}"
    )


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--thanks", type=int, default=200)
    arguments, _ = parser.parse_known_args()
    asyncio.run(_measure(arguments.thanks))


if __name__ == "__main__":
    main()
