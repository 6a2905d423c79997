"""Saving: once a community, whoever comes first; who comes later adds."""

import asyncio

import pytest
from sqlalchemy import select

from models import search
from models.communities import Community
from models.database import Database
from models.errors import NotHereError, RuleError
from models.materials import changing, saving
from models.materials.links import Link
from models.materials.material import Circle, Material, Place
from models.materials.posted import CARD, REMIXED
from models.materials.visibility import KIND
from models.materials.wording import MaterialWording, Plan, SlackFile
from models.posts import Post
from tests.examples import ANA, BEN, DAY, NOW, a_member, a_problem
from tests.models.materials.keeping import STAFF_LOUNGE, a_circle

URL = "https://example.org/fraction-talk"


def a_plan(url: str = URL, **traits: object) -> Plan:
    words = MaterialWording.of(title="Fraction talk rubric", topics="fractions")
    return Plan(**{"wording": words, "link": Link.of(url)} | traits)


async def save(
    db: Database,
    community: Community,
    plan: Plan,
    member_id: str = ANA,
    key: str = "form:V1",
) -> Material:
    async with db.begin() as session:
        return await saving.save(
            session,
            plan,
            owner=a_member(member_id),
            community=await session.get_one(Community, community.id),
            request_key=key,
            now=NOW,
        )


async def twin(db: Database, community: Community, member_id: str) -> Material | None:
    async with db() as session:
        return await saving.twin_of(session, a_plan(), member_id, community)


async def posts(db: Database, kind: str) -> list[Post]:
    async with db() as session:
        return list(await session.scalars(select(Post).where(Post.kind == kind)))


async def test_what_is_saved_can_be_found_and_has_a_card(db):
    circle = await a_circle(db)

    material = await save(db, circle, a_plan())

    async with db() as session:
        found = await search.find(session, "fraction rubric", kinds=[KIND], communities=[circle.id])
    assert [hit.about_id for hit in found.hits] == [material.id]
    assert [post.about_id for post in await posts(db, CARD)] == [material.id]
    assert material.next_check_at == NOW + saving.YEAR


async def test_a_form_sent_twice_saves_once(db):
    circle = await a_circle(db)

    first = await save(db, circle, a_plan())
    again = await save(db, circle, a_plan())

    assert again.id == first.id
    assert len(await posts(db, CARD)) == 1


async def test_of_two_who_save_the_same_link_at_once_one_does(db):
    circle = await a_circle(db)
    other_spelling = a_plan("http://www.example.org/fraction-talk/?utm_source=letter")

    one, other = await asyncio.gather(
        save(db, circle, a_plan(), ANA, "form:V1"),
        save(db, circle, other_spelling, BEN, "form:V2"),
    )

    assert one.id == other.id
    assert one.request_key == other.request_key
    assert len(await posts(db, CARD)) == 1


async def test_a_file_is_kept_once_as_well(db):
    circle = await a_circle(db)
    plan = a_plan(link=None, file=SlackFile("F0RUBRIC", "rubric.pdf"))

    first = await save(db, circle, plan)
    later = await save(db, circle, plan, BEN, "form:V2")

    assert (first.url, first.file_id, first.file_name) == (None, "F0RUBRIC", "rubric.pdf")
    assert later.id == first.id


async def test_nobody_saves_where_they_are_not(db):
    circle = await a_circle(db, members=(BEN,))

    with pytest.raises(NotHereError):
        await save(db, circle, a_plan(), ANA)


async def test_an_archived_channel_takes_nothing_new(db):
    circle = await a_circle(db, archived_at=NOW)

    with pytest.raises(RuleError, match="archived"):
        await save(db, circle, a_plan())


async def test_a_twin_is_found_only_by_who_may_see_it(db):
    circle = await a_circle(db, members=(ANA,))
    lounge = await a_circle(db, members=(BEN,), channel_id=STAFF_LOUNGE)
    material = await save(db, circle, a_plan())

    before = [await twin(db, circle, ANA), await twin(db, lounge, BEN)]
    async with db.begin() as session:
        (await session.get_one(Material, material.id)).circle = Circle.NETWORK
    after = await twin(db, lounge, BEN)

    assert [one and one.id for one in before] == [material.id, None]
    assert after is not None
    assert after.id == material.id


async def test_what_is_hidden_elsewhere_is_saved_here_as_if_it_were_new(db):
    circle = await a_circle(db, members=(ANA,))
    lounge = await a_circle(db, members=(BEN,), channel_id=STAFF_LOUNGE)
    hidden = await save(db, circle, a_plan())

    own = await save(db, lounge, a_plan(), BEN, "form:V2")

    assert own.id != hidden.id
    assert own.same_key == hidden.same_key


async def test_ones_own_twin_comes_before_that_of_others(db):
    circle = await a_circle(db)
    lounge = await a_circle(db, channel_id=STAFF_LOUNGE)
    await save(db, lounge, a_plan(circle=Circle.NETWORK))
    here = await save(db, circle, a_plan(), BEN, "form:V2")

    found = await twin(db, circle, ANA)

    assert found is not None
    assert found.id == here.id


async def test_a_remix_keeps_its_lineage_and_its_maker_hears_of_it(db):
    circle = await a_circle(db)
    origin = await save(db, circle, a_plan())

    remix = await save(
        db, circle, a_plan("https://example.org/mine", remix_of_id=origin.id), BEN, "form:V2"
    )

    [letter] = await posts(db, REMIXED)
    assert remix.remix_of_id == origin.id
    assert (letter.place_id, letter.about_id) == (ANA, remix.id)


async def test_it_is_saved_for_a_place_and_also_when_that_is_gone(db):
    circle = await a_circle(db)
    async with db.begin() as session:
        session.add(problem := a_problem(community_id=circle.id))

    beside = await save(db, circle, a_plan(attach_to=f"problem:{problem.id}"))
    alone = await save(
        db, circle, a_plan("https://example.org/b", attach_to="problem:999"), key="form:V2"
    )

    async with db() as session:
        places = (await session.scalars(select(Place))).all()
    assert [place.material_id for place in places] == [beside.id]
    assert alone.id != beside.id


async def test_a_deleted_link_may_be_saved_anew(db):
    circle = await a_circle(db)
    first = await save(db, circle, a_plan())
    async with db.begin() as session:
        await changing.delete(session, await session.get_one(Material, first.id), NOW + DAY)

    second = await save(db, circle, a_plan(), BEN, "form:V2")

    assert second.id != first.id
