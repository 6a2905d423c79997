"""A facilitator asks somebody else to lead a hangout."""

import pytest

from models.communities import Community
from models.errors import NotAllowedError, NotHereError
from models.hangouts import posted, signups
from models.hangouts.hangout import Hangout, HangoutOffError, HangoutOverError
from models.hangouts.swaps import SubstituteError, Swap, SwapOverError, SwapState
from tests.examples import ANA, BEN, CHRIS, DAY, HOUR, NOW, a_member
from tests.models.hangouts.signing import call_off, does, is_deactivated, leave, letters, set_up

DANA = "U0DANA"
BEN_HIMSELF = a_member(BEN)


@pytest.fixture
async def thursday(db):
    """A hangout that Ben leads, who facilitates; Chris does so too."""
    [hangout_id] = await set_up(db, (ANA, BEN, CHRIS, DANA))
    async with db.begin() as session:
        [community] = await Community.living(session)
        community.configure(
            name="Math circle", tz="America/Denver", facilitators=[BEN, CHRIS], now=NOW
        )
        session.add(a_member(CHRIS))
    return hangout_id


async def ask(db, hangout_id, substitute_id, *, asker=BEN_HIMSELF, now=NOW):
    async with db.begin() as session:
        hangout = await Hangout.of(session, hangout_id, for_update=True)
        community = await session.get(Community, hangout.community_id)
        return await Swap.ask(session, hangout, community, asker, substitute_id, now)


async def answer(db, swap, rule, by, now=NOW + HOUR):
    async with db.begin() as session:
        swap = await Swap.of(session, swap.id)
        hangout = await Hangout.of(session, swap.hangout_id, for_update=True)
        await rule(swap, session, hangout, by, now)
    return swap


async def leader(db, hangout_id):
    async with db() as session:
        hangout = await Hangout.of(session, hangout_id)
    return hangout.facilitator_id, hangout.is_swapped


async def test_who_is_asked_gets_one_letter_and_nothing_changes_yet(db, thursday):
    swap = await ask(db, thursday, ANA)
    again = await ask(db, thursday, ANA, now=NOW + HOUR)

    assert again.id == swap.id
    assert await letters(db, posted.SWAP_ASKED) == [ANA]
    assert await leader(db, thursday) == (BEN, False)


async def test_who_accepts_leads_it_and_everybody_hears_once(db, thursday):
    for who in (BEN, DANA):
        await does(db, signups.join, thursday, who)
    swap = await ask(db, thursday, ANA)

    for _ in range(2):
        swap = await answer(db, swap, Swap.accept, ANA)

    assert await leader(db, thursday) == (ANA, True)
    assert (swap.state, swap.answered_at) == (SwapState.ACCEPTED, NOW + HOUR)
    assert await letters(db, posted.SWAP_ANSWERED) == [BEN]
    assert await letters(db, posted.CHANGED) == [DANA]
    assert await letters(db, posted.BRIEF) == [ANA]


async def test_who_declines_leaves_it_with_who_leads_it(db, thursday):
    swap = await ask(db, thursday, ANA)

    for _ in range(2):
        swap = await answer(db, swap, Swap.decline, ANA)

    assert await leader(db, thursday) == (BEN, False)
    assert swap.state == SwapState.DECLINED
    assert await letters(db, posted.SWAP_ANSWERED) == [BEN]
    with pytest.raises(SwapOverError):
        await answer(db, swap, Swap.accept, ANA)


async def test_who_led_it_hears_of_what_another_facilitator_arranged(db, thursday):
    swap = await ask(db, thursday, ANA, asker=a_member(CHRIS))

    await answer(db, swap, Swap.accept, ANA)

    assert await letters(db, posted.SWAP_ANSWERED) == [BEN, CHRIS]


async def test_a_facilitator_who_takes_it_over_need_not_ask(db, thursday):
    swap = await ask(db, thursday, CHRIS, asker=a_member(CHRIS))

    assert swap.state == SwapState.ACCEPTED
    assert await leader(db, thursday) == (CHRIS, True)
    assert await letters(db, posted.SWAP_ASKED) == []
    assert await letters(db, posted.SWAP_ANSWERED) == [BEN]


async def test_a_newer_request_takes_the_place_of_the_older(db, thursday):
    older = await ask(db, thursday, ANA)
    newer = await ask(db, thursday, DANA, now=NOW + HOUR)

    with pytest.raises(SwapOverError):
        await answer(db, older, Swap.accept, ANA)
    await answer(db, newer, Swap.accept, DANA)

    assert await leader(db, thursday) == (DANA, True)
    async with db() as session:
        assert await Swap.asked_about(session, thursday) is None


async def test_only_facilitators_ask_and_only_who_was_asked_answers(db, thursday):
    with pytest.raises(NotAllowedError, match="Ask Chris"):
        await ask(db, thursday, DANA, asker=a_member(ANA))
    swap = await ask(db, thursday, ANA)

    for rule in (Swap.accept, Swap.decline):
        with pytest.raises(NotAllowedError, match="Only whoever was asked"):
            await answer(db, swap, rule, DANA)
    with pytest.raises(NotHereError):
        async with db() as session:
            await Swap.of(session, "999")

    assert await leader(db, thursday) == (BEN, False)


@pytest.mark.parametrize("who", [BEN, DANA, "U0ZOE"])
async def test_who_leads_it_anyway_or_is_not_here_cannot_be_asked(db, thursday, who):
    await is_deactivated(db, DANA)

    with pytest.raises(SubstituteError):
        await ask(db, thursday, who)


async def test_who_has_left_meanwhile_cannot_accept(db, thursday):
    swap = await ask(db, thursday, ANA)
    await leave(db, thursday, ANA)

    with pytest.raises(SubstituteError):
        await answer(db, swap, Swap.accept, ANA)


async def test_a_hangout_that_has_begun_or_was_called_off_is_not_handed_on(db, thursday):
    swap = await ask(db, thursday, ANA)

    with pytest.raises(HangoutOverError):
        await answer(db, swap, Swap.accept, ANA, now=NOW + 20 * DAY)
    await does(db, call_off, thursday)
    with pytest.raises(HangoutOffError):
        await answer(db, swap, Swap.accept, ANA)
    with pytest.raises(HangoutOffError):
        await ask(db, thursday, DANA)
