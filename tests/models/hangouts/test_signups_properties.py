"""Whatever members do, in whatever order: seats are never overfilled, and the list stays fair."""

import asyncio
from collections import Counter
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.communities import Community
from models.database import connect
from models.errors import RuleError
from models.hangouts import posted, signups
from models.hangouts.signups import Signup
from models.hangouts.standings import HangoutStanding
from models.posts import Post
from tests.examples import DAY, HOUR, NOW, a_community, a_hangout, a_series
from tests.models.hangouts.signing import OFFERED, SEAT, WAITING, call_off, move, restore
from tests.world import WORKSPACE

MEMBERS = ("U0ANA", "U0BEN", "U0CHRIS", "U0DANA", "U0EVE", "U0FAY")
ANSWERS = {
    "joins": signups.join,
    "asks to present": signups.ask_to_present,
    "cannot come": signups.cannot_come,
    "gives back": signups.give_back,
    "confirms": signups.confirm,
}
GIVES_UP = ("cannot come", "gives back", "leaves the community")
_numbers = count(1)

someone = st.sampled_from(MEMBERS)
answers = st.tuples(st.sampled_from(list(ANSWERS)), someone)
# Most of what happens is that somebody answers; whoever leaves does so once and for all.
happenings = st.lists(
    st.one_of(
        answers,
        answers,
        answers,
        st.tuples(st.sampled_from(["time passes", "is moved"]), st.sampled_from([HOUR, 26 * HOUR])),
        st.tuples(st.just("the tick"), st.sampled_from([HOUR, 26 * HOUR])),
        st.tuples(st.sampled_from(["is called off", "is given back"]), st.none()),
        st.tuples(st.just("leaves the community"), st.sampled_from(MEMBERS[:2])),
    ),
    min_size=8,
    max_size=20,
)


@pytest.fixture
def apart(database_url):
    """The database with connections of its own, for each life is lived in a loop of its own."""
    return connect(database_url)


@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    happenings=happenings,
    slots=st.integers(1, 2),
    presented=st.lists(someone, max_size=4),
    asking=st.permutations(MEMBERS),
)
def test_seats_are_never_overfilled_and_the_list_is_fair(
    apart, happenings, slots, presented, asking
):
    async def live_through():
        db = apart.of(WORKSPACE)
        try:
            async with db.begin() as session:
                life = await Life.begin(session, slots, presented)
                for who in asking[2:]:
                    await life.goes_on("asks to present", who)
                await life.goes_on("gives back", asking[2])
                for what, how in happenings:
                    await life.goes_on(what, how)
        finally:
            await db.close()

    asyncio.run(live_through())


