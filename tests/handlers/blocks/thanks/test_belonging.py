"""Nudges, suggestions, showers and prompts: short, kind, and nothing in them pings or formats."""

from datetime import UTC, date, datetime, time
from itertools import pairwise

import pytest

from handlers.blocks.members import MUTE
from handlers.blocks.thanks.customs import (
    QUESTIONS,
    customs_form,
    customs_kept,
    prompt_message,
    prompt_paused,
)
from handlers.blocks.thanks.ids import START
from handlers.blocks.thanks.nudging import NOT_NOW, nudge_letter
from handlers.blocks.thanks.showering import (
    CALL_OFF,
    Occasion,
    invitation,
    invitation_over,
    notes_letter,
    nothing_arrived,
    shower_form,
    words_back,
)
from handlers.blocks.thanks.suggesting import FOR_HANGOUT, after_hangout, after_resolving
from handlers.request import facts_in
from models.thanks.colleagues import Colleague
from models.thanks.customs import Customs
from models.thanks.habits import REASONS_AT_MOST
from models.thanks.pointing import Pointer
from models.thanks.posted import IDEAS, SHOWERS
from models.thanks.shower import Shower
from models.thanks.suggesting import Suggestion
from models.thanks.thanks import REASON_LENGTH, About
from tests.examples import BEN, CHRIS, NAMES, NOW, a_community, a_thanks
from tests.handlers.blocks.problems.drawings import NASTY, drawn, pressable
from tests.handlers.blocks.surfaces import fields, sent, shown


def a_colleague(kind=About.PROBLEM):
    return Colleague(member_id=BEN, why_kind=kind, why_id=7, community_id=1, at=NOW)


def a_pointer(title="Quiet students"):
    return Pointer(kind=About.PROBLEM, about_id=7, title=title, url="https://slack.example/p1")


def an_occasion(**traits):
    shower = Shower(
        **{
            "id": 5,
            "community_id": 1,
            "member_id": CHRIS,
            "opened_by": BEN,
            "occasion": "Twenty years here",
            "on_date": date(2026, 11, 19),
            "arrives_at": datetime(2026, 11, 19, 22, tzinfo=UTC),
        }
        | traits
    )
    return Occasion(shower=shower, community=a_community(id=1), name="Chris", opener="Ben")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (About.PROBLEM, "Ben thought along with your problem Quiet students."),
        (About.HANGOUT, "You and Ben were both at the Quiet students."),
        (About.PILOT, "Ben’s pilot Quiet students inspired one of yours."),
        (About.MATERIAL, "You used Ben’s material Quiet students."),
    ],
)
def test_a_nudge_says_what_was_done_together_and_names_whom_to_thank(kind, words):
    letter = sent(nudge_letter(a_colleague(kind), "Ben", a_pointer(), 3))

    first, asked, *_ = letter["text"].split("\n")
    assert first == words
    assert asked.startswith("Is there something you would like to thank Ben for?")


def test_a_nudge_opens_the_form_can_wait_and_can_be_switched_off():
    letter = drawn(nudge_letter(a_colleague(), "Ben", a_pointer(), 3))

    (start, value), *others = pressable(letter)
    assert (start, others) == (START, [(NOT_NOW, "3"), (MUTE, IDEAS)])
    assert facts_in(value) == {
        "receiver_ids": [BEN],
        "about_kind": "problem",
        "about_id": 7,
        "community_id": 1,
    }


def test_what_the_reader_may_not_see_any_more_is_not_named():
    letter = drawn(nudge_letter(a_colleague(), "Ben", None, 3))

    assert "Quiet students" not in letter["text"]
    assert "about_id" not in facts_in(pressable(letter)[0][1])


def test_helpers_are_named_and_who_they_are_is_asked_once_more_on_the_press():
    found = Suggestion(
        member_ids=(BEN, CHRIS), community_id=1, about_kind=About.HANGOUT, about_id=4
    )
    letter = sent(after_hangout(found, NAMES, a_pointer("hangout of Tuesday 17 November")))

    assert letter["text"].startswith(
        "Ben and Chris thought along with you at the hangout of Tuesday 17 November."
    )
    assert pressable(letter)[0] == (FOR_HANGOUT, "4")


def test_of_whom_it_is_not_known_the_letter_does_not_say_that_they_helped():
    found = Suggestion(
        member_ids=(BEN, CHRIS),
        community_id=1,
        about_kind=About.HANGOUT,
        about_id=4,
        is_certain=False,
    )
    letter = sent(after_hangout(found, NAMES, a_pointer("hangout of Tuesday 17 November")))

    assert letter["text"].startswith(
        "You presented at the hangout of Tuesday 17 November. Ben and Chris may have thought along."
    )


