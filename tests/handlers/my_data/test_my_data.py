"""My data in Slack: seen, taken along and deleted, by nobody but oneself."""

import io
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.sandbox.refusals import Refused
from handlers.blocks.hangouts.ids import PRESENT
from handlers.blocks.materials.ids import USED
from handlers.blocks.my_data.ids import DELETE, EXPORT
from models.members import Member
from models.pilots.pilot import Circle
from tests.examples import DAY
from tests.handlers.documents.reading import Document
from tests.handlers.hangouts.signing_steps import SOON, TWO_WEEKS, a_series_of
from tests.handlers.materials.using_steps import a_kept_material
from tests.handlers.pilots.steps import a_kept_pilot, answer_to, asks, presses, shares
from tests.handlers.problems.steps import (
    everything_kept,
    key_of,
    settle,
    share,
    words_of,
)
from tests.handlers.thanks.kind_steps import everything_seen_by, thanked

pytestmark = pytest.mark.usefixtures("good_manners")
SECRET = "heron"
SECOND = timedelta(seconds=1)


def card_of(world, kind, number=-1):
    """Return what everybody reads on a card of that kind, the newest if no other is meant."""
    return words_of([one for one in world.messages() if key_of(one).startswith(kind)][number])


def files_of(world, member_id):
    """Return the content of each file somebody got in their own conversation, by its name."""
    letters = world.letters(member_id)
    names = [one for letter in letters for one in letter.get("files", ())]
    return {one["name"]: world.slack.files[one["id"]].content for one in names}


def _materials(world):
    return [one for one in world.messages() if key_of(one).startswith("materials.card:")]


async def people_known(world):
    """Return the ids of everybody the bot knows."""
    async with world.db() as session:
        return set(await session.scalars(select(Member.member_id)))


async def deletes_everything(person, world):
    """Ask for one's data, press the button and mean it."""
    await asks(person, world, "/staffroom me")
    form = await presses(person, world, DELETE, answer_to(person))
    await person.submits(form, is_sure=["yes"])
    await settle(world)


async def a_life(ana, ben, world, circle):
    """Let Ana do a bit of everything, and Ben answer to some of it."""
    alone = await share(ana, world, title=f"{SECRET} alone", happening=SECRET)
    answered = await share(ana, world, title="Loud hallways", happening=SECRET)
    nameless = await share(ana, world, title="Late homework", happening=SECRET, without_name="yes")
    for card in (answered, nameless):
        await ben.types("math-circle", "Try it in pairs.", thread_ts=card.ts)
    await thanked(world, circle, giver_id="UANA", text=SECRET, number=1)
    await thanked(world, circle, giver_id="UBEN", to=["UANA", "UCHRIS"], text="the trip", number=2)
    await thanked(world, circle, giver_id="UBEN", to=["UCHRIS"], text="the bus", number=3)
    await a_kept_pilot(world, circle, (18, 20), aim=SECRET, circle=Circle.ME)
    await shares(ana, world)
    used = await a_kept_material(world, circle, note=SECRET)
    [hangout, _] = await a_series_of(world, circle, SOON, SOON + TWO_WEEKS)
    await settle(world)
    return alone, answered, nameless, used, hangout


async def test_everything_of_anas_is_deleted_and_colleagues_words_stay_readable(
    ana, ben, world, circle, database
):
    alone, answered, nameless, _, hangout = await a_life(ana, ben, world, circle)
    await ana.presses(PRESENT, message=hangout.card)
    await ben.presses(USED, message=_materials(world)[-1])
    await settle(world)
    await ben.submits(ben.top_view, how="It worked.")
    await ana.opens_home()
    await settle(world)

    unnamed = nameless.words

    await deletes_everything(ana, world)

    assert "UANA" not in str(await everything_kept(database))
    assert "Everything about you is deleted" in words_of(world.letters("UANA")[-1])
    assert "This problem was withdrawn" in alone.words
    assert answered.words.startswith("Someone who has left")
    assert "Loud hallways" in answered.words
    assert SECRET not in answered.words
    assert len(answered.thread) == 1
    assert "Someone who has left saved a rubric" in card_of(world, "materials.card")
    assert "used by 1 colleague" in card_of(world, "materials.card")
    assert SECRET not in card_of(world, "pilots.card")
    assert "Ana" not in hangout.words
    assert "You are not in a community yet" in str(ana.home)
    assert nameless.words == unnamed
    # Had it changed at the same moment, everybody would know whose it was.
    await world.moves(DAY)
    assert nameless.words == unnamed
    await world.moves(16 * DAY)
    assert "Late homework" in nameless.words
    assert "The rest of these words was deleted." in nameless.words
    assert SECRET not in everything_seen_by(world, ben)


