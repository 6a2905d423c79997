"""Whatever is typed or forged: a clear answer or faithful display; no crash, no ping, no leak."""

import copy
import json

import pytest

from bot.sandbox.refusals import Refused
from handlers.blocks.problems.cards import ME_TOO, MORE, OFFER_HELP, More
from handlers.blocks.problems.forms import OPEN
from handlers.blocks.problems.letters import OPEN_ANSWER
from handlers.blocks.problems.lists import EARLIER, RUN
from handlers.blocks.request import CHOOSE
from models.communities import Community
from models.drafts import Draft
from models.problems import Author, Problem
from tests.examples import NOW, a_wording
from tests.handlers.problems.steps import (
    HAPPENING,
    TITLE,
    answers_to,
    cards,
    choose,
    last_answer,
    open_form,
    problems_kept,
    resolve,
    settle,
    share,
    words_of,
)

NASTY = [
    "👩‍👩‍👧 🎉 שלום עולם مرحبا",
    "<!channel> <!here> <!everyone> @channel <@UBEN>",
    "*bold* _it_ ~gone~ `code` ```block``` > quote &amp; &lt;b&gt; & < >",
    "https://example.org/?a=1&b=<2> <https://evil.example|school.org>",
    "'); DROP TABLE problems; -- \" %s %(x)s {0} ${x} \\ud800 \\n \\x00",
]
FORGED = [
    "",
    "abc",
    "-1",
    "1 OR 1=1",
    "999999999",
    "9" * 30,
    "٣",
    "[" * 1990,
    '{"page": 1}',
    "\x00",
    "answer:abc",
]
UNKNOWN = ("can't find", "not there any more", "do not know", "For example", "/problem")


@pytest.fixture
async def elsewhere(database) -> Problem:
    """A problem in another workspace."""
    async with database.of("T0OTHER").begin() as session:
        community = Community.found(
            channel_id="CMATHCIRCLE", channel_name="elsewhere", is_private=False, now=NOW
        )
        community.workspace_id = "T0OTHER"
        session.add(community)
        community.configure(name="Elsewhere", tz="UTC", facilitators=["UANA"], now=NOW)
        session.add(Draft(member_id="UANA", form=OPEN, fields={"title": "Elsewhere"}, kept_at=NOW))
        await session.flush()
        return await Problem.share(
            session,
            a_wording(title="Elsewhere"),
            author=Author("UANA"),
            community=community,
            request_key="V1",
            now=NOW,
        )


def element_of(message, action_id):
    """Return a button or menu of a message, to be forged."""
    blocks = [block for block in message["blocks"] if block["type"] == "actions"]
    elements = [one for block in blocks for one in block["elements"]]
    return next(one for one in elements if one["action_id"] == action_id)


async def presses_forged(person, world, message, action_id, value):
    """Press a button whose value is not ours, and return what the bot says about it."""
    element_of(message, action_id)["value"] = value
    before = len(answers_to(person))
    reply = await person.presses(action_id, message=message)
    await settle(world)
    assert reply.acked
    return "\n".join(words_of(one) for one in answers_to(person)[before:])


def put(form, field, text):
    """Write into a field what Slack's own window would not take."""
    [state] = form["state"]["values"][field].values()
    state["value"] = text


async def test_what_is_typed_is_shown_as_it_was_typed(ana, ben, world, circle):
    for text in NASTY:
        card = await share(
            ana, world, title=text, happening=text, tried=text, question=text, topics=text[:30]
        )
        await ben.presses(OFFER_HELP, message=card.message)
        await resolve(ana, world, card, text)

        shown = words_of(card.message).replace("\n", "")
        said = words_of(card.thread[0]).replace("\n", "")
        for part in text.split():
            assert part in shown
            assert part in said
    await ben.types("math-circle", "/problem list")
    await settle(world)
    assert NASTY[-1] in words_of(answers_to(ben)[-1])
    assert len(await problems_kept(world)) == len(NASTY)


