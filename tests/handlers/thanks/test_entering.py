"""Thanks in one line: from intent to done in ten seconds, and what has to be asked first."""

import pytest
from sqlalchemy import select

from handlers.blocks.thanks.ids import START
from models.drafts import Draft
from models.members import Member
from models.thanks.thanks import Thanks
from tests.handlers.pilots.logging_steps import newest, says
from tests.handlers.problems.steps import answers_to, settle, words_of
from tests.handlers.thanks.giving_steps import (
    BEN_THANKED,
    cards_in,
    form_of,
    given,
    initial,
    shown_in,
    thanks,
)

pytestmark = pytest.mark.usefixtures("good_manners")

WHAT = "you covered my class"


async def test_one_line_thanks_a_colleague_at_once(ana, world, circle):
    answer = await thanks(ana, world, f"@ben because {WHAT}")

    assert await given(world) == [BEN_THANKED]
    assert f"Said in <#CMATHCIRCLE>: You thank Ben, because {WHAT}" in answer
    [card] = cards_in(world)
    assert WHAT in card
    assert len(world.letters("UBEN")) == 1


async def test_private_thanks_are_seen_by_two(ana, ben, chris, world, circle):
    answer = await thanks(ana, world, "private @ben for listening because I was low")

    assert await given(world) == [("UANA", ["UBEN"], "for listening", "I was low", True)]
    assert "Only you two see it." in answer
    assert "listening" in newest(ben, world)
    assert cards_in(world) == []
    assert [world.letters(one) for one in ("UCHRIS", "UDANA")] == [[], []]
    assert "listening" not in str(chris.sees("math-circle"))


async def test_a_group_is_thanked_by_its_people_without_the_giver(ana, world, circle):
    world.slack.add_usergroup("math-team", ["UANA", "UBEN", "UCHRIS"])
    everybody = [world.slack.add_user(f"p{number}").id for number in range(11)]
    world.slack.add_usergroup("everybody", ["UANA", *everybody])

    await thanks(ana, world, "@math-team for the day")
    answer = await thanks(ana, world, "@everybody for the day")

    assert await given(world) == [("UANA", ["UBEN", "UCHRIS"], "for the day", None, False)]
    assert "These are 11 people." in answer


async def test_without_a_look_into_groups_the_form_asks_for_the_people(ana, world, circle):
    world.slack.add_usergroup("math-team", ["UBEN"])
    world.slack.faults.fail("usergroups.users.list", "missing_scope")

    await thanks(ana, world, "@math-team for the day")

    assert "I find nobody to thank in @math-team." in shown_in(form_of(ana))
    assert initial(form_of(ana), "text") == "for the day"
    assert await given(world) == []


async def test_what_cannot_be_said_is_explained_and_kept(ana, world, circle):
    world.slack.add_user("polly", "Polly", is_bot=True)
    world.slack.add_user("gone", "Gone", deleted=True)
    for told, why in {
        "@ana because I rock": "That is you.",
        "@polly for the poll": "Polly is an app.",
        "@gone for it all": "Gone is no longer in this workspace.",
        " ".join(f"@nobody{number}" for number in range(150)): "These are more than 10 people.",
        "@channel for being there": "Thanks go to people, by name, and not to @channel.",
        "@ben :tada: :clap:": "an emoji alone leaves them guessing",
        "@ben for calling @here": "Please leave @here out.",
        f"@ben for {'all ' * 1250}": "This is 5,003 characters long and 500 fit here.",
    }.items():
        answer = await thanks(ana, world, told)

        assert why in answer
        assert "your words are kept" in answer
        assert told.split(maxsplit=1)[1][:40].strip() in answer
    await ana.presses(START)
    await settle(world)

    assert initial(form_of(ana), "receiver_ids") == ["UBEN"]
    assert initial(form_of(ana), "text").startswith("for all all")
    assert await given(world) == []
    assert cards_in(world) == []


async def test_where_a_student_may_be_named_nothing_is_said_before_a_second_look(
    ana, world, circle
):
    await thanks(ana, world, "@ben because my student Max Gold can read now")
    form, before = form_of(ana), await given(world)
    await ana.submits(form, nobody_recognised="yes")
    await settle(world)

    assert "This may tell who a student is" in shown_in(form)
    assert before == []
    assert [text for *_, text, _, _ in await given(world)] == [
        "because my student Max Gold can read now"
    ]


async def test_one_who_is_thanked_quietly_keeps_it_between_them(ana, world, circle):
    async with world.db.begin() as session:
        ben = await Member.find(session, "UBEN")
        ben.is_thanked_quietly = True

    answer = await thanks(ana, world, f"@ben @chris because {WHAT}")

    assert [is_private for *_, is_private in await given(world)] == [True]
    assert "Ben would rather have thanks between you, so no card is posted." in answer
    assert cards_in(world) == []


async def test_words_to_the_bot_thank_a_colleague_and_kind_words_do_not(ana, world, circle):
    answer = await says(ana, world, f"thank you <@UBEN> because {WHAT}")
    letters = len(world.letters("UANA"))
    for words in ("thanks", "Thank you so much!", "thanks, that helped a lot"):
        await ana.types(world.slack.direct_message("UANA"), words)
        await settle(world)

    assert await given(world) == [BEN_THANKED]
    assert "Said in <#CMATHCIRCLE>" in answer
    assert len(world.letters("UANA")) == letters


async def test_a_slow_slack_keeps_nobody_waiting_and_the_words_are_said(ana, world, circle):
    strangers = [world.slack.add_user(f"new{number}").id for number in range(3)]
    for handle in ("g1", "g2"):
        world.slack.add_usergroup(handle, strangers)
    for method in ("usergroups.users.list", "users.info"):
        world.slack.faults.slow(method, 0.95, times=50, when="before")

    reply = await ana.types("math-circle", f"/thanks @g1 @g2 because {WHAT}")
    await settle(world)

    assert reply.acked
    assert reply.seconds < 2.5
    assert await given(world) == [("UANA", strangers, f"because {WHAT}", None, False)]
    answers = [words_of(one) for one in answers_to(ana)]
    assert [any(begin in one for one in answers) for begin in ("One moment", "Said in")]
    asked = [one for one in world.slack.calls if one.method == "users.info"]
    assert len([one for one in asked if one.args["user"] in strangers]) == 3
    async with world.db() as session:
        assert (await session.scalars(select(Draft))).all() == []


async def test_a_line_that_slack_sends_twice_is_said_once(ana, world, circle):
    world.slack.faults.repeat_envelopes(5)

    await thanks(ana, world, f"@ben because {WHAT}")

    assert await given(world) == [BEN_THANKED]
    assert len(cards_in(world)) == 1


async def test_somebody_never_met_before_is_thanked_as_well(ana, world, circle):
    world.slack.add_user("zora", "Zora")

    await thanks(ana, world, f"<@UZORA> because {WHAT}")

    assert await given(world) == [("UANA", ["UZORA"], f"because {WHAT}", None, False)]
    async with world.db() as session:
        assert (await Member.find(session, "UZORA")).name == "zora"
        assert (await session.get(Thanks, 1)).community_id == circle.id


async def test_where_the_bot_is_not_in_the_channel_the_giver_learns_how_to_invite_it(
    ana, world, circle
):
    async with world.db.begin() as session:
        row = await session.get_one(type(circle), circle.id)
        row.bot_left_at = world.clock()

    answer = await thanks(ana, world, f"@ben because {WHAT}")

    assert "as soon as somebody types /invite @Staffroom there" in answer
