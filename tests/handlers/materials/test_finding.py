"""Members find materials by words, filters and pages, and look at one closely."""

import pytest

from handlers.blocks.materials.ids import FIND, LIST, MORE, SHOW
from handlers.blocks.materials.lists import EARLIER
from handlers.materials.listing import home_section
from models.materials import telling
from models.materials.material import Addition, Circle, Kind, Use
from models.materials.visibility import keep_findable
from models.members import Member
from tests.examples import NOW
from tests.handlers.materials.finding_steps import answer, answer_to, asks, card, keeps
from tests.handlers.problems.steps import words_of

pytestmark = pytest.mark.usefixtures("good_manners")


async def test_a_material_is_found_by_misspelled_words_and_filters(ben, world, circle):
    await keeps(world, circle)
    await keeps(world, circle, number=2, title="Pizza fractions", kind=Kind.VIDEO)

    by_words = await asks(ben, world, "/material find fracton rubrik")
    by_filter = await asks(ben, world, "/material find fractions kind:video grade:5")

    assert "Fraction talk rubric" in by_words
    assert "instead of “fracton, rubrik”" in by_words
    assert "1 material with “fractions kind:video grade:5”" in by_filter
    assert "Pizza fractions" in by_filter


async def test_pages_of_a_search_turn_in_place(ben, world, circle):
    for number in range(7):
        await keeps(world, circle, number=number, title=f"Rubric {number}", is_announced=False)

    await asks(ben, world, "/material find rubric")
    await ben.presses(EARLIER, message=answer_to(ben))
    await world.settled()

    assert "7 materials with “rubric”" in answer(ben)
    assert "Rubric 0" in answer(ben)
    assert "Rubric 6" not in answer(ben)


async def test_the_form_finds_by_what_is_chosen_and_asks_for_something(ben, world, circle):
    await keeps(world, circle)
    await asks(ben, world, "/material list")
    await ben.presses(FIND, message=answer_to(ben))
    await world.settled()
    form = ben.top_view

    await ben.submits(form)
    await world.settled()
    refused = ben.top_view
    await ben.submits(form, kind=["rubric"], topic=["talk"])
    await world.settled()

    assert refused is not None
    assert "Fraction talk rubric" in answer(ben)
    assert "kind:rubric topic:talk" in answer(ben)


async def test_the_list_is_numbered_and_a_number_shows_one_of_it(ben, world, circle):
    await keeps(world, circle, title="Older")
    await keeps(world, circle, number=2, title="Newer")

    listed = await asks(ben, world, "/material list")
    shown = await asks(ben, world, "/material show 2")

    assert "1. Newer" in listed
    assert "2. Older" in listed
    assert "Older\nSaved by Ana" in shown


async def test_one_material_is_shown_with_all_that_colleagues_say_of_it(ben, world, circle):
    material = await keeps(world, circle)
    await keeps(world, circle, number=2, title="Built upon it", remix_of_id=material.id)
    about = {"material_id": material.id, "workspace_id": world.slack.team_id}
    async with world.db.begin() as session:
        session.add(Use(member_id="UCHRIS", how="All spoke.", used_at=NOW, **about))
        session.add(
            Addition(member_id="UBEN", note="Print it.", request_key="A", added_at=NOW, **about)
        )

    shown = await asks(ben, world, "/material show fraction talk")

    assert "used by 1 colleague" in shown
    assert "Chris used it: All spoke." in shown
    assert "Ben added: Print it." in shown
    assert "Remixed in Built upon it by Ana" in shown


async def test_what_a_colleague_may_not_see_is_shown_by_no_word_and_no_button(
    ana, world, circle, secret
):
    hidden = await keeps(world, secret, owner_id="UBEN", title="Inner plan", is_announced=False)
    seen = await keeps(world, circle, number=2, title="Fraction rubric")

    named = await asks(ana, world, "/material show inner plan")
    found = await asks(ana, world, "/material find inner plan")
    listed = await asks(ana, world, "/material list")
    await ana.presses(MORE, message=card(world), option=f"show:{seen.id}")
    await world.settled()
    chosen = answer(ana)
    pressed = {"type": "button", "action_id": SHOW, "block_id": "b", "value": str(hidden.id)}
    await ana.forges({"actions": [pressed], "channel": {"id": "CMATHCIRCLE"}})
    await world.settled()

    assert "I can't find a material of that title." in named
    assert "I found no material" in found
    assert "Inner plan" not in named + listed
    assert "Fraction rubric\nSaved by Ana" in chosen
    assert "I can't find that material." in answer(ana)


async def test_the_card_follows_its_material_and_says_when_it_is_gone(ana, ben, world, circle):
    material = await keeps(world, circle)
    announced = words_of(card(world))
    async with world.db.begin() as session:
        row = await session.merge(material)
        row.deleted_at = NOW
        await keep_findable(session, row)
        await telling.redraw(session, row, NOW)
    await world.settled()

    assert "Ana saved a rubric: Fraction talk rubric" in announced
    assert "This material was deleted." in words_of(card(world))
    assert "Fraction" not in words_of(card(world))


async def test_home_shows_the_latest_of_my_communities_alone(ana, world, circle, secret):
    await keeps(world, circle)
    await keeps(world, secret, number=2, title="Inner plan", circle=Circle.NETWORK)

    async with world.db() as session:
        member = await Member.find(session, ana.id)
        blocks = await home_section(session, member, world.clock())

    home = str([block.to_dict() for block in blocks])
    assert "Fraction talk rubric" in home
    assert "Inner plan" not in home
    assert LIST not in home


async def test_who_is_in_several_communities_reads_one_list_of_all(ana, world, circle, lounge):
    await keeps(world, circle)
    await keeps(world, lounge, number=2, title="Staff quiz", owner_id="UBEN")
    world.slack.add_channel("corridor", members={"UANA"})

    listed = await asks(ana, world, "/material list", "corridor")

    assert "Ana in #math-circle" in listed
    assert "Ben in #staff-lounge" in listed