async def test_a_command_shows_in_the_form_what_was_typed(ana, world, circle):
    for text in NASTY:
        form = await open_form(ana, world, text)

        shown = form["state"]["values"]["title"]["title"]["value"]
        assert shown == text.replace("<@UBEN>", "@ben")


async def test_searching_for_anything_is_answered(ana, world, anas_problem):
    for text in [*NASTY, "x" * 3000, "\x00", "OR AND NOT NEAR(", '"', "*", ":", "a b c d e " * 50]:
        await ana.types("math-circle", f"/problem find {text}")
        await settle(world)

        assert "I found no problem" in last_answer(ana) or "problem" in last_answer(ana)
        assert "not your fault" not in last_answer(ana)


async def test_a_field_in_which_nothing_can_be_seen_is_empty(ana, world, circle):
    form = await open_form(ana, world)
    for blank in ("   ", "\n\n", "\u200b\u200b", "\u3164", "\x00"):
        await ana.submits(form, title=TITLE, happening=blank)
        assert "in a sentence or two" in ana.top_view["errors"]["happening"]

        await ana.submits(form, title=blank, happening=HAPPENING)
        assert "give it a title" in ana.top_view["errors"]["title"]

    assert await problems_kept(world) == []


async def test_slack_itself_stops_what_does_not_fit(ana, world, circle):
    form = await open_form(ana, world)

    with pytest.raises(Refused, match="3000"):
        ana.fills(form, happening="x" * 10_000)


async def test_what_is_too_long_all_the_same_is_refused_at_its_field(ana, world, circle):
    form = await open_form(ana, world)
    ana.fills(form, title=TITLE, happening=HAPPENING)
    lengths = {"title": "150", "happening": "3,000", "tried": "3,000", "question": "300"}
    for field, most in lengths.items():
        put(form, field, "x" * 10_000)

        await ana.submits(form)

        assert list(ana.top_view["errors"]) == [field]
        assert f"10,000 characters long and {most} fit" in ana.top_view["errors"][field]
        put(form, field, "short")

    assert await problems_kept(world) == []


async def test_too_many_topics_are_refused_at_their_field(ana, world, circle):
    form = await open_form(ana, world)

    await ana.submits(form, title=TITLE, happening=HAPPENING, topics="a, b, c, d, e, f")

    assert "6 topics and 5 fit" in ana.top_view["errors"]["topics"]


async def test_a_very_long_command_fills_the_form_and_gives_the_rest_back(ana, world, circle):
    text = "".join(f"word{number} " for number in range(1200))[:10_000]

    form = await open_form(ana, world, text)

    begins = form["state"]["values"]["happening"]["happening"]["value"]
    assert begins == text[:3000]
    assert "10,000 characters" in str(form["blocks"]) or f"{len(text.strip()):,}" in str(form)
    rest = "".join(
        block["text"]["text"]
        for block in answers_to(ana)[-1]["blocks"]
        if block["type"] == "section"
    )
    assert begins + rest == text.strip()


async def test_control_characters_and_halves_of_letters_are_left_out(ana, world, circle):
    form = await open_form(ana, world)
    ana.fills(form, title="x", happening="y")
    put(form, "title", "Quiet\x00 students \ud800\x07")
    put(form, "happening", "They\x0b wait. \udfff\u202e!")

    await ana.submits(form)
    await settle(world)

    [problem] = await problems_kept(world)
    assert problem.title == "Quiet students"
    assert problem.happening == "They\n wait. !"


async def test_halves_of_letters_in_a_command_do_no_harm(ana, world, circle):
    form = await open_form(ana, world, "Quiet \ud83d students \x00")
    assert form["state"]["values"]["title"]["title"]["value"] == "Quiet  students"

    await ana.types("math-circle", "/problem find quiet \ud83d \x00")
    await settle(world)

    assert "I found no problem" in last_answer(ana)


async def test_forged_buttons_on_a_card_are_answered_kindly(ana, ben, world, anas_problem):
    for action_id in (ME_TOO, OFFER_HELP):
        for value in FORGED:
            said = await presses_forged(ben, world, anas_problem.message, action_id, value)
            assert "I can't find that problem" in said

    assert "this too" not in anas_problem.words


