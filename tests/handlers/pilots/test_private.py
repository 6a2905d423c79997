"""A private pilot in Slack: whatever colleagues type, press or forge, it has never been there."""

import json

import pytest
from sqlalchemy import select

from handlers.blocks.pilots import ids
from handlers.blocks.pilots.finishing import FINISH_FORM
from handlers.blocks.pilots.forms import DELETE_FORM, EDIT_FORM
from handlers.blocks.pilots.lists import EARLIER, FIND, MINE, NETWORK, SHARED
from handlers.blocks.pilots.sharing import SHARE_FORM
from handlers.blocks.practices.ids import SPREAD
from models.pilots.pilot import Circle, Decision, Pilot
from models.pilots.posted import CARD
from models.pilots.telling import keep_findable, post_card
from models.posts import Post
from tests.examples import HOUR, NOW
from tests.handlers.pilots.steps import a_kept_pilot, answer_to, finishes, settle
from tests.handlers.practices.steps import asks as asks_tool_belt
from tests.handlers.practices.steps import practice_named
from tests.handlers.problems.steps import answers_to, words_of

pytestmark = pytest.mark.usefixtures("good_manners")

TYPED = (
    "/pilot",
    "/pilot list",
    "/pilot find pangolin",
    "/pilot find exit ticket",
    "/pilot show pangolin",
    "/pilot show exit ticket",
    "/practice show exit ticket",
    "/practice find pangolin",
    "/practice menu",
)
# What a button may say that acts on one pilot.
PRESSED = (
    *(ids.SHOW, ids.LOG, ids.FINISH, ids.SHARE, ids.CHAMPION, ids.PAUSE, ids.RESUME),
    *(ids.STOP_ASKING, ids.EDIT, ids.DELETE, ids.OBSERVATIONS, ids.NOTE_CHANGE, ids.REOPEN),
    ids.TAKE_BACK,
)
NEVER_THERE = 999_999


async def anas_secret(world, circle, **traits) -> Pilot:
    """Keep a pilot of Ana's that has an animal of its own, for her eyes."""
    practice = await practice_named(world, "Exit ticket")
    words = {
        "practice_name": "Pangolin ticket",
        "practice_id": practice.id,
        "aim": "Find the pangolin",
        "prediction": "The pangolin comes",
        "with_class": "pangolin class",
        "measure_name": "pangolins seen",
        "learned": "Pangolins are shy",
        "result": "A pangolin came",
        "decision": Decision.ADOPT,
        "finished_at": NOW,
    }
    pilot = await a_kept_pilot(world, circle, range(12, 24), number=7, **words | traits)
    async with world.db.begin() as session:
        await keep_findable(session, pilot)
    return pilot


async def bens_pilot(world, circle, **traits) -> Pilot:
    """Keep a pilot of Ben's that everybody sees, with its card."""
    practice = await practice_named(world, "Exit ticket")
    shared = {"circle": Circle.NETWORK, "shared_at": NOW, "practice_id": practice.id}
    pilot = await a_kept_pilot(world, circle, (3, 4), number=3, member_id="UBEN", **shared | traits)
    async with world.db.begin() as session:
        await post_card(session, pilot, NOW)
        await keep_findable(session, pilot)
    await settle(world)
    return pilot


async def shared(world, pilot: Pilot) -> Pilot:
    """Put the pilot's card where its community reads it."""
    async with world.db.begin() as session:
        kept = await session.get_one(Pilot, pilot.id)
        kept.circle, kept.shared_at = Circle.COMMUNITY, NOW
        await post_card(session, kept, NOW)
    await settle(world)
    return kept


async def everything_shown_to(person, world) -> list[str]:
    """Return all that this person is answered on a tour through everything that lists pilots."""
    shown = []
    for text in TYPED:
        await person.types("math-circle", text)
        await settle(world)
        shown.append(repr(without_files(answer_to(person))))
    practice = await practice_named(world, "Exit ticket")
    for action_id, value in ((ids.LIST, ""), (SPREAD, str(practice.id))):
        await person.forges(a_press(action_id, value))
        await settle(world)
        shown.append(repr(without_files(answer_to(person))))
    await person.opens_home()
    await settle(world)
    return [*shown, repr(without_ids(person.home["blocks"]))]


def without_files(message) -> list:
    """Return what is said; a picture by what it shows, for its number tells nothing."""
    blocks = [
        block["alt_text"] if block["type"] == "image" else block
        for block in without_ids(message["blocks"])
    ]
    return [message["text"], blocks]


