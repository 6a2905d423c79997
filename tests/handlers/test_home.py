"""App Home: one page of what concerns me."""

import logging

import pytest

from handlers import home_sections
from handlers.blocks.communities import SHARE
from handlers.blocks.digests.ids import NETWORKS
from handlers.blocks.exports.ids import EXPORT, RETENTION
from handlers.blocks.home import BLOCKS_AT_MOST
from handlers.blocks.members import SETTINGS
from handlers.blocks.my_data.ids import SHOW as MY_DATA
from handlers.blocks.pilots.ids import LOG
from handlers.blocks.problems.cards import ME_TOO
from handlers.blocks.request import SET_UP
from handlers.blocks.thanks.ids import SECOND
from handlers.digests.attention import show_attention
from handlers.home import page_for
from models.errors import NotHereError
from models.hangouts.series import Series
from models.members import Member
from models.thanks.thanks import Receiver
from models.workspaces import Workspace
from tests.examples import (
    ANA,
    BEN,
    CHRIS,
    DAY,
    HOUR,
    NOW,
    a_community,
    a_hangout,
    a_material,
    a_member,
    a_pilot,
    a_problem,
    a_series,
    a_thanks,
)
from tests.handlers.blocks.surfaces import shown
from tests.handlers.problems.steps import TITLE, last_answer, resolve, settle, share
from tests.handlers.thanks.giving_steps import thanks
from tests.models.digests.week import a_waiting_pilot
from tests.models.digests.weekly_steps import questions_counted

# Of somebody who looks after three communities: some twenty questions for each of them.
QUESTIONS_AT_MOST = 115


def pressable(home):
    blocks = [block for block in home["blocks"] if block["type"] == "actions"]
    return [element["action_id"] for block in blocks for element in block["elements"]]


async def test_the_page_names_my_communities_and_what_i_can_do(ana, world, circle):
    await ana.opens_home()
    await world.settled()

    assert "*Hello Ana*" in str(ana.home)
    assert "Math circle (<#CMATHCIRCLE>)" in str(ana.home)
    assert pressable(ana.home)[:2] == [SHARE, SETTINGS]


async def test_without_a_community_it_shows_how_to_begin(ana, world):
    await ana.opens_home()
    await world.settled()
    assert pressable(ana.home) == [SET_UP, SETTINGS, MY_DATA]

    await ana.presses(SET_UP, home=True)
    await world.settled()

    assert "channel_id" in ana.top_view["state"]["values"]


async def test_settings_open_from_home(ana, world, circle):
    await ana.opens_home()
    await world.settled()

    await ana.presses(SETTINGS, home=True)
    await world.settled()

    assert ana.top_view["title"]["text"] == "My settings"


async def test_the_messages_tab_draws_no_page(ana, world, circle):
    await ana.opens_messages()
    await world.settled()

    assert ana.home is None


async def test_the_page_follows_what_i_share(ana, world, circle):
    await ana.opens_home()
    await world.settled()
    assert "You have not shared a problem yet" in str(ana.home)

    card = await share(ana, world)
    assert TITLE in str(ana.home)
    await resolve(ana, world, card)

    assert "resolved" in str(ana.home)


async def test_nobody_is_given_a_page_they_never_opened(ana, world, circle):
    await share(ana, world)

    assert ana.home is None
    async with world.db() as session:
        assert (await Member.find(session, "UANA")).home_opened_at is None


async def test_a_page_that_cannot_be_drawn_does_not_get_in_the_way(ana, world, circle, caplog):
    caplog.set_level(logging.ERROR)
    await ana.opens_home()
    await world.settled()
    world.slack.faults.fail("views.publish", "internal_error", times=10)

    await share(ana, world)

    assert "Could not refresh a Home page" in caplog.text
    assert "Shared in" in last_answer(ana)
    world.slack.faults.clear()
    await ana.opens_home()
    await settle(world)
    assert TITLE in str(ana.home)


async def test_what_needs_me_now_comes_before_what_is_mine_and_where_to_look(ana, world, circle):
    await a_waiting_pilot(world.db, circle, member_id="UANA", request_key="P1")

    await ana.opens_home()
    await world.settled()

    page = str(ana.home)
    headings = ("What did you see?", "My pilots", "You have not shared a problem", "tool belt")
    places = [page.index(one) for one in headings]
    assert places == sorted(places)
    assert LOG in pressable(ana.home)


async def test_everybody_has_a_page_of_their_own(ana, ben, world, circle):
    await share(ana, world, without_name="yes")
    for person in (ana, ben):
        await person.opens_home()
    await world.settled()

    assert "My problems" in str(ana.home)
    assert "My problems" not in str(ben.home)
    assert "A colleague" in str(ben.home)


