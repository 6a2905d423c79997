"""Sharing a problem, from wherever a member is."""

from handlers.blocks.communities import SHARE
from handlers.blocks.hangouts.ids import BRING
from handlers.blocks.problems.cards import ME_TOO, MORE, OFFER_HELP
from handlers.blocks.problems.forms import OPEN, SHARE_MESSAGE
from handlers.blocks.problems.forms import SHARE as SHARE_FROM_MENU
from handlers.blocks.problems.lists import RUN
from handlers.blocks.request import SET_UP
from models.drafts import Draft
from models.problems import LENGTHS
from tests.handlers.problems.steps import (
    CIRCLE,
    HAPPENING,
    TITLE,
    answers_to,
    cards,
    last_answer,
    open_form,
    problems_kept,
    resolve,
    settle,
    share,
    words_of,
)

QUESTION = "How do I get quiet students into small-group talk?"


def typed_in(form, field):
    [state] = form["state"]["values"][field].values()
    return state.get("value")


async def test_a_problem_becomes_a_card_that_everyone_sees(ana, world, circle):
    card = await share(
        ana,
        world,
        question=QUESTION,
        tried="Sentence starters",
        topics="Grade 9 math, discussion",
    )

    assert f"Ana would like to think about: {QUESTION}" in card.message["text"]
    assert QUESTION in card.words
    assert TITLE in card.words
    assert HAPPENING in card.words
    assert "Grade 9 math, discussion · tried sentence starters · no answers yet" in card.words
    assert card.actions == [ME_TOO, OFFER_HELP, BRING, MORE]


async def test_words_after_the_command_are_in_the_form(ana, world, circle):
    form = await open_form(ana, world, QUESTION)

    assert typed_in(form, "title") == QUESTION
    assert "#math-circle" in str(form["blocks"][0])


async def test_a_long_text_tells_what_happens_and_begins_the_title(ana, world, circle):
    text = f"{QUESTION} " * 10

    form = await open_form(ana, world, text)

    assert typed_in(form, "happening") == text.strip()
    assert typed_in(form, "title").startswith("How do I get quiet")
    assert len(typed_in(form, "title")) <= LENGTHS["title"]


async def test_the_author_alone_sees_that_it_worked_and_what_comes_next(ana, ben, world, circle):
    await share(ana, world)

    assert f"Shared in <#{CIRCLE}>: {TITLE}" in last_answer(ana)
    assert "I bring it back once" in last_answer(ana)
    assert answers_to(ben) == []


async def test_the_author_alone_sees_what_was_learned_from_something_like_it(
    ana, ben, chris, world, circle
):
    earlier = await share(ben, world, title="Quiet students do not speak in groups")
    await resolve(ben, world, earlier, "Thirty seconds of writing first.")

    await share(ana, world)

    assert "Quiet students do not speak in groups" in last_answer(ana)
    assert "(resolved, Ben): Thirty seconds of writing first." in last_answer(ana)
    assert answers_to(chris) == []


async def test_at_most_three_similar_problems_are_shown(ana, ben, world, circle):
    for number in range(5):
        await share(ben, world, title=f"Quiet students in small groups {number}")

    await share(ana, world)

    assert sum(line.startswith("• ") for line in last_answer(ana).splitlines()) == 3


async def test_a_form_sent_twice_is_one_problem_and_one_card(ana, world, circle):
    form = await open_form(ana, world)
    await ana.submits(form, title=TITLE, happening=HAPPENING)
    await ana.submits(form, again=True)
    await settle(world)

    assert len(await problems_kept(world)) == 1
    assert len(cards(world)) == 1


async def test_a_command_delivered_twice_opens_one_form_and_says_nothing_more(ana, world, circle):
    world.slack.faults.repeat_envelopes(1)

    form = await open_form(ana, world, QUESTION)

    assert typed_in(form, "title") == QUESTION
    assert answers_to(ana) == []
    # Only Slack's refusal of the second opening tells that the form is there already.
    [complaint] = world.slack.complaints
    assert complaint.error == "exchanged_trigger_id"
    world.slack.complaints.clear()


async def test_the_menu_of_slack_opens_the_form_where_there_is_one_community(ana, world, circle):
    await ana.uses_shortcut(SHARE_FROM_MENU)
    await settle(world)
    await ana.submits(ana.top_view, title=TITLE, happening=HAPPENING)
    await settle(world)

    assert TITLE in cards(world)[0].words
    assert f"Shared in <#{CIRCLE}>" in world.letters("UANA")[-1]["text"]


async def test_any_message_becomes_a_problem(ana, ben, world, circle):
    reply = await ben.types("math-circle", f"{QUESTION} <@UCHRIS> & I wonder <i>so</i>")
    await world.settled()

    await ana.uses_shortcut(SHARE_MESSAGE, message=reply.message)
    await settle(world)

    assert typed_in(ana.top_view, "title") == f"{QUESTION} @Chris & I wonder <i>so</i>"
    assert typed_in(ana.top_view, "happening") == f"{QUESTION} @Chris & I wonder <i>so</i>"


