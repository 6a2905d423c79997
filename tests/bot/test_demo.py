"""The demo: an example community that is lively, well-mannered, and gone without a trace."""

import asyncio
import json
import re
import signal
import socket
from datetime import time, timedelta

import aiohttp
import pytest
from sqlalchemy import select

from bot.demo.ports import NoPortError, free_port
from bot.demo.story import STORY
from bot.demo.story.cast import PEOPLE
from bot.demo.story.happenings import ZONE, SetsUp, Shares, hours_ago, school_day
from bot.sandbox.block_kit import check_manners
from models import claims, search
from models.communities import Community
from models.digests.posted import ATTENTION, NETWORK, PERSONAL, WEEKLY
from models.members import Member
from models.pilots.evidence import Evidence
from models.pilots.pilot import Circle, Decision, Pilot
from models.pilots.sight import is_seen_by as seen
from models.posts import SAID, Post
from models.problems import Answer, Problem, Standing
from models.student_data import suspicions
from models.time import utc_now
from tests import slack_types
from tests.bot.process import bot_process, environment, typed_bot
from tests.examples import NOW

# Seconds, on a computer that runs other tests as well; the README promises ten on a quiet one.
STARTS_WITHIN = 120
SHOWN = ("chat.post", "chat.update", "views.", "@respond", "@ack.")
# What an answer holds that only offers choices.
OFFERS = {"options", "option_groups"}


# The story is told once, and these tests look at it.
@pytest.fixture(scope="session")
async def problems(stage):
    """How every problem of the demo stands, by its title; a withdrawn one has none any more."""
    async with stage.db() as session:
        rows = (await session.scalars(select(Problem))).all()
        return {row.title: await Standing.of(session, row) for row in rows}


def titles(problems, fits):
    return {title for title, standing in problems.items() if fits(standing)}


async def test_there_are_six_teachers_of_three_schools_a_facilitator_and_a_lead(stage):
    async with stage.db() as session:
        circle = await Community.of_channel(session, "CMATHCIRCLE")
        leads = [lead.member_id for lead in await Member.leads(session)]

    present = [one for one in PEOPLE if circle.has_member(f"U{one.first_name.upper()}")]
    teachers = [one for one in present if one.title.startswith(("Grade", "Algebra", "Geometry"))]
    assert len(teachers) == 6
    assert len({one.title.rpartition(", ")[2] for one in teachers}) == 3
    assert circle.facilitators == ["UBEN"]
    assert leads == ["UDANA"]


async def test_there_are_problems_in_every_state(stage, problems):
    async with stage.db() as session:
        query = select(Post.about_id).where(Post.kind == "problems.return", Post.state == SAID)
        returned = set((await session.scalars(query)).all())
        answers = (await session.scalars(select(Answer))).all()

    def is_back(one):
        return one.problem.id in returned

    unanswered = titles(problems, lambda one: one.is_unanswered)
    back = titles(problems, is_back)
    assert unanswered - back == {"They freeze when a problem has more than one way in"}
    assert unanswered & back == {"Word problems: they grab the numbers and run"}
    assert "Group work where one student does all of it" in back - unanswered
    assert len(titles(problems, lambda one: one.problem.resolved_at)) >= 5
    assert len(titles(problems, lambda one: one.replies >= 3)) >= 4
    assert titles(problems, lambda one: one.interested)
    assert titles(problems, lambda one: one.helper_ids)
    assert titles(problems, lambda one: one.problem.edited_at)
    assert titles(problems, lambda one: one.problem.source_permalink)
    assert len(titles(problems, lambda one: one.problem.deleted_at)) == 1
    assert len(titles(problems, lambda one: one.problem.is_without_name)) >= 2
    assert len(answers) == 1


