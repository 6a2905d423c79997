"""Departing: a lead has the data of somebody who has left deleted, of nobody else's."""

import pytest

from models.errors import NotAllowedError, RuleError
from models.my_data.departing import StillHereError, departed
from models.my_data.nobody import meet_somebody
from tests.examples import ANA, BEN, CHRIS, NOW, a_member


@pytest.fixture
async def school(db):
    """Ana has left, Ben is here, and two of one name have left."""
    async with db.begin() as session:
        session.add_all([a_member(ANA, left_at=NOW), a_member(BEN)])
        session.add_all(a_member(one, name="Sam", left_at=NOW) for one in ("U1", "U2"))
        await meet_somebody(session, NOW)
    return db


async def meant_by(db, typed, *, is_lead=True):
    async with db() as session:
        by = a_member(CHRIS, is_lead=is_lead)
        return (await departed(session, typed, by)).member_id


@pytest.mark.parametrize("typed", [f"<@{ANA}|ana>", f"<@{ANA}>", ANA, " @ana ", "ANA"])
async def test_who_has_left_is_found_by_mention_id_or_name(school, typed):
    assert await meant_by(school, typed) == ANA


@pytest.mark.parametrize("typed", ["Zoe", "<@U0ZOE>", "someone who has left", "UGONE", "Sam"])
async def test_nobody_or_several_are_asked_about(school, typed):
    with pytest.raises(RuleError, match=r"member id"):
        await meant_by(school, typed)


async def test_who_is_still_here_decides_themselves(school):
    with pytest.raises(StillHereError):
        await meant_by(school, "Ben")


async def test_only_leads_may(school):
    with pytest.raises(NotAllowedError):
        await meant_by(school, "Ana", is_lead=False)
