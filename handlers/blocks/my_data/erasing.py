"""How one is asked whether everything is to be deleted, and told that it was."""

from __future__ import annotations

from dataclasses import replace

from slack_sdk.models.blocks import Block, ButtonElement, ContextBlock
from slack_sdk.models.views import View

from handlers.blocks.forms import TickField, carried
from handlers.blocks.hangouts.facts import phrase
from handlers.blocks.message import Message
from handlers.blocks.my_data.ids import DELETE, SHOW
from handlers.blocks.text import bullets, paragraph, plain, words
from models.members import Member
from models.my_data import nobody

SURE = TickField(
    name="is_sure",
    label="This cannot be undone",
    choice="Yes, delete everything about me",
    is_optional=False,
)
SURE_FOR_THEM = replace(SURE, choice="Yes, delete everything about them")
GOES = (
    "Settings, drafts and communities, and places at hangouts",
    "Pilots with every value, also where they were shared",
    "Thanks you gave, and those only you received",
    "Problems, practices and materials that nobody has taken up",
)
STAYS_AS = "So that colleagues can still read what they wrote, this stays, as from "
STAYS = (
    "The title of a problem that colleagues answered",
    "A practice that colleagues try, and a material that they use, without its note",
    "What was set up for a community, and the notes of its hangouts",
)
GOES_OF_THEM = (*GOES[:2], "Thanks they gave, and those only they received", GOES[3])
LATER = (
    "Problems shared without a name go later, each on a day drawn by lot within two weeks or a "
    "little more, so that nobody can tell whose they were."
)
IN_SLACK = "Messages you wrote yourself are in Slack, where you can delete them."
COPY = "To have a copy of it all, close this and press Export first."
IN_SLACK_OF_THEM = "Messages they wrote themselves are in Slack, where a lead can delete them."


def erasing_form(about: Member | None = None) -> View:
    """Return the question whether it is meant, with what goes and what stays.

    `about` is somebody who has left, for whom a lead does it.
    """
    first = "All of this is deleted at once and for good. Only you see this form."
    if about is not None:
        name = about.name or about.member_id
        first = f"Everything about {name}, who has left, is deleted at once and for good."
    return View(
        type="modal",
        callback_id=DELETE,
        title=plain("Delete everything?"),
        submit=plain("Delete everything"),
        close=plain("Keep it"),
        blocks=[
            paragraph(words(first)),
            bullets(*([words(one)] for one in (GOES if about is None else GOES_OF_THEM))),
            paragraph(words(STAYS_AS), words(nobody.NAME, bold=True)),
            bullets(*([words(one)] for one in STAYS)),
            *_last(is_own=about is None),
        ],
        private_metadata=carried(member_id=about.member_id if about else None),
    )


def _last(*, is_own: bool) -> list[Block]:
    said = [LATER, IN_SLACK, COPY] if is_own else [LATER, IN_SLACK_OF_THEM]
    sure = SURE if is_own else SURE_FOR_THEM
    return [ContextBlock(elements=[plain(" ".join(said))]), sure.drawn()]


def deleted_for_them(*, is_news: bool) -> Message:
    """Tell a lead that there is nothing any more about somebody who has left."""
    done = "Everything about them is deleted." if is_news else "There is nothing about them."
    told = phrase(f"{done} What colleagues answered to stays, as from {nobody.NAME}.")
    return Message.of([told.text], [told.block])


def everything_deleted(*, is_news: bool) -> Message:
    """Tell somebody that there is nothing about them any more."""
    done = "Everything about you is deleted." if is_news else "There is nothing about you any more."
    told = phrase(
        f"{done} Thank you for having been part of it. If you use me again, with a command in your "
        "channel for example, we begin anew."
    )
    return Message.of([told.text], [told.block])


def my_data_button() -> ButtonElement:
    """Return the button that shows what is kept, for App Home and settings."""
    return ButtonElement(text="My data", action_id=SHOW)
