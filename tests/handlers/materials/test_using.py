"""Using a material in Slack: who used it, what was built on it, and whether it still holds."""

from datetime import timedelta

import pytest

from handlers.blocks.materials.ids import HOLDS_NO_MORE, REMIX, STILL_HOLDS, USED
from models.materials.checking import PATIENCE
from models.materials.material import Circle
from models.materials.saving import YEAR
from tests.handlers.materials.saving_steps import TITLE, cards, kept
from tests.handlers.materials.using_steps import (
    a_kept_material,
    answer,
    card,
    letter,
    now,
    presses,
    submits,
    ticks,
)
from tests.handlers.problems.steps import words_of

pytestmark = pytest.mark.usefixtures("good_manners")


async def test_how_it_went_reaches_the_owner_and_counts_on_the_card(ben, world, circle):
    await a_kept_material(world, circle)

    form = await presses(ben, world, USED)
    await submits(ben, world, form, how="Took 25 minutes, and was worth it.")

    assert "used by 1 colleague" in card(world)
    assert len(cards(world)) == 1
    assert f"Ben used your {TITLE}: Took 25 minutes" in letter(world, "UANA").replace("\n", "")
    assert f"Noted: you used {TITLE}. Ana will be glad to hear." in answer(ben)


async def test_sent_twice_and_pressed_again_it_counts_once_until_it_is_taken_back(
    ben, world, circle
):
    await a_kept_material(world, circle)
    form = await presses(ben, world, USED)
    await submits(ben, world, form)
    await submits(ben, world, form, again=True)
    counted = card(world)

    again = await presses(ben, world, USED)
    await submits(ben, world, again, not_used="yes")

    assert "used by 1 colleague" in counted
    assert "used by" not in card(world)
    assert "Taken back" in answer(ben)
    assert len(world.letters("UANA")) == 1


async def test_a_student_in_the_words_is_asked_about_before_anything_is_kept(ben, world, circle):
    await a_kept_material(world, circle)
    form = await presses(ben, world, USED)

    await submits(ben, world, form, how="My student Maria Lopez liked it.")
    asked = "used by" not in card(world), "Maria Lopez" in str(ben.top_view)
    await submits(ben, world, ben.top_view, nobody_recognised="yes")

    assert asked == (True, True)
    assert "used by 1 colleague" in card(world)
    assert "My student Maria Lopez liked it." in letter(world, "UANA")


async def test_the_owner_is_told_kindly_that_it_counts_without_a_press(ana, world, circle):
    await a_kept_material(world, circle)

    form = await presses(ana, world, USED)

    assert form is None
    assert "This one is yours" in answer(ana)


async def test_deleted_while_the_form_was_open_the_words_stay_in_it(ben, world, circle):
    material = await a_kept_material(world, circle)
    form = await presses(ben, world, USED)
    async with world.db.begin() as session:
        session.add(material)
        material.deleted_at = world.clock()

    await submits(ben, world, form, how="It took two lessons.")

    assert "I can't find that material" in str(ben.top_view["errors"])
    assert "It took two lessons." in str(ben.top_view["state"])
    assert world.letters("UANA") == []


async def test_a_number_of_another_community_is_like_one_that_does_not_exist(
    chris, world, circle, secret
):
    await a_kept_material(world, circle)
    hidden = await a_kept_material(world, secret, number=2, owner_id="UBEN", is_announced=False)
    message = cards(world)[-1]
    for action_id in (USED, REMIX, STILL_HOLDS):
        message["blocks"][-1]["elements"][0] |= {"action_id": action_id, "value": str(hidden.id)}
        await presses(chris, world, action_id, message)
        of_hidden = answer(chris)
        message["blocks"][-1]["elements"][0] |= {"value": "999"}
        await presses(chris, world, action_id, message)

        assert answer(chris) == of_hidden
        assert "I can't find that material" in of_hidden


async def test_what_is_built_on_it_says_so_and_thanks_its_owner(ben, world, circle):
    origin = await a_kept_material(world, circle)

    form = await presses(ben, world, REMIX)
    await submits(ben, world, form, url="https://example.org/essays", title="Essay rubric")

    [_, remix] = await kept(world)
    assert remix.remix_of_id == origin.id
    first, second = (words_of(one).replace("\n", "") for one in cards(world))
    assert f"Built on {TITLE} by Ana" in second
    assert "Remixed in Essay rubric by Ben" in first
    assert f"Ben thanks you: your {TITLE} has become Essay rubric." in letter(
        world, "UANA"
    ).replace("\n", "")


