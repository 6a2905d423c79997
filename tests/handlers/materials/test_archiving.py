"""The archive in Slack: facilitators get it each quarter and when they ask, nobody else does."""

from datetime import UTC, datetime

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks.materials.archiving import archive_button
from handlers.materials.archiving import next_moment, post_archives
from tests.handlers.documents.reading import Document
from tests.handlers.documents.test_archive import tables_in
from tests.handlers.pilots.steps import answer_to, asks
from tests.handlers.problems.steps import TITLE, settle, share, words_of
from tests.handlers.thanks.kind_steps import thanked
from tests.handlers.thanks.test_journal import files_of

pytestmark = pytest.mark.usefixtures("good_manners")
# Friday 1 January 2027, 9:00 in Denver.
QUARTER = datetime(2027, 1, 1, 16, 0, tzinfo=UTC)


async def test_a_facilitator_asks_and_gets_a_document_and_tables(
    ben, world, circle, nameless_problem
):
    await thanked(world, circle, is_private=True, text="our secret", number=1)
    await thanked(world, circle, text="the lab", number=2)

    answer = await asks(ben, world, "/material archive")

    assert "The archive of Math circle comes into our conversation" in answer
    document, tables = files_of(world, "UBEN").values()
    page, rows = Document(document), tables_in(tables)
    assert TITLE in page.words
    assert "Ana thanks Ben" in page.words
    assert "our secret" not in page.words + str(rows)
    [problem] = rows["problems.csv"]
    assert problem["by"] == "a colleague"


async def test_others_get_a_kind_no_and_so_does_a_community_with_nothing(
    ana, ben, world, circle, secret
):
    refused = await asks(ana, world, "/material archive")
    empty = await asks(ben, world, "/material archive")
    await thanked(world, secret, text="quietly", to=["UCHRIS"])
    forged = answer_to(ana)
    button = archive_button(secret).to_dict()
    forged["blocks"].append({"type": "actions", "block_id": "forged", "elements": [button]})
    await ana.presses(archive_button(secret).action_id, message=forged)
    await settle(world)

    assert "Only facilitators can have the archive sent. Ask Ben." in refused
    assert "There is nothing to keep here yet" in empty
    assert "I can't find that community" in words_of(answer_to(ana))
    assert [files_of(world, one) for one in ("UANA", "UBEN")] == [{}, {}]


async def test_each_quarter_the_tick_sends_it_once_also_when_it_runs_twice(
    ana, world, circle, secret
):
    await share(ana, world)
    async with world.db() as session:
        assert await next_moment(session, world.clock()) == QUARTER
    tick = (world.database, world.clock, AsyncWebClient())

    assert await post_archives(*tick) == "0 sent"
    world.clock.move(QUARTER - world.clock())
    await post_archives(*tick)
    await post_archives(*tick)
    await settle(world)

    assert len(files_of(world, "UBEN")) == 2
    assert files_of(world, "UANA") == {}
