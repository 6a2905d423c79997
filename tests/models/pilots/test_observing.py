"""Values noted: once however often and in however many ways they come, changed and taken back."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from models.errors import NotAllowedError, NotHereError, RuleError
from models.pilots import changing, finding, observing
from models.pilots.entries import Entry, EntryError
from models.pilots.measures import Value
from models.pilots.observation import ChangeNote, Observation
from models.pilots.pilot import Circle, Pilot
from tests.examples import ANA, BEN, DAY, NOW, a_community, a_pilot

TODAY = date(2026, 11, 17)
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
async def exit_ticket(db) -> Pilot:
    """Ana's running pilot of a count."""
    async with db.begin() as session:
        session.add(community := a_community())
        await session.flush()
        pilot = a_pilot(community_id=community.id)
        session.add(pilot)
    return pilot


def an_entry(value: float = 18.0, on_date: date | None = None, **typed) -> Entry:
    return Entry.of(Value(value, 26), typed, on_date=on_date, today=TODAY)


async def note(db, pilot: Pilot, entry: Entry, key: str = "E1", now=NOW) -> Observation:
    async with db.begin() as session:
        row = await finding.owned_by(session, pilot.id, ANA, for_update=True)
        return await observing.log(session, row, entry, request_key=key, now=now)


async def count(db, table=Observation) -> int:
    async with db() as session:
        return await session.scalar(select(func.count(table.id))) or 0


async def test_what_is_noted_is_kept_as_it_was_seen(db, exit_ticket):
    entry = an_entry(saw=" They explained. ", surprised="", evidence_url="https://example.org/a")

    await note(db, exit_ticket, entry)

    async with db() as session:
        [row] = await session.scalars(select(Observation))
    assert (row.value, row.total, row.on_date, row.logged_at) == (18, 26, TODAY, NOW)
    assert (row.saw, row.surprised) == ("They explained.", None)
    assert row.evidence_url == "https://example.org/a"


async def test_the_same_request_twice_is_one_value_also_much_later(db, exit_ticket):
    first = await note(db, exit_ticket, an_entry(), "E1")
    again = await note(db, exit_ticket, an_entry(20.0), "E1", NOW + DAY)

    assert (again.id, again.value) == (first.id, 18)
    assert await count(db) == 1


async def test_the_same_words_in_five_ways_within_a_minute_are_one_value(db, exit_ticket):
    keys = ("asked:1", "message:D0ANA/1", "form:V1", "press:1", "asked:2")

    rows = [
        await note(
            db, exit_ticket, an_entry(saw="They explained."), key, NOW + number * 10 * SECOND
        )
        for number, key in enumerate(keys)
    ]

    assert len({row.id for row in rows}) == 1
    assert await count(db) == 1


SECOND = timedelta(seconds=1)


async def test_after_another_value_the_first_one_is_a_new_one(db, exit_ticket):
    for number, value in enumerate((18.0, 20.0, 18.0)):
        await note(db, exit_ticket, an_entry(value), f"E{number}", NOW + number * SECOND)

    assert await count(db) == 3


async def test_the_same_value_of_another_lesson_is_noted_again_and_only_once(db, exit_ticket):
    first = await note(db, exit_ticket, an_entry(saw="They explained."))

    for _ in range(2):
        async with db.begin() as session:
            pilot, row = await observing.own_locked(session, first.id, ANA)
            again = await observing.log_again(session, pilot, row, NOW + SECOND)

    assert (again.value, again.saw) == (18, "They explained.")
    assert again.id != first.id
    assert await count(db) == 2


@pytest.mark.parametrize(
    ("entry", "later"),
    [
        (an_entry(), A_MINUTE),
        (an_entry(19.0), SECOND),
        (an_entry(saw="Another lesson."), SECOND),
        (an_entry(on_date=TODAY - DAY), SECOND),
    ],
)
async def test_another_value_is_another_one(db, exit_ticket, entry, later):
    await note(db, exit_ticket, an_entry(), "E1")
    await note(db, exit_ticket, entry, "E2", NOW + later)

    assert await count(db) == 2


async def test_twice_at_the_same_moment_is_one_value(db, exit_ticket):
    keys = ["E1", "E1", "E2", "E3", "E3"]

    rows = await asyncio.gather(*(note(db, exit_ticket, an_entry(), key) for key in keys))

    assert len({row.id for row in rows}) == 1
    assert await count(db) == 1


async def test_one_request_for_two_pilots_at_once_is_one_value(db, exit_ticket):
    async with db.begin() as session:
        other = a_pilot(request_key="V2", community_id=exit_ticket.community_id)
        session.add(other)

    rows = await asyncio.gather(*(note(db, one, an_entry(), "E1") for one in (exit_ticket, other)))

    assert len({row.id for row in rows}) == 1
    assert await count(db) == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("saw", {"saw": "x" * 3001}),
        ("surprised", {"surprised": "x" * 5000}),
        ("evidence_url", {"evidence_url": "javascript:alert(1)"}),
        ("evidence_url", {"evidence_url": "data:text/html,x"}),
        ("evidence_url", {"evidence_url": "https://"}),
        ("evidence_url", {"evidence_url": "https://[bad"}),
        ("evidence_url", {"evidence_url": "https://example.org/<script>"}),
        ("evidence_url", {"evidence_url": "https://example.org/" + "x" * 2000}),
    ],
)
def test_what_cannot_be_noted_is_said_at_its_field(field, typed):
    with pytest.raises(EntryError) as caught:
        an_entry(**typed)

    assert caught.value.field == field