async def test_my_data_are_told_and_come_as_one_file_to_me_alone(ana, ben, world, circle):
    await a_life(ana, ben, world, circle)

    told = await asks(ana, world, "/staffroom me")
    await presses(ana, world, EXPORT, answer_to(ana))

    assert "You are in Math circle" in told
    assert "3 problems you shared" in told
    assert "in your journal" in told
    [(name, content)] = [one for one in files_of(world, "UANA").items() if "my-data" in one[0]]
    with zipfile.ZipFile(io.BytesIO(content)) as folder:
        assert folder.testzip() is None
        page = Document(folder.read("my-data.html"))
        thanks = Document(folder.read("kind-words.html")).words
        tables = {one for one in folder.namelist() if one.endswith(".csv")}
    assert name.endswith(".zip")
    assert page.is_of_its_own
    assert "Late homework" in page.words
    assert "The trip" in thanks
    assert "The bus" not in thanks
    assert {"tables/problems.csv", "tables/values.csv", "tables/thanks.csv"} <= tables
    assert files_of(world, "UBEN") == {}


async def test_nothing_is_deleted_before_it_is_meant_and_twice_is_once(ana, world, circle):
    await thanked(world, circle, giver_id="UBEN", to=["UANA"])
    await asks(ana, world, "/staffroom me")
    form = await presses(ana, world, DELETE, answer_to(ana))

    with pytest.raises(Refused, match="is_sure"):
        await ana.submits(form)
    kept = await people_known(world)
    # Slack takes one message a second in a conversation.
    world.clock.move(2 * SECOND)
    await ana.submits(form, is_sure=["yes"])
    world.clock.move(2 * SECOND)
    await ana.submits(form, again=True, is_sure=["yes"])
    await settle(world)

    assert "UANA" in kept
    assert "UANA" not in await people_known(world)
    assert "There is nothing about you any more" in words_of(world.letters("UANA")[-1])


async def test_what_takes_longer_than_slack_waits_is_done_all_the_same(ana, world, circle):
    await asks(ana, world, "/staffroom me")
    form = await presses(ana, world, DELETE, answer_to(ana))

    async with world.db.begin() as session:
        await session.execute(select(Member).with_for_update())
        reply = await ana.submits(form, is_sure=["yes"])
        kept = set(await session.scalars(select(Member.member_id)))
    await settle(world)

    assert reply.acked
    assert "UANA" in kept
    assert "UANA" not in await people_known(world)


async def test_asking_what_is_kept_makes_no_row_of_a_stranger(world, circle):
    world.slack.add_user("eve")
    world.slack.channels["CMATHCIRCLE"].members.add("UEVE")
    eve = world.slack.person("UEVE")

    told = await asks(eve, world, "/staffroom me")

    assert "I keep nothing about you" in told
    assert "UEVE" not in await people_known(world)


async def test_a_lead_has_it_done_for_who_has_left_and_for_nobody_else(
    ana, ben, dana, world, circle
):
    card = await share(ana, world, title="Loud hallways", happening=SECRET)
    await ben.types("math-circle", "Try it in pairs.", thread_ts=card.ts)
    await settle(world)
    still_here = await asks(dana, world, "/staffroom me Ana")
    await ana.changes_profile(deleted=True)
    await settle(world)
    not_a_lead = await asks(ben, world, "/staffroom me Ana")

    await dana.types("math-circle", "/staffroom me Ana")
    await settle(world)
    await dana.submits(dana.top_view, is_sure=["yes"])
    await settle(world)

    assert "it is theirs to decide" in still_here
    assert "Only a lead" in not_a_lead
    assert card.words.startswith("Someone who has left")
    assert SECRET not in card.words
    assert not {"UANA"} & await people_known(world)
    assert "UDANA" in await people_known(world)
    assert "Everything about them is deleted" in words_of(world.letters("UDANA")[-1])


async def test_a_forged_form_deletes_nobody_elses_data(ana, ben, world, circle):
    await asks(ana, world, "/staffroom me")
    form = await presses(ana, world, DELETE, answer_to(ana))
    form["private_metadata"] = '{"member_id": "UBEN"}'

    await ana.submits(form, is_sure=["yes"])
    await settle(world)

    assert {"UANA", "UBEN"} <= await people_known(world)
