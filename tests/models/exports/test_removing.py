"""What nobody has touched for too long goes for good; what is still in use stays whole."""

from datetime import time, timedelta

import pytest
from sqlalchemy import func, inspect, select, update

from models.consultancies.consultancy import Consultancy
from models.database import Base
from models.digests.ledger import Fate, IssuedDigest, IssuedNetworkDigest
from models.digests.networks import NetworkDigest
from models.exports import aging
from models.exports.removing import EMPTYING, remove_rows, remove_traces
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Signup
from models.materials.material import Material, Use
from models.my_data.nobody import SOMEBODY
from models.pilots.observation import Champion, Observation
from models.pilots.pilot import Pilot
from models.posts import DUE, SAID, Post
from models.problems import Helper, Interest, Problem, Reply
from models.thanks import telling
from models.thanks.nudge import Nudge
from models.thanks.shower import Shower
from models.thanks.thanks import By, Receiver, Second, Thanks
from tests.examples import (
    ANA,
    BEN,
    CHRIS,
    DAY,
    NOW,
    a_material,
    a_pilot,
    a_problem,
    a_thanks,
    an_observation,
)
from tests.models.archive.keeping import a_circle, fill

ELSEWHERE = {"channel_id": "C0LOUNGE", "channel_name": "lounge"}
LATER = NOW + 400 * DAY
CUTOFF = LATER - 365 * DAY
RECENT = CUTOFF + DAY
RECORDS = (Problem, Hangout, Consultancy, Signup, Pilot, Observation, Material, Thanks, Receiver)
LASTS = (Problem, Pilot, Material, Thanks)
PARTS = (Hangout, Consultancy, Signup, Receiver)
WORDS = ("Quiet students", "Five seconds.", "Pairs before", "covering my class", "talk rubric")


async def empties(db, now=LATER):
    """Take every step of a night but the last ones; say how many records were emptied."""
    done = {}
    for what, step in EMPTYING.items():
        done[what] = 0
        while True:
            async with db.begin() as session:
                made = await step(session, CUTOFF, now, 2)
            done[what] += made
            if not made:
                break
    return done


async def removes(db, now):
    for step in (remove_rows, remove_traces):
        for _ in range(100):
            async with db.begin() as session:
                if not await step(session, CUTOFF, now, 2):
                    break


async def left(db, *tables):
    async with db() as session:
        return [await session.scalar(select(func.count()).select_from(one)) for one in tables]


async def everything_kept(db):
    """Return all that any table holds, as one text."""
    async with db.engine.connect() as connection:
        rows = [
            (await connection.execute(select(one))).all() for one in Base.metadata.sorted_tables
        ]
    return str(rows)


async def test_after_two_nights_no_word_and_no_name_of_an_old_year_is_left(db):
    circle, lounge = await a_circle(db), await a_circle(db, **ELSEWHERE)
    await fill(db, circle, lounge)

    first = await empties(db)
    words = await everything_kept(db)
    stay = await left(db, *RECORDS)
    await removes(db, LATER + 2 * DAY)

    assert first["hangouts"] == 1
    assert min(first.values()) >= 1
    assert [one for one in WORDS if one in words] == []
    # Rows stay for a day, so that cards can be drawn anew.
    assert min(stay[0], stay[4], stay[6], stay[7]) > 1
    assert stay[1] == 1
    # The newest of each kind keeps its number from being given away again, and nothing else.
    assert await left(db, *LASTS) == [1] * len(LASTS)
    assert await left(db, *PARTS) == [0] * len(PARTS)
    async with db() as session:
        [last] = await session.scalars(select(Thanks))
    assert (last.giver_id, last.text, last.request_key) == (SOMEBODY, "", f"gone:{last.id}")


async def test_doing_it_again_finds_nothing(db):
    circle, lounge = await a_circle(db), await a_circle(db, **ELSEWHERE)
    await fill(db, circle, lounge)
    await empties(db)

    again = await empties(db, LATER + DAY)
    await removes(db, LATER + 2 * DAY)
    await removes(db, LATER + 3 * DAY)

    assert set(again.values()) == {0}
    assert await left(db, Problem, Thanks) == [1, 1]


