"""What a search finds, and what it offers as similar."""

from datetime import UTC, datetime, timedelta

import pytest

from models.database import Database, UnscopedError
from models.search import Entry, find, keep, similar

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
PROBLEM, MATERIAL = "problem", "material"
CIRCLE, OTHERS = 7, 8

PROBLEMS = {
    1: (
        "How do I get quiet students into small-group talk?",
        "Grade 9 math. The same three students speak while the others wait. I tried sentence "
        "starters and roles. How can I make talking feel safe for shy students?",
    ),
    2: (
        "Exit tickets nobody reads",
        "I collect exit tickets every Friday and they pile up on my desk. How do you read exit "
        "tickets fast enough to act on them in the next lesson?",
    ),
    3: (
        "Differentiating fractions",
        "In grade 5 some students still count on fingers and others are bored. I tried stations.",
    ),
    4: (
        "Phones during independent work",
        "Phones come out as soon as independent work begins. I tried a phone parking lot.",
    ),
    5: (
        "Late work policy",
        "Late work arrives in the last week and I grade 120 assignments in two days. What is fair?",
    ),
    6: (
        "Calculators in algebra",
        "Students reach for the calculator for 7 times 8. When do you discuss it, when ban it?",
    ),
}


def an_entry(title: str = "Quiet students", about_id: int = 1, **kwargs: object) -> Entry:
    values = {"kind": PROBLEM, "is_open": True, "community_id": CIRCLE, "happened_at": NOW}
    return Entry(title=title, about_id=about_id, **(values | kwargs))


async def kept(db: Database, *entries: Entry) -> None:
    async with db.begin() as session:
        for entry in entries:
            await keep(session, entry)


async def found(db: Database, words: str, **narrowed: object) -> list[int]:
    async with db() as session:
        where = {"kinds": [PROBLEM], "communities": [CIRCLE]} | narrowed
        return [hit.about_id for hit in (await find(session, words, **where)).hits]


@pytest.fixture
async def library(db: Database) -> Database:
    """A workspace whose teachers have shared all PROBLEMS."""
    await kept(
        db, *(an_entry(title, number, body=body) for number, (title, body) in PROBLEMS.items())
    )
    return db


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("quiet", 1),
        ("QUIET", 1),
        ("fraction", 3),
        ("differentiate", 3),
        ("discussions", 6),
        ("collecting tickets", 2),
        ("calc", 6),
        ("late pol", 5),
        ("small-group", 1),
    ],
)
async def test_a_word_is_found_in_any_of_its_forms(library, typed, meant):
    assert await found(library, typed) == [meant]


@pytest.mark.parametrize(
    ("typed", "used", "meant"),
    [
        ("qiuet", "quiet", 1),
        ("calculaters", "calculators", 6),
        ("indepandent", "independent", 4),
        ("diferenciating", "differentiating", 3),
        ("ractions", "fractions", 3),
    ],
)
async def test_a_misspelled_word_is_understood(library, typed, used, meant):
    async with library() as session:
        findings = await find(session, typed, kinds=[PROBLEM], communities=[])

    assert [hit.about_id for hit in findings.hits] == [meant]
    assert findings.corrected == {typed: used}


async def test_a_word_that_is_used_is_never_corrected(library):
    async with library() as session:
        findings = await find(session, "late work", kinds=[PROBLEM], communities=[])

    assert findings.corrected == {}


async def test_accents_and_writing_directions_do_not_matter(db):
    await kept(db, an_entry("Café à l’école", 1), an_entry("שִׁיחָה בקבוצות", 2))

    assert await found(db, "cafe ecole") == [1]
    assert await found(db, "\u200fשיחה\u200f") == [2]


async def test_what_holds_all_words_comes_alone(library):
    assert await found(library, "students grade fingers") == [3]


async def test_when_nothing_holds_all_words_any_of_them_will_do_the_most_first(library):
    assert await found(library, "phones speak safe") == [1, 4]


async def test_a_word_in_the_title_weighs_more_than_one_in_the_text(db):
    await kept(
        db,
        an_entry("Something else", 1, body="rubrics"),
        an_entry("Rubrics", 2, body="and a long story of how it all began " * 9),
    )

    assert await found(db, "rubric") == [2, 1]


async def test_of_equals_the_newest_comes_first(db):
    await kept(
        db, an_entry("Rubrics", 1, happened_at=NOW + timedelta(days=1)), an_entry("Rubrics", 2)
    )

    assert await found(db, "rubrics") == [1, 2]


@pytest.mark.parametrize(
    "typed",
    [
        "quiet AND",
        '"quiet',
        "NEAR(quiet)",
        "quiet*",
        "-quiet",
        "title:quiet",
        "(quiet) & !| <->",
        "'); DROP TABLE search_entries; -- quiet",
        "quiet\0",
        "🎉 quiet 🎉",
        "quiet \ud83c",
        "^quiet \\",
    ],
)
async def test_signs_between_the_words_mean_nothing(library, typed):
    assert (await found(library, typed))[0] == 1


@pytest.mark.parametrize("typed", ["", "   ", "🎉", '"*"', "AND-", "\0", "=quiet@"])
async def test_only_words_find_something(library, typed):
    assert await found(library, typed) == await found(library, typed.strip('=@*"-\0 '))


async def test_a_search_across_workspaces_is_refused(database):
    async with database.everywhere()() as session:
        with pytest.raises(UnscopedError):
            await find(session, "fractions", kinds=[PROBLEM], communities=[])


@pytest.mark.parametrize(
    ("text", "like"),
    [
        (
            "Nobody talks in group work. When I put ninth graders into groups they stay quiet and "
            "one student does the talking. How do I help shy students to speak?",
            [1],
        ),
        ("I have 130 exit tickets a day and no time to read them", [2]),
        ("Students hide their phones under the desk during work time", [4]),
        ("Field trip permission slips never come back in time, what do you do?", []),
        ("Which rituals do you use to start the day with grade 2?", []),
        ("How do you do it when it is like this, and what would you want to do about it?", []),
        ("", []),
    ],
)
async def test_a_text_resembles_those_that_share_its_telling_words(library, text, like):
    async with library() as session:
        hits = await similar(session, text, kinds=[PROBLEM], communities=[])

    assert [hit.about_id for hit in hits] == like


async def test_a_thing_is_not_similar_to_itself(library):
    async with library() as session:
        hits = await similar(
            session, " ".join(PROBLEMS[2]), kinds=[PROBLEM], communities=[], except_id=2
        )

    assert hits == []


async def test_what_others_may_not_see_is_not_offered_as_similar(db):
    title, body = PROBLEMS[2]
    await kept(db, an_entry(title, 2, body=body, is_open=False))

    async with db() as session:
        shown = [
            len(await similar(session, body, kinds=[PROBLEM], communities=[community]))
            for community in (CIRCLE, OTHERS)
        ]

    assert shown == [1, 0]
