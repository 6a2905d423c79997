"""Bringing a problem to a hangout: which ones, by whom, and where each is then."""

import pytest

from models.communities import Community
from models.errors import NotAllowedError, NotHereError
from models.hangouts import bringing
from models.hangouts.bringing import (
    NamelessProblemError,
    hangouts_of,
    own_problems,
    require_bringer,
)
from models.hangouts.signups import ask_to_present, bring, give_back
from models.posts import SAID, Post
from models.problems import Author, Problem, ResolvedError
from models.problems.posted import CARD, card_links, post_card
from models.workspaces import Workspace
from tests.examples import ANA, BEN, CHRIS, NAMES, NOW, a_member, a_wording
from tests.models.hangouts.signing import does, set_up, signup


@pytest.fixture
async def hangout_id(db):
    [hangout_id] = await set_up(db, (ANA, BEN, CHRIS), hangouts=({"slots": 1},))
    return hangout_id


async def a_problem_of(db, member_id, key, *, is_named=True, **fields):
    async with db.begin() as session:
        community = await Community.of_channel(session, "C0MATHCIRCLE")
        problem = await Problem.share(
            session,
            a_wording(**fields),
            author=Author(member_id, is_named=is_named),
            community=community,
            request_key=key,
            now=NOW,
        )
        await post_card(session, problem, community)
    return problem


async def brings(db, hangout_id, member_id, problem, question=None):
    return await does(db, bringing.bring, hangout_id, member_id, problem=problem, question=question)


async def where(db, *problems):
    async with db() as session:
        found = await hangouts_of(session, [one.id for one in problems])
    return {problem_id: hangout.id for problem_id, hangout in found.items()}


async def test_my_open_problems_may_be_brought_and_those_without_a_name_are_counted(db, hangout_id):
    mine = await a_problem_of(db, ANA, "V1")
    resolved = await a_problem_of(db, ANA, "V2")
    await a_problem_of(db, ANA, "V3", is_named=False)
    await a_problem_of(db, BEN, "V4")
    async with db.begin() as session:
        (await session.get_one(Problem, resolved.id)).resolve("Ask.", NOW)

    async with db() as session:
        own = await own_problems(session, ANA, mine.community_id)
        with_brought = await own_problems(session, ANA, mine.community_id, resolved.id)

    assert ([one.id for one in own.problems], own.nameless) == ([mine.id], 1)
    assert {one.id for one in with_brought.problems} == {mine.id, resolved.id}


async def test_a_problem_is_at_the_hangout_where_it_has_a_seat(db, hangout_id):
    anas, bens = await a_problem_of(db, ANA, "V1"), await a_problem_of(db, BEN, "V2")
    for member_id, problem in ((ANA, anas), (BEN, bens)):
        await does(db, ask_to_present, hangout_id, member_id)
        await brings(db, hangout_id, member_id, problem)

    assert await where(db, anas, bens) == {anas.id: hangout_id}
    await does(db, give_back, hangout_id, ANA)
    assert await where(db, anas, bens) == {}


async def test_the_problems_own_question_is_not_kept_twice(db, hangout_id):
    problem = await a_problem_of(db, ANA, "V1", question="Whom do I ask?")
    await does(db, ask_to_present, hangout_id, ANA)

    await brings(db, hangout_id, ANA, problem, "Whom do I ask?")
    assert (await signup(db, hangout_id, ANA)).question is None
    await brings(db, hangout_id, ANA, problem, "And when?")
    assert (await signup(db, hangout_id, ANA)).question == "And when?"


async def test_the_card_of_what_is_not_brought_any_more_is_drawn_anew(db, hangout_id):
    first, second = await a_problem_of(db, ANA, "V1"), await a_problem_of(db, ANA, "V2")
    await does(db, ask_to_present, hangout_id, ANA)
    await brings(db, hangout_id, ANA, first)
    async with db() as session:
        before = (await Post.keyed(session, f"{CARD}:{first.id}")).wanted

    await brings(db, hangout_id, ANA, second)

    async with db() as session:
        assert (await Post.keyed(session, f"{CARD}:{first.id}")).wanted > before
        assert (await Post.keyed(session, f"{CARD}:{second.id}")).wanted > 0


async def test_what_has_no_name_or_is_resolved_cannot_be_brought(db, hangout_id):
    nameless = await a_problem_of(db, ANA, "V1", is_named=False)
    resolved = await a_problem_of(db, ANA, "V2")
    resolved.resolve("Ask.", NOW)
    await does(db, ask_to_present, hangout_id, ANA)

    with pytest.raises(NamelessProblemError):
        await brings(db, hangout_id, ANA, nameless)
    with pytest.raises(ResolvedError):
        await brings(db, hangout_id, ANA, resolved)
    with pytest.raises(NotHereError):
        await does(db, bring, hangout_id, ANA, problem_id=999, question=None)


async def test_whoever_shared_it_presents_and_facilitators_may_arrange_that(db, hangout_id):
    problem = await a_problem_of(db, ANA, "V1")
    async with db.begin() as session:
        community = await Community.of_channel(session, "C0MATHCIRCLE")
        community.welcome(BEN, NOW).is_facilitator = True

        for member_id in (ANA, BEN):
            who = await require_bringer(session, problem, community, a_member(member_id), NAMES)
            assert who == ANA
        with pytest.raises(NotAllowedError, match="Only Ana and facilitators"):
            await require_bringer(session, problem, community, a_member(CHRIS), NAMES)


async def test_only_cards_that_stand_have_an_address(db, hangout_id):
    said, unsaid = await a_problem_of(db, ANA, "V1"), await a_problem_of(db, ANA, "V2")
    async with db.begin() as session:
        session.add(Workspace(id="T0STAFF", url="https://staff.slack.com/", first_seen_at=NOW))
        post = await Post.keyed(session, f"{CARD}:{said.id}")
        post.state, post.channel_id, post.ts = SAID, "C0MATHCIRCLE", "1.5"

    async with db() as session:
        links = await card_links(session, [said.id, unsaid.id])
        assert await card_links(session, []) == {}

    assert links == {said.id: "https://staff.slack.com/archives/C0MATHCIRCLE/p15"}