async def test_the_history_is_weeks_long_and_ends_now(stage):
    said = [float(one["ts"]) for one in stage.slack.channels["CMATHCIRCLE"].messages]

    assert said == sorted(said)
    assert timedelta(seconds=said[-1] - said[0]) > timedelta(weeks=4)
    assert abs(stage.clock() - utc_now()) < timedelta(seconds=1)
    async with stage.db() as session:
        assert not await claims.is_anything_due(session, stage.clock())


async def test_whoever_shares_about_quiet_students_meets_something_alike(stage):
    async with stage.db() as session:
        circle = await Community.of_channel(session, "CMATHCIRCLE")
        hits = await search.similar(
            session,
            "How do I get quiet students to speak?",
            kinds=["problem"],
            communities=[circle.id],
            except_id=0,
        )

    assert len(hits) >= 2


async def test_there_are_pilots_in_every_state_with_and_without_a_finding(stage):
    async with stage.db() as session:
        pilots = (await session.scalars(select(Pilot).order_by(Pilot.id))).all()
        by_teacher = {f"{pilot.member_id} {pilot.cycle}": pilot for pilot in pilots}
        charts = {
            name: (await Evidence.of(session, pilot, reader_id=pilot.member_id)).chart
            for name, pilot in by_teacher.items()
        }
        seen_by_ben = {one.id for one in await session.scalars(select(Pilot).where(seen("UBEN")))}

    assert by_teacher["UCHRIS 1"].decision == Decision.ADOPT
    assert charts["UCHRIS 1"].is_frozen
    assert charts["UCHRIS 1"].moved == "better"
    assert by_teacher["UFARID 1"].decision == Decision.ABANDON
    assert by_teacher["UFARID 1"].inspired_by_id == by_teacher["UCHRIS 1"].id
    nothing = charts["UFARID 1"]
    assert not nothing.is_too_early
    assert (nothing.moved, nothing.trends, nothing.runs_signal) == (None, (), None)
    assert by_teacher["UELENA 2"].is_running
    assert by_teacher["UGRACE 1"].paused_at
    assert charts["UANA 1"].is_too_early
    assert by_teacher["UHUGO 1"].starts_on > stage.clock().date()
    assert by_teacher["UINES 1"].circle == Circle.NETWORK
    private = {one.id for one in pilots if one.circle == Circle.ME}
    assert len(private) >= 3
    assert not private & seen_by_ben


async def test_the_shared_pilots_show_their_charts(stage):
    cards = [
        message
        for channel in ("math-circle", "science-lab")
        for message in stage.slack.channel_named(channel).messages
        if any(block["type"] == "image" for block in message.get("blocks", []))
    ]

    assert len(cards) >= 3
    for card in cards:
        [image] = [block for block in card["blocks"] if block["type"] == "image"]
        assert image["alt_text"].startswith("Run chart")
        assert stage.slack.files[image["slack_file"]["id"]].content.startswith(b"\x89PNG")


async def test_the_weekly_words_came_on_time_though_several_are_due_at_once(stage):
    weekly = {WEEKLY, NETWORK, PERSONAL, ATTENTION}
    query = select(Post).where(Post.kind.in_(weekly), Post.state == SAID)

    async with stage.db() as session:
        said = (await session.scalars(query)).all()

    assert {one.kind for one in said} == weekly
    assert {one.channel_id for one in said if one.kind == NETWORK} == {"CGENERAL"}
    late = [one.key for one in said if one.said_at - one.due_at > timedelta(minutes=2)]
    assert late == []


async def test_the_bot_makes_no_mistake_and_keeps_its_manners(stage, recording):
    traffic = [json.loads(line) for line in recording.read_text().splitlines()]
    shown = [
        call["args"]
        for call in traffic
        if call["method"].startswith(SHOWN)
        and not {"options", "option_groups"} & call["args"].keys()
        # Forms that close have nothing to say.
        and call["args"].get("response_action") != "clear"
    ]

    assert stage.slack.complaints == []
    assert len(shown) > 100
    assert [fault for args in shown for fault in check_manners(args)] == []


