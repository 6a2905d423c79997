"""Drafts belong to whoever wrote them, until the form is sent."""

from datetime import timedelta

from models.drafts import KEPT_FOR, Draft
from tests.examples import NOW


async def a_kept_draft(db) -> Draft:
    async with db.begin() as session:
        draft = Draft(member_id="U_ANA", form="problems.open", fields={"title": "x"}, kept_at=NOW)
        session.add(draft)
    return draft


async def test_a_draft_is_its_writers_only(db):
    draft = await a_kept_draft(db)

    async with db() as session:
        assert (await Draft.of(session, draft.id, "U_ANA")).fields == {"title": "x"}
        assert await Draft.of(session, draft.id, "U_BEN") is None


async def test_only_the_writer_is_done_with_it(db):
    draft = await a_kept_draft(db)

    async with db.begin() as session:
        await Draft.done(session, draft.id, "U_BEN")
    async with db() as session:
        still = await Draft.of(session, draft.id, "U_ANA")
    async with db.begin() as session:
        await Draft.done(session, draft.id, "U_ANA")
        await Draft.done(session, "forged", "U_ANA")

    async with db() as session:
        assert still is not None
        assert await Draft.of(session, draft.id, "U_ANA") is None


async def test_old_drafts_are_forgotten(db):
    draft = await a_kept_draft(db)

    async with db.begin() as session:
        await Draft.forget_old(session, NOW + KEPT_FOR + timedelta(seconds=1))

    async with db() as session:
        assert await Draft.of(session, draft.id, "U_ANA") is None