async def test_rows_go_only_when_their_cards_had_a_day_to_say_so(db):
    circle = await a_circle(db)
    async with db.begin() as session:
        session.add(thanks := a_thanks(community_id=circle.id))
        await session.flush()
        session.add(a_thanks(community_id=circle.id, request_key="T2", thanked_at=RECENT))
        session.add(Receiver(thanks_id=thanks.id, member_id=BEN))
        await telling.announce(session, thanks, circle, NOW)
        await session.execute(update(Post).values(state=SAID, said_at=NOW))
    await empties(db)
    async with db() as session:
        stale = await session.scalar(select(Post.redraw_at).where(Post.kind == "thanks.card"))

    await removes(db, LATER + timedelta(hours=1))
    soon = await left(db, Thanks, Post)
    async with db.begin() as session:
        await session.execute(update(Post).values(redraw_at=None))
    await removes(db, LATER + 2 * DAY)

    assert stale is not None
    assert soon == [2, 2]
    assert await left(db, Thanks, Post) == [1, 0]


async def is_old(db, table, condition):
    async with db() as session:
        return list(await session.scalars(select(table.id).where(condition(CUTOFF))))


TOUCHES = {
    "resolved": lambda: None,
    "replied": lambda: Reply(problem_id=7, ts="1.1", member_id=BEN, replied_at=RECENT),
    "me too": lambda: Interest(problem_id=7, member_id=BEN, since=RECENT),
    "can help": lambda: Helper(problem_id=7, member_id=BEN, offered_at=RECENT),
    "thought about": lambda: Consultancy(
        key="K", protocol_name="Mini", steps=[], problem_id=7, opened_at=RECENT
    ),
}


@pytest.mark.parametrize("touched", TOUCHES)
async def test_a_problem_that_somebody_came_back_to_is_not_old(db, touched):
    circle = await a_circle(db)
    resolved_at = RECENT if touched == "resolved" else None
    async with db.begin() as session:
        session.add(a_problem(community_id=circle.id, resolved_at=resolved_at))
        await session.flush()
        if (row := TOUCHES[touched]()) is not None:
            if touched == "thought about":
                row.community_id = circle.id
            session.add(row)

    assert await is_old(db, Problem, aging.problem) == []


async def test_a_pilot_that_was_shared_or_praised_lately_is_not_old(db):
    circle = await a_circle(db)
    over = {"community_id": circle.id, "finished_at": NOW}
    async with db.begin() as session:
        session.add(a_pilot(request_key="P1", shared_at=RECENT, circle="community", **over))
        praised = a_pilot(request_key="P2", shared_at=NOW, circle="community", **over)
        session.add(praised)
        await session.flush()
        session.add(Champion(pilot_id=praised.id, member_id=BEN, words="Bold.", said_at=RECENT))

    assert await is_old(db, Pilot, aging.pilot) == []


async def test_thanks_that_somebody_seconded_lately_are_not_old(db):
    circle = await a_circle(db)
    async with db.begin() as session:
        session.add(thanks := a_thanks(community_id=circle.id))
        await session.flush()
        session.add(Second(thanks_id=thanks.id, member_id=BEN, by=By.BUTTON, seconded_at=RECENT))

    assert await is_old(db, Thanks, aging.thanks) == []


async def test_a_series_of_pilots_goes_only_as_a_whole(db):
    circle = await a_circle(db)
    here = {"community_id": circle.id, "finished_at": NOW}
    async with db.begin() as session:
        session.add(first := a_pilot(request_key="P1", **here))
        await session.flush()
        later = a_pilot(request_key="P2", first_id=first.id, cycle=2, **here)
        alone = a_pilot(request_key="P3", **here)
        session.add_all([later, alone])
        await session.flush()
        noted = {"pilot_id": later.id, "logged_at": RECENT}
        session.add(an_observation(**noted))

    assert await is_old(db, Pilot, aging.pilot) == [alone.id]


