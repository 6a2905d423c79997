"""How the facilitators' weekly list reads: kindly, and of nobody more than they may know."""

from datetime import date

from slack_sdk.models.views import View

from handlers.blocks.communities import TRY_AGAIN
from handlers.blocks.digests.attention import (
    KINDLY,
    PRIVATELY,
    TO_LEADS,
    ForFacilitators,
    attention_letter,
    attention_part,
)
from handlers.blocks.digests.ids import ATTENTION
from handlers.blocks.hangouts.ids import COMING
from handlers.blocks.members import MUTE
from handlers.blocks.problems.facts import Legend
from handlers.blocks.problems.lists import RUN as PROBLEMS
from models.digests.attention import Attention
from models.digests.posted import FACILITATING
from models.hangouts.standings import HangoutStanding
from models.problems import Page
from tests.examples import ANA, CHRIS, MATH_CIRCLE, NAMES, a_community, a_hangout, a_standing
from tests.handlers.blocks.surfaces import buttons, sent, shown

NOTHING = Page(standings=(), number=0, total=0)


def letter(*, is_run=True, **wanted):
    community = a_community(id=1)
    community.memberships[0].is_facilitator = is_run
    nothing = {
        "unanswered": NOTHING,
        "hangout": None,
        "quiet_ids": (),
        "missed": {},
        "failed": {},
        "missed_weeks": (),
    }
    shown = ForFacilitators(
        community=community,
        wanted=Attention(**nothing | wanted),
        legend=Legend(names=NAMES, links={7: "https://school.slack.com/archives/C1/p1"}),
    )
    return sent(attention_letter(shown))


def lines(drawn):
    return [one.removeprefix("• ") for one in drawn["text"].split("\n") if one.startswith("• ")]


def waiting(*standings, total=None):
    return Page(standings=standings, number=0, total=total or len(standings))


def test_a_lead_reads_why_it_comes_to_them_and_how_to_choose_a_facilitator():
    drawn = letter(unanswered=waiting(a_standing()), is_run=False)

    assert TO_LEADS in drawn["text"]


def test_problems_without_an_answer_come_with_who_asks_and_nameless_ones_without():
    named = a_standing(question="How do I get them to talk?")
    drawn = letter(unanswered=waiting(named, a_standing(author_id=None, title="Noise")))

    assert lines(drawn) == [
        "No answer yet to Ana: Quiet students",
        "No answer yet to a colleague: Noise",
    ]
    assert "https://school.slack.com/archives/C1/p1" in str(drawn["blocks"])
    assert buttons(drawn) == [(MUTE, FACILITATING)]
    assert PRIVATELY in drawn["text"]


def test_more_problems_than_fit_are_a_button_away():
    drawn = letter(unanswered=waiting(a_standing(), total=4))

    assert lines(drawn)[-1] == "Three more without an answer."
    assert buttons(drawn)[0] == (PROBLEMS, "unanswered")


def test_the_next_hangout_says_what_it_lacks():
    free = letter(hangout=HangoutStanding(hangout=a_hangout(id=3)))
    alone = letter(hangout=HangoutStanding(hangout=a_hangout(id=3, facilitator_id="")))

    assert lines(free)[0].endswith(". Both seats to present are free.")
    assert lines(alone)[0].endswith(". Nobody leads it yet. Both seats to present are free.")
    assert buttons(free) == [(COMING, "1"), (MUTE, FACILITATING)]


def test_who_is_quiet_is_named_by_name_and_kindly():
    drawn = letter(quiet_ids=[CHRIS, ANA])
    many = letter(quiet_ids=[ANA, CHRIS, "U3", "U4", "U5"])

    assert lines(drawn) == ["Not at a hangout for a while: Ana, Chris."]
    assert lines(many)[0].endswith(" and others.")
    assert KINDLY in drawn["text"]


def test_what_went_wrong_says_what_it_was_and_offers_to_try_again():
    drawn = letter(
        missed_weeks=[date(2026, 11, 9)],
        missed={"hangouts.invitation": 1},
        failed={"problems.card": 2, "consultancies.step": 1, "hangouts.letter": 1},
    )

    assert lines(drawn) == [
        "The digest of the week of 9 November was missed: its day was over.",
        "Came too late and was left out: invitation to a hangout.",
        "Slack did not take: card of a problem (two times), message (two times).",
    ]
    assert buttons(drawn) == [(TRY_AGAIN, MATH_CIRCLE), (MUTE, FACILITATING)]


def test_words_of_members_call_nobody():
    drawn = letter(unanswered=waiting(a_standing(title="<!channel> help")))

    assert "<!" not in drawn["text"]


def at_home(*several):
    return shown(View(type="home", blocks=attention_part(several)))


def wanting(**wanted):
    nothing = {"unanswered": NOTHING, "hangout": None, "quiet_ids": (), "missed_weeks": ()}
    return ForFacilitators(
        community=a_community(id=1),
        wanted=Attention(**{**nothing, "missed": {}, "failed": {}} | wanted),
        legend=Legend(names=NAMES),
    )


def test_app_home_says_in_a_line_how_many_wait_and_since_when():
    oldest = a_standing(title="Noise", question="How do I get some peace?")
    page = at_home(wanting(unanswered=waiting(a_standing(), oldest)))

    said = str(page)
    assert "What wants attention in Math circle" in said
    assert "Two problems have no answer yet, the oldest: " in said
    assert "Noise" in said
    assert "Quiet students" not in said


def test_app_home_shows_six_lines_and_the_way_to_the_others():
    weeks = [date(2026, 11, number) for number in range(1, 9)]

    page = at_home(wanting(missed_weeks=weeks), wanting())

    [bullets] = [one["elements"][0] for one in page["blocks"][1:2]]
    assert len(bullets["elements"]) == 6
    assert buttons(page) == [(ATTENTION, "1")]


def test_where_nothing_wants_attention_app_home_says_nothing():
    assert attention_part([wanting()]) == []
