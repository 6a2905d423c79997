"""Our words: what is really said where a community has none of its own, with placeholders."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.blocks.hangouts.cards import what_we_do
from handlers.blocks.thanks.customs import QUESTIONS
from models.hangouts.hangout import Hangout
from models.hangouts.series import Series
from models.wordings.wording import Spot

REMINDER = "{when}: {company}, {community}."
DIGEST = "This week in {community}: {news}."


def our_words(series: Series | None) -> Mapping[Spot, str]:
    """Return our words for each place; `series` is the rhythm of the community’s hangouts."""
    return {
        Spot.INVITATION: f"{{when}}: hangout with {{host}}. {_what_we_do(series)}",
        Spot.REMINDER: REMINDER,
        Spot.DIGEST: DIGEST,
        Spot.PROMPT: QUESTIONS[0],
    }


def _what_we_do(series: Series | None) -> str:
    """Return the sentence of a hangout of that series, as its invitation has it."""
    usual = Hangout(slots=2, slot_minutes=20, skill=None)
    if series is not None:
        skill = "{skill}" if series.skills else None
        usual = Hangout(slots=series.slots, slot_minutes=series.slot_minutes, skill=skill)
    return what_we_do(usual).text
