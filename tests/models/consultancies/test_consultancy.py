"""A live consultancy goes on step by step, once for each press that knew where it stood."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.consultancies.consultancy import MORE_TIME
from models.consultancies.protocols import PROTOCOLS
from models.errors import NotAllowedError
from tests.examples import ANA, BEN, CHRIS, NAMES, NOW, a_community, a_hangout, a_member
from tests.models.consultancies.leading_steps import MINI, MINUTE, a_consultancy


def test_a_step_lasts_its_minutes_from_the_press_however_late_that_is():
    late = NOW + 10 * MINUTE

    consultancy = a_consultancy()
    consultancy.start(late)

    assert (consultancy.started_at, consultancy.step) == (late, 0)
    assert consultancy.step_ends_at == late + 5 * MINUTE


def test_the_steps_follow_one_another_and_the_last_one_ends_it():
    consultancy = a_consultancy()
    consultancy.start(NOW)

    lasted = []
    for step in range(len(MINI.steps)):
        lasted.append((consultancy.step_ends_at - consultancy.step_began_at) / MINUTE)
        assert consultancy.go_on(step, NOW + step * MINUTE)

    assert lasted == [5, 3, 9, 3]
    assert consultancy.finished_at == NOW + 3 * MINUTE
    assert not consultancy.is_running


def test_two_presses_that_saw_the_same_step_count_once():
    consultancy = a_consultancy()
    consultancy.start(NOW)

    presses = [consultancy.go_on(0, NOW), consultancy.go_on(0, NOW)]

    assert presses == [True, False]
    assert consultancy.step == 1


def test_two_more_minutes_pressed_twice_on_the_same_end_are_two():
    consultancy = a_consultancy()
    consultancy.start(NOW)
    shown = consultancy.step_end

    presses = [consultancy.extend(0, shown, NOW), consultancy.extend(0, shown, NOW)]

    assert presses == [True, False]
    assert consultancy.step_ends_at == NOW + 7 * MINUTE
    assert consultancy.extend(0, consultancy.step_end, NOW)
    assert consultancy.step_ends_at == NOW + 9 * MINUTE


def test_two_more_minutes_begin_now_when_the_time_was_up():
    consultancy = a_consultancy()
    consultancy.start(NOW)
    later = NOW + 8 * MINUTE

    consultancy.extend(0, consultancy.step_end, later)

    assert consultancy.step_ends_at == later + MORE_TIME


def test_what_is_finished_neither_starts_nor_goes_on():
    consultancy = a_consultancy()
    consultancy.finish(NOW)

    assert not consultancy.start(NOW)
    assert not consultancy.go_on(0, NOW)
    assert not consultancy.extend(0, 0, NOW)
    assert not consultancy.finish(NOW + MINUTE)
    assert (consultancy.step, consultancy.finished_at) == (None, NOW)


PRESSES = st.lists(
    st.tuples(
        st.sampled_from(["start", "go_on", "extend", "finish"]),
        # How many steps and ends ago the button that is pressed was drawn.
        st.integers(0, 3),
        st.integers(0, 200),
    ),
    max_size=60,
)


@given(presses=PRESSES, key=st.sampled_from(["mini", "consultancy", "tuning", "troika"]))
def test_presses_in_any_order_on_old_buttons_too_skip_and_repeat_no_step(presses, key):
    protocol = PROTOCOLS[key]
    consultancy, now = a_consultancy(protocol=protocol), NOW
    drawn, seen = [(None, 0)], []
    for press, ago, seconds in presses:
        now += timedelta(seconds=seconds)
        step, end = drawn[max(0, len(drawn) - 1 - ago)]
        before = consultancy.step, consultancy.step_end, consultancy.finished_at
        match press:
            case "start":
                changed = consultancy.start(now)
            case "finish":
                changed = consultancy.finish(now)
            case _ if step is None:
                continue
            case "go_on":
                changed = consultancy.go_on(step, now)
                assert not changed or step == before[0]
            case "extend":
                changed = consultancy.extend(step, end, now)
                assert not changed or (step, end) == before[:2]
        after = consultancy.step, consultancy.step_end, consultancy.finished_at
        assert changed == (after != before)
        if changed:
            drawn.append(after[:2])
        if consultancy.step != before[0]:
            seen.append(consultancy.step)
    assert seen == list(range(len(seen)))
    assert len(seen) <= len(protocol.steps)
    assert consultancy.is_running == (bool(seen) and consultancy.finished_at is None)


LEADERS = {"the hangout's facilitator": BEN, "a facilitator": CHRIS}


@pytest.mark.parametrize("who", LEADERS)
def test_facilitators_lead(who):
    community = a_community()
    community.membership(CHRIS).is_facilitator = True

    a_consultancy().require_leader(
        a_member(LEADERS[who]), a_hangout(facilitator_id=BEN), community, NAMES
    )


def test_leads_of_the_network_lead_and_others_are_told_whom_to_ask():
    community = a_community()
    community.membership(CHRIS).is_facilitator = True
    hangout = a_hangout(facilitator_id=BEN)

    a_consultancy().require_leader(a_member("U0DANA", is_lead=True), hangout, community, NAMES)
    with pytest.raises(NotAllowedError, match="Ask Ben or Chris"):
        a_consultancy().require_leader(a_member(ANA), hangout, community, NAMES)
