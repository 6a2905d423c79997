"""What thanks are linked to, and who is told of it."""

import pytest

from models.materials.material import Circle as MaterialCircle
from models.pilots.pilot import Circle
from models.posts import Post
from models.problems.answers import Reply
from models.thanks.nameless import is_thread_of_one
from models.thanks.pointing import EVERYBODY, pointers_of, sources_of
from models.thanks.thanks import About
from models.workspaces import Workspace
from tests.examples import (
    ANA,
    BEN,
    CHRIS,
    NOW,
    a_hangout,
    a_material,
    a_pilot,
    a_problem,
    a_series,
    a_thanks,
)
from tests.models.thanks.kindness import DANA, a_circle
from tests.world import WORKSPACE

ADDRESS = "https://example.slack.com/"
SECRET = "C0SECRET"


@pytest.fixture
async def circle(db):
    """The math circle, which everybody in the workspace may join, and where Slack is found."""
    async with db.begin() as session:
        await Workspace.meet(
            session, WORKSPACE, name="Staff", url=ADDRESS, bot_user_id="U0BOT", now=NOW
        )
    return await a_circle(db)


@pytest.fixture
async def secret(db, circle):
    """A private community of Ana and Ben."""
    return await a_circle(db, members=(ANA, BEN), channel_id=SECRET, is_private=True)


async def keep(db, row):
    async with db.begin() as session:
        session.add(row)
    return row


async def a_kept_hangout(db, community):
    series = await keep(db, a_series(community_id=community.id))
    return await keep(db, a_hangout(community_id=community.id, series_id=series.id))


def said_in(community, kind, about_id):
    return a_thanks(id=1, community_id=community.id, about_kind=kind, about_id=about_id)


async def title(db, thanks, reader) -> str | None:
    async with db() as session:
        pointer = (await pointers_of(session, [thanks], reader)).get(1)
    return pointer.title if pointer else None


async def source(db, thanks, reader, receivers=(BEN,)) -> str | None:
    async with db() as session:
        return (await sources_of(session, [thanks], reader, {1: receivers})).get(1)


async def test_a_problem_is_named_and_linked_to_its_card(db, circle):
    problem = await keep(db, a_problem(community_id=circle.id))
    async with db.begin() as session:
        key = f"problems.card:{problem.id}"
        card = await Post.add(session, key, "C1", kind="problems.card", due_at=NOW)
        card.was_said("C1", "5.5", drawn=0, now=NOW)

    async with db() as session:
        thanks = said_in(circle, About.PROBLEM, problem.id)
        pointer = (await pointers_of(session, [thanks], EVERYBODY))[1]

    assert (pointer.title, pointer.url) == ("Quiet students", f"{ADDRESS}archives/C1/p55")


@pytest.mark.parametrize("reader", [EVERYBODY, ANA, BEN])
async def test_a_problem_without_a_name_is_never_pointed_to(db, circle, reader):
    problem = await keep(db, a_problem(community_id=circle.id, author_id=None))

    assert await title(db, said_in(circle, About.PROBLEM, problem.id), reader) is None


async def test_a_withdrawn_problem_is_not_pointed_to_any_more(db, circle):
    problem = await keep(db, a_problem(community_id=circle.id, deleted_at=NOW))

    assert await title(db, said_in(circle, About.PROBLEM, problem.id), ANA) is None


@pytest.mark.parametrize(("reader", "is_told"), [(EVERYBODY, False), (CHRIS, False), (BEN, True)])
async def test_what_is_in_a_private_community_stays_among_its_members(
    db, circle, secret, reader, is_told
):
    problem = await keep(db, a_problem(community_id=secret.id))

    told = await title(db, said_in(circle, About.PROBLEM, problem.id), reader)

    assert (told is not None) == is_told


async def test_its_own_private_community_reads_of_it_on_the_card(db, secret):
    problem = await keep(db, a_problem(community_id=secret.id))

    assert await title(db, said_in(secret, About.PROBLEM, problem.id), EVERYBODY)


async def test_a_hangout_is_called_after_its_day(db, circle):
    hangout = await a_kept_hangout(db, circle)

    told = await title(db, said_in(circle, About.HANGOUT, hangout.id), EVERYBODY)

    assert told == "hangout of Thursday 3 December"