@pytest.mark.parametrize(("days", "is_fine"), [(0, True), (-366, True), (1, False), (-367, False)])
def test_a_day_lies_in_the_year_that_ends_today(days, is_fine):
    day = TODAY + timedelta(days=days)

    if is_fine:
        assert an_entry(on_date=day).on_date == day
    else:
        with pytest.raises(EntryError) as caught:
            an_entry(on_date=day)
        assert caught.value.field == "on_date"


async def test_nothing_is_noted_in_a_pilot_that_is_over(db, exit_ticket):
    async with db.begin() as session:
        (await session.get_one(Pilot, exit_ticket.id)).finished_at = NOW

    with pytest.raises(RuleError, match="is finished"):
        await note(db, exit_ticket, an_entry())

    assert await count(db) == 0


async def test_the_same_request_is_answered_also_when_the_pilot_is_over_by_then(db, exit_ticket):
    first = await note(db, exit_ticket, an_entry())
    async with db.begin() as session:
        (await session.get_one(Pilot, exit_ticket.id)).finished_at = NOW

    assert (await note(db, exit_ticket, an_entry())).id == first.id


async def change(db, row: Observation, entry: Entry | None, now=NOW + DAY) -> None:
    async with db.begin() as session:
        pilot, found = await observing.own_locked(session, row.id, ANA)
        if entry is None:
            await observing.take_back(session, pilot, found, now)
        else:
            await observing.edit(session, pilot, found, entry, now)


async def test_a_value_can_be_changed_and_knows_when(db, exit_ticket):
    row = await note(db, exit_ticket, an_entry())

    await change(db, row, an_entry(20.0, saw="I had miscounted."))

    async with db() as session:
        [kept] = await session.scalars(select(Observation))
    assert (kept.value, kept.saw, kept.edited_at) == (20, "I had miscounted.", NOW + DAY)


async def test_a_value_taken_back_leaves_no_words_and_stays_gone(db, exit_ticket):
    row = await note(db, exit_ticket, an_entry(saw="They explained.", evidence_url="http://a.b/c"))

    await change(db, row, None)
    await change(db, row, None, NOW + 2 * DAY)

    async with db() as session:
        [kept] = await session.scalars(select(Observation))
    assert (kept.saw, kept.evidence_url, kept.value, kept.total) == (None, None, 0, None)
    assert (kept.request_key, kept.deleted_at) == ("E1", NOW + DAY)
    with pytest.raises(NotHereError, match="taken back"):
        await change(db, row, an_entry())
    await note(db, exit_ticket, an_entry(saw="They explained."), "E1")
    assert await count(db) == 1


async def test_after_taking_it_back_the_same_can_be_noted_anew(db, exit_ticket):
    row = await note(db, exit_ticket, an_entry())
    await change(db, row, None, NOW + SECOND)

    again = await note(db, exit_ticket, an_entry(), "E2", NOW + 2 * SECOND)

    assert again.id != row.id


@pytest.mark.parametrize("circle", list(Circle))
async def test_nobody_else_reaches_a_value_whatever_they_forge(db, exit_ticket, circle):
    row = await note(db, exit_ticket, an_entry())
    async with db.begin() as session:
        (await session.get_one(Pilot, exit_ticket.id)).circle = circle

    async with db.begin() as session:
        for forged in (row.id, "0", "x", None, 10**12):
            with pytest.raises(NotHereError):
                await observing.own_locked(session, forged, BEN)


async def test_the_list_is_in_pages_with_the_latest_day_first(db, exit_ticket):
    for number in range(7):
        entry = an_entry(float(number), on_date=TODAY - number * DAY)
        await note(db, exit_ticket, entry, f"E{number}")

    async with db() as session:
        first = await observing.noted_in(session, exit_ticket)
        last = await observing.noted_in(session, exit_ticket, 99)

    assert [row.value for row in first.observations] == [0, 1, 2, 3, 4]
    assert (first.total, first.has_earlier) == (7, True)
    assert [row.value for row in last.observations] == [5, 6]
    assert (last.number, last.has_earlier) == (1, False)


async def mark(db, pilot: Pilot, words: str, key: str = "C1") -> ChangeNote:
    async with db.begin() as session:
        return await changing.note_change(session, pilot, words, TODAY, request_key=key, now=NOW)


async def test_a_mark_is_made_once_and_goes_when_it_is_taken_away(db, exit_ticket):
    change = await mark(db, exit_ticket, "New seating plan")
    assert (await mark(db, exit_ticket, "New seating plan")).id == change.id

    async with db.begin() as session:
        with pytest.raises(NotHereError):
            await changing.remove_change(session, change.id, BEN, NOW)
        await changing.remove_change(session, change.id, ANA, NOW)

    assert await count(db, ChangeNote) == 0


async def test_only_so_many_marks_fit_on_a_chart(db, exit_ticket):
    for number in range(changing.CHANGES_AT_MOST):
        await mark(db, exit_ticket, "Another seat", f"C{number}")

    with pytest.raises(EntryError):
        await mark(db, exit_ticket, "One more", "C99")


@pytest.mark.parametrize("typed", [None, "  ", "x" * 61])
def test_a_mark_needs_a_few_words(typed):
    with pytest.raises(EntryError) as caught:
        changing.change_words(typed)

    assert caught.value.field == "words"


async def test_a_colleague_who_sees_the_pilot_is_told_whose_it_is(db, exit_ticket):
    async with db.begin() as session:
        (await session.get_one(Pilot, exit_ticket.id)).circle = Circle.NETWORK
    async with db.begin() as session:
        with pytest.raises(NotAllowedError):
            await finding.owned_by(session, exit_ticket.id, BEN, for_update=True)
