"""The invitation, drawn."""

from datetime import timedelta

from handlers.blocks.hangouts.cards import invitation
from handlers.blocks.hangouts.facts import Known
from handlers.blocks.hangouts.ids import CANNOT, JOIN, PRESENT
from models.hangouts.signup import Presenting
from tests.examples import CHRIS, NAMES, NOW, a_problem
from tests.handlers.blocks.hangouts.standings import KNOWN, LINK, a_signup, a_stand
from tests.handlers.blocks.problems.drawings import NASTY, seen
from tests.handlers.blocks.surfaces import buttons, sent


def test_the_invitation_says_when_with_whom_and_what_is_to_be_had():
    card = sent(invitation(a_stand(), KNOWN, NOW))

    assert card["text"].startswith("<!date^1796338800^")
    assert (
        ": hangout with Ben. We try wait time first, then think about up to two problems, "
        "20 minutes each."
    ) in card["text"]
    assert "Both seats to present are free · In this channel’s huddle" in seen(card)
    assert buttons(card) == [(JOIN, "3"), (PRESENT, "3"), (CANNOT, "3")]


def test_without_a_skill_and_with_one_seat_it_is_shorter():
    card = sent(invitation(a_stand(slots=1, skill=None, link="https://video.example"), KNOWN, NOW))

    assert "We think about one problem." in card["text"]
    assert "We meet at https://video.example." in card["text"]
    assert {"type": "link", "url": "https://video.example", "text": "https://video.example"} in (
        card["blocks"][1]["elements"][0]["elements"]
    )
    assert "By video" not in seen(card)


def test_who_presents_what_links_to_the_card():
    standing = a_stand(a_signup(problem_id=7), coming=(CHRIS,))

    card = sent(invitation(standing, KNOWN, NOW))

    assert LINK in str(card["blocks"])
    assert "• Ana: Quiet students" in card["text"]
    assert "Ana and Chris come" in card["text"]


def test_a_seat_that_is_only_offered_names_nobody():
    card = sent(invitation(a_stand(a_signup(CHRIS, Presenting.OFFERED)), KNOWN, NOW))

    assert "This seat is offered to the next one on the list." in card["text"]
    assert "Chris:" not in card["text"]


def test_whatever_members_wrote_is_shown_as_they_wrote_it():
    known = Known(
        names=dict.fromkeys(NAMES, NASTY), problems={7: a_problem(title=NASTY)}, links={7: LINK}
    )
    standing = a_stand(
        a_signup(problem_id=7),
        a_signup(CHRIS, question=NASTY * 3),
        skill=NASTY[:200],
        called_off_why=NASTY[:200],
    )

    assert NASTY in seen(sent(invitation(standing, known, NOW)))
    standing.hangout.called_off_at = NOW
    assert NASTY[:100] in seen(sent(invitation(standing, known, NOW)))
    standing.hangout.called_off_at = None
    assert NASTY in seen(sent(invitation(standing, known, NOW + timedelta(days=99))))


def test_once_it_is_over_it_says_what_was_tried_and_thought_about():
    later = NOW + timedelta(days=99)
    standing = a_stand(a_signup(problem_id=7), a_signup(CHRIS))

    card = sent(invitation(standing, KNOWN, later))

    assert "We tried wait time and thought about:\n• Ana: Quiet students" in card["text"]
    assert "Chris" not in card["text"]
    assert buttons(card) == []
    assert (
        "We thought about:"
        in sent(invitation(a_stand(a_signup(problem_id=7), skill=None), KNOWN, later))["text"]
    )
    assert "It is over." in sent(invitation(a_stand(skill=None), KNOWN, later))["text"]