async def test_forged_choices_in_the_menu_are_answered_kindly(ana, world, anas_problem):
    menu = element_of(anas_problem.message, MORE)
    for value in FORGED:
        menu["options"][0]["value"] = value
        await ana.presses(MORE, message=anas_problem.message, option=value)
        await settle(world)
        assert any(words in last_answer(ana) for words in UNKNOWN)
        assert ana.top_view is None
    menu["options"][0]["value"] = f"fly:{anas_problem.problem_id}"
    await ana.presses(MORE, message=anas_problem.message, option=f"fly:{anas_problem.problem_id}")
    await settle(world)
    assert "I do not know that choice" in last_answer(ana)


async def test_forged_buttons_of_answers_are_answered_kindly(ana, ben, world, lounge, circle):
    for number in range(6):
        await share(ben, world, title=f"Exit tickets {number}")
    await ana.types("math-circle", "/problem list")
    await settle(world)
    listed = answers_to(ana)[-1]
    await ana.types("math-circle", "/problem lst")
    await settle(world)
    asked = answers_to(ana)[-1]
    for value in FORGED:
        assert "not there any more" in await presses_forged(ana, world, listed, EARLIER, value)
        assert "/problem" in await presses_forged(ana, world, asked, RUN, value)
        await presses_forged(ana, world, asked, OPEN, value)
        assert ana.top_view["state"]["values"]["title"]["title"]["value"] is None
        await ana.closes(ana.top_view)


async def test_forged_pages_are_answered_kindly(ana, ben, world, circle):
    for number in range(6):
        await share(ben, world, title=f"Exit tickets {number}")
    await ana.types("math-circle", "/problem list")
    await settle(world)
    listed = answers_to(ana)[-1]
    for value in (
        {"what": "all", "page": 10**30, "community_id": 1},
        {"what": "all", "page": -5, "community_id": 1},
        {"what": "all", "page": 0, "community_id": 10**30},
        {"what": "all", "page": 0, "community_id": -1},
        {"what": "find", "page": 10**9, "words": "exit"},
        {"what": "find", "page": 0, "words": "\ud800\x00"},
        {"what": "mine", "page": 3.7},
        {"what": "everything", "page": 0},
        {"what": None, "page": None},
    ):
        page = dict(listed) | {"blocks": copy.deepcopy(listed["blocks"])}
        channel = world.slack.channels["CMATHCIRCLE"]
        channel.ephemerals.append(page | {"ts": world.slack.new_ts()})
        forged = channel.ephemerals[-1]
        element_of(forged, EARLIER)["value"] = json.dumps(value)

        await ana.presses(EARLIER, message=forged)
        await settle(world)

        assert "not your fault" not in last_answer(ana)
        assert any(words in last_answer(ana) for words in ("xit ticket", "not there", "not shared"))


async def test_forged_communities_are_answered_kindly(ana, world, lounge, secret, anas_problem):
    direct = world.slack.direct_message("UANA")
    for asked in (
        *FORGED,
        json.dumps({"command": "/problem", "text": "list", "community_id": secret.id}),
        json.dumps({"command": "/problem", "text": "list", "community_id": "1"}),
        json.dumps({"command": "/problem", "text": "list", "community_id": [1]}),
        json.dumps({"command": "/problem", "text": "list", "team_id": "T0OTHER"}),
        json.dumps({"command": None, "text": None}),
    ):
        await ana.types(direct, "/problem list")
        await settle(world)
        question = answers_to(ana, direct)[-1]
        element_of(question, f"{CHOOSE}.0")["value"] = asked
        await ana.presses(f"{CHOOSE}.0", message=question)
        await settle(world)

        assert "not your fault" not in last_answer(ana, direct)
        assert "Inner circle" not in last_answer(ana, direct)
        assert "secret" not in last_answer(ana, direct)


