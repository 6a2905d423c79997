"""Championing: leads alone, others' pilots alone, and what is told of it."""

import pytest
from sqlalchemy import select

from models.errors import NotAllowedError, NotHereError
from models.pilots.championing import (
    WORDS_LENGTH,
    KindWordError,
    OwnPilotError,
    champion,
    champions_of,
    kind_word,
    to_champion,
)
from models.pilots.pilot import Circle, Pilot
from models.pilots.posted import CHAMPIONED
from models.posts import Post
from tests.examples import ANA, BEN, NOW, a_member
from tests.models.pilots.circles import a_circle, a_kept_pilot


async def test_a_lead_champions_a_shared_pilot_once_and_may_say_it_better(db):
    pilot = await a_kept_pilot(db, await a_circle(db), circle=Circle.COMMUNITY)
    lead = a_member(member_id=BEN, is_lead=True)

    async with db.begin() as session:
        seen = await to_champion(session, pilot.id, lead)
        await champion(session, seen, lead, "Brave", NOW)
        await champion(session, seen, lead, "Brave, and honest", NOW)

    async with db() as session:
        words = {
            pilot_id: [one.words for one in said]
            for pilot_id, said in (await champions_of(session, [pilot.id])).items()
        }
        letters = (await session.scalars(select(Post).where(Post.kind == CHAMPIONED))).all()
    assert words == {pilot.id: ["Brave, and honest"]}
    assert [letter.place_id for letter in letters] == [ANA]


@pytest.mark.parametrize(
    ("member_id", "is_lead", "circle", "refusal"),
    [
        (BEN, False, Circle.COMMUNITY, NotAllowedError),
        (ANA, True, Circle.COMMUNITY, OwnPilotError),
        (BEN, True, Circle.ME, NotHereError),
        ("U0DANA", True, Circle.COMMUNITY, NotHereError),
    ],
)
async def test_it_takes_a_lead_who_sees_it_and_somebody_elses_pilot(
    db, member_id, is_lead, circle, refusal
):
    pilot = await a_kept_pilot(db, await a_circle(db), circle=circle)

    async with db() as session:
        with pytest.raises(refusal):
            await to_champion(session, pilot.id, a_member(member_id=member_id, is_lead=is_lead))


@pytest.mark.parametrize("typed", [None, " ", "x" * (WORDS_LENGTH + 1)])
def test_an_empty_or_endless_kind_word_is_refused_at_its_field(typed):
    with pytest.raises(KindWordError) as told:
        kind_word(typed)

    assert told.value.field == "words"


async def test_the_very_same_kind_word_again_is_nothing_new(db):
    pilot = await a_kept_pilot(db, await a_circle(db), circle=Circle.NETWORK)
    lead = a_member(member_id=BEN, is_lead=True)

    async with db.begin() as session:
        mine = await session.get_one(Pilot, pilot.id)
        said = ("Brave.", "Brave.", "Brave, and honest.")
        news = [await champion(session, mine, lead, words, NOW) for words in said]

    assert news == [True, False, True]


async def test_of_two_kind_words_the_earlier_comes_first(db):
    pilot = await a_kept_pilot(db, await a_circle(db), circle=Circle.NETWORK)

    async with db.begin() as session:
        mine = await session.get_one(Pilot, pilot.id)
        for member_id in (BEN, "U0CHRIS"):
            await champion(
                session, mine, a_member(member_id=member_id, is_lead=True), member_id, NOW
            )

    async with db() as session:
        said = await champions_of(session, [pilot.id])
    assert [one.member_id for one in said[pilot.id]] == [BEN, "U0CHRIS"]
