"""What thanks may be linked to, without anybody learning of what is not theirs."""

import pytest

from models.materials.material import Circle as MaterialCircle
from models.pilots.pilot import Circle
from models.thanks.linking import LinkError, chosen, may_answer, offered
from models.thanks.thanks import About
from tests.examples import (
    ANA,
    BEN,
    CHRIS,
    HOUR,
    NOW,
    a_hangout,
    a_material,
    a_pilot,
    a_problem,
    a_series,
)
from tests.models.thanks.kindness import a_circle, a_kept_thanks


@pytest.fixture
async def circle(db):
    return await a_circle(db)


@pytest.fixture
async def secret(db, circle):
    """A private community of Ana and Ben."""
    return await a_circle(db, members=(ANA, BEN), channel_id="C0SECRET", is_private=True)


@pytest.fixture
async def things(db, circle, secret):
    """Ana's, a colleague's, and what is nobody's business."""
    async with db.begin() as session:
        session.add(series := a_series(community_id=circle.id))
        await session.flush()
        held = a_hangout(community_id=circle.id, series_id=series.id, opened_at=NOW)
        later = a_hangout(
            community_id=circle.id,
            series_id=series.id,
            starts_at=held.starts_at + 24 * HOUR,
            uid="later",
        )
        session.add_all(
            [
                a_problem(id=1, community_id=circle.id, request_key="P1"),
                a_problem(id=2, community_id=circle.id, request_key="P2", author_id=None),
                a_problem(id=3, community_id=secret.id, request_key="P3", title="Our secret"),
                a_problem(id=4, community_id=circle.id, request_key="P4", deleted_at=NOW),
                held,
                later,
                a_pilot(id=1, community_id=circle.id, member_id=ANA, circle=Circle.ME),
                a_pilot(
                    id=2,
                    community_id=circle.id,
                    member_id=BEN,
                    circle=Circle.NETWORK,
                    request_key="L2",
                ),
                a_pilot(
                    id=3, community_id=circle.id, member_id=BEN, circle=Circle.ME, request_key="L3"
                ),
                a_material(id=1, community_id=secret.id),
                a_material(
                    id=2,
                    community_id=secret.id,
                    circle=MaterialCircle.NETWORK,
                    request_key="M2",
                    title="Open rubric",
                ),
            ]
        )
    return held


async def offers(db, giver_id, community, words="", *, is_private=False) -> dict[About, list[int]]:
    async with db() as session:
        found = await offered(session, words, giver_id, community.id, is_private=is_private)
    return {kind: [one.about_id for one in pointers] for kind, pointers in found.items()}


async def test_public_thanks_are_linked_to_what_everybody_sees(db, circle, things):
    assert await offers(db, ANA, circle) == {
        About.PROBLEM: [1],
        About.HANGOUT: [things.id],
        About.PILOT: [2],
        About.MATERIAL: [2],
    }


async def test_private_ones_to_all_that_their_giver_sees(db, circle, things):
    found = await offers(db, ANA, circle, is_private=True)

    assert sorted(found[About.PROBLEM]) == [1, 3]
    assert sorted(found[About.PILOT]) == [1, 2]
    assert sorted(found[About.MATERIAL]) == [1, 2]


async def test_nothing_of_a_private_community_is_offered_outside_it(db, circle, things):
    found = await offers(db, CHRIS, circle, is_private=True)

    assert found[About.PROBLEM] == [1]
    assert found[About.MATERIAL] == [2]
    assert await offers(db, CHRIS, circle, "secret", is_private=True) == {}


async def test_words_narrow_the_list_and_mean_nothing_else(db, circle, things):
    assert await offers(db, ANA, circle, "QUIET") == {About.PROBLEM: [1]}
    assert await offers(db, ANA, circle, "hangout of") == {About.HANGOUT: [things.id]}
    assert await offers(db, ANA, circle, "%") == {}


async def test_a_problem_without_a_name_is_linked_by_nobody(db, circle, things):
    for giver_id in (ANA, BEN):
        async with db() as session:
            with pytest.raises(LinkError, match="can’t find that"):
                await chosen(session, "problem:2", giver_id, circle.id, is_private=True)


@pytest.mark.parametrize(
    "value", ["pilot:3", "problem:4", "problem:99", "person:1", "pilot:x", "🎉"]
)
async def test_what_is_not_there_and_what_is_not_theirs_is_told_alike(db, circle, things, value):
    async with db() as session:
        with pytest.raises(LinkError) as error:
            await chosen(session, value, ANA, circle.id, is_private=True)

    assert error.value.field == "about"
    assert "can’t find that any more" in str(error.value)


async def test_what_only_some_see_is_linked_in_private_only(db, circle, things):
    async with db() as session:
        kept = await chosen(session, "pilot:1", ANA, circle.id, is_private=True)
        with pytest.raises(LinkError, match="Not everybody"):
            await chosen(session, "pilot:1", ANA, circle.id, is_private=False)
        none = await chosen(session, None, ANA, circle.id, is_private=False)

    assert kept is not None
    assert (kept.kind, kept.about_id, none) == (About.PILOT, 1, None)


async def test_only_whoever_was_thanked_answers(db, circle):
    thanks = await a_kept_thanks(db, circle, to=(BEN,))

    async with db() as session:
        answered = [await may_answer(session, thanks.id, one) for one in (BEN, CHRIS, ANA)]
        assert answered == [thanks.id, None, None]
        assert await may_answer(session, "forged", BEN) is None