async def test_the_page_follows_what_colleagues_do_with_what_is_mine(ana, ben, world, circle):
    card = await share(ana, world)
    await ana.opens_home()
    await settle(world)
    assert "no answers yet" in str(ana.home)

    await ben.presses(ME_TOO, message=card.message)
    await ben.types("math-circle", "Wait longer.", thread_ts=card.ts)
    await settle(world)

    assert "1 answer · 1 has this too" in str(ana.home)


async def test_the_page_follows_thanks_that_colleagues_second(ana, ben, chris, world, circle):
    await ben.opens_home()
    await settle(world)

    await thanks(ana, world, "@ben for sorting the slips")
    assert "for sorting the slips" in str(ben.home)
    await chris.presses(SECOND)
    await settle(world)

    assert "seconded by Chris" in str(ben.home)


async def test_leads_and_facilitators_see_their_part(ana, ben, dana, world, circle):
    await share(ana, world)
    for person in (ana, ben, dana):
        await person.opens_home()
    await settle(world)

    assert "One problem has no answer yet" in str(ben.home)
    assert {EXPORT, RETENTION, NETWORKS} <= set(pressable(dana.home))
    for other in (ana, dana):
        assert "What wants attention" not in str(other.home)
    assert not {EXPORT, RETENTION, NETWORKS} & set(pressable(ana.home))


async def three_circles(db):
    """Let Ana, who is a lead, look after three communities."""
    async with db.begin() as session:
        session.add(Workspace(id="T0STAFF", url="https://school.slack.com/", first_seen_at=NOW))
        session.add_all(a_member(one, is_lead=one == ANA) for one in (ANA, BEN, CHRIS))
        circles = [a_community(channel_id=f"C{one}", name=f"Circle {one}") for one in "123"]
        for circle in circles:
            circle.membership(ANA).is_facilitator = True
        session.add_all(circles)
        await session.flush()
        session.add_all(a_series(community_id=one.id) for one in circles)
    return circles


async def happens(db, circle, numbers):
    """Let one thing of each kind that App Home shows happen there for each of the numbers."""
    async with db.begin() as session:
        series = await Series.of_community(session, circle.id)
        for number in numbers:
            at, starts_at = NOW - number * HOUR, NOW + (number + 1) * DAY
            key, here = f"{circle.id}-{number}", {"community_id": circle.id}
            session.add(kind := a_thanks(**here, request_key=key, giver_id=BEN, thanked_at=at))
            begun = {"starts_on": NOW.date() - 20 * DAY, "with_class": f"period {key}"}
            session.add(a_pilot(**here, **begun, request_key=key, started_at=at))
            for author in (ANA, BEN):
                asked = {"author_id": author, "title": "Q" * 150, "request_key": author + key}
                session.add(a_problem(**here, **asked, id=None, shared_at=at))
            kept = {"owner_id": BEN, "same_key": key, "title": "M" * 150}
            session.add(a_material(**here, **kept, request_key=key, saved_at=at))
            when = {"starts_at": starts_at, "series_id": series.id, "facilitator_id": ""}
            session.add(a_hangout(**here, **when, uid=key))
            await session.flush()
            session.add(Receiver(thanks_id=kind.id, member_id=ANA))


async def drawn(db):
    """Return Ana's page as it is sent, and what the database was asked for it."""
    async with db() as session:
        ana = await Member.find(session, ANA)
        with questions_counted(db) as asked:
            page = await page_for(session, ana, home_sections(), NOW)
    return shown(page), asked


async def test_six_hundred_of_everything_ask_as_many_questions_as_three(db):
    circles = await three_circles(db)
    for circle in circles:
        await happens(db, circle, range(1))
    _, few = await drawn(db)

    for circle in circles:
        await happens(db, circle, range(1, 200))
    page, many = await drawn(db)

    assert len(many) == len(few) <= QUESTIONS_AT_MOST
    assert len(page["blocks"]) <= BLOCKS_AT_MOST
    headings = (
        "My pilots",
        "My problems",
        "Thanks you received",
        "Waiting for a first",
        "For leads",
    )
    places = [str(page).index(one) for one in ("What wants attention", *headings)]
    assert places == sorted(places)


async def test_the_whole_list_is_for_those_who_facilitate(db, clock):
    first, *_ = await three_circles(db)
    await happens(db, first, range(1))
    answers = []

    async def ack():
        """Nobody waits."""

    async def reply(message):
        answers.append(str(message.text))

    asked = {"ack": ack, "action": {"value": str(first.id)}, "db": db, "clock": clock}
    await show_attention(**asked, member=a_member(ANA), reply=reply)
    with pytest.raises(NotHereError):
        await show_attention(**asked, member=a_member(BEN), reply=reply)

    [answer] = answers
    assert "No answer yet to Ben" in answer