class Life:
    """One hangout, and what must be true of it after everything that happens.

    `asked` are those who asked to present, in that order; `expected` counts the letters that tell
    of something that happened, by kind and receiver.
    """

    def __init__(self, session, hangout, presented):
        self.session, self.hangout, self.now = session, hangout, NOW
        self.presented = {who: number for number, who in enumerate(presented)}
        self.asked, self.left = [], set()
        self.expected = Counter()

    @classmethod
    async def begin(cls, session, slots, presented):
        """Return a hangout in five days; there was one for each who has presented before."""
        community = a_community(MEMBERS, channel_id=f"C{next(_numbers)}")
        session.add(community)
        await session.flush()
        session.add(series := a_series(community_id=community.id))
        await session.flush()
        belongs = {"community_id": community.id, "series_id": series.id}
        for weeks, who in enumerate(reversed(presented), start=1):
            past = a_hangout(starts_at=NOW - weeks * 7 * DAY, **belongs)
            session.add(past)
            await session.flush()
            await signups.ask_to_present(session, past, who, NOW - 100 * DAY)
        session.add(hangout := a_hangout(starts_at=NOW + 5 * DAY, slots=slots, **belongs))
        await session.flush()
        return cls(session, hangout, presented)

    async def goes_on(self, what, how):
        before = await self.answers()
        try:
            async with self.session.begin_nested():
                await self.happens(what, how)
        except RuleError:
            await self.session.refresh(self.hangout)
            assert await self.answers() == before
            return
        after = await self.answers()
        self.follow(what, how, before, after)
        self.expect_letters(what, how, before, after)
        await self.check(before, after)

    async def happens(self, what, how):
        session, hangout, now = self.session, self.hangout, self.now
        if rule := ANSWERS.get(what):
            await rule(session, hangout, how, now)
        elif what == "leaves the community":
            community = await session.get(Community, hangout.community_id)
            community.farewell(how, now)
            await signups.leave_all(session, community.id, how, now)
        elif what == "time passes":
            self.now += how
        elif what == "is moved":
            await move(session, hangout, now + how, now)
        elif what == "is called off":
            await call_off(session, hangout, now)
        elif what == "is given back":
            await restore(session, hangout, now)
        else:
            self.now += how
            await signups.lapse(session, hangout, self.now)

    def follow(self, what, how, before, after):
        """Keep our own list of who asked when."""
        if what == "leaves the community":
            self.left.add(how)
        for who in MEMBERS:
            if (what, how) == ("asks to present", who) and self.has_run_out(before.get(who)):
                self.asked.remove(who)
            is_in = who in after and after[who].presenting is not None
            if is_in and who not in self.asked:
                self.asked.append(who)
            elif not is_in and who in self.asked:
                self.asked.remove(who)

    def expect_letters(self, what, how, before, after):
        if what in ("is moved", "is called off", "is given back"):
            coming = {who for who, one in after.items() if one.is_coming}
            for who in coming - {self.hangout.facilitator_id}:
                self.expected[posted.CHANGED, who] += 1
        for who, one in after.items():
            was = before.get(who)
            is_news = was is None or was.offered_until != one.offered_until
            if one.presenting == OFFERED and one.offered_until is not None and is_news:
                self.expected[posted.OFFER, who] += 1
            gave_up = what in GIVES_UP and how == who
            if self.has_run_out(was) and one.asked_at != was.asked_at and not gave_up:
                self.expected[posted.LAPSED, who] += 1

    def has_run_out(self, was):
        return was is not None and was.presenting == OFFERED and not was.is_offered(self.now)

    async def check(self, before, after):
        standing = await HangoutStanding.of(self.session, self.hangout)
        waiting = [one.member_id for one in standing.waiting]
        seated = [one.member_id for one in standing.seats]
        assert len(seated) <= self.hangout.slots
        assert len({*seated, *waiting}) == len(seated) + len(waiting)
        assert {*seated, *waiting} <= set(standing.coming_ids)
        assert waiting == sorted(waiting, key=self.turn)
        if not self.hangout.is_over(self.now):
            assert not self.left & set(standing.coming_ids)
        if self.hangout.is_ahead(self.now):
            assert standing.free_seats == 0 or waiting == []
            await self.check_promotions(before, after, waiting)
        assert await self.letters() == +self.expected

    async def check_promotions(self, before, after, waiting):
        """Check that nobody was served before somebody whose turn it was."""
        served = {
            who
            for who, one in after.items()
            if one.has_seat and not (who in before and before[who].has_seat)
        }
        passed = {who for who in waiting if who in before and before[who].presenting == WAITING}
        assert all(self.turn(first) < self.turn(later) for first in served for later in passed)
        for one in after.values():
            assert one.presenting != OFFERED or one.offered_until < self.hangout.starts_at
            assert one.presenting in (OFFERED, None) or one.offered_until is None
            assert one.presenting != SEAT or one.asked_at is not None

    def turn(self, who):
        return self.presented.get(who, -1), self.asked.index(who)

    async def answers(self):
        """Return everybody's answer, by member, as it is now."""
        query = select(Signup).where(Signup.hangout_id == self.hangout.id)
        rows = (await self.session.scalars(query)).all()
        copies = {row.member_id: _copy(row) for row in rows}
        assert len(copies) == len(rows)
        return copies

    async def letters(self):
        """Return how many letters there are, by kind and receiver."""
        kinds = (posted.OFFER, posted.LAPSED, posted.CHANGED)
        query = select(Post.kind, Post.place_id).where(
            Post.kind.in_(kinds), Post.about_id == self.hangout.id
        )
        return Counter((kind, who) for kind, who in await self.session.execute(query))


class _Answer(dict):
    """An answer as it was at a moment."""

    __getattr__ = dict.__getitem__

    @property
    def has_seat(self):
        return self.presenting in (SEAT, OFFERED)

    def is_offered(self, now):
        return self.offered_until is None or self.offered_until > now


def _copy(row):
    kept = ("is_coming", "presenting", "asked_at", "offered_until", "entered_by")
    return _Answer({name: getattr(row, name) for name in kept})