async def test_what_belongs_to_another_workspace_is_not_there(ana, world, elsewhere, anas_problem):
    foreign = str(elsewhere.id)
    for action_id in (ME_TOO, OFFER_HELP):
        said = await presses_forged(ana, world, anas_problem.message, action_id, foreign)
        assert "I can't find that problem" in said
    menu = element_of(anas_problem.message, MORE)
    for choice in More:
        menu["options"][0]["value"] = f"{choice}:{foreign}"
        await ana.presses(MORE, message=anas_problem.message, option=f"{choice}:{foreign}")
        await settle(world)
        assert "I can't find that" in last_answer(ana)
    assert "Elsewhere" not in str(ana.sees("math-circle"))


async def test_what_is_private_to_others_is_not_there(ana, ben, world, secret, anas_problem):
    card = await share(ben, world, channel="secret", title="In confidence")
    foreign = str(card.problem_id)

    for action_id in (ME_TOO, OFFER_HELP):
        said = await presses_forged(ana, world, anas_problem.message, action_id, foreign)
        assert "I can't find that problem" in said

    assert "no answers yet" in card.words
    assert "confidence" not in str(ana.sees("math-circle"))


@pytest.mark.parametrize("choice", [More.EDIT, More.RESOLVE, More.DELETE])
async def test_forms_with_forged_facts_change_nothing(
    ana, world, elsewhere, anas_problem, choice, database
):
    for problem_id in (elsewhere.id, 10**30, -1, "abc", None, [1], {"a": 1}):
        form = await choose(ana, world, anas_problem, choice)
        form["private_metadata"] = json.dumps({"problem_id": problem_id})
        words = {"learned": "Mine now."} if choice is More.RESOLVE else {}
        await ana.submits(form, **words)
        await settle(world)
        told = str(form.get("errors")) + str([one["text"] for one in world.letters("UANA")])
        assert "I can't find that problem" in told
        if not form.get("closed"):
            await ana.closes(form)

    async with database.of("T0OTHER")() as session:
        kept = (await session.get_one(Problem, elsewhere.id)).title
    assert kept == "Elsewhere"
    assert TITLE in anas_problem.words


async def test_a_form_for_a_forged_community_is_refused(ana, ben, world, secret, elsewhere):
    for facts in (
        {"community_id": secret.id},
        {"community_id": elsewhere.community_id},
        {"community_id": 10**30},
        {"community_id": "1; DROP TABLE"},
        {"community_id": None},
        {},
        [],
        "",
    ):
        form = await open_form(ana, world)
        form["private_metadata"] = json.dumps(facts)
        await ana.submits(form, title=TITLE, happening=HAPPENING)
        await settle(world)
        assert "I can't find that community" in ana.top_view["errors"]["title"]

    assert cards(world, "CSECRET") == []
    assert await problems_kept(world) == []


async def test_nobody_opens_or_throws_away_the_draft_of_another(ana, ben, world, elsewhere, circle):
    async with world.db.begin() as session:
        draft = Draft(member_id="UBEN", form=OPEN, fields={"title": "Bens"}, kept_at=NOW)
        session.add(draft)
    form = await open_form(ana, world)
    form["private_metadata"] = json.dumps({"community_id": circle.id, "draft_id": draft.id})

    await ana.submits(form, title=TITLE, happening=HAPPENING)
    await settle(world)

    async with world.db() as session:
        assert await Draft.of(session, draft.id, "UBEN") is not None
        assert await Draft.of(session, 1, "UANA") is None


async def test_a_forged_letter_button_leads_nowhere(ana, ben, world, anas_problem):
    await ben.presses(OFFER_HELP, message=anas_problem.message)
    await settle(world)
    [letter] = world.letters("UANA")
    letter["blocks"][-1]["elements"][0] |= {"action_id": OPEN_ANSWER, "value": "9" * 20}

    await ana.presses(OPEN_ANSWER, message=letter)
    await settle(world)

    assert "I can't find that problem" in words_of(world.letters("UANA")[-1])
