"""A school calendar in the form: read when it can be, explained when it cannot."""

from zoneinfo import ZoneInfo

import pytest

from handlers.hangouts.fetching import is_slacks
from tests.handlers.hangouts.planning_steps import (
    hangouts_kept,
    open_plan,
    plan_series,
    schedule_words,
    series_kept,
    settle,
)

pytestmark = pytest.mark.usefixtures("good_manners")

DENVER = ZoneInfo("America/Denver")
ICS = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//District//Calendar//EN\r
BEGIN:VEVENT\r
UID:1@district\r
DTSTAMP:20260801T000000Z\r
DTSTART;VALUE=DATE:20261221\r
DTEND;VALUE=DATE:20270104\r
SUMMARY:Winter break <@UANA>\r
END:VEVENT\r
END:VCALENDAR\r
"""


async def test_a_school_calendar_leaves_out_its_days(ben, world, circle):
    file = await ben.uploads("district <2026>.ics", ICS.encode())

    hangouts = await plan_series(ben, world, school_calendar=[file.id])

    [off] = [one for one in hangouts if not one.is_on]
    assert f"{off.starts_at.astimezone(DENVER):%m-%d}" == "12-31"
    assert "Winter break <@UANA>" in schedule_words(world)
    form = await open_plan(ben, world)
    kept = next(one for one in form["blocks"] if one["block_id"] == "school_calendar")
    assert kept["hint"]["text"].startswith("district <2026>.ics is kept.")

    await ben.submits(form, forget_calendar="yes")
    await settle(world)

    assert (await series_kept(world)).school_calendar is None
    assert "Winter break" not in schedule_words(world)


async def test_a_file_that_helps_nobody_is_explained_at_its_field(ben, world, circle):
    form = await open_plan(ben, world)
    nonsense = await ben.uploads("photo.ics", b"\x89PNG\r\n\x1a\n" * 100)
    large = await ben.uploads("everything.ics", b"x" * 1_000_001)

    await ben.submits(form, school_calendar=[nonsense.id], skills="Wait time")
    assert "can't read this file" in ben.top_view["errors"]["school_calendar"]
    await ben.submits(form, school_calendar=[large.id])
    assert "more than 1 MB" in ben.top_view["errors"]["school_calendar"]

    assert form["state"]["values"]["skills"]["skills"]["value"] == "Wait time"
    assert await hangouts_kept(world) == []


async def test_a_file_slack_does_not_hand_over_is_explained_with_the_way_out(
    ana, ben, world, circle
):
    form = await open_plan(ben, world)
    mine = await ben.uploads("mine.ics", ICS.encode())
    anas = await ana.uploads("anas.ics", ICS.encode())

    world.slack.faults.fail("files.info", "missing_scope")
    await ben.submits(form, school_calendar=[mine.id])
    assert "A lead can add it" in ben.top_view["errors"]["school_calendar"]
    world.slack.faults.slow("files.info", 2.0)
    await ben.submits(form, school_calendar=[mine.id])
    assert "try once more" in ben.top_view["errors"]["school_calendar"]
    await ben.submits(form, school_calendar=[anas.id])
    assert "can’t open this file" in ben.top_view["errors"]["school_calendar"]

    await ben.submits(form, school_calendar=[mine.id])
    await settle(world)
    assert (await series_kept(world)).school_calendar == "mine.ics"


@pytest.mark.parametrize(
    ("url", "is_theirs"),
    [
        ("https://files.slack.com/files-pri/T1-F1/a.ics", True),
        ("https://slack.com/a.ics", True),
        ("http://127.0.0.1:9000/files-pri/a.ics", True),
        ("http://files.slack.com/a.ics", False),
        ("https://evilslack.com/a.ics", False),
        ("https://files.slack.com.evil.example/a.ics", False),
        ("https://files.slack.com@evil.example/a.ics", False),
        ("http://127.0.0.2:9000/a.ics", False),
        ("https://files.slack.com:nonsense/a.ics", False),
        ("", False),
    ],
)
def test_the_token_goes_to_slack_alone(url, is_theirs):
    assert is_slacks(url, "http://127.0.0.1:8000/api/") is is_theirs
