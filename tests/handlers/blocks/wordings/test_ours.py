"""Our words, as they stand in the form, are what is really said."""

import pytest

from handlers.blocks.hangouts.cards import invitation
from handlers.blocks.hangouts.facts import Known, heading, phrase
from handlers.blocks.wordings.filling import facts_of, own_opening
from handlers.blocks.wordings.ours import our_words
from models.hangouts.standings import HangoutStanding
from models.wordings.wording import Spot
from tests.examples import BEN, NOW, a_community, a_hangout, a_series
from tests.handlers.blocks.surfaces import sent

CIRCLE = a_community(id=3)


@pytest.mark.parametrize(("skill", "skills"), [(None, []), ("wait time", ["wait time"])])
@pytest.mark.parametrize("slots", [1, 2])
def test_an_invitation_in_our_words_is_the_same_kept_as_a_communitys_own(skill, skills, slots):
    hangout = a_hangout(id=1, skill=skill, slots=slots)
    standing, known = HangoutStanding(hangout=hangout), Known(names={BEN: "Ben"})
    text = our_words(a_series(skills=skills, slots=slots))[Spot.INVITATION]
    opening = own_opening(text, facts_of(standing, known, CIRCLE), phrase("heading"))

    kept = sent(invitation(standing, known, NOW, opening))

    assert kept["text"] == sent(invitation(standing, known, NOW))["text"]
    assert heading(hangout, known.names).text in kept["text"]


def test_nothing_is_promised_of_a_skill_where_no_hangouts_are_planned():
    assert "{skill}" not in our_words(None)[Spot.INVITATION]