def test_what_a_problem_without_a_name_suggests_stays_private_and_unlinked():
    found = Suggestion(member_ids=(BEN,), community_id=1, is_private=True)
    letter = sent(after_resolving(found, NAMES, "Quiet students", None))

    facts = facts_in(pressable(letter)[0][1])
    assert facts == {"receiver_ids": [BEN], "community_id": 1, "is_private": True}


def test_an_invitation_lets_a_colleague_write_and_only_its_opener_call_it_off():
    for_a_colleague = sent(invitation(an_occasion(), is_own=False))
    for_the_opener = sent(invitation(an_occasion(), is_own=True))

    assert [one for one, _ in pressable(for_a_colleague)] == [START, MUTE]
    assert pressable(for_a_colleague)[1][1] == SHOWERS
    assert pressable(for_the_opener)[1] == (CALL_OFF, "5")
    assert facts_in(pressable(for_a_colleague)[0][1])["shower_id"] == 5


def test_ten_long_notes_fit_into_one_letter():
    long = {"text": NASTY * 30, "effect": "because " * 60}
    notes = [
        a_thanks(giver_id=f"U{one}", **{name: text[:500] for name, text in long.items()})
        for one in range(10)
    ]

    letter = sent(notes_letter(an_occasion(occasion=NASTY), notes, {}, is_first=True))

    facts = facts_in(pressable(letter)[0][1])
    assert len(facts["receiver_ids"]) == 10
    assert facts["is_private"] is True


def test_each_note_stands_under_the_name_of_its_writer():
    notes = [a_thanks(), a_thanks(giver_id=BEN, text="your laugh", effect=None)]

    letter = sent(notes_letter(an_occasion(), notes, NAMES, is_first=True))

    assert letter["text"].split("\n")[:4] == [
        "Colleagues in #math-circle thought of you.",
        "“Twenty years here”",
        "Ana: for covering my class — because I could be with my son",
        "Ben: your laugh",
    ]


@pytest.mark.parametrize(
    "message",
    [
        invitation_over(an_occasion(arrived_at=NOW)),
        invitation_over(an_occasion(called_off_at=NOW)),
        nothing_arrived(an_occasion(), is_gone=False),
        nothing_arrived(an_occasion(), is_gone=True),
        notes_letter(an_occasion(), [], {}, is_first=False),
        words_back(NASTY * 20, 12),
        *[prompt_message(week) for week in range(len(QUESTIONS))],
        prompt_paused(a_community(id=1)),
        customs_kept(Customs(reasons=[NASTY[:40]], prompt_weekday=4, prompt_at=time(14))),
    ],
)
def test_slack_takes_all_that_is_said_of_showers_and_customs(message):
    assert sent(message)["text"]


def test_no_two_weeks_one_after_the_other_ask_in_the_same_words():
    weeks = [sent(prompt_message(week))["text"] for week in range(54)]

    assert all(one != following for one, following in pairwise(weeks))


def test_the_form_says_that_the_weekly_prompt_rests():
    customs = Customs(reasons=["Listened"], prompt_weekday=4, prompt_at=time(14), paused_at=NOW)

    assert "The weekly question rests" in str(shown(customs_form(a_community(id=1), customs)))


def test_nothing_that_did_not_arrive_tells_who_was_asked():
    letter = sent(nothing_arrived(an_occasion(), is_gone=False))

    assert not any(name in letter["text"] for name in ("Ana", "Ben"))


def test_the_form_of_a_shower_begins_with_what_the_command_named():
    form = shown(shower_form(a_community(id=1), CHRIS, "Twenty years here"))

    assert fields(form)["member_id"]["initial_user"] == CHRIS
    assert fields(form)["occasion"]["initial_value"] == "Twenty years here"


def test_the_form_of_customs_takes_the_longest_list_there_is():
    reasons = [f"{number} ".ljust(REASON_LENGTH, "x") for number in range(REASONS_AT_MOST)]
    customs = Customs(reasons=reasons, emoji="clap", prompt_weekday=4, prompt_at=time(14, 30))

    form = shown(customs_form(a_community(id=1), customs))

    assert fields(form)["reasons"]["initial_value"] == "\n".join(reasons)
    assert fields(form)["emoji"]["initial_value"] == ":clap:"
    assert fields(form)["prompt_weekday"]["initial_option"]["value"] == "4"
    assert fields(form)["prompt_at"]["initial_time"] == "14:30"
