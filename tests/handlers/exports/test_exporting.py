"""An export in Slack: leads get it into their own conversation, others are told whom to ask."""

from datetime import timedelta

import pytest

from handlers.blocks.exports.ids import EXPORT
from models.exports import sending
from models.members import Member
from tests.handlers.conftest import a_second_community
from tests.handlers.documents.test_archive import tables_in
from tests.handlers.pilots.steps import answer_to, asks, presses
from tests.handlers.problems.steps import TITLE
from tests.handlers.thanks.kind_steps import thanked
from tests.handlers.thanks.test_journal import files_of

pytestmark = pytest.mark.usefixtures("good_manners")


def tables(world, member_id="UDANA"):
    """Return the tables of the one file that somebody got, by name."""
    [content] = files_of(world, member_id).values()
    return tables_in(content)


async def test_a_lead_gets_tables_without_what_is_private_or_nameless(
    dana, world, circle, nameless_problem
):
    await thanked(world, circle, is_private=True, text="our secret", number=1)
    await thanked(world, circle, text="=the lab", number=2)

    answer = await asks(dana, world, "/staffroom export")

    assert "They come into our conversation as one ZIP file" in answer
    rows = tables(world)
    [community], [problem], [thanks] = (
        rows[name] for name in ("communities.csv", "problems.csv", "thanks.csv")
    )
    assert (community["community"], community["members"]) == ("Math circle", "4")
    assert (problem["title"], problem["by"]) == (TITLE, "a colleague")
    assert (thanks["from"], thanks["for what"]) == ("Ana", "'=the lab")
    assert "our secret" not in str(rows)


async def test_a_teacher_gets_nothing_but_the_name_of_whom_to_ask(ana, world, circle):
    answer = await asks(ana, world, "/staffroom export")

    assert "can export the network’s records. Ask Dana." in answer
    assert files_of(world, "UANA") == {}


async def test_with_many_communities_one_message_says_how_far_it_is(dana, world, circle):
    for number in range(4):
        name = f"circle-{number}"
        await a_second_community(world, f"C{number}", name, f"Circle {number}")

    await asks(dana, world, "/staffroom settings")

    await presses(dana, world, EXPORT, answer_to(dana))

    shown = [one for one in world.letters("UDANA") if "communities are in" in one["text"]]
    assert [one["text"] for one in shown] == ["All 5 communities are in; the file follows."]
    said = [
        (one.method, one.args["text"])
        for one in world.slack.calls
        if "communities" in one.args.get("text", "")
    ]
    assert said[0] == (
        "chat.postMessage",
        "Putting the records together: 1 of 5 communities.",
    )
    assert said[-1][0] == "chat.update"
    assert len(tables(world)["communities.csv"]) == 5


async def test_when_whoever_gathered_the_records_dies_the_file_comes_all_the_same(
    dana, world, circle
):
    async with world.db.begin() as session:
        member = await Member.find(session, "UDANA")
        await sending.ask(session, member, "R1", world.clock())
    await world.settled()
    assert files_of(world, "UDANA") == {}

    await world.moves(sending.GATHERED_WITHIN + timedelta(seconds=1))

    assert len(tables(world)["communities.csv"]) == 1
