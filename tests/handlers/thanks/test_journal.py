"""The journal in Slack: mine alone, in pages, and as files in our conversation."""

import csv
import io
import re

import pytest

from handlers.blocks.problems.lists import PageWanted
from handlers.blocks.thanks.ids import EXPORT, JOURNAL, MORE
from handlers.blocks.thanks.journal import EARLIER, OTHER_SIDE
from handlers.thanks.journal import home_section
from models.members import Member
from models.thanks.journal import Side
from tests.examples import HOUR
from tests.handlers.documents.reading import Document
from tests.handlers.pilots.steps import answer_to, asks, presses
from tests.handlers.problems.steps import answers_to, settle, words_of
from tests.handlers.thanks.kind_steps import cards, kept, thanked

pytestmark = pytest.mark.usefixtures("good_manners")


def files_of(world, member_id):
    """Return the content of each file that somebody got in their own conversation, by its name."""
    names = [one for letter in world.letters(member_id) for one in letter.get("files", ())]
    return {one["name"]: world.slack.files[one["id"]].content for one in names}


async def home_of(world, member_id):
    async with world.db() as session:
        member = await Member.find(session, member_id)
        return str([one.to_dict() for one in await home_section(session, member, world.clock())])


async def test_my_journal_shows_what_i_received_and_turns_to_what_i_gave(ben, world, circle):
    await thanked(world, circle, text="the lab", reason="Shared a material", number=1)
    await thanked(world, circle, giver_id="UBEN", to=["UANA"], text="the bus ride", number=2)

    received = await asks(ben, world, "/thanks journal")
    await presses(ben, world, OTHER_SIDE, answer_to(ben))

    assert "Shared a material" in received
    assert "the bus ride" not in received
    assert len(answers_to(ben)) == 1
    assert "You thank Ana: the bus ride" in words_of(answer_to(ben)).replace("\n", "")


async def test_pages_turn_in_place_and_a_forged_page_is_still_ones_own(ben, chris, world, circle):
    for number in range(6):
        at = world.clock() - number * HOUR
        await thanked(world, circle, text=f"number {number}", number=number, thanked_at=at)
    await asks(ben, world, "/thanks journal")

    await presses(ben, world, EARLIER, answer_to(ben))
    second = words_of(answer_to(ben))
    await asks(chris, world, "/thanks journal")
    forged = answer_to(chris)
    [row] = [one for one in forged["blocks"] if one["type"] == "actions"]
    button = next(one for one in row["elements"] if one["action_id"] == OTHER_SIDE)
    button["value"] = PageWanted(what="UBEN", page=3).value
    await presses(chris, world, OTHER_SIDE, forged)

    assert "number 5" in second
    assert "number 0" not in second
    assert "That page is not there any more" in words_of(answer_to(chris))
    assert "number" not in words_of(answers_to(chris)[0])


async def test_private_thanks_to_another_leave_no_trace_in_my_journal(ana, chris, world, circle):
    before = await asks(chris, world, "/thanks journal")
    home = await home_of(world, "UCHRIS")

    await thanked(world, circle, is_private=True, text="our secret")

    assert await asks(chris, world, "/thanks journal") == before
    assert await home_of(world, "UCHRIS") == home
    assert "our secret" in await home_of(world, "UBEN")
    assert "our secret" not in await home_of(world, "UANA")


async def test_the_journal_comes_as_files_into_my_conversation_alone(ben, world, circle):
    await thanked(world, circle, text="=1+1", is_private=True, number=1)
    await thanked(world, circle, to=["UCHRIS"], is_private=True, text="not for Ben", number=2)
    await asks(ben, world, "/thanks journal")

    await presses(ben, world, EXPORT, answer_to(ben))

    files = files_of(world, "UBEN")
    [document, table] = files.values()
    assert all(re.fullmatch(r"journal-of-thanks-[\d-]+\.(html|csv)", name) for name in files)
    page = Document(document)
    assert page.is_of_its_own
    assert "=1+1 — because I could be with my son" in page.words
    assert "not for Ben" not in page.words
    [_, row] = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    assert row[0] == "received"
    assert row[4] == "'=1+1"
    assert files_of(world, "UANA") == files_of(world, "UCHRIS") == {}
    assert "Your journal comes into our conversation" in words_of(answers_to(ben)[-1])


async def test_what_i_received_can_be_deleted_from_the_journal(ben, world, circle):
    kept = await thanked(world, circle)
    await asks(ben, world, "/thanks journal")

    await ben.presses(MORE, message=answer_to(ben), option=f"delete:{kept.id}")
    await settle(world)
    await ben.submits(ben.top_view)
    await settle(world)

    assert "gather here" in await asks(ben, world, "/thanks journal")
    assert cards(world) == []


async def test_whoever_gets_no_letters_keeps_it_private_in_the_journal(ben, world, circle):
    thanks = await thanked(world, circle)
    await asks(ben, world, "/thanks journal")

    await ben.presses(MORE, message=answer_to(ben), option=f"keep_private:{thanks.id}")
    await settle(world)

    assert (await kept(world, thanks)).is_private
    assert "Kept between you" in words_of(answers_to(ben)[-1])


async def test_an_empty_journal_is_not_sent_and_home_leads_to_it(chris, world, circle):
    await chris.opens_home()
    await settle(world)

    await chris.presses(JOURNAL, home=True)
    await settle(world)
    answer = words_of(world.letters("UCHRIS")[-1])

    assert "Kind words that colleagues write to you gather here" in answer
    assert Side.GIVEN in str(world.letters("UCHRIS")[-1]["blocks"])
    assert files_of(world, "UCHRIS") == {}