@pytest.mark.parametrize(
    ("reader", "width", "is_told"),
    [
        (EVERYBODY, Circle.ME, False),
        (BEN, Circle.ME, False),
        (ANA, Circle.ME, True),
        (EVERYBODY, Circle.COMMUNITY, True),
        (EVERYBODY, Circle.NETWORK, True),
    ],
)
async def test_a_pilot_is_told_of_as_far_as_its_teacher_shares_it(
    db, circle, reader, width, is_told
):
    pilot = await keep(db, a_pilot(community_id=circle.id, circle=width))

    told = await title(db, said_in(circle, About.PILOT, pilot.id), reader)

    assert (told is not None) == is_told


@pytest.mark.parametrize(
    ("reader", "width", "is_told"),
    [
        (EVERYBODY, MaterialCircle.COMMUNITY, False),
        (CHRIS, MaterialCircle.COMMUNITY, False),
        (BEN, MaterialCircle.COMMUNITY, True),
        (EVERYBODY, MaterialCircle.NETWORK, True),
    ],
)
async def test_a_material_of_another_community_is_told_of_to_those_who_see_it(
    db, circle, secret, reader, width, is_told
):
    material = await keep(db, a_material(community_id=secret.id, circle=width))

    told = await title(db, said_in(circle, About.MATERIAL, material.id), reader)

    assert (told is not None) == is_told


async def test_the_way_to_a_private_channel_is_shown_to_nobody_outside(db, circle, secret):
    material = await keep(db, a_material(community_id=secret.id, circle=MaterialCircle.NETWORK))
    key = f"materials.card:{material.id}"
    async with db.begin() as session:
        card = await Post.add(session, key, SECRET, kind="materials.card", due_at=NOW)
        card.was_said(SECRET, "5.5", drawn=0, now=NOW)
    thanks = said_in(circle, About.MATERIAL, material.id)

    async with db() as session:
        urls = [
            (await pointers_of(session, [thanks], reader))[1].url
            for reader in (EVERYBODY, CHRIS, BEN)
        ]

    assert urls == [material.url, material.url, f"{ADDRESS}archives/{SECRET}/p55"]


@pytest.mark.parametrize(
    ("channel_id", "reader", "is_shown"),
    [
        ("C0MATHCIRCLE", EVERYBODY, True),
        (SECRET, EVERYBODY, False),
        ("C0LUNCH", EVERYBODY, True),
        ("D0TWO", EVERYBODY, False),
        (SECRET, ANA, True),
        (SECRET, BEN, True),
        (SECRET, DANA, False),
    ],
)
async def test_the_message_that_gave_rise_to_it_is_linked_where_it_may_be_read(
    db, circle, secret, channel_id, reader, is_shown
):
    thanks = a_thanks(id=1, community_id=circle.id, source_channel_id=channel_id, source_ts="17.25")

    url = await source(db, thanks, reader)

    assert url == (f"{ADDRESS}archives/{channel_id}/p1725" if is_shown else None)


@pytest.mark.parametrize("reader", [EVERYBODY, ANA, BEN])
@pytest.mark.parametrize(("author_id", "is_shown"), [(ANA, True), (None, False)])
async def test_what_was_said_about_a_problem_without_a_name_is_linked_for_nobody(
    db, circle, reader, author_id, is_shown
):
    problem = await keep(db, a_problem(community_id=circle.id, author_id=author_id))
    await keep(db, Reply(problem_id=problem.id, ts="17.25", member_id=BEN, replied_at=NOW))
    place = circle.channel_id
    thanks = a_thanks(id=1, community_id=circle.id, source_channel_id=place, source_ts="17.25")
    elsewhere = a_thanks(id=1, community_id=circle.id, source_channel_id="C1", source_ts="17.25")

    assert (await source(db, thanks, reader) is not None) == is_shown
    assert await source(db, elsewhere, reader) is not None


@pytest.mark.parametrize(("author_id", "is_nameless"), [(ANA, False), (None, True)])
async def test_a_thread_is_of_a_problem_without_a_name_by_its_card(
    db, circle, author_id, is_nameless
):
    problem = await keep(db, a_problem(community_id=circle.id, author_id=author_id))
    async with db.begin() as session:
        key = f"problems.card:{problem.id}"
        card = await Post.add(
            session, key, "C1", kind="problems.card", due_at=NOW, about_id=problem.id
        )
        card.was_said("C1", "5.5", drawn=0, now=NOW)

    async with db() as session:
        assert await is_thread_of_one(session, "C1", "5.5") == is_nameless
        assert not await is_thread_of_one(session, "C2", "5.5")
