"""Finding a practice: by its name as one remembers it, by words, or page by page."""

import pytest

from models.errors import NotHereError
from models.practices import finding
from models.practices.finding import PAGE_SIZE
from models.practices.starters import STARTERS
from tests.models.practices.steps import add, found, named, stocked


@pytest.mark.parametrize(
    "words", ["Exit ticket", "  EXIT  ticket ", "exit", "exti tiket", "ticket exit"]
)
async def test_a_name_is_understood_as_one_remembers_it(db, words):
    await stocked(db)

    assert await named(db, words) == ["Exit ticket"]


async def test_a_part_of_several_names_asks_which_one(db):
    await stocked(db)

    assert await named(db, "pair") == ["Think, pair, share?", "Worked example pairs?"]


async def test_an_exact_name_counts_more_than_a_longer_one(db):
    await add(db, name="Pair")
    await add(db, key="V2", name="Pair talk")

    assert await named(db, "pair") == ["Pair"]


@pytest.mark.parametrize("words", ["xyzzy", "", " ", "!!", "\u200b"])
async def test_what_is_no_name_leads_nowhere(db, words):
    await stocked(db)

    assert await named(db, words) == []


async def test_words_find_in_every_part_of_a_practice(db):
    await add(db, name="First", steps="Walk around with a clipboard.")
    await add(db, key="V2", name="Second", materials="A clipboard")
    await add(db, key="V3", name="Third", topics="clipboards")
    await add(db, key="V4", name="Fourth")

    assert sorted(await found(db, "clipbord")) == ["First", "Second", "Third"]


async def test_pages_hold_all_by_name(db):
    await stocked(db)

    async with db() as session:
        pages = [await finding.page_of(session, number) for number in range(6)]

    names = [one.name for page in pages[: pages[0].pages] for one in page.practices]
    assert names == sorted((one.name for one in STARTERS.values()), key=str.lower)
    assert [len(page.practices) for page in pages[:2]] == [PAGE_SIZE, PAGE_SIZE]
    assert (pages[0].has_earlier, pages[0].has_later) == (False, True)
    assert pages[5].number == pages[0].pages - 1
    assert not pages[5].has_later


async def test_a_page_of_nothing_is_one_empty_page(db):
    async with db() as session:
        page = await finding.page_of(session, 7)

    assert (page.practices, page.number, page.pages, page.has_later) == ((), 0, 1, False)


async def test_a_list_to_choose_from_offers_all_at_first_and_then_what_fits(db):
    await stocked(db)

    async with db() as session:
        first = await finding.like(session, "", 100)
        typing = await finding.like(session, "wo", 100)
        misspelled = await finding.like(session, "jigsow", 100)

    assert len(first) == len(STARTERS)
    assert [one.name for one in typing][:2] == ["Worked example pairs", "Two minutes for ten days"]
    assert misspelled[0].name == "Jigsaw"


@pytest.mark.parametrize("forged", ["", "0", "-1", "9" * 20, "1; DROP TABLE practices", None])
async def test_a_forged_id_finds_nothing(db, forged):
    async with db() as session:
        with pytest.raises(NotHereError):
            await finding.of(session, forged)