async def test_an_earlier_cycle_that_was_deleted_stays_while_a_later_one_goes_on(db):
    circle = await a_circle(db)
    here = {"community_id": circle.id}
    async with db.begin() as session:
        session.add(first := a_pilot(request_key="P1", deleted_at=NOW, **here))
        await session.flush()
        session.add(a_pilot(request_key="P2", first_id=first.id, started_at=RECENT, **here))

    await removes(db, LATER)

    assert await left(db, Pilot) == [2]


async def test_a_material_that_somebody_uses_is_not_old(db):
    circle = await a_circle(db)
    async with db.begin() as session:
        session.add(used := a_material(community_id=circle.id))
        session.add(a_material(request_key="M2", community_id=circle.id, checked_at=RECENT))
        await session.flush()
        session.add(Use(material_id=used.id, member_id=BEN, used_at=RECENT))
        session.add(origin := a_material(request_key="M3", community_id=circle.id))
        await session.flush()
        remix = {"remix_of_id": origin.id, "saved_at": RECENT}
        session.add(a_material(request_key="M4", community_id=circle.id, **remix))

    assert await is_old(db, Material, aging.material) == []


async def test_what_the_bot_noted_itself_goes_with_age_but_cards_of_what_stays_do_not(db):
    circle = await a_circle(db)
    shower = {"community_id": circle.id, "member_id": ANA, "opened_by": BEN, "on_date": NOW.date()}
    nudge = {"member_id": ANA, "colleague_id": CHRIS, "why_kind": "problem", "why_id": 1}
    async with db.begin() as session:
        for key, place_id in (("letter", BEN), ("card", "C0MATHCIRCLE"), ("waiting", BEN)):
            await Post.add(session, key, place_id, kind="problems.card", due_at=NOW, about_id=9)
        said = update(Post).where(Post.key != "waiting").values(state=SAID, said_at=NOW)
        await session.execute(said)
        session.add(Shower(request_key="S", opened_at=NOW, arrives_at=NOW, **shower))
        session.add(Nudge(nudged_at=NOW, **nudge))
        chosen = {"name": "All", "tz": "UTC", "at": time(14), "set_up_by": BEN, "changed_by": BEN}
        session.add(network := NetworkDigest(changed_at=NOW, **chosen))
        await session.flush()
        for week, fate in enumerate((Fate.NOTHING, Fate.POSTED)):
            on = {"week": NOW.date() + week * DAY, "due_at": NOW, "noted_at": NOW}
            session.add(IssuedDigest(community_id=circle.id, fate=fate, **on))
            session.add(IssuedNetworkDigest(network_id=network.id, fate=fate, **on))

    await removes(db, LATER)

    async with db() as session:
        posts = (await session.execute(select(Post.key, Post.state).order_by(Post.id))).all()
    assert [tuple(one) for one in posts] == [("card", SAID), ("waiting", DUE)]
    assert await left(db, Shower, Nudge) == [0, 0]
    async with db() as session:
        fates = [
            list(await session.scalars(select(one.fate)))
            for one in (IssuedDigest, IssuedNetworkDigest)
        ]
    # The digest itself still stands in its channel, and is drawn from this.
    assert fates == [[Fate.POSTED], [Fate.POSTED]]


def test_every_record_with_a_community_is_thought_of():
    """A new table of a community's doings is kept on purpose, or removed with the old ones."""
    kept = {"memberships", "practice_menus", "thanks_customs", "protocols", "digest_customs"}
    kept |= {"own_words", "hangout_series", "digests"}
    of_communities = {
        table.name
        for table in Base.metadata.sorted_tables
        if any(key.column.table.name == "communities" for key in table.foreign_keys)
    }

    removed = {inspect(one).local_table.name for one in (*RECORDS, Shower)}
    assert of_communities - kept <= removed
