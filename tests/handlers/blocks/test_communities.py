"""How setting up, help and status look."""

from datetime import timedelta

import pytest

from bot.scheduler import TIMETABLE
from handlers.blocks.communities import (
    SETTINGS,
    SHARE,
    TRY_AGAIN,
    WORKS,
    Works,
    help_text,
    invited,
    not_a_word,
    set_up_done,
    set_up_form,
    settings_kept,
    status_text,
    with_trouble,
    zone_option,
)
from handlers.blocks.communities.ids import COMMUNITY
from handlers.blocks.forms import carried_by
from handlers.blocks.hangouts.ids import PLAN
from handlers.blocks.request import SET_UP
from models.posts import FAILED, Post
from models.runs import Run
from tests.examples import ANA, BEN, NOW, a_community
from tests.handlers.blocks.problems.drawings import NASTY
from tests.handlers.blocks.surfaces import buttons, fields, sent, shown

ZONE = "America/Denver"


def a_form(**changed):
    given = {"name": "Math circle", "tz": ZONE, "facilitators": [ANA], "channel_id": "C1"}
    return shown(set_up_form(**{"is_known": False} | given | changed))


def test_the_form_says_above_its_fields_what_happens():
    form = a_form()

    assert "This makes <#C1> a community" in form["blocks"][0]["text"]["text"]
    assert list(fields(form)) == ["name", "tz", "facilitators"]
    assert carried_by(form) == {"channel_id": "C1"}


def test_outside_of_a_channel_the_form_asks_which():
    assert next(iter(fields(a_form(channel_id=None)))) == "channel_id"


def test_settings_begin_with_what_is_so():
    form = a_form(is_known=True)

    assert form["title"]["text"] == "Community settings"
    assert fields(form)["name"]["initial_value"] == "Math circle"
    assert fields(form)["tz"]["initial_option"]["value"] == ZONE
    assert fields(form)["facilitators"]["initial_users"] == [ANA]


@pytest.mark.parametrize("name", ["", "x" * 300, NASTY])
def test_any_name_fits_into_the_form(name):
    a_form(name=name)


@pytest.mark.parametrize(
    ("zone", "label"),
    [
        (ZONE, "Denver (America)"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires (America/Argentina)"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_read_by_its_city(zone, label):
    assert zone_option(zone).to_dict()["text"]["text"] == label


def test_what_was_set_up_leads_to_hangouts_and_a_first_problem():
    done = sent(set_up_done(a_community(id=3, name="Math & <more>")))

    assert "Math &amp; &lt;more&gt;" in done["text"]
    assert buttons(done) == [(PLAN, "3"), (SHARE, "")]
    assert "are kept" in sent(settings_kept(a_community()))["text"]


def test_the_first_word_to_whoever_invites_the_bot_has_one_button():
    assert buttons(sent(invited("C1"))) == [(SET_UP, "C1")]


def test_whoever_may_want_only_a_digest_there_is_told_that_nothing_else_is_needed():
    assert "a digest alone" in sent(invited("C1", is_perhaps_for_digest=True))["text"]
    assert "digest" not in sent(invited("C1"))["text"]


def test_what_is_wrong_stands_above_the_fields_as_they_were_filled_in():
    given = {"is_known": False, "name": "Math circle", "tz": "", "facilitators": [ANA]}
    blank = set_up_form(**given, channel_id="C1", typed_in="public")

    form = shown(with_trouble(blank, "I am not in that channel yet."))

    assert form["blocks"][0]["text"]["text"] == "I am not in that channel yet."
    assert fields(form)["name"]["initial_value"] == "Math circle"
    assert "initial_option" not in fields(form)["tz"]
    assert carried_by(form) == {"channel_id": "C1", "typed_in": "public"}


@pytest.mark.parametrize("here", [None, a_community()])
def test_help_fits_on_a_phone(here):
    drawn = sent(help_text(here, mine=[a_community()] * 9, may_change=True))

    assert "/problem" in drawn["text"]
    assert "`start` lets me again" in drawn["text"]
    assert "`me` shows, exports or deletes what I keep about you" in drawn["text"]
    assert "Leads: `/staffroom digest network` sums up several communities" in drawn["text"]
    assert "`export` is for the records, `retention`" in drawn["text"]
    assert len(drawn["blocks"][0]["text"]["text"].split("\n")) == 13
    assert len(buttons(drawn)) == 3


def test_help_offers_to_set_up_where_nothing_is_and_settings_to_those_who_may():
    assert (SET_UP, "here") in buttons(sent(help_text(None)))
    assert buttons(sent(help_text(a_community()))) == [(SHARE, ""), (SETTINGS, "")]
    mine = help_text(a_community(id=3), may_change=True)
    assert (COMMUNITY, "3") in buttons(sent(mine))


def test_in_a_direct_message_help_and_status_speak_of_my_communities():
    mine = [a_community(), a_community(name="R&D")]

    for drawn in (
        help_text(None, mine=mine, is_direct=True),
        status_text(None, mine=mine, is_direct=True),
    ):
        assert "R&amp;D" in sent(drawn)["text"]
        assert "This channel" not in sent(drawn)["text"]
    assert "not in a community yet" in sent(status_text(None, is_direct=True))["text"]


@pytest.mark.parametrize("word", ["stauts", "@channel", "<!here>", NASTY])
def test_an_unknown_word_is_quoted_and_calls_nobody(word):
    assert "/staffroom status" in sent(not_a_word(word, "status"))["text"]
    assert "/staffroom help" in sent(not_a_word(word, None))["text"]


def the_works(**changed):
    given = {"waiting": 0, "failed": [], "runs": [], "now": NOW}
    return sent(status_text(a_community(), works=Works(**given | changed)))


def test_status_shows_the_community_and_who_looks_after_it():
    community = a_community()
    community.configure(name="Math circle", tz=ZONE, facilitators=[BEN], now=NOW)

    text = sent(status_text(community))["text"]

    assert text == f"*Math circle* · 3 members · time zone {ZONE} · facilitated by <@{BEN}>"


def test_status_says_whom_to_ask_where_nobody_facilitates():
    text = sent(status_text(a_community(), whom_to_ask="Dana"))["text"]

    assert text.endswith("· nobody facilitates it now; ask Dana")


def test_status_counts_posts_and_offers_to_try_again():
    failed = [Post(key="k", kind="note", place_id="C1", state=FAILED)]

    status = the_works(waiting=2, failed=failed)

    assert "Messages: 2 to be said soon · 1 that Slack did not take" in status["text"]
    assert [action_id for action_id, _ in buttons(status)] == [TRY_AGAIN]
    assert "Everything I had to say is said." in the_works()["text"]


def test_status_says_in_words_what_ran_and_what_failed():
    began = NOW - timedelta(minutes=70)
    runs = [
        Run(job="tidy_up", due_at=NOW, started_at=began, seconds=0.5, said="tidied up"),
        Run(job="refresh_profiles", due_at=NOW, started_at=NOW, seconds=1.0, error="<oops> " * 999),
    ]

    text = the_works(runs=runs)["text"]

    assert "Tidied up: 1 hour ago" in text
    assert "Looked after names and time zones: failed just now, &lt;oops&gt;" in text
    assert "refresh_profiles" not in text


def test_every_tick_of_the_timetable_has_words_of_its_own():
    assert {tick.__name__ for tick in TIMETABLE} == set(WORKS)