async def test_after_a_year_its_owner_says_that_it_still_holds(world, circle, ana):
    due = world.clock() + YEAR
    material = await a_kept_material(world, circle, next_check_at=due)
    world.clock.move(YEAR + timedelta(hours=1))

    said = await ticks(world), await ticks(world)
    [question] = world.letters("UANA")
    asked = words_of(question)
    await presses(ana, world, STILL_HOLDS, question)

    assert said == ("1 asked about", "0 asked about")
    assert f"Does {TITLE} still hold?" in asked.replace("\n", "")
    assert "still holds. I ask again in a year." in words_of(world.letters("UANA")[0])
    after = await now(world, material)
    assert after.next_check_at is not None
    assert after.next_check_at > due + YEAR


async def test_one_that_holds_no_more_is_marked_on_its_card_until_it_does(world, circle, ana):
    await a_kept_material(world, circle, next_check_at=world.clock())
    await ticks(world)
    [question] = world.letters("UANA")

    await presses(ana, world, HOLDS_NO_MORE, question)
    marked = card(world)
    await presses(ana, world, STILL_HOLDS, world.letters("UANA")[0])

    assert "no longer holds" in marked
    assert "no longer holds" not in card(world)


async def test_a_month_of_silence_marks_the_card_and_facilitators_may_answer(ben, world, circle):
    material = await a_kept_material(world, circle, next_check_at=world.clock())
    await ticks(world)
    [question] = world.letters("UANA")
    world.clock.move(PATIENCE + timedelta(days=1))

    await ticks(world)
    marked = card(world)
    cards(world)[-1]["blocks"][-1]["elements"][0] |= {"action_id": STILL_HOLDS}
    await presses(ben, world, STILL_HOLDS)

    assert "not checked lately" in marked
    assert len(world.letters("UANA")) == 1
    assert (await now(world, material)).stale_at is None
    assert "still holds" in words_of(world.letters("UANA")[0])
    assert question["ts"] == world.letters("UANA")[0]["ts"]


async def test_a_deleted_file_is_told_to_the_owner_once_and_marked_on_the_card(ana, world, circle):
    upload = await ana.uploads("rubric.pdf", b"%PDF-1.4 rubric")
    fields = {"url": None, "file_id": upload.id, "file_name": "rubric.pdf"}
    await a_kept_material(world, circle, circle=Circle.NETWORK, **fields)

    await ana.deletes_file(upload.id)
    await world.settled()

    assert "the file is gone from Slack" in card(world)
    [gone] = world.letters("UANA")
    assert f"The file of {TITLE} is gone from Slack." in words_of(gone).replace("\n", "")


async def test_a_file_that_went_unnoticed_is_noticed_at_the_yearly_look(ana, world, circle):
    upload = await ana.uploads("rubric.pdf", b"%PDF-1.4 rubric")
    upload.is_deleted = True
    fields = {"url": None, "file_id": upload.id, "next_check_at": world.clock()}
    # Slack does not know of this one, as of what stands in a private channel without the bot.
    unseen = await a_kept_material(world, circle, number=2, **fields | {"file_id": "F0UNSEEN"})
    gone = await a_kept_material(world, circle, **fields)

    await ticks(world)

    assert "the file is gone from Slack" in card(world)
    assert [(await now(world, one)).gone_at is None for one in (gone, unseen)] == [False, True]
    assert [one.error for one in world.slack.complaints] == ["file_not_found"]
    world.slack.complaints.clear()


async def test_a_deleted_message_marks_what_was_saved_from_it(ana, ben, world, circle):
    said = await ben.types("math-circle", "https://example.org/fraction-talk is good")
    source = {"source_channel_id": "CMATHCIRCLE", "source_ts": said.message["ts"]}
    await a_kept_material(world, circle, **source)

    await ben.deletes(said.message)
    await world.settled()

    assert "the message is gone from Slack" in card(world)
    assert "If the link still holds" in letter(world, "UANA")
