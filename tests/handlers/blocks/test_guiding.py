"""The guide says what was chosen, and nothing that is no longer true."""

from datetime import time

from handlers.blocks.communities.guiding import guide_letter
from models.digests.customs import DigestCustoms
from models.guides import Guide, Step
from models.thanks.customs import Customs
from tests.examples import a_community, a_series
from tests.handlers.blocks.surfaces import sent

CIRCLE = a_community(id=3)


def told(**chosen):
    return sent(guide_letter(Guide(community=CIRCLE, **chosen)))["text"]


def test_that_nothing_was_posted_is_said_only_while_nothing_is_chosen():
    assert "Nothing was posted there" in told()
    assert "Nothing was posted there" in told(later=frozenset({Step.HANGOUTS}))
    assert "Nothing was posted" not in told(series=a_series())


def test_what_is_done_says_on_which_day_and_when():
    text = told(
        series=a_series(),
        digest=DigestCustoms(weekday=0, at=time(7, 30)),
        thanks=Customs(prompt_weekday=4, prompt_at=time(14)),
    )

    assert "Done: Hangouts, every other Thursday at 16:00" in text
    assert "Done: Digest, each Monday at 07:30" in text
    assert "Done: Thanks, I ask each Friday at 14:00" in text
    assert "That is all" in text


def test_choosing_none_is_a_choice():
    text = told(digest=DigestCustoms(weekday=None, at=time(7, 30)), thanks=Customs())

    assert "Done: No weekly digest" in text
    assert "Done: Thanks, I ask nothing by myself" in text
