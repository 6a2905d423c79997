"""Listing: what is coming, for one reader's eyes."""

import pytest

from handlers.blocks.hangouts.ids import (
    CANNOT,
    COMING,
    GIVE_BACK,
    JOIN,
    LEAD,
    PLAN,
    PREPARE,
    PRESENT,
    RUN,
    SIGN_UP,
    SWAP,
)
from tests.handlers.blocks.problems.drawings import NASTY, seen
from tests.handlers.hangouts.signing_steps import (
    SOON,
    TWO_WEEKS,
    Invited,
    a_hangout_soon,
    a_series_of,
    actions_on,
    last_words,
    presents,
    press,
)
from tests.handlers.problems.steps import answers_to, settle

pytestmark = pytest.mark.usefixtures("good_manners")


async def asks(person, world, text: str = "", channel: str = "math-circle") -> str:
    await person.types(channel, f"/hangout {text}".strip())
    await settle(world)
    return last_words(person, channel)


@pytest.fixture
async def four(world, circle) -> list[Invited]:
    """Four hangouts ahead, the second of which is called off."""
    starts = [SOON + number * TWO_WEEKS for number in range(4)]
    hangouts = await a_series_of(world, circle, *starts)
    await hangouts[1].changes(called_off_at=world.clock(), called_off_why="Conferences")
    return hangouts


async def test_the_next_three_are_shown_with_my_place_and_my_buttons(ana, world, four):
    await presents(ana, world, four[0])

    words = await asks(ana, world)

    assert "Coming up in #math-circle · only you see this" in words
    assert "You present · " in words
    assert "Ana" not in words
    assert "Called off: Conferences." in words
    assert words.count("hangout with Ben") >= 3
    assert "4 January" not in words
    shown = answers_to(ana)[-1]
    assert actions_on(shown) == [PREPARE, GIVE_BACK, CANNOT, JOIN, PRESENT, CANNOT]


async def test_facilitators_sign_up_others_and_change_dates_from_there(ben, world, four):
    await asks(ben, world)

    shown = answers_to(ben)[-1]
    assert actions_on(shown)[-2:] == [SIGN_UP, LEAD]
    await press(ben, world, SIGN_UP, shown)
    assert "Sign up a colleague" in str(ben.top_view["title"])


async def test_whoever_leads_can_pass_that_on_from_the_list_and_from_home(ben, world, circle):
    await a_hangout_soon(world, circle)

    assert "You lead · " in (await asks(ben, world)).replace("\n", "")
    assert actions_on(answers_to(ben)[-1])[:2] == [PRESENT, SWAP]
    await ben.opens_home()
    await settle(world)
    assert {JOIN, CANNOT}.isdisjoint(actions_on(ben.home))

    await press(ben, world, SWAP, answers_to(ben)[-1])
    assert "lead" in str(ben.top_view["title"]).casefold()


async def test_where_nothing_is_planned_it_says_what_hangouts_are_and_who_begins(
    ana, ben, world, circle
):
    words = await asks(ana, world)
    assert "No hangout is planned in #math-circle yet. At a hangout you try one skill" in words
    assert "Ben can plan them with /hangout plan." in words
    assert actions_on(answers_to(ana)[-1]) == []

    await asks(ben, world)
    assert actions_on(answers_to(ben)[-1]) == [PLAN]


async def test_a_slip_of_the_finger_is_answered_with_the_right_word(ana, world, four):
    words = await asks(ana, world, "jion")
    assert "Did you mean /hangout join?" in words.replace("\n", "")

    await press(ana, world, RUN, answers_to(ana)[-1])
    assert "You come: " in last_words(ana)

    words = await asks(ana, world, NASTY)
    assert "These I know" in words


async def test_help_names_the_words(ana, world, circle):
    words = await asks(ana, world, "help")

    assert "/hangout present: I bring a problem to it" in words
    for word in ("cancel", "end", "notes wait time", "protocols", "voices", "signup"):
        assert word in words


async def test_the_button_shows_its_community_wherever_it_is_pressed(ana, world, lounge, circle):
    await a_hangout_soon(world, circle)
    await asks(ana, world, "help", channel="staff-lounge")
    shown = answers_to(ana, "staff-lounge")[-1]

    await press(ana, world, COMING, shown)
    assert "No hangout is planned in #staff-lounge" in last_words(ana, "staff-lounge")

    pressed = {"type": "button", "action_id": COMING, "block_id": "b", "value": str(circle.id)}
    await ana.forges(
        {"type": "block_actions", "channel": {"id": "CSTAFFLOUNGE"}, "actions": [pressed]}
    )
    await settle(world)
    assert "Coming up in #math-circle" in last_words(ana, "staff-lounge")


async def test_nobody_sees_the_hangouts_of_a_private_channel_from_outside(
    ana, world, circle, secret
):
    await a_hangout_soon(world, secret, skill="Talk moves")

    pressed = {"type": "button", "action_id": COMING, "block_id": "b", "value": str(secret.id)}
    await ana.forges(
        {"type": "block_actions", "channel": {"id": "CMATHCIRCLE"}, "actions": [pressed]}
    )
    await settle(world)

    assert "Talk moves" not in last_words(ana)
    assert "#math-circle" in last_words(ana)


async def test_in_a_message_the_word_does_the_same(ana, world, four):
    place = world.slack.direct_message("UANA")

    for text in ("hangout", "hangouts", "hangout present"):
        await ana.types(place, text)
        await settle(world)

    letters = [one["text"] for one in world.letters("UANA")]
    assert "Coming up in #math-circle" in letters[0]
    assert "Coming up in #math-circle" in letters[1]
    assert "You have a seat to present" in letters[2]


async def test_app_home_has_my_next_hangout_with_its_buttons(ana, world, circle, lounge):
    hangout = await a_hangout_soon(world, circle)
    await ana.opens_home()
    await settle(world)
    assert "My next hangout" in seen(ana.home)
    assert "Math circle" in seen(ana.home)

    await ana.presses(JOIN, home=True)
    await settle(world)

    assert "You come · " in seen(ana.home).replace("\n", "")
    assert "Ana comes" in hangout.words
    assert "You come: " in world.letters("UANA")[-1]["text"]


async def test_app_home_leads_facilitators_to_the_plan(ana, ben, world, circle):
    for person in (ana, ben):
        await person.opens_home()
    await settle(world)

    assert PLAN in actions_on(ben.home)
    assert PLAN not in actions_on(ana.home)