def without_ids(blocks) -> list:
    """Return the blocks without the ids that Slack gives each of them anew."""
    return [{name: part for name, part in block.items() if name != "block_id"} for block in blocks]


def a_press(action_id, value):
    button = {"type": "button", "action_id": action_id, "block_id": "b", "value": value}
    return {"channel": {"id": "CMATHCIRCLE", "name": "math-circle"}, "actions": [button]}


def a_form(callback_id, **facts):
    view = {"id": "VFORGED", "type": "modal", "callback_id": callback_id, "blocks": []}
    view |= {"private_metadata": json.dumps(facts), "state": {"values": {}}}
    return {"type": "view_submission", "view": view}


async def test_a_tour_through_everything_is_the_same_with_and_without_it(
    ana, ben, dana, world, circle
):
    await asks_tool_belt(ana, world)
    spark = await bens_pilot(world, circle)
    before = [await everything_shown_to(one, world) for one in (ben, dana)]
    stood = [words_of(one) for one in world.messages()]

    await anas_secret(world, circle, inspired_by_id=spark.id)
    await world.moves(HOUR)

    assert [await everything_shown_to(one, world) for one in (ben, dana)] == before
    assert [words_of(one) for one in world.messages()] == stood
    assert world.letters("UBEN") == []
    assert "angolin" not in repr(before).replace("“pangolin”", "")
    assert "Pangolin ticket" in "".join(await everything_shown_to(ana, world))


async def test_a_private_cycle_leaves_no_mark_on_the_cards_of_its_series(ana, ben, world, circle):
    first = await a_kept_pilot(world, circle, (12, 14), number=1, finished_at=NOW)
    first = await shared(world, first)
    spark = {"first_id": first.id, "cycle": 2}
    second = await a_kept_pilot(world, circle, number=2, started_at=NOW + HOUR, **spark)
    bens = await a_kept_pilot(world, circle, number=3, member_id="UBEN", inspired_by_id=second.id)
    await shared(world, bens)
    before = [[one.get("edited"), one["blocks"]] for one in world.messages()]

    await ana.types("math-circle", "/pilot log 18/26 they explained")
    await settle(world)
    await finishes(ana, world)

    assert [[one.get("edited"), one["blocks"]] for one in world.messages()] == before
    async with world.db() as session:
        posts = (await session.scalars(select(Post).where(Post.kind == CARD))).all()
        assert (await session.get_one(Pilot, second.id)).finished_at is not None
    assert [post.wanted for post in posts] == [post.drawn for post in posts] == [0, 0]


async def test_whatever_is_pressed_it_is_like_a_pilot_that_never_was(ana, ben, dana, world, circle):
    await asks_tool_belt(ana, world)
    secret = await anas_secret(world, circle)
    for person in (ben, dana):
        for action_id in PRESSED:
            said = []
            for pilot_id in (secret.id, NEVER_THERE):
                await person.forges(a_press(action_id, str(pilot_id)))
                await settle(world)
                said.append(words_of(answers_to(person)[-1]))

            assert person.top_view is None, action_id
            assert said[0] == said[1], action_id
            assert "angolin" not in said[0], action_id


async def test_nobody_starts_from_what_they_cannot_see(ana, ben, world, circle):
    await asks_tool_belt(ana, world)
    secret = await anas_secret(world, circle)

    value = ids.start_value(inspired_by_id=secret.id)
    await ben.forges(a_press(ids.START, value))
    await settle(world)

    assert "angolin" not in repr(ben.top_view)


async def test_no_forged_form_reaches_it(ana, ben, world, circle):
    await asks_tool_belt(ana, world)
    secret = await anas_secret(world, circle)

    for callback_id in (FINISH_FORM, SHARE_FORM, EDIT_FORM, DELETE_FORM):
        await ben.forges(a_form(callback_id, pilot_id=secret.id))
        await settle(world)

    async with world.db() as session:
        kept = await session.get_one(Pilot, secret.id)
    assert (kept.circle, kept.aim, kept.deleted_at) == (Circle.ME, secret.aim, None)
    assert "angolin" not in repr(answers_to(ben)) + repr(world.letters("UBEN"))


async def test_no_forged_page_shows_it(ana, ben, world, circle):
    await asks_tool_belt(ana, world)
    await anas_secret(world, circle)

    for what in (MINE, SHARED, NETWORK, FIND):
        wanted = {"what": what, "page": 0, "community_id": circle.id, "words": "pangolin"}
        await ben.forges(a_press(EARLIER, json.dumps(wanted)))
        await settle(world)

        said = words_of(answers_to(ben)[-1])
        assert "angolin" not in said.replace("“pangolin”", "")