async def test_a_problem_remembers_the_message_it_was_made_from(ana, ben, world, circle):
    reply = await ben.types("math-circle", QUESTION)
    await ana.uses_shortcut(SHARE_MESSAGE, message=reply.message)
    await settle(world)

    await ana.submits(ana.top_view)
    await settle(world)

    [problem] = await problems_kept(world)
    assert problem.source_permalink.endswith(f"/{CIRCLE}/p{reply.message['ts'].replace('.', '')}")
    assert problem.source_permalink in str(cards(world)[0].message["blocks"])


async def test_a_problems_own_card_is_not_made_a_problem_again(ben, world, anas_problem):
    await ben.uses_shortcut(SHARE_MESSAGE, message=anas_problem.message)
    await settle(world)

    assert "This is a problem already" in last_answer(ben)
    assert ben.top_view is None


async def test_a_message_without_words_opens_an_empty_form(ana, ben, world, circle):
    upload = await ben.uploads("board.png", b"png")
    reply = await ben.types("math-circle", "", files=(upload.id,))

    await ana.uses_shortcut(SHARE_MESSAGE, message=reply.message)
    await settle(world)

    assert typed_in(ana.top_view, "title") is None


async def test_home_opens_the_form(ana, world, circle):
    await ana.opens_home()
    await world.settled()

    await ana.presses(SHARE, home=True)
    await settle(world)
    await ana.submits(ana.top_view, title=TITLE, happening=HAPPENING)
    await settle(world)

    assert TITLE in cards(world)[0].words
    assert TITLE in str(ana.home)


async def test_a_word_that_is_nearly_one_of_ours_is_asked_about(ana, world, circle):
    for typed, meant in (("lst", "list"), ("Unansered", "unanswered"), ("hlep", "help")):
        await ana.types("math-circle", f"/problem {typed}")
        await settle(world)

        assert f"Did you mean `/problem {meant}`?" in last_answer(ana)
        assert ana.top_view is None


async def test_the_nearest_word_is_a_button_that_does_it(ana, world, anas_problem):
    await ana.types("math-circle", "/problem lst")
    await settle(world)

    await ana.presses(RUN, value="list")
    await settle(world)

    assert TITLE in last_answer(ana)


async def test_a_word_of_ours_may_yet_be_meant_as_a_problem(ana, world, circle):
    await ana.types("math-circle", "/problem Listening")
    await settle(world)

    await ana.presses(OPEN)
    await settle(world)

    assert typed_in(ana.top_view, "title") == "Listening"


async def test_a_title_may_begin_with_a_word_of_ours(ana, world, circle):
    form = await open_form(ana, world, "list the reasons why groups fall silent")

    assert typed_in(form, "title") == "list the reasons why groups fall silent"


async def test_outside_of_a_community_the_only_one_is_meant(ana, world, circle):
    form = await open_form(ana, world, QUESTION, channel="staff-lounge")
    await ana.submits(form, happening=HAPPENING)
    await settle(world)

    assert QUESTION in cards(world)[0].words
    assert "Shared in" in world.letters("UANA")[-1]["text"]


async def test_of_several_communities_one_is_chosen_in_the_form(ana, world, lounge):
    form = await open_form(ana, world, QUESTION, channel=world.slack.direct_message("UANA"))

    await ana.submits(form, happening=HAPPENING, community_id=str(lounge.id))
    await settle(world)

    assert cards(world) == []
    assert QUESTION in cards(world, "CSTAFFLOUNGE")[0].words


async def test_in_the_channel_of_a_community_it_is_not_asked_for(ana, world, lounge):
    form = await open_form(ana, world)

    assert "community_id" not in form["state"]["values"]


async def test_without_any_community_the_way_out_is_shown_and_the_text_kept(ana, world):
    await ana.types("staff-lounge", f"/problem {QUESTION}")
    await settle(world)

    assert "/staffroom setup" in last_answer(ana, "staff-lounge")
    assert QUESTION in last_answer(ana, "staff-lounge")
    assert SET_UP in str(answers_to(ana, "staff-lounge")[-1]["blocks"])


async def test_without_any_community_the_menu_of_slack_answers_in_a_letter(ana, world):
    await ana.uses_shortcut(SHARE_FROM_MENU)
    await settle(world)

    assert "There is no community here yet" in world.letters("UANA")[-1]["text"]


async def test_an_archived_community_takes_no_problem_and_the_form_stays(ana, ben, world, circle):
    form = await open_form(ana, world)
    await ben.archives("math-circle")
    await world.settled()

    await ana.submits(form, title=TITLE, happening=HAPPENING)

    assert "archived" in ana.top_view["errors"]["title"]
    assert typed_in(ana.top_view, "happening") == HAPPENING


