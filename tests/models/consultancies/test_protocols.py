"""A protocol is data: those built in, and a community's own edition of one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.communities import Community
from models.consultancies import editing
from models.consultancies.editing import STEPS_AT_MOST, STEPS_LENGTH, Edition, as_typed, steps_from
from models.consultancies.protocols import (
    PROTOCOLS,
    ProtocolCopy,
    all_of,
    live_protocol_of,
    protocol_of,
)
from models.errors import NotHereError, RuleError
from tests.examples import BEN, CHRIS, NOW, a_community

MINI, DAYS = PROTOCOLS["mini"], PROTOCOLS["asynchronous"]

# Minutes, or days, as the field knows them (National School Reform Faculty and others).
LENGTHS = {
    "mini": [5, 3, 9, 3],
    "consultancy": [10, 5, 10, 15, 5, 5],
    "tuning": [5, 15, 5, 3, 15, 10, 7],
    "troika": [1, 2, 2, 4, 1] * 3,
    "asynchronous": [1, 1, 1, 2, 1],
}


@pytest.fixture
async def circle(db):
    async with db.begin() as session:
        session.add(community := a_community())
    return community


async def copied(db, circle, base=MINI, name="Our short one", steps="5 Present\n10 Discuss"):
    async with db.begin() as session:
        community = await Community.locked(session, circle.id)
        edition = Edition.of(base, name=name, steps=steps)
        return await editing.copy(session, community, edition, by=BEN, now=NOW)


async def offered(db, circle):
    async with db() as session:
        return [one.name for one in await all_of(session, circle.id)][len(PROTOCOLS) :]


@pytest.mark.parametrize("key", PROTOCOLS)
def test_every_built_in_protocol_takes_its_time_and_names_its_source(key):
    protocol = PROTOCOLS[key]

    assert [step.days or step.minutes for step in protocol.steps] == LENGTHS[key]
    assert protocol.key == key
    assert protocol.source
    assert protocol.is_asynchronous == (protocol.days > 0) == (protocol.minutes == 0)
    assert all(step.prompt and step.name for step in protocol.steps)


@pytest.mark.parametrize("key", PROTOCOLS)
def test_in_every_protocol_the_presenter_is_silent_while_the_group_discusses(key):
    discussions = [step for step in PROTOCOLS[key].steps if step.is_presenter_silent]

    assert len(discussions) == (3 if key == "troika" else 1)
    assert any(step.gathers_questions for step in PROTOCOLS[key].steps)


@pytest.mark.parametrize("key", PROTOCOLS)
def test_a_copy_that_is_left_as_it_is_has_the_same_steps(key):
    protocol = PROTOCOLS[key]

    typed = as_typed(protocol)

    assert len(typed) <= STEPS_LENGTH
    assert len(protocol.steps) <= STEPS_AT_MOST
    assert steps_from(typed, protocol) == protocol.steps


def test_steps_are_read_as_people_type_them():
    typed = """
        5 Present
        3 min. Clarify (QUESTIONS): who, when: how many?

        10 minutes – The group discusses (group) : What did we hear?
        2: Breathe
    """

    steps = steps_from(typed, MINI)

    assert [(one.minutes, one.name, one.speaks, one.prompt) for one in steps] == [
        (5, "Present", "everybody", ""),
        (3, "Clarify", "questions", "who, when: how many?"),
        (10, "The group discusses", "group", "What did we hear?"),
        (2, "Breathe", "everybody", ""),
    ]


WRONG = {
    "": "at least one step",
    "Present": "Line 1 needs its minutes first",
    "5 Present\n\n6": "Line 2 needs its minutes first",
    "0 Present": "1 to 120 minutes",
    "121 Present": "1 to 120 minutes",
    "5 days Present": "counts in minutes",
    "5 Present (audience): Speak.": "who is “audience”? I know these words: presenter,",
    "5 (group): Speak.": "Line 1 needs a name",
    f"5 {'a' * 61}": "longer than 60",
    f"5 Present: {'a' * 401}": "longer than 400",
    "1 Step\n" * 16: "These are 16 steps",
}


@pytest.mark.parametrize("typed", WRONG)
def test_what_cannot_be_steps_is_explained_at_their_field(typed):
    with pytest.raises(RuleError) as caught:
        steps_from(typed, MINI)

    assert WRONG[typed] in str(caught.value)
    assert caught.value.field == "steps"


def test_a_protocol_over_days_counts_in_days():
    [step] = steps_from("2 days Think (writing)", DAYS)

    assert (step.days, step.minutes) == (2, 0)
    with pytest.raises(RuleError, match="1 to 14 days"):
        steps_from("15 Think", DAYS)
    with pytest.raises(RuleError, match="counts in days"):
        steps_from("5 minutes Think", DAYS)


def read(typed):
    """Return the steps that were read, and the field at which they are explained if none were."""
    try:
        return steps_from(typed, MINI), None
    except RuleError as error:
        return (), error.field


@given(st.text(max_size=200))
def test_whatever_is_typed_becomes_steps_or_a_kind_answer(typed):
    steps, explained_at = read(typed)

    assert explained_at == (None if steps else "steps")
    assert all(1 <= step.minutes <= 120 and step.name for step in steps)


@pytest.mark.parametrize(("name", "words"), [(" ", "give it a name"), ("a" * 81, "under 80")])
def test_a_protocol_needs_a_name(name, words):
    with pytest.raises(RuleError, match=words) as caught:
        Edition.of(MINI, name=name, steps="5 Present")

    assert caught.value.field == "name"


async def test_a_copy_is_offered_after_the_built_in_ones_and_only_there(db, circle):
    copy = await copied(db, circle)

    async with db() as session:
        mine = await all_of(session, circle.id)
        elsewhere = await all_of(session, circle.id + 1)
        found = await protocol_of(session, circle.id, f"copy:{copy.id}")
        forged = await protocol_of(session, circle.id + 1, f"copy:{copy.id}")

    assert [one.key for one in mine] == [*PROTOCOLS, f"copy:{copy.id}"]
    assert (found.name, found.minutes, found.source) == ("Our short one", 15, MINI.source)
    assert elsewhere == list(PROTOCOLS.values())
    assert forged == MINI


async def test_the_same_form_sent_twice_makes_one_copy(db, circle):
    one, two = await copied(db, circle), await copied(db, circle)

    assert one.id == two.id
    assert await offered(db, circle) == ["Our short one"]


@pytest.mark.parametrize("name", ["our short ONE", "Tuning"])
async def test_a_name_stands_for_one_protocol(db, circle, name):
    await copied(db, circle)

    with pytest.raises(RuleError, match="There is a protocol called") as caught:
        await copied(db, circle, name=name, steps="7 Present")

    assert caught.value.field == "name"


async def test_an_edited_copy_keeps_its_key_and_may_keep_its_name(db, circle):
    copy = await copied(db, circle)

    async with db.begin() as session:
        kept = await ProtocolCopy.standing(session, circle.id, f"copy:{copy.id}")
        edition = Edition.of(kept.protocol, name="Our short one", steps="4 Present (presenter)")
        await editing.edit(session, kept, edition, by=CHRIS, now=NOW)

    async with db() as session:
        edited = await protocol_of(session, circle.id, f"copy:{copy.id}")
    assert [(step.minutes, step.name) for step in edited.steps] == [(4, "Present")]


async def test_hangouts_planned_with_a_deleted_copy_take_what_it_was_made_from(db, circle):
    copy = await copied(db, circle, base=PROTOCOLS["tuning"])
    copy_of_it = await copied(db, circle, base=copy.protocol, name="Another")

    for one in (copy, copy_of_it):
        async with db.begin() as session:
            kept = await ProtocolCopy.standing(session, circle.id, f"copy:{one.id}")
            editing.delete(kept, by=BEN, now=NOW)

    async with db() as session:
        for one in (copy, copy_of_it):
            found = await protocol_of(session, circle.id, f"copy:{one.id}")
            assert found == PROTOCOLS["tuning"]
            with pytest.raises(NotHereError):
                await ProtocolCopy.standing(session, circle.id, f"copy:{one.id}")
    assert await offered(db, circle) == []


@pytest.mark.parametrize("key", ["", "nonsense", "copy:", "copy:9", "copy:-1", f"copy:{'9' * 40}"])
async def test_a_hangout_always_has_a_protocol(db, circle, key):
    async with db() as session:
        assert await protocol_of(session, circle.id, key) == MINI


async def test_a_hangout_has_no_use_for_a_protocol_that_takes_days(db, circle):
    async with db() as session:
        assert await live_protocol_of(session, circle.id, "asynchronous") == MINI
        assert await live_protocol_of(session, circle.id, "tuning") == PROTOCOLS["tuning"]


async def test_a_community_keeps_a_menu_s_worth_of_protocols(db, circle):
    for number in range(editing.COPIES_AT_MOST):
        await copied(db, circle, name=f"Number {number}")

    with pytest.raises(RuleError, match="delete one first"):
        await copied(db, circle, name="One more")
