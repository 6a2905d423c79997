"""Private thanks are there for giver and receiver: for everybody else nothing is different."""

import pytest

from handlers.blocks.thanks.ids import DELETE, EDIT, KEEP_PRIVATE, SECOND, UNDO
from tests.handlers.blocks.problems.drawings import seen
from tests.handlers.problems.steps import answers_to, words_of
from tests.handlers.thanks.kind_steps import everything_seen_by, thanked

pytestmark = pytest.mark.usefixtures("good_manners")

LOOKS = (
    "/thanks journal",
    "/staffroom status",
    "/problem find covering",
    "/material find covering",
    "/pilot find covering",
)
NOBODYS = "999999"


async def looks_around(person, world) -> list[str]:
    """Return what this person is answered to everything they ask, and their page."""
    answers = []
    for text in LOOKS:
        await person.types("math-circle", text)
        await world.settled()
        answers.append(words_of(answers_to(person)[-1]))
    await person.opens_home()
    await world.settled()
    return [*answers, seen(person.home)]


async def presses_by_force(person, world, action_id: str, value: str) -> str:
    """Forge a press and return what this person is answered."""
    action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value}
    where = {"channel": {"id": "CMATHCIRCLE"}}
    await person.forges(where | {"actions": [action | {"action_ts": "1.0"}]})
    await world.settled()
    return words_of(answers_to(person)[-1])


@pytest.mark.parametrize("name", ["UCHRIS", "UDANA"])
async def test_nothing_a_colleague_or_a_lead_looks_at_is_any_different(world, circle, name):
    other = world.slack.person(name)
    before = await looks_around(other, world)
    letters = len(world.letters(name))

    await thanked(world, circle, is_private=True, reason="Covered for me")

    assert await looks_around(other, world) == before
    assert len(world.letters(name)) == letters
    assert world.messages() == []
    assert "son" not in everything_seen_by(world, other).split()


async def test_their_number_is_as_good_as_none(chris, world, circle):
    thanks = await thanked(world, circle, is_private=True)

    for action_id in (SECOND, KEEP_PRIVATE, EDIT, UNDO, DELETE):
        guessed = await presses_by_force(chris, world, action_id, str(thanks.id))

        assert guessed == await presses_by_force(chris, world, action_id, NOBODYS)
