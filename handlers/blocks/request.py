"""How the bot answers when it needs something more from the member."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    PlainTextObject,
    SectionBlock,
)

from handlers.blocks.message import Message
from handlers.blocks.text import escape, excerpt, section
from models.communities import Community

CHOOSE = "request.choose"
SET_UP = "communities.set_up"
# Slack allows 25 elements in one block of buttons, and 75 characters on each.
CHOICES_AT_MOST, LABEL_LENGTH = 25, 75
# Slack's limit for the text of one section, and how many of them a kept text may take.
SECTION_LENGTH, SECTIONS_AT_MOST = 3000, 10
# How many channels a sentence names.
NAMED_AT_MOST = 3


def offered_form(opener: str, value: str, *, has_words: bool) -> Message:
    """Return the button that opens a form, for whoever wrote a message instead of a command.

    `opener` and `value` are the button's; `has_words` says whether something was written for it.
    """
    text = "Here is the form, with what you wrote already in it." if has_words else "Here it is."
    return _with_button(text, "Open the form", opener, value)


def kept_draft(opener: str, value: str, *, has_words: bool) -> Message:
    """Return the way back to a form that Slack did not open, with a button like `offered_form`."""
    text = "Slack did not open the form in time."
    if has_words:
        text += " What you wrote is kept."
    return _with_button(text, "Open the form", opener, value)


def no_community(typed: str = "", open_ones: Sequence[Community] = ()) -> Message:
    """Return what to do where nothing has been set up, with what was typed.

    `open_ones` are the communities that anybody can join.
    """
    text = (
        "Go to your team's channel and type `/staffroom setup`: "
        "that takes a minute and makes the channel a community."
    )
    if open_ones:
        text = (
            f"You are not in a community yet. Join {channels_of(open_ones)}, or set one up. {text}"
        )
    else:
        text = f"There is no community here yet. {text}"
    if typed:
        text += " Your text is kept below."
    return with_kept(_with_button(text, "Set up this channel", SET_UP, "here"), typed)


def channels_of(communities: Sequence[Community]) -> str:
    """Return the communities' channels as links, no more than one reads."""
    named = [f"<#{community.channel_id}>" for community in communities[:NAMED_AT_MOST]]
    return ", ".join(named) + (" and more" if len(communities) > NAMED_AT_MOST else "")


def which_community(choices: Sequence[Community], request: Sequence[str]) -> Message:
    """Return the question, with a button a community.

    `request[i]` is what pressing the button of `choices[i]` asks for again.
    """
    text = "Which community do you mean?"
    if len(choices) > CHOICES_AT_MOST:
        text += " These are the first of yours; for another one, type the command in its channel."
    names = [excerpt(community.name, LABEL_LENGTH) for community in choices[:CHOICES_AT_MOST]]
    buttons = [
        ButtonElement(
            text=PlainTextObject(text=name), action_id=f"{CHOOSE}.{number}", value=request[number]
        )
        for number, name in enumerate(names)
    ]
    return Message(
        f"{text} {escape(', '.join(names))}",
        [section(text), ActionsBlock(elements=buttons)],
    )


def plain(text: str) -> Message:
    """Return a message of nothing but mrkdwn words; an address in it stays plain as well."""
    return Message(text, [section(text)])


def with_kept(message: Message, typed: str) -> Message:
    """Return the message with what somebody typed below it, exactly as it was typed."""
    parts = [typed[at : at + SECTION_LENGTH] for at in range(0, len(typed), SECTION_LENGTH)]
    quoted: list[Block] = [
        SectionBlock(text=PlainTextObject(text=part, emoji=True))
        for part in parts[:SECTIONS_AT_MOST]
        if part.strip()
    ]
    return Message.of([message.text, escape(typed)], [*message.blocks, *quoted])


def _with_button(text: str, label: str, action_id: str, value: str) -> Message:
    button = ButtonElement(text=label, action_id=action_id, value=value)
    return Message(text, [section(text), ActionsBlock(elements=[button])])