async def test_when_the_bot_was_removed_the_card_waits_for_its_return(ana, ben, world, circle):
    form = await open_form(ana, world)
    await ben.removes(world.slack.bot_user_id, "math-circle")
    await ana.submits(form, title=TITLE, happening=HAPPENING)
    await settle(world)
    [told] = world.letters("UANA")

    await ben.invites(world.slack.bot_user_id, "math-circle")
    await settle(world)

    assert "/invite @Staffroom" in told["text"]
    assert TITLE in cards(world)[0].words


async def test_pressing_try_again_says_what_could_not_be_said(ana, ben, world, circle):
    world.slack.faults.fail("chat.postMessage", "not_in_channel", channel=CIRCLE)
    await ana.submits(await open_form(ana, world), title=TITLE, happening=HAPPENING)
    await settle(world)
    assert cards(world) == []

    await ana.presses("posts.try_again", message=world.letters("UANA")[-1])
    await settle(world)

    assert TITLE in cards(world)[0].words


async def test_a_form_that_did_not_open_in_time_is_kept_and_opens_with_the_text(ana, world, circle):
    world.slack.faults.fail("views.open", "expired_trigger_id")
    await ana.types("math-circle", f"/problem {QUESTION}")
    await settle(world)
    assert "What you wrote is kept" in last_answer(ana)

    await ana.presses(OPEN)
    await settle(world)
    assert typed_in(ana.top_view, "title") == QUESTION
    await ana.submits(ana.top_view, happening=HAPPENING)
    await settle(world)

    assert QUESTION in cards(world)[0].words
    async with world.db() as session:
        assert await Draft.of(session, 1, "UANA") is None


async def test_a_slack_that_is_not_well_keeps_the_text(ana, world, circle):
    world.slack.faults.next("views.open", status=503, times=5)
    await ana.types("math-circle", f"/problem {QUESTION}")
    await settle(world)
    world.slack.faults.clear()

    await ana.presses(OPEN)
    await settle(world)

    assert typed_in(ana.top_view, "title") == QUESTION


async def test_a_draft_is_for_its_writer_only(ana, ben, world, circle):
    world.slack.faults.fail("views.open", "expired_trigger_id")
    await ana.types("math-circle", f"/problem {QUESTION}")
    await settle(world)
    world.slack.faults.fail("views.open", "expired_trigger_id")
    await ben.types("math-circle", "/problem Exit tickets nobody reads")
    await settle(world)
    button = answers_to(ben)[-1]["blocks"][1]["elements"][0]
    button["value"] = "1"

    await ben.presses(OPEN)
    await settle(world)

    assert typed_in(ben.top_view, "title") is None


async def test_what_may_tell_who_a_student_is_is_asked_about_before_anything_is_kept(
    ana, world, circle
):
    form = await open_form(ana, world)
    for text in (
        "My student Jamie Miller never speaks.",
        "Write to jamie@school.org about it.",
        "ID 4830219 never speaks.",
    ):
        await ana.submits(form, title=TITLE, happening=text, tried="Waiting", without_name="yes")
        await settle(world)

        assert "may tell who a student is" in str(ana.top_view["blocks"])
        assert typed_in(ana.top_view, "happening") == text
        assert typed_in(ana.top_view, "tried") == "Waiting"
        [ticked] = ana.top_view["state"]["values"]["without_name"].values()
        assert ticked["selected_options"]
    assert await problems_kept(world) == []
    assert cards(world) == []


async def test_ticking_the_box_shares_it_as_it_is(ana, world, circle):
    form = await open_form(ana, world)
    await ana.submits(form, title=TITLE, happening="My student Jamie Miller never speaks.")

    await ana.submits(ana.top_view, nobody_recognised="yes")
    await settle(world)

    assert "Jamie Miller" in cards(world)[0].words


async def test_taking_the_name_out_shares_it_without_ticking(ana, world, circle):
    form = await open_form(ana, world)
    await ana.submits(form, title=TITLE, happening="My student Jamie Miller never speaks.")

    await ana.submits(ana.top_view, happening="A student in period 3 never speaks.")
    await settle(world)

    assert "A student in period 3" in cards(world)[0].words


async def test_the_warning_keeps_the_community_that_was_chosen(ana, world, lounge):
    form = await open_form(ana, world, channel=world.slack.direct_message("UANA"))
    await ana.submits(
        form, title=TITLE, happening="My student Jamie Miller.", community_id=str(lounge.id)
    )

    await ana.submits(ana.top_view, nobody_recognised="yes")
    await settle(world)

    assert len(cards(world, "CSTAFFLOUNGE")) == 1


async def test_the_card_says_the_same_aloud(ana, world, circle):
    card = await share(ana, world, question=QUESTION, tried="Sentence starters")

    for part in ("Ana", QUESTION, TITLE, HAPPENING, "sentence starters", "no answers yet"):
        assert part in card.message["text"]


async def test_the_notice_is_in_the_direct_message_where_it_was_asked(ana, world, circle):
    direct = world.slack.direct_message("UANA")
    form = await open_form(ana, world, channel=direct)

    await ana.submits(form, title=TITLE, happening=HAPPENING)
    await settle(world)

    assert "Shared in" in words_of(world.letters("UANA")[-1])
    assert answers_to(ana) == []
