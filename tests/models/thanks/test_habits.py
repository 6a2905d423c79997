"""What facilitators choose about how their community says thanks."""

from datetime import UTC, datetime, time

import pytest

from models.errors import RuleError
from models.thanks import habits
from models.thanks.customs import Customs
from models.thanks.habits import USUAL_REASONS, Habits, customs_of, emoji_name, next_prompt
from tests.examples import BEN, NOW
from tests.models.thanks.belonging import TZ, a_circle


def chosen(**answers):
    nothing = {"reasons": None, "emoji": None, "prompt_weekday": None, "prompt_at": None}
    return Habits.of(**nothing | answers)


async def test_a_community_that_chose_nothing_has_the_usual_customs_and_no_prompt(db):
    circle = await a_circle(db)

    async with db() as session:
        customs = await customs_of(session, circle.id)

    assert (customs.reasons, customs.emoji) == (list(USUAL_REASONS), "clap")
    assert customs.next_prompt_at is None


async def test_what_a_facilitator_chose_holds_until_they_choose_otherwise(db):
    circle = await a_circle(db)
    first = chosen(reasons="Listened\n\n listened \nBrought cake", emoji=":tada:")
    then = chosen(reasons="Brought cake", prompt_weekday=4, prompt_at=time(14, 30))

    for one in (first, then):
        async with db.begin() as session:
            customs = await habits.change(session, circle, one, by=BEN, now=NOW)

    async with db() as session:
        kept = await customs_of(session, circle.id)
    assert kept.id == customs.id
    assert (kept.reasons, kept.emoji) == (["Brought cake"], None)
    assert kept.next_prompt_at == datetime(2026, 11, 20, 21, 30, tzinfo=UTC)


def test_a_reason_stands_once_however_it_is_typed():
    assert chosen(reasons="Listened\n\n listened \nBrought cake").reasons == (
        "Listened",
        "Brought cake",
    )


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"reasons": "\n".join(f"Reason {one}" for one in range(16))}, "reasons"),
        ({"reasons": "x" * 41}, "reasons"),
        ({"emoji": "two words"}, "emoji"),
        ({"prompt_weekday": 4}, "prompt_at"),
        ({"prompt_weekday": 9, "prompt_at": time(9)}, "prompt_weekday"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(answers, field):
    with pytest.raises(RuleError) as told:
        chosen(**answers)

    assert told.value.field == field


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (":clap:", "clap"),
        ("Clap", "clap"),
        (":clap::skin-tone-3:", "clap"),
        ("👏🏽", "clap"),
        ("❤️", "heart"),
        (":thumbsup:", "+1"),
        ("  ", None),
    ],
)
def test_an_emoji_is_known_however_it_is_typed(typed, name):
    assert emoji_name(typed) == name


def test_a_prompt_stays_at_its_hour_when_clocks_change():
    customs = Customs(prompt_weekday=0, prompt_at=time(8))
    # In Denver clocks are set forward on 14 March 2027, a Sunday.
    before = next_prompt(customs, TZ, datetime(2027, 3, 2, tzinfo=UTC))

    after = next_prompt(customs, TZ, before)

    assert (before, after) == (
        datetime(2027, 3, 8, 15, tzinfo=UTC),
        datetime(2027, 3, 15, 14, tzinfo=UTC),
    )
