"""What of the things that are kept a search takes into account, and what no longer."""

from models.search import find, forget, keep
from tests.models.test_search import CIRCLE, MATERIAL, OTHERS, PROBLEM, an_entry, found, kept


async def test_facets_narrow_a_search(db):
    await kept(
        db,
        an_entry("Fractions", 1, filters={"grade": ["5", "6"], "topic": "C++ & co’s"}),
        an_entry("Fractions", 2, filters={"grade": "7"}),
    )

    assert await found(db, "fractions", filters={"grade": "6"}) == [1]
    assert await found(db, "fractions", filters={"grade": ["6", "7"]}) == [2, 1]
    assert await found(db, "", filters={"topic": "c++ & co’s"}) == [1]
    assert await found(db, "fractions", filters={"grade": "7", "topic": "C++ & co’s"}) == []


async def test_a_search_is_for_the_kinds_asked_for(db):
    await kept(db, an_entry("Fractions", 1), an_entry("Fractions", 2, kind=MATERIAL))

    assert await found(db, "fractions", kinds=[MATERIAL]) == [2]
    assert await found(db, "fractions", kinds=[]) == []


async def test_findings_can_be_paged_through(db):
    await kept(db, *(an_entry("Fractions", number) for number in range(12)))

    async with db() as session:
        findings = await find(
            session, "fractions", kinds=[PROBLEM], communities=[], page=slice(10, 20)
        )

    assert [hit.about_id for hit in findings.hits] == [1, 0]
    assert findings.total == 12


async def test_of_a_changed_thing_only_the_new_words_are_found(db):
    await kept(db, an_entry("Fractions"))

    await kept(db, an_entry("Decimals", is_open=False))

    assert await found(db, "fractions") == []
    assert await found(db, "decimals") == [1]
    assert await found(db, "decimals", communities=[OTHERS]) == []


async def test_a_forgotten_thing_is_not_found_and_its_words_are_not_offered(db):
    await kept(db, an_entry("Fractions"))

    async with db.begin() as session:
        await forget(session, PROBLEM, 1)
        await forget(session, PROBLEM, 1)

    async with db() as session:
        findings = await find(session, "fractoins", kinds=[PROBLEM], communities=[CIRCLE])
    assert (findings.hits, findings.corrected) == ([], {})


async def test_a_search_in_the_same_transaction_finds_what_was_just_kept(db):
    async with db.begin() as session:
        await keep(session, an_entry("Fractions"))
        findings = await find(session, "fractoins", kinds=[PROBLEM], communities=[])

    assert findings.corrected == {"fractoins": "fractions"}
