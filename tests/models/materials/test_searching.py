"""Searching materials by words, filters and titles, as somebody remembers them."""

import pytest

from models.materials import searching
from models.materials.facets import facets_seen
from models.materials.filters import Sought
from models.materials.material import Addition, Circle, Kind
from models.materials.visibility import keep_findable
from tests.examples import ANA, BEN, NOW
from tests.models.materials.keeping import STAFF_LOUNGE, a_circle, a_kept_material


@pytest.fixture
async def shelf(db):
    """A rubric and a video about fractions, and lessons about poems, all in Ana's community."""
    circle = await a_circle(db)
    video = {"title": "Pizza fractions", "kind": Kind.VIDEO, "grades": "3", "topics": ["Fractions"]}
    poems = {"title": "Poems aloud", "kind": Kind.LESSON, "subject": "English", "topics": ["poems"]}
    await a_kept_material(db, circle, number=1)
    await a_kept_material(db, circle, number=2, note="Cutting a pizza.", **video)
    await a_kept_material(db, circle, number=3, grades="7–9", **poems)
    return circle


async def found(db, typed, member_id=BEN):
    async with db() as session:
        result = await searching.search_for(session, Sought.typed(typed), member_id)
    return [one.title for one in result.page.materials], result.corrected


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("fraction rubric", ["Fraction talk rubric"]),
        ("pizza", ["Pizza fractions"]),
        ("fractions kind:video", ["Pizza fractions"]),
        ("grade:8", ["Poems aloud"]),
        ("subject:math grade:5", ["Fraction talk rubric"]),
        ("topic:FRACTIONS kind:rubric", ["Fraction talk rubric"]),
        ("example.org poems", ["Poems aloud"]),
        ("kind:protocol", []),
    ],
)
async def test_words_and_filters_find_what_fits_both(db, shelf, typed, titles):
    assert (await found(db, typed))[0] == titles


@pytest.mark.parametrize(
    ("typed", "titles", "corrected"),
    [
        ("fracton rubrik", ["Fraction talk rubric"], {"fracton": "fraction", "rubrik": "rubric"}),
        ("subject:englisch", ["Poems aloud"], {"englisch": "english"}),
        ("topic:poem", ["Poems aloud"], {"poem": "poems"}),
    ],
)
async def test_misspelled_words_and_filters_are_forgiven_and_named(
    db, shelf, typed, titles, corrected
):
    assert await found(db, typed) == (titles, corrected)


async def test_what_colleagues_added_is_found_as_well(db, shelf):
    material = await a_kept_material(db, shelf, number=4, title="Board game")
    async with db.begin() as session:
        session.add(
            Addition(
                request_key="A1",
                material_id=material.id,
                member_id=BEN,
                note="Works with dominoes.",
                added_at=NOW,
            )
        )
        await session.flush()
        await keep_findable(session, await session.merge(material))

    assert (await found(db, "dominoes"))[0] == ["Board game"]


async def test_what_was_deleted_is_found_by_nobody(db, shelf):
    material = await a_kept_material(db, shelf, number=4, title="Zeppelin model")
    async with db.begin() as session:
        row = await session.merge(material)
        row.deleted_at = NOW
        await keep_findable(session, row)

    assert (await found(db, "zeppelin"))[0] == []


async def test_nobody_is_offered_or_corrected_to_what_only_others_see(db, shelf):
    lounge = await a_circle(db, channel_id=STAFF_LOUNGE, members=(ANA,))
    await a_kept_material(
        db, lounge, number=4, title="Secret", subject="Alchemy", topics=["gold"], grades="13"
    )

    async with db() as session:
        to_ben = await facets_seen(session, BEN)
        to_ana = await facets_seen(session, ANA)

    assert await found(db, "subject:alchemi") == ([], {})
    assert (await found(db, "subject:alchemi", ANA))[0] == ["Secret"]
    assert to_ben.subjects == ("math", "english")
    assert to_ben.grades == ("3", "5", "6", "7", "8", "9")
    assert to_ben.topics == ("fractions", "poems", "talk")
    assert "alchemy" in to_ana.subjects
    assert to_ana.grades[-1] == "13"


async def test_a_search_comes_in_pages_and_a_forged_page_is_the_last_one(db):
    circle = await a_circle(db)
    for number in range(7):
        await a_kept_material(db, circle, number=number, circle=Circle.NETWORK)

    async with db() as session:
        sought = Sought(words="fraction")
        first = (await searching.search_for(session, sought, BEN)).page
        last = (await searching.search_for(session, sought, BEN, 10**6)).page

    assert (len(first.materials), first.total, first.has_earlier) == (5, 7, True)
    assert (len(last.materials), last.number, last.has_earlier) == (2, 1, False)
    assert not {one.id for one in first.materials} & {one.id for one in last.materials}


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("fraction talk rubric", ["Fraction talk rubric"]),
        ("POEMS  ALOUD", ["Poems aloud"]),
        ("piza fraction", ["Pizza fractions"]),
        ("volcano", []),
    ],
)
async def test_a_title_is_known_as_somebody_remembers_it(db, shelf, words, titles):
    async with db() as session:
        materials = await searching.named(session, words, BEN)

    assert [one.title for one in materials][: len(titles) or None] == titles
