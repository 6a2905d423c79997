"""Saying the same: by button or emoji, once a person, and never of what is private."""

from datetime import timedelta

import pytest

from models.errors import NotHereError
from models.thanks import finding, seconding
from models.thanks.customs import Customs
from models.thanks.seconding import DOUBLE_PRESS, OwnThanksError, PrivateError
from models.thanks.thanks import By
from tests.examples import ANA, BEN, CHRIS, NOW
from tests.models.thanks.kindness import DANA, a_circle, a_kept_thanks, posts, seconders

LATER = NOW + DOUBLE_PRESS


@pytest.fixture
async def thanks(db):
    """Ana thanks Ben in the circle of these two and Chris."""
    return await a_kept_thanks(db, await a_circle(db))


async def presses(db, thanks, member_id=CHRIS, at=NOW):
    async with db.begin() as session:
        return await seconding.press(session, thanks.id, member_id, at)


async def reacts(db, thanks, emoji="clap", member_id=CHRIS):
    async with db.begin() as session:
        await seconding.react(session, thanks.id, member_id, emoji, NOW)


async def unreacts(db, thanks, emoji="clap", member_id=CHRIS):
    async with db.begin() as session:
        await seconding.take_back_reaction(session, thanks.id, member_id, emoji, NOW)


async def test_a_colleague_seconds_it_and_only_the_card_moves(db, thanks):
    stands = await presses(db, thanks)

    assert stands
    assert await seconders(db, thanks) == [(CHRIS, By.BUTTON)]
    assert [post.wanted for post in (await posts(db)).values()] == [1, 0]


async def test_pressing_twice_at_once_is_one_press(db, thanks):
    await presses(db, thanks)

    stands = await presses(db, thanks, at=NOW + timedelta(seconds=1))

    assert stands
    assert await seconders(db, thanks) == [(CHRIS, By.BUTTON)]


async def test_pressing_once_more_takes_it_back(db, thanks):
    await presses(db, thanks)

    stands = await presses(db, thanks, at=LATER)

    assert not stands
    assert await seconders(db, thanks) == []


@pytest.mark.parametrize("member_id", [ANA, BEN])
async def test_giver_and_receiver_are_told_kindly_that_it_is_for_colleagues(db, thanks, member_id):
    with pytest.raises(OwnThanksError):
        await presses(db, thanks, member_id)

    assert await seconders(db, thanks) == []


async def test_who_is_not_in_the_community_finds_nothing_to_second(db, thanks):
    with pytest.raises(NotHereError):
        await presses(db, thanks, DANA)


async def test_private_thanks_look_to_a_colleague_as_if_there_were_none(db):
    private = await a_kept_thanks(db, await a_circle(db), is_private=True)

    with pytest.raises(NotHereError) as not_mine:
        await presses(db, private)
    with pytest.raises(NotHereError) as none_at_all:
        async with db() as session:
            await finding.seen_by(session, 999, CHRIS, NOW)

    assert str(not_mine.value) == str(none_at_all.value)


async def test_the_receiver_of_private_thanks_seconds_nothing(db):
    private = await a_kept_thanks(db, await a_circle(db), is_private=True)

    with pytest.raises(PrivateError):
        await presses(db, private, BEN)


@pytest.mark.parametrize("emoji", ["clap", "clap::skin-tone-3"])
async def test_the_emoji_seconds_it_in_every_skin_tone_and_off_it_does_not(db, thanks, emoji):
    await reacts(db, thanks, emoji)
    before = await seconders(db, thanks)

    await unreacts(db, thanks, emoji)

    assert before == [(CHRIS, By.EMOJI)]
    assert await seconders(db, thanks) == []


async def test_any_other_emoji_is_just_an_emoji(db, thanks):
    await reacts(db, thanks, "tada")

    assert await seconders(db, thanks) == []
    assert [post.wanted for post in (await posts(db)).values()] == [0, 0]


@pytest.mark.parametrize("member_id", [ANA, BEN, DANA])
async def test_the_emoji_of_giver_receiver_or_a_stranger_seconds_nothing(db, thanks, member_id):
    await reacts(db, thanks, member_id=member_id)

    assert await seconders(db, thanks) == []


async def test_taking_the_emoji_off_undoes_it_though_the_community_has_another_one_now(db, thanks):
    await reacts(db, thanks)
    async with db.begin() as session:
        session.add(
            Customs(
                community_id=thanks.community_id,
                reasons=[],
                emoji="tada",
                changed_by=BEN,
                changed_at=NOW,
            )
        )
    await reacts(db, thanks, "tada")

    await unreacts(db, thanks, "clap::skin-tone-3")
    one_is_left = await seconders(db, thanks)
    await unreacts(db, thanks, "tada")

    assert one_is_left == [(CHRIS, By.EMOJI)]
    assert await seconders(db, thanks) == []


async def test_taking_the_emoji_off_leaves_what_the_button_did(db, thanks):
    await presses(db, thanks)
    await reacts(db, thanks)

    await unreacts(db, thanks)

    assert await seconders(db, thanks) == [(CHRIS, By.BUTTON)]


async def test_button_and_emoji_of_one_person_are_one_name(db, thanks):
    await presses(db, thanks)
    await reacts(db, thanks)

    async with db() as session:
        named = await finding.seconders_of(session, [thanks.id])

    assert named == {thanks.id: [CHRIS]}
