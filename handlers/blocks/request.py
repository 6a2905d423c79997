"""How the bot answers when it needs something more from the member."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, ButtonElement, PlainTextObject, SectionBlock

from handlers.blocks.message import Message
from models.communities import Community

CHOOSE = "request.choose"
TRY_AGAIN = "request.try_again"
SET_UP = "communities.set_up"
# Slack allows 25 elements in one block of buttons; nobody reads more than a handful.
CHOICES_AT_MOST = 10


def offered_form(opener: str, draft_id: int) -> Message:
    """Return the button that opens a form, for whoever wrote a message instead of a command."""
    text = "Here is the form, with what you wrote already in it."
    return _with_button(text, "Open the form", opener, str(draft_id))


def kept_draft(opener: str, draft_id: int) -> Message:
    """Return the way back to a form that Slack did not open in time."""
    text = "That took a moment too long for Slack to open the form. What you wrote is kept."
    return _with_button(text, "Open the form", opener, str(draft_id))


def no_community() -> Message:
    """Return what to do where nothing has been set up."""
    text = (
        "There is no community here yet. Go to your team's channel and type `/staffroom setup`: "
        "that takes a minute and makes the channel a community."
    )
    return _with_button(text, "Set up this channel", SET_UP, "here")


def which_community(choices: Sequence[Community], request: Sequence[str]) -> Message:
    """Return the question, with a button a community.

    `request[i]` is what pressing the button of `choices[i]` asks for again.
    """
    text = "Which community do you mean?"
    buttons = [
        ButtonElement(
            text=PlainTextObject(text=community.name[:75]),
            action_id=f"{CHOOSE}.{number}",
            value=value,
        )
        for number, (community, value) in enumerate(zip(choices, request, strict=True))
    ]
    return Message(
        text, [SectionBlock(text=text), ActionsBlock(elements=buttons[:CHOICES_AT_MOST])]
    )


def plain(text: str) -> Message:
    """Return a message of nothing but mrkdwn words."""
    return Message(text, [SectionBlock(text=text)])


def _with_button(text: str, label: str, action_id: str, value: str) -> Message:
    button = ButtonElement(text=label, action_id=action_id, value=value)
    return Message(text, [SectionBlock(text=text), ActionsBlock(elements=[button])])
