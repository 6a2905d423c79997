"""The form that plans a series, and the answer to it."""

from datetime import timedelta

from handlers.blocks.hangouts.planning import Proposal, place_option, plan_form
from handlers.blocks.hangouts.schedule import planned
from models.consultancies.protocols import PROTOCOLS
from models.hangouts.rhythm import Rhythm
from tests.examples import BEN, NAMES, NOW, a_community, a_hangout, a_series
from tests.handlers.blocks.problems.drawings import NASTY
from tests.handlers.blocks.surfaces import buttons, fields, sent, shown

PROTOCOL_LIST = [one for one in PROTOCOLS.values() if not one.is_asynchronous]


def a_form(series=None, **traits):
    rhythm = Rhythm.of_series(series or a_series())
    proposal = Proposal(rhythm=rhythm, protocols=PROTOCOL_LIST, **traits)
    return shown(plan_form(proposal, a_community(id=1)))


def test_the_form_says_first_what_happens_and_who_sees_it():
    first = a_form()["blocks"][0]["text"]["text"]

    assert "invite everyone a week before" in first
    assert "Everyone in #math-circle sees the dates." in first


def test_a_known_series_is_changed_rather_than_planned():
    form = a_form(is_known=True)

    assert (form["title"]["text"], form["submit"]["text"]) == ("Change the hangouts", "Save")
    assert "Everyone who signed up gets a message." in form["blocks"][0]["text"]["text"]


def test_the_form_explains_itself_with_what_is_in_it():
    form = {block.get("block_id"): block for block in a_form(is_known=True)["blocks"]}

    assert form["slots"]["label"]["text"] == "How many bring a problem each time?"
    hints = {name: form[name]["hint"]["text"] for name in ("first_on", "tz", "skills")}
    assert hints == {
        "first_on": "Change it to restart the rhythm on that day.",
        "tz": "16:00 stays 16:00, summer and winter.",
        "skills": "One per line. Each hangout takes the next one.",
    }


def test_a_full_form_is_one_slack_takes():
    series = a_series(
        link=f"https://example.org/{'x' * 2900}",
        skills=[f"{number} {'x' * 190}" for number in range(20)],
        skipped_on=[f"2027-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)],
        facilitators=[f"U0{number}" for number in range(20)],
        tz="America/Argentina/ComodRivadavia",
        protocol="copy:7",
    )

    form = a_form(
        series,
        is_known=True,
        holidays=place_option("US-CO", NASTY * 3),
        school_calendar=NASTY * 3,
    )

    assert len(fields(form)["skills"]["initial_value"]) <= 3000
    assert fields(form)["protocol"]["initial_option"]["value"] == "mini"
    assert "forget_calendar" in fields(form)


def test_the_answer_names_the_next_dates_and_what_comes_next():
    coming = [a_hangout(id=n, starts_at=NOW + timedelta(weeks=n)) for n in range(1, 7)]
    coming[1].called_off_at, coming[1].called_off_why = NOW, NASTY

    answer = sent(planned(coming, a_community(id=1), {BEN: NASTY}, is_new=True))

    assert answer["text"].count("• ") == 4
    assert "Called off: &lt;!channel&gt;" in answer["text"]
    assert "/hangout move" in answer["text"]
    assert buttons(answer) == [("hangouts.coming", "1")]


def test_when_every_date_is_left_out_the_answer_says_so():
    answer = sent(planned([], a_community(id=1), NAMES, is_new=False))

    assert "All the dates of the next weeks are left out." in answer["text"]
