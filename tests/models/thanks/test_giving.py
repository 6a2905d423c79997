"""Giving thanks: to whom, where, how often, and who sees it."""

import asyncio

import pytest

from models.errors import NotHereError, RuleError
from models.thanks.giving import ReceiverError, give, objection_to
from models.thanks.shower import Shower
from models.thanks.thanks import Thanks
from models.thanks.wording import Wording
from tests.examples import ANA, BEN, CHRIS, DAY, NOW, a_member
from tests.models.thanks.kindness import a_circle, posts, receivers

WORDS = Wording.of(text="covering my class", effect="I could go", reason="Covered for me")
ME = a_member(ANA)


async def gave(db, community, *to, key="T1", wording=WORDS, **giving) -> Thanks:
    people = [a_member(one) if isinstance(one, str) else one for one in to]
    facts = {"giver": ME, "receivers": people, "is_private": False, "now": NOW}
    async with db.begin() as session:
        return await give(
            session, wording, **facts | {"community": community, "request_key": key} | giving
        )


async def test_thanks_reach_the_channel_and_everybody_who_is_thanked(db):
    circle = await a_circle(db)

    thanks = await gave(db, circle, BEN, CHRIS)

    assert (thanks.giver_id, thanks.text, thanks.reason) == (ANA, WORDS.text, "Covered for me")
    assert await receivers(db, thanks) == [BEN, CHRIS]
    assert [one.place_id for one in (await posts(db)).values()] == [circle.channel_id, BEN, CHRIS]


async def test_private_thanks_are_said_to_nobody_else(db):
    circle = await a_circle(db)

    thanks = await gave(db, circle, BEN, is_private=True)

    assert thanks.is_private
    assert [one.place_id for one in (await posts(db)).values()] == [BEN]


async def test_one_who_is_thanked_quietly_makes_the_whole_private(db):
    circle = await a_circle(db)

    thanks = await gave(db, circle, BEN, a_member(CHRIS, is_thanked_quietly=True))

    assert thanks.is_private
    assert [one.place_id for one in (await posts(db)).values()] == [BEN, CHRIS]


async def test_the_same_request_twice_gives_thanks_once(db):
    circle = await a_circle(db)

    first = await gave(db, circle, BEN)
    again = await gave(db, circle, BEN)

    assert again.id == first.id
    assert await receivers(db, first) == [BEN]
    assert len(await posts(db)) == 2


async def test_two_replicas_with_the_same_request_give_thanks_once(db):
    circle = await a_circle(db)

    both = await asyncio.gather(*[gave(db, circle, BEN, CHRIS) for _ in range(2)])

    assert both[0].id == both[1].id
    assert await receivers(db, both[0]) == [BEN, CHRIS]
    assert len(await posts(db)) == 3


async def test_somebody_named_twice_is_thanked_once(db):
    thanks = await gave(db, await a_circle(db), BEN, BEN)

    assert await receivers(db, thanks) == [BEN]


async def test_a_note_of_a_shower_waits_for_its_day_and_tells_nobody(db):
    circle = await a_circle(db)
    async with db.begin() as session:
        shower = Shower(
            request_key="S1",
            community_id=circle.id,
            member_id=BEN,
            opened_by=CHRIS,
            opened_at=NOW,
            on_date=(NOW + DAY).date(),
            arrives_at=NOW + DAY,
        )
        session.add(shower)

    thanks = await gave(db, circle, BEN, shower=shower)

    assert (thanks.is_private, thanks.shower_id, thanks.arrives_at) == (True, shower.id, NOW + DAY)
    assert await posts(db) == {}


async def test_a_private_community_is_for_those_who_are_in_it(db):
    secret = await a_circle(db, members=(BEN, CHRIS), is_private=True)

    with pytest.raises(NotHereError):
        await gave(db, secret, BEN)
    assert await posts(db) == {}


async def test_an_archived_community_takes_no_thanks(db):
    with pytest.raises(RuleError, match="is archived"):
        await gave(db, await a_circle(db, archived_at=NOW), BEN)


async def test_nobody_is_thanked_who_cannot_be(db):
    circle = await a_circle(db)

    for people, why in (
        ([], "whom"),
        ([ME], "That is you"),
        ([a_member(BEN), ME], "That is you"),
        ([a_member("U0APP", name="polly", is_bot=True)], "Polly is an app"),
        ([a_member("U0GONE", name=None, left_at=NOW)], "This person is no longer"),
        ([a_member(f"U{number}") for number in range(11)], "These are 11 people"),
    ):
        with pytest.raises(ReceiverError, match=why) as error:
            await gave(db, circle, *people)
        assert error.value.field == "receiver_ids"
    assert objection_to(ME, [a_member(f"U{number}") for number in range(10)]) is None
