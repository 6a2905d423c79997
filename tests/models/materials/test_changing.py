"""Changing: new words are shown everywhere; what is deleted leaves nothing behind."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from models import search
from models.communities import Community
from models.database import Database
from models.errors import RuleError
from models.materials import changing, telling
from models.materials.links import Link
from models.materials.material import Addition, Circle, Material, Place, Use
from models.materials.posted import CARD, CHECK, GONE, REMIXED, USED
from models.materials.vanishing import message_is_gone
from models.materials.visibility import KIND
from models.materials.wording import MaterialWording, Plan
from models.merging import mark_of
from models.posts import DROPPED, Post
from tests.examples import ANA, BEN, DAY, NOW, a_material
from tests.models.materials.keeping import a_circle, a_kept_material

PLAN = Plan(
    wording=MaterialWording.of(title="Estimation routine", note="Ten minutes are enough."),
    link=Link.of("https://example.org/estimation"),
)


async def edit(db: Database, material: Material, plan: Plan = PLAN) -> Material:
    async with db.begin() as session:
        row = await session.get_one(Material, material.id)
        await changing.edit(session, row, plan, by=BEN, now=NOW + DAY)
    return row


async def delete(db: Database, material: Material) -> Material:
    async with db.begin() as session:
        row = await session.get_one(Material, material.id)
        await changing.delete(session, row, NOW + DAY)
    return row


async def redrawn(db: Database, key: str) -> int:
    async with db() as session:
        letter = await Post.keyed(session, key)
    assert letter is not None
    return letter.wanted


async def found(db: Database, circle: Community, words: str) -> list[int]:
    async with db() as session:
        findings = await search.find(session, words, kinds=[KIND], communities=[circle.id])
    return [hit.about_id for hit in findings.hits]


async def test_new_words_are_found_and_the_card_follows(db):
    circle = await a_circle(db)
    material = await a_kept_material(db, circle)
    async with db.begin() as session:
        await telling.announce(session, material, circle, NOW)

    edited = await edit(db, material)

    async with db() as session:
        [card] = (await session.scalars(select(Post).where(Post.kind == CARD))).all()
    assert (edited.title, edited.edited_by) == ("Estimation routine", BEN)
    assert await found(db, circle, "estimation") == [material.id]
    assert await found(db, circle, "rubric") == []
    assert card.wanted == 1


async def test_who_edits_it_has_looked_at_it(db):
    circle = await a_circle(db)
    traits = {"stale_at": NOW, "asked_at": NOW, "gone_at": NOW, "next_check_at": None}
    material = await a_kept_material(db, circle, **traits)

    async with db.begin() as session:
        letter = await Post.add(session, "check", ANA, kind=CHECK, due_at=NOW, about_id=material.id)
        letter.was_said("D1", "1.1", drawn=0, now=NOW)

    edited = await edit(db, material)

    assert edited.checked_at == NOW + DAY
    assert (edited.stale_at, edited.asked_at, edited.gone_at) == (None, None, None)
    assert await redrawn(db, "check") == 1
    assert edited.next_check_at == NOW + DAY + changing.YEAR


async def test_what_became_of_the_old_link_does_not_touch_the_new_one(db):
    circle = await a_circle(db)
    source = {"source_channel_id": "C1", "source_ts": "1.1"}
    material = await a_kept_material(db, circle, **source)

    await edit(db, material)

    async with db.begin() as session:
        assert await message_is_gone(session, "C1", "1.1", NOW) == 0


async def test_letters_that_were_read_name_a_deleted_material_no_more(db):
    circle = await a_circle(db)
    material = await a_kept_material(db, circle)
    remix = await a_kept_material(db, circle, number=2, remix_of_id=material.id, owner_id=BEN)
    told = {CHECK: material, USED: material, GONE: material, REMIXED: remix}
    async with db.begin() as session:
        for kind, about in told.items():
            letter = await Post.add(session, kind, ANA, kind=kind, due_at=NOW, about_id=about.id)
            letter.was_said("D1", kind, drawn=0, now=NOW)

    await delete(db, material)

    assert [await redrawn(db, kind) for kind in told] == [1, 1, 1, 1]


async def test_words_alone_do_not_bring_back_a_file_that_is_gone(db):
    circle = await a_circle(db)
    link = Link.of("https://example.org/fraction-talk")
    material = await a_kept_material(db, circle, url=link.url, same_key=link.key, gone_at=NOW)

    edited = await edit(db, material, replace(PLAN, link=link))

    assert edited.gone_at == NOW


async def test_a_link_that_another_material_has_is_refused(db):
    circle = await a_circle(db)
    await a_kept_material(db, circle, same_key=PLAN.same_key)
    material = await a_kept_material(db, circle, number=2)

    with pytest.raises(RuleError) as refused:
        await edit(db, material)

    assert refused.value.field == "url"


async def test_what_is_deleted_leaves_no_word_behind(db):
    circle = await a_circle(db)
    material = await a_kept_material(
        db, circle, note="Page 2.", licence="CC BY", source_channel_id="C1", source_ts="1.1"
    )
    async with db.begin() as session:
        told = {"material_id": material.id}
        session.add(Addition(**told, request_key="A1", member_id=BEN, note="Yes.", added_at=NOW))
        session.add(Use(**told, member_id=BEN, how="Well.", used_at=NOW))
        session.add(
            Place(**told, about_kind="problem", about_id=7, attached_by=BEN, attached_at=NOW)
        )
        await Post.add(session, "check", ANA, kind=CHECK, due_at=NOW, about_id=material.id)

    deleted = await delete(db, material)

    async with db() as session:
        left = [await session.scalar(select(kind.id)) for kind in (Addition, Use, Place)]
        letter = await Post.keyed(session, "check")
    assert left == [None, None, None]
    assert letter is not None
    assert letter.state == DROPPED
    assert await found(db, circle, "rubric") == []
    assert (deleted.title, deleted.topics, deleted.deleted_at) == ("", [], NOW + DAY)
    words = ("url", "file_id", "same_key", "subject", "grades", "minutes", "licence", "note")
    assert [getattr(deleted, name) for name in words] == [None] * len(words)


async def test_what_was_built_on_it_stays(db):
    circle = await a_circle(db)
    material = await a_kept_material(db, circle)
    remix = await a_kept_material(db, circle, number=2, remix_of_id=material.id)

    await delete(db, material)

    async with db() as session:
        row = await session.get_one(Material, remix.id)
    assert row.deleted_at is None


def test_what_was_left_alone_stays_as_a_colleague_made_it():
    material = a_material(title="Title", note="First.", minutes=20)
    seen = changing.marks_of(material)
    typed = {**changing.as_typed(material), "title": "My title", "note": "First. Mine."}

    material.minutes, material.note, material.circle = 30, "First. Theirs.", Circle.NETWORK
    kept = changing.with_others_words(material, typed, seen)

    assert (kept["title"], kept["minutes"], kept["circle"]) == ("My title", "30", "network")
    assert kept["note"] == "First. Theirs.\n\nFirst. Mine."


def test_a_field_that_a_form_did_not_have_is_not_made_up():
    kept = changing.with_others_words(a_material(), {"title": "x"}, {"title": mark_of("x")})

    assert kept == {"title": "Fraction talk rubric"}
