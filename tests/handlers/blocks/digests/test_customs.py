"""How the form looks in which facilitators choose when the digest comes."""

from datetime import UTC, datetime, time

from handlers.blocks.digests.customs import NEVER, customs_form, customs_kept
from handlers.blocks.text import when
from models.digests.customs import DigestCustoms
from tests.examples import MATH_CIRCLE, a_community
from tests.handlers.blocks.surfaces import fields, sent, shown

FRIDAY = datetime(2026, 11, 20, 21, tzinfo=UTC)


def chosen(**traits):
    return DigestCustoms(**{"weekday": 4, "at": time(14), "next_at": FRIDAY} | traits)


def test_a_community_without_a_digest_is_offered_monday_before_the_first_lesson():
    form = fields(shown(customs_form(a_community(id=1), None)))

    assert form["weekday"]["initial_option"]["text"]["text"] == "Monday"
    assert form["at"]["initial_time"] == "07:30"
    assert form["channel_id"]["initial_conversation"] == MATH_CIRCLE


def test_what_was_chosen_before_stands_in_the_form():
    form = fields(shown(customs_form(a_community(id=1), chosen(weekday=None, channel_id="C0X"))))

    assert form["weekday"]["initial_option"]["value"] == NEVER
    assert form["at"]["initial_time"] == "14:00"
    assert form["channel_id"]["initial_conversation"] == "C0X"


def test_the_digest_of_a_private_channel_has_no_other_channel_to_choose():
    assert "channel_id" not in fields(shown(customs_form(a_community(is_private=True), None)))


def test_afterwards_one_reads_when_the_next_one_comes():
    kept = sent(customs_kept(a_community(id=1), chosen()))
    off = sent(customs_kept(a_community(id=1), chosen(weekday=None, next_at=None)))

    assert "Each Friday at 14:00, when there is something new." in kept["text"]
    assert "The next one comes on <!date^" in kept["text"]
    assert "|Friday 20 November 2026, 14:00 (America/Denver)>." in kept["text"]
    assert off["text"] == "Kept. #math-circle has no weekly digest."


def test_a_time_that_is_over_this_week_holds_from_the_next_one_on():
    kept = sent(customs_kept(a_community(id=1), chosen(weekday=0, at=time(7, 30))))

    assert kept["text"] == (
        f"Kept.\nThis week’s still comes on {when(FRIDAY, 'America/Denver')}. "
        "After that it comes each Monday at 07:30, when there is something new."
    )
