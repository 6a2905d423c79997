"""How it looks when something could not be posted."""

from slack_sdk.models.blocks import ActionsBlock, ButtonElement, SectionBlock

from handlers.blocks.communities import TRY_AGAIN
from handlers.blocks.message import Message
from models.posts import PEOPLE

# What Slack's permanent errors mean, and the way out, for whoever can mend it.
REASONS = {
    "not_in_channel": "I can't post in {place} yet. Type `/invite @Staffroom` there and press "
    "*Try again*; the text is kept.",
    "channel_not_found": "I can't see {place}. If it is a private channel, type "
    "`/invite @Staffroom` there and press *Try again*; the text is kept.",
    "is_archived": "{place} is archived, so I can't post there. Unarchive it and press "
    "*Try again*; the text is kept.",
    "restricted_action": "This workspace does not let me post in {place}. A workspace admin can "
    "allow it; then press *Try again*. The text is kept.",
    "account_inactive": "An account is no longer active, so something could not be sent.",
    "could_not_draw": "Something could not be posted in {place}, and it is nobody's fault. The "
    "text is kept; the log tells more.",
}
# The same for a file that was promised to whoever reads it.
OWN_REASONS = {
    "missing_scope": "I could not send you the file: Slack does not let me share files here yet. A "
    "workspace admin can install Staffroom again with its newest manifest; then press *Try again*.",
}
OWN_OTHERWISE = (
    "I could not send you the file: Slack does not take it ({error}). It is not lost; press "
    "*Try again* in a while."
)
# Where a letter stood that told of nothing else.
DELETED_SINCE = "What stood here was deleted since."
OTHERWISE = "Slack does not let me post in {place} ({error}). The text is kept."


def trouble_letter(place_id: str, error: str) -> Message:
    """Return what went wrong in a place, what to do, and the button to try again."""
    place = f"<#{place_id}>" if place_id.startswith(("C", "G")) else "a direct message"
    if place_id.startswith(PEOPLE):
        text = OWN_REASONS.get(error, OWN_OTHERWISE).format(error=error)
    else:
        text = REASONS.get(error, OTHERWISE).format(place=place, error=error)
    button = ButtonElement(text="Try again", action_id=TRY_AGAIN, value=place_id)
    return Message(text, [SectionBlock(text=text), ActionsBlock(elements=[button])])


def tried_again(count: int) -> Message:
    """Return how many posts are on their way again."""
    if count == 0:
        text = "Nothing is waiting here any more."
    else:
        text = f"Trying again: {count} {'post is' if count == 1 else 'posts are'} on the way."
    return Message(text, [SectionBlock(text=text)])


def deleted_since() -> Message:
    """Take away a letter whose words are not there any more; what stays says that."""
    return Message(DELETED_SINCE, [SectionBlock(text=DELETED_SINCE)], is_over=True)
