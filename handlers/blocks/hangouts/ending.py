"""Ending a series: the question before it, and what a facilitator sees then."""

from __future__ import annotations

from slack_sdk.models.views import View

from handlers.blocks.forms import carried
from handlers.blocks.hangouts.ids import END
from handlers.blocks.text import paragraph, plain, words
from models.communities import Community

ENDED = (
    "The hangouts have ended. What was ahead is called off, and everyone who signed up gets a "
    "message. `/hangout plan` begins again whenever you like."
)


def end_form(community: Community) -> View:
    """Return the question whether the hangouts of a community shall end."""
    what_happens = (
        f"This calls off every hangout of {community.name} that is still to come. Everyone who "
        "signed up gets a message. Notes and outcomes stay, and planning again brings the "
        "dates back."
    )
    return View(
        type="modal",
        callback_id=END,
        title=plain("End the hangouts?"),
        submit=plain("End them"),
        close=plain("Not now"),
        blocks=[paragraph(words(what_happens))],
        private_metadata=carried(community_id=community.id),
    )
