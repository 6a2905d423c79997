"""Which words are counted, for whom, and how they are taken to their stems."""

import asyncio
import sqlite3
from itertools import product

import pytest
from sqlalchemy import select

from models.search import find, forget, keep
from models.search.stems import stem_of
from models.search.vocabulary import SearchWord
from models.search.words import words_of
from tests.models.test_search import CIRCLE, OTHERS, PROBLEM, an_entry, kept

ROOTS = words_of("teach discuss happy hop relate general possible care conform fail tie size y b")
ENDINGS = words_of(
    "s es ed ing er ers y ies ly ful fully fulness ness ment ments ation ations ational ator ize "
    "izer ization able ibly ability ive ively iveness ous ously ousness al ally ality alism ent "
    "ently ence ency ant ance ancy ion ions sses eed eeds bli logy icate iciti ical ate ll lled"
)


async def counted(db, sight: str = f"{PROBLEM}/open") -> dict[str, int]:
    async with db() as session:
        rows = await session.execute(
            select(SearchWord.word, SearchWord.entries).where(SearchWord.sight == sight)
        )
        return dict(rows.all())


def test_stems_are_those_of_sqlites_own_porter():
    words = [
        root + ending for root, ending in product(ROOTS, ["", *ENDINGS]) if len(root + ending) > 3
    ]
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE porter USING fts5(word, tokenize = 'porter')")
    database.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(porter, instance)")
    database.executemany("INSERT INTO porter (rowid, word) VALUES (?, ?)", enumerate(words))

    stems = dict(database.execute("SELECT doc, term FROM stems"))
    database.close()

    assert {word: stem_of(word) for word in words} == {words[doc]: stems[doc] for doc in stems}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ana's students' talk", ["ana", "students", "talk"]),
        ("I don’t know: l’école!", ["i", "dont", "know", "l", "ecole"]),
        ("Straße ﬁnal Ⅻ", ["strasse", "final", "xii"]),
        ("snake_case e-mail", ["snake", "case", "e", "mail"]),
        ("co\u00adoperate \0 \ud800 🎉", ["cooperate"]),
        ("z" * 99, ["z" * 40]),
    ],
)
def test_a_text_is_taken_apart_into_plain_words(text, words):
    assert words_of(text) == words


async def test_each_entry_counts_its_words_once(db):
    await kept(db, an_entry("Talk, talk", 1, body="talk"), an_entry("Talk more", 2))

    assert await counted(db) == {"": 2, "talk": 2, "more": 1}


async def test_a_change_counts_only_what_changed(db):
    await kept(db, an_entry("Quiet talk", 1), an_entry("Quiet work", 2))

    await kept(db, an_entry("Loud talk", 1))

    assert await counted(db) == {"": 2, "quiet": 1, "loud": 1, "talk": 1, "work": 1}


async def test_a_thing_made_private_takes_its_words_along(db):
    await kept(db, an_entry("Quiet talk"))

    await kept(db, an_entry("Quiet talk", is_open=False))

    assert await counted(db) == {}
    assert await counted(db, f"{PROBLEM}/{CIRCLE}") == {"": 1, "quiet": 1, "talk": 1}


async def test_what_is_not_committed_is_not_counted(db):
    async with db() as session:
        await keep(session, an_entry("Quiet"))
        await session.rollback()
        await session.commit()

    assert await counted(db) == {}


async def test_what_is_rolled_back_to_a_savepoint_is_not_counted(db):
    async with db.begin() as session:
        await keep(session, an_entry("Quiet", 1))
        savepoint = await session.begin_nested()
        await keep(session, an_entry("Loud", 2))
        await savepoint.rollback()
        async with session.begin_nested():
            await keep(session, an_entry("Soft", 3))

    assert await counted(db) == {"": 2, "quiet": 1, "soft": 1}


async def test_a_word_of_a_private_community_is_not_offered_to_outsiders(db):
    await kept(db, an_entry("Zebrafish", 1, is_open=False), an_entry("Zebras", 2))

    async with db() as session:
        insider = await find(session, "zebrafihs", kinds=[PROBLEM], communities=[CIRCLE])
        outsider = await find(session, "zebrafihs", kinds=[PROBLEM], communities=[OTHERS])

    assert insider.corrected == {"zebrafihs": "zebrafish"}
    assert (outsider.hits, outsider.corrected) == ([], {})


async def test_a_word_only_others_use_is_corrected_to_one_the_viewer_can_find(db):
    await kept(db, an_entry("Grammer", 1, is_open=False), an_entry("Grammar", 2))

    async with db() as session:
        outsider = await find(session, "grammer", kinds=[PROBLEM], communities=[])

    assert outsider.corrected == {"grammer": "grammar"}
    assert [hit.about_id for hit in outsider.hits] == [2]


async def test_writers_at_once_count_right_and_never_wait_in_a_circle(db):
    words = " ".join(f"word{number}" for number in range(200))

    async def share(number: int) -> None:
        both = [an_entry(words, number), an_entry(words, number + 100, is_open=False)]
        await kept(db, *(both if number % 2 else reversed(both)))

    async with asyncio.timeout(30):
        await asyncio.gather(*(share(number) for number in range(12)))

    assert set((await counted(db)).values()) == {12}
    assert set((await counted(db, f"{PROBLEM}/{CIRCLE}")).values()) == {12}


async def test_the_same_thing_kept_and_forgotten_at_once_leaves_no_word_too_many(db):
    async def change(number: int) -> None:
        async with db.begin() as session:
            if number % 3:
                await keep(session, an_entry(f"Quiet talk {number}"))
            else:
                await forget(session, PROBLEM, 1)

    async with asyncio.timeout(30):
        await asyncio.gather(*(change(number) for number in range(30)))
    await kept(db, an_entry("Last words"))

    assert await counted(db) == {"": 1, "last": 1, "words": 1}
