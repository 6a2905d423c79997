"""The practices that come with the bot, and how a workspace gets them."""

import asyncio
import re

import pytest
from sqlalchemy import func, select

from models.practices import editing, finding
from models.practices.starters import STARTERS
from models.practices.stocking import missing_from
from models.practices.wording import PracticeWording
from models.search.entries import SearchEntry
from tests.examples import BEN, NOW
from tests.models.practices.steps import all_practices, found, named, stocked


def test_a_new_tool_belt_has_enough_to_choose_from():
    assert len(STARTERS) >= 24
    assert len({wording.name.casefold() for wording in STARTERS.values()}) == len(STARTERS)
    assert max(map(len, STARTERS)) <= 40


@pytest.mark.parametrize("wording", STARTERS.values(), ids=STARTERS)
def test_a_starter_says_all_that_a_form_asks_for(wording):
    typed = PracticeWording.of(
        name=wording.name,
        what=wording.what,
        steps="\n".join(wording.steps),
        minutes=str(wording.minutes),
        fits=wording.fits,
        materials=wording.materials,
        topics=", ".join(wording.topics),
        subject=wording.subject,
        grades=wording.grades,
    )

    assert typed == wording
    assert wording.fits
    assert wording.topics
    assert wording.grades
    assert 3 <= len(wording.steps) <= 5


@pytest.mark.parametrize("wording", STARTERS.values(), ids=STARTERS)
def test_a_starter_never_tells_a_teacher_what_they_should_do(wording):
    assert not re.search(r"\b(should|must|have to|always|best practice)\b|!", wording.everything)


async def test_stocking_twice_puts_each_there_once(db):
    await stocked(db)
    await stocked(db)

    practices = await all_practices(db)
    assert [one.starter_key for one in practices] == list(STARTERS)
    async with db() as session:
        assert await session.scalar(select(func.count(SearchEntry.id))) == len(STARTERS)
        assert await missing_from(session) == []


async def test_two_that_stock_at_once_put_each_there_once(db):
    await asyncio.gather(*(stocked(db) for _ in range(4)))

    assert len(await all_practices(db)) == len(STARTERS)
    assert await found(db, "muddy") == ["Muddiest point"]


async def test_workspaces_have_a_tool_belt_each(db, database):
    await stocked(db)

    assert await all_practices(database.of("T0OTHER")) == []
    assert await found(database.of("T0OTHER"), "exit ticket") == []


async def test_a_starter_that_was_withdrawn_does_not_come_back(db):
    await stocked(db)
    async with db.begin() as session:
        practice = await finding.by_name(session, "Jigsaw")
        await editing.withdraw(session, practice, by=BEN, now=NOW)

    await stocked(db)

    assert await named(db, "jigsaw") == []
    assert await found(db, "jigsaw") == []
    assert len(await all_practices(db)) == len(STARTERS)


async def test_a_starter_keeps_the_words_that_members_gave_it(db):
    await stocked(db)
    async with db.begin() as session:
        practice = await finding.by_name(session, "Jigsaw")
        wording = PracticeWording.of(name="Puzzle", what="As we do it.", steps="Begin.")
        await editing.edit(session, practice, wording, by=BEN, now=NOW)

    await stocked(db)

    assert await named(db, "puzzle") == ["Puzzle"]
    assert await named(db, "jigsaw") == []
