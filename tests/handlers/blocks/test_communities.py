"""How setting up, help and status look."""

import pytest

from handlers.blocks.communities import (
    COMMANDS,
    SETTINGS,
    SHARE,
    TRY_AGAIN,
    Status,
    help_text,
    invited,
    not_a_word,
    set_up_done,
    set_up_form,
    settings_kept,
    status_text,
    zone_option,
)
from handlers.blocks.forms import carried_by
from handlers.blocks.request import SET_UP
from models.posts import FAILED, Post
from models.runs import Run
from tests.examples import ANA, BEN, NOW, a_community
from tests.handlers.blocks.problems.drawings import NASTY
from tests.handlers.blocks.surfaces import buttons, fields, sent, shown

ZONE = "America/Denver"


def a_form(community=None, **changed):
    given = {"name": "Math circle", "tz": ZONE, "facilitators": [ANA], "channel_id": "C1"}
    return shown(set_up_form(community, **given | changed))


def test_the_form_says_above_its_fields_what_happens():
    form = a_form()

    assert "This makes <#C1> a community" in form["blocks"][0]["text"]["text"]
    assert list(fields(form)) == ["name", "tz", "facilitators"]
    assert carried_by(form) == {"channel_id": "C1"}


def test_outside_of_a_channel_the_form_asks_which():
    assert next(iter(fields(a_form(channel_id=None)))) == "channel_id"


def test_settings_begin_with_what_is_so():
    form = a_form(a_community())

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


def test_what_was_set_up_leads_to_a_first_problem():
    done = sent(set_up_done(a_community(name="Math & <more>")))

    assert "Math &amp; &lt;more&gt;" in done["text"]
    assert buttons(done) == [(SHARE, "")]
    assert "are kept" in sent(settings_kept(a_community()))["text"]


def test_the_first_word_to_whoever_invites_the_bot_has_one_button():
    assert buttons(sent(invited("C1"))) == [(SET_UP, "C1")]


@pytest.mark.parametrize("community", [None, a_community()])
def test_help_names_every_command_and_fits_on_a_phone(community):
    text = sent(help_text(community))["text"]

    assert all(command in text for command, _ in COMMANDS)
    assert len(text) < 900


def test_help_offers_to_set_up_only_where_nothing_is():
    assert (SET_UP, "here") in buttons(sent(help_text(None)))
    assert buttons(sent(help_text(a_community()))) == [(SHARE, ""), (SETTINGS, "")]


@pytest.mark.parametrize("word", ["stauts", "@channel", "<!here>", NASTY])
def test_an_unknown_word_is_quoted_and_calls_nobody(word):
    assert "/staffroom status" in sent(not_a_word(word, "status"))["text"]
    assert "/staffroom help" in sent(not_a_word(word, None))["text"]


def a_status(**changed):
    given = {"community": None, "waiting": 0, "failed": [], "runs": [], "now": NOW}
    return sent(status_text(Status(**given | changed)))


def test_status_shows_the_community_and_who_looks_after_it():
    community = a_community()
    community.configure(name="Math circle", tz=ZONE, facilitators=[BEN], now=NOW)

    text = a_status(community=community)["text"]

    assert f"*Math circle* · 3 members · time zone {ZONE} · facilitated by <@{BEN}>" in text


def test_status_counts_posts_and_offers_to_try_again():
    failed = [Post(key="k", kind="note", place_id="C1", state=FAILED)]

    status = a_status(waiting=2, failed=failed)

    assert "Waiting to be posted: 2 · could not be posted: 1" in status["text"]
    assert [action_id for action_id, _ in buttons(status)] == [TRY_AGAIN]


def test_status_shows_what_ran_and_what_failed():
    runs = [
        Run(job="tidy_up", due_at=NOW, started_at=NOW, seconds=0.5, said="tidied up"),
        Run(job="refresh_profiles", due_at=NOW, started_at=NOW, seconds=1.0, error="<oops> " * 999),
    ]

    text = a_status(runs=runs)["text"]

    assert "tidy_up" in text
    assert "failed: &lt;oops&gt;" in text
