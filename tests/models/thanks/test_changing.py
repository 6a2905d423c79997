"""Undo and edit for ten minutes, keep it private, delete: who may, and what is left."""

from datetime import timedelta

import pytest

from models.errors import NotAllowedError, NotHereError
from models.members import Member
from models.thanks import changing, finding, seconding
from models.thanks.changing import Part, TooLateError
from models.thanks.posted import CARD, KEPT_PRIVATE, RECEIVED
from models.thanks.thanks import CHANGES_FOR
from models.thanks.wording import Wording
from tests.examples import ANA, BEN, CHRIS, NOW, a_member
from tests.models.thanks.kindness import (
    DANA,
    a_circle,
    a_kept_thanks,
    now,
    people,
    posts,
    receivers,
    seconders,
)

LAST_MOMENT = NOW + CHANGES_FOR - timedelta(seconds=1)
TOO_LATE = NOW + CHANGES_FOR


@pytest.fixture
async def circle(db):
    """Ana, Ben, Chris and Dana, who facilitates."""
    community = await a_circle(db, members=(ANA, BEN, CHRIS, DANA))
    async with db.begin() as session:
        session.add(community)
        community.membership(DANA).is_facilitator = True
    return community


async def edits(db, thanks, text="listening to me", at=LAST_MOMENT, *, is_private=False):
    async with db.begin() as session:
        mine = await changing.to_change(session, thanks.id, ANA, at)
        await changing.edit(session, mine, Wording.of(text=text), at, is_private=is_private)


async def deletes(db, thanks, member: Member, at=TOO_LATE) -> Part:
    async with db.begin() as session:
        deletion = await changing.to_delete(session, thanks.id, member, at)
        await changing.delete(session, deletion, at)
    return deletion.part


async def keeps_private(db, thanks, member_id=BEN):
    async with db.begin() as session:
        await changing.keep_private(session, thanks.id, member_id, NOW)


async def redrawn(db) -> list[str]:
    return [post.kind for post in (await posts(db)).values() if post.wanted]


async def test_the_giver_puts_it_otherwise_and_card_and_letter_follow(db, circle):
    thanks = await a_kept_thanks(db, circle, reason="Listened")

    await edits(db, thanks)

    kept = await now(db, thanks)
    assert (kept.text, kept.effect, kept.reason) == ("listening to me", None, None)
    assert kept.edited_at == LAST_MOMENT
    assert await redrawn(db) == [CARD, RECEIVED]


async def test_after_ten_minutes_the_words_stay(db, circle):
    thanks = await a_kept_thanks(db, circle)

    with pytest.raises(TooLateError):
        await edits(db, thanks, at=TOO_LATE)

    assert (await now(db, thanks)).text == "covering my class"


async def test_nobody_changes_what_another_said(db, circle):
    thanks = await a_kept_thanks(db, circle)

    async with db.begin() as session:
        with pytest.raises(NotAllowedError):
            await changing.to_change(session, thanks.id, BEN, NOW)


async def test_an_edit_can_keep_it_private_and_never_make_it_public(db, circle):
    thanks = await a_kept_thanks(db, circle)
    await edits(db, thanks, is_private=True)

    await edits(db, thanks, is_private=False)

    assert (await now(db, thanks)).is_private


async def test_what_is_undone_keeps_no_word_and_no_name(db, circle):
    thanks = await a_kept_thanks(
        db,
        circle,
        reason="Listened",
        about_kind="problem",
        about_id=7,
        source_channel_id="C1",
        source_ts="1.0",
    )
    async with db.begin() as session:
        await seconding.press(session, thanks.id, CHRIS, NOW)

    async with db.begin() as session:
        mine = await changing.to_change(session, thanks.id, ANA, LAST_MOMENT)
        await changing.undo(session, mine, LAST_MOMENT)

    kept = await now(db, thanks)
    left = (kept.effect, kept.reason, kept.about_kind, kept.about_id, kept.source_ts)
    assert (kept.text, *left) == ("", None, None, None, None, None)
    assert (await receivers(db, thanks), await seconders(db, thanks)) == ([], [])
    assert await redrawn(db) == [CARD, RECEIVED]


async def test_a_receiver_keeps_it_private_and_the_giver_hears_of_it_once(db, circle):
    thanks = await a_kept_thanks(db, circle, to=[BEN, CHRIS])
    async with db.begin() as session:
        await seconding.press(session, thanks.id, DANA, NOW)

    await keeps_private(db, thanks)
    await keeps_private(db, thanks, CHRIS)

    assert (await now(db, thanks)).is_private
    assert await seconders(db, thanks) == []
    said = await posts(db)
    assert [post.place_id for post in said.values() if post.kind == KEPT_PRIVATE] == [ANA]
    assert {post.kind for post in said.values() if post.wanted} == {CARD, RECEIVED}


@pytest.mark.parametrize("member_id", [ANA, CHRIS])
async def test_only_who_is_thanked_keeps_it_private(db, circle, member_id):
    thanks = await a_kept_thanks(db, circle)

    with pytest.raises(NotAllowedError):
        await keeps_private(db, thanks, member_id)

    assert not (await now(db, thanks)).is_private


@pytest.mark.parametrize("member_id", [ANA, BEN, DANA])
async def test_giver_receiver_and_facilitator_delete_it(db, circle, member_id):
    thanks = await a_kept_thanks(db, circle)

    part = await deletes(db, thanks, a_member(member_id))

    assert part == Part.WHOLE
    assert (await now(db, thanks)).deleted_at == TOO_LATE


async def test_others_cannot_delete_it_and_learn_whom_to_ask(db, circle):
    thanks = await a_kept_thanks(db, circle)
    await people(db, DANA, name="Dana")

    with pytest.raises(NotAllowedError, match="Ask Dana"):
        await deletes(db, thanks, a_member(CHRIS))

    assert (await now(db, thanks)).deleted_at is None


@pytest.mark.parametrize("traits", [{"member_id": DANA}, {"member_id": CHRIS, "is_lead": True}])
async def test_private_thanks_are_not_there_for_facilitators_and_leads(db, circle, traits):
    thanks = await a_kept_thanks(db, circle, is_private=True)

    with pytest.raises(NotHereError):
        await deletes(db, thanks, a_member(**traits))


async def test_one_of_several_receivers_takes_only_themselves_out(db, circle):
    thanks = await a_kept_thanks(db, circle, to=[BEN, CHRIS])

    part = await deletes(db, thanks, a_member(BEN))

    assert part == Part.OWN
    assert await receivers(db, thanks) == [CHRIS]
    assert (await now(db, thanks)).text == "covering my class"
    async with db() as session:
        assert await finding.seen_by(session, thanks.id, CHRIS, TOO_LATE)


async def test_the_last_receiver_deletes_all_of_it(db, circle):
    thanks = await a_kept_thanks(db, circle, to=[BEN, CHRIS], is_private=True)
    await deletes(db, thanks, a_member(BEN))

    part = await deletes(db, thanks, a_member(CHRIS))

    assert part == Part.WHOLE
    assert (await now(db, thanks)).text == ""


@pytest.mark.parametrize("forged", ["", "abc", "9" * 40, None, "-1"])
async def test_a_forged_number_finds_nothing(db, circle, forged):
    async with db() as session:
        with pytest.raises(NotHereError):
            await finding.seen_by(session, forged, ANA, NOW)
