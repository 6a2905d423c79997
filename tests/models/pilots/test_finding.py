"""Finding pilots: mine, those shared with me, and no others."""

import pytest

from models.errors import NotAllowedError, NotHereError
from models.pilots import finding, naming
from models.pilots.pilot import Circle
from models.pilots.telling import keep_findable
from tests.examples import ANA, BEN, CHRIS, DAY, HOUR, NOW, a_pilot
from tests.models.pilots.circles import STAFF_LOUNGE, a_circle, a_kept_pilot


async def names_in(page):
    return [pilot.practice_name for pilot in page.pilots]


async def test_my_pilots_come_with_those_running_first(db):
    circle = await a_circle(db)
    await a_kept_pilot(db, circle, practice_name="running", number=1)
    await a_kept_pilot(
        db, circle, practice_name="over", number=2, started_at=NOW + HOUR, finished_at=NOW + DAY
    )

    async with db() as session:
        page = await finding.mine(session, ANA)

    assert await names_in(page) == ["running", "over"]


async def test_my_list_comes_in_pages_and_a_forged_page_is_the_last_one(db):
    circle = await a_circle(db)
    for number in range(7):
        started_at = NOW + number * HOUR
        await a_kept_pilot(
            db, circle, practice_name=f"{number}", number=number, started_at=started_at
        )

    async with db() as session:
        first = await finding.mine(session, ANA)
        last = await finding.mine(session, ANA, 10**6)

    assert await names_in(first) == ["6", "5", "4", "3", "2"]
    assert await names_in(last) == ["1", "0"]
    assert (first.has_earlier, first.has_later) == (True, False)
    assert (last.has_earlier, last.has_later) == (False, True)


async def test_a_community_lists_what_its_members_share_and_nothing_private(db):
    circle = await a_circle(db)
    lounge = await a_circle(db, channel_id=STAFF_LOUNGE, members=(ANA,))
    await a_kept_pilot(db, circle, practice_name="private", number=1)
    await a_kept_pilot(db, circle, practice_name="shared", number=2, circle=Circle.COMMUNITY)
    await a_kept_pilot(db, circle, practice_name="open", number=3, circle=Circle.NETWORK)
    await a_kept_pilot(db, lounge, practice_name="elsewhere", number=4, circle=Circle.NETWORK)

    async with db() as session:
        to_ben = await finding.listed(session, circle, BEN)
        to_ana = await finding.listed(session, circle, ANA)
        to_dana = await finding.listed(session, circle, "U0DANA")
        everywhere = await finding.in_network(session, BEN)

    assert sorted(await names_in(to_ben)) == ["open", "shared"]
    assert sorted(await names_in(to_ana)) == ["open", "shared"]
    assert await names_in(to_dana) == ["open"]
    assert sorted(await names_in(everywhere)) == ["elsewhere", "open", "shared"]


async def test_a_private_pilot_and_one_that_does_not_exist_are_refused_in_the_same_words(db):
    pilot = await a_kept_pilot(db, await a_circle(db))

    async with db() as session:
        with pytest.raises(NotHereError) as private:
            await finding.seen_by(session, pilot.id, BEN)
        with pytest.raises(NotHereError) as nowhere:
            await finding.owned_by(session, pilot.id + 1000, BEN)
        with pytest.raises(NotHereError) as forged:
            await finding.owned_by(session, "1; DROP TABLE pilots", BEN)

    assert str(private.value) == str(nowhere.value) == str(forged.value)


async def test_who_left_the_community_sees_its_pilots_no_more(db):
    circle = await a_circle(db)
    pilot = await a_kept_pilot(db, circle, circle=Circle.COMMUNITY)
    async with db.begin() as session:
        (await session.merge(circle)).farewell(BEN, NOW)

    async with db() as session:
        to_chris = await finding.seen_by(session, pilot.id, CHRIS)
        with pytest.raises(NotHereError):
            await finding.seen_by(session, pilot.id, BEN)

    assert to_chris.id == pilot.id


async def test_a_colleague_cannot_change_what_they_see(db):
    pilot = await a_kept_pilot(db, await a_circle(db), circle=Circle.NETWORK)

    async with db.begin() as session:
        with pytest.raises(NotAllowedError):
            await finding.owned_by(session, str(pilot.id), BEN, for_update=True)
        mine = await finding.owned_by(session, str(pilot.id), ANA, for_update=True)

    assert mine.id == pilot.id


async def test_the_search_finds_what_is_shared_and_my_own_private_ones_and_no_others(db):
    circle = await a_circle(db)
    shared = await a_kept_pilot(
        db, circle, number=1, learned="Whispering helped", circle=Circle.COMMUNITY
    )
    await a_kept_pilot(db, circle, number=2, aim="More whispering", practice_name="Pairs")
    async with db.begin() as session:
        await keep_findable(session, await session.merge(shared))

    async with db() as session:
        to_ana = await finding.search_for(session, "whisper", ANA)
        to_ben = await finding.search_for(session, "whisper", BEN)
        to_dana = await finding.search_for(session, "whisper", "U0DANA")

    assert sorted(await names_in(to_ana.page)) == ["Exit ticket", "Pairs"]
    assert await names_in(to_ben.page) == ["Exit ticket"]
    assert to_dana.page.total == 0


async def test_a_private_pilots_words_correct_nobodys_spelling(db):
    await a_kept_pilot(db, await a_circle(db), aim="zwieback for everyone")

    async with db() as session:
        to_ben = await finding.search_for(session, "zwiebak", BEN)

    assert (to_ben.page.total, to_ben.corrected) == (0, {})


def test_a_name_leads_to_the_pilot_of_exactly_that_name_first():
    ticket = a_pilot(practice_name="Exit ticket", with_class="period 3")
    tickets = a_pilot(practice_name="Exit tickets on paper", with_class=None)

    exactly = naming.nearest("exit ticket", [tickets, ticket], ANA)
    roughly = naming.nearest("exitt tickets", [tickets, ticket], ANA)
    nothing = naming.nearest("quiet reading", [tickets, ticket], ANA)

    assert exactly == [ticket]
    assert roughly == [tickets, ticket]
    assert nothing == []


def test_a_name_means_the_newest_cycle_and_ones_own_number_an_earlier_one():
    cycles = [a_pilot(id=one, first_id=None if one == 1 else 1, cycle=one) for one in (3, 2, 1)]

    assert naming.nearest("exit ticket", cycles, ANA) == [cycles[0]]
    assert naming.nearest("Exit ticket, period 3 · cycle 2", cycles, ANA) == [cycles[1]]
    assert naming.nearest("Exit ticket, period 3 · cycle 2", cycles, BEN) != [cycles[1]]


async def test_a_colleagues_private_pilot_has_no_name_for_me(db):
    await a_kept_pilot(db, await a_circle(db))

    async with db() as session:
        to_ben = await naming.named(session, "exit ticket", BEN)
        to_ana = await naming.named(session, "exit ticket", ANA)

    assert (len(to_ben), len(to_ana)) == (0, 1)
