"""A private pilot is nobody else's business: not in a list, a search, a sum, a line or a count."""

import re
from dataclasses import asdict

import pytest
from sqlalchemy import select

from models.communities import Community
from models.errors import NotAllowedError, NotHereError
from models.pilots import finding, naming
from models.pilots.cycles import EVERYBODY
from models.pilots.evidence import Evidence
from models.pilots.pilot import Circle, Pilot
from models.practices.lineage import Lineage
from models.practices.summing_up import Summary
from models.practices.trials import Trial
from tests.models.pilots.many_pilots import (
    ANIMALS,
    READERS,
    a_workspace,
    all_practices,
    without_what_is_unseen,
)

NUMBERS = range(2)
MISSPELLED = ("aardwark", "cormorrant", "hedgehok", "narwahl")
MOST_PAGES = 20


async def pages(ask) -> list:
    """Return every page there is, and what each says of the whole."""
    found = []
    for number in range(MOST_PAGES):
        page = await ask(number)
        found.append((page.number, page.total, [pilot.id for pilot in page.pilots]))
        if not page.has_earlier:
            break
    return found


async def lists(session, reader: str) -> dict:
    """Return what every list of pilots shows to this reader."""
    shown = {
        "mine": await pages(lambda number: finding.mine(session, reader, number)),
        "network": await pages(lambda number: finding.in_network(session, reader, number)),
        "named": [one.id for one in await naming.named(session, "exit ticket", reader)],
    }
    for community in await session.scalars(select(Community).order_by(Community.id)):
        shown[community.name] = await pages(
            lambda number, there=community: finding.listed(session, there, reader, number)
        )
    return shown


async def finds(session, reader: str) -> dict:
    """Return what every search brings to light for this reader, misspelled words as well."""
    shown = {}
    for words in (*ANIMALS, *MISSPELLED, "find out about"):
        found = await finding.search_for(session, words, reader)
        ids = [pilot.id for pilot in found.page.pilots]
        shown[words] = (ids, found.page.total, found.corrected)
    return shown


def told(trial: Trial) -> tuple:
    return [pilot.id for pilot in trial.cycles], trial.school


async def sums(session, reader: str) -> dict:
    """Return what is summed up and traced of each practice for this reader."""
    shown = {}
    for practice in await all_practices(session):
        summary = await Summary.of(session, practice, reader)
        lineage = await Lineage.of(session, practice, reader)
        shown[practice.name] = [
            *(told(one) for one in summary.trials),
            (summary.teachers, summary.schools, summary.running),
            (sorted(summary.decisions.items()), sorted(summary.moves.items())),
            *(told(one) for one in lineage.trials),
            lineage.sparks,
            lineage.schools,
        ]
    return shown


async def evidence(session, workspace, reader: str) -> dict:
    """Return what the values of each pilot that the reader sees say to them."""
    pilots = await finding.among(session, workspace.seen(reader), reader)
    found = await Evidence.of_all(session, pilots, reader_id=reader)
    return {
        one: ([asdict(point) for point in each.points], each.marks, each.cycles, each.chart)
        for one, each in found.items()
    }


def observed(seen: Evidence) -> set[int]:
    """Return which observations there are; values from before the start are in the plan."""
    return {point.observation_id for point in seen.observed}


async def everything(session, workspace, reader: str) -> dict:
    return {
        "lists": await lists(session, reader),
        "finds": await finds(session, reader),
        "sums": await sums(session, reader),
        "evidence": await evidence(session, workspace, reader),
    }


@pytest.mark.parametrize("number", NUMBERS)
async def test_what_somebody_may_not_see_makes_no_difference_to_them(db, number):
    workspace = await a_workspace(db, number)
    hidden = 0
    for reader in READERS:
        async with db.begin() as session:
            with_all = await everything(session, workspace, reader)

            hidden += len(await without_what_is_unseen(session, workspace, reader))

            assert await everything(session, workspace, reader) == with_all
            await session.rollback()
    assert hidden


@pytest.mark.parametrize("number", NUMBERS)
async def test_everybody_sees_their_own_and_what_they_were_let_see(db, number):
    workspace = await a_workspace(db, number)
    for reader in READERS:
        seen = set(workspace.seen(reader))
        async with db() as session:
            shown = await everything(session, workspace, reader)
            for pilot in workspace.pilots:
                if pilot.id in seen:
                    assert (await finding.seen_by(session, pilot.id, reader)).id == pilot.id
                else:
                    with pytest.raises(NotHereError):
                        await finding.seen_by(session, pilot.id, reader)

        mine = {one.id for one in workspace.pilots if one.member_id == reader}
        own = [one for _, _, ids in shown["lists"]["mine"] for one in ids]
        others = [one for _, _, ids in shown["lists"]["network"] for one in ids]
        shared = {one.id for one in workspace.pilots if one.circle != Circle.ME}
        assert set(own) == seen & mine
        assert set(others) == seen & shared
        found = [one for name in ANIMALS for one in shown["finds"][name][0]]
        assert set(found) == seen
        traced = [one for of_one in shown["sums"].values() for one in of_one[-2]]
        assert all(max(spark) < len(seen) for spark in traced)
        assert set(shown["evidence"]) == seen


@pytest.mark.parametrize("number", NUMBERS)
async def test_nobody_can_change_what_they_may_not_see_and_only_their_own(db, number):
    workspace = await a_workspace(db, number)
    for reader in READERS:
        async with db() as session:
            for pilot in workspace.pilots:
                if pilot.member_id == reader and pilot.deleted_at is None:
                    assert await finding.owned_by(session, pilot.id, reader)
                    continue
                wanted = NotAllowedError if workspace.sees(reader, pilot) else NotHereError
                with pytest.raises(wanted):
                    await finding.owned_by(session, pilot.id, reader)


@pytest.mark.parametrize("number", NUMBERS)
async def test_what_a_whole_circle_reads_holds_nothing_that_one_of_them_may_not_see(db, number):
    workspace = await a_workspace(db, number)
    async with db() as session:
        shared = [one for one in workspace.pilots if one.circle != Circle.ME and not one.deleted_at]
        found = await Evidence.of_all(session, shared, reader_id=EVERYBODY)
        owner_of = {one.id: one for one in workspace.pilots}
        for pilot in shared:
            circle = [one for one in READERS if workspace.sees(one, pilot)]
            each = [await Evidence.of(session, pilot, reader_id=one) for one in circle]

            least = set.intersection(*map(observed, each))

            assert observed(found[pilot.id]) <= least
        for practice in await all_practices(session):
            summary = await Summary.of(session, practice, EVERYBODY)
            cycles = [cycle for trial in summary.trials for cycle in trial.cycles]
            assert all(owner_of[cycle.id].circle == Circle.NETWORK for cycle in cycles)


@pytest.mark.parametrize("number", NUMBERS)
async def test_the_search_keeps_no_word_of_a_private_pilot(db, database, number):
    workspace = await a_workspace(db, number)
    async with database.engine.connect() as connection:
        kept = {}
        for name in ("search_entries", "search_words"):
            table = Pilot.metadata.tables[name]
            kept[name] = repr((await connection.execute(select(table))).all())

    for pilot, animal in zip(workspace.pilots, ANIMALS, strict=True):
        is_findable = pilot.circle != Circle.ME and pilot.deleted_at is None
        assert bool(re.search(animal, kept["search_entries"])) is is_findable