async def test_slack_would_take_all_that_is_sent(stage, recording):
    if reason := slack_types.why_not():
        pytest.skip(reason)

    assert slack_types.misfits(recording) == []


async def test_at_the_next_due_moment_something_is_really_said(stage):
    due_at = await stage.next_word()
    before = everything_said(stage)

    await stage.page.move_clock(due_at - stage.clock())

    assert len(everything_said(stage)) > len(before)
    assert await stage.next_word() > due_at


def everything_said(stage):
    return [one for place in stage.slack.channels.values() for one in place.messages]


def test_nobody_in_the_story_names_a_student():
    words = [text for one in STORY for text in texts_of(one)]

    assert len(words) > 100
    assert [(text, found) for text in words if (found := suspicions(text))] == []


def texts_of(happening):
    own = [text for text in vars(happening).values() if isinstance(text, str)]
    steps = happening.then if isinstance(happening, Shares) else ()
    return own + [text for step in steps for text in texts_of(step)]


def test_a_school_day_is_never_on_a_weekend_and_never_in_the_future():
    for days in range(14):
        now = NOW + timedelta(days=days, hours=3 * days)
        for ago in range(1, 26):
            moment = school_day(ago, "15:40").before(now)
            assert moment < now
            assert moment.astimezone(ZONE).weekday() < 5
            assert moment.astimezone(ZONE).time() == time(15, 40)
    assert hours_ago(3).before(NOW) == NOW - timedelta(hours=3)


@pytest.mark.parametrize("day", range(7))
@pytest.mark.parametrize("hour", [0, 9, 23])
def test_the_story_is_told_in_order_whenever_one_comes(day, hour):
    now = NOW + timedelta(days=day, hours=hour)
    set_up = {one.channel: one.at.before(now) for one in STORY if isinstance(one, SetsUp)}
    shared = [one for one in STORY if isinstance(one, Shares)]

    for one in shared:
        moments = [one.at.before(now), *(step.at.before(now) for step in one.then)]
        assert set_up[one.channel] < moments[0]
        assert moments == sorted(moments)
        assert moments[-1] < now


def test_a_port_that_is_taken_leads_to_the_next_free_one():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert port < free_port(port) <= port + 20


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_cannot_be_is_refused(port):
    with pytest.raises(NoPortError, match="There is no port"):
        free_port(port)


async def test_it_starts_shows_the_page_and_ends_without_a_trace(tmp_path):
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-real\nDATABASE_URL=nonsense\n")
    env = environment(TMPDIR=str(tmp_path), LANG="C.UTF-8")

    async with typed_bot("demo", "--port", "0", cwd=tmp_path, env=env) as demo:
        await demo.says("Ctrl-C ends it", within=STARTS_WITHIN)
        address = re.search(r"Open (http://127\.0\.0\.1:\d+/)", demo.printed)[1]
        async with aiohttp.ClientSession() as browser, browser.get(address) as answer:
            page = await answer.text()
        demo.process.send_signal(signal.SIGINT)
        code = await demo.ends()

    assert "/page/static/app.js" in page
    assert code == 0, demo.printed
    assert not re.search("Traceback|Warning|WARNING|ERROR", demo.printed)
    assert [one.name for one in tmp_path.iterdir()] == [".env"]


async def test_ctrl_c_ends_it_while_the_story_is_still_told(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        env = environment(TMPDIR=str(tmp_path), LANG="C.UTF-8", PORT=str(port))

        async with bot_process("demo", cwd=tmp_path, env=env) as demo:
            await demo.says("are being played", within=STARTS_WITHIN)
            await asyncio.sleep(1)
            demo.process.send_signal(signal.SIGINT)
            code = await demo.ends()

    assert f"Port {port} is taken" in demo.printed
    assert code == 0, demo.printed
    assert not re.search("Traceback|Warning|WARNING|ERROR", demo.printed)
    assert list(tmp_path.iterdir()) == []
