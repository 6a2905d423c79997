"""How a member's own settings look."""

from slack_sdk.models.blocks import (
    CheckboxesElement,
    ContextBlock,
    InputBlock,
    MarkdownTextObject,
    Option,
    SectionBlock,
    TimePickerElement,
)
from slack_sdk.models.views import View

from handlers.blocks.message import Message
from handlers.blocks.request import plain
from handlers.blocks.text import plain as plain_text
from models.members import SWITCHES, Member

SETTINGS = "members.settings"
# What each switch is called; the keys are models.members.SWITCHES.
LETTERS = {
    "problems.answers": "Colleagues answered my problem",
    "problems.offers": "A colleague can help with my problem",
    "problems.changes": "A colleague edited, resolved or deleted my problem",
    "posts.trouble": "Something could not be posted",
}


def settings_form(member: Member) -> View:
    """Return the form in which a member chooses when and what to hear from the bot."""
    options = [Option(value=name, text=plain_text(LETTERS[name])) for name in SWITCHES]
    wanted = [option for option in options if option.value not in member.muted]
    zone = f"Your time zone is {member.tz}, as in your Slack profile." if member.tz else ""
    return View(
        type="modal",
        callback_id=SETTINGS,
        title="My settings",
        submit="Keep",
        close="Not now",
        blocks=[
            SectionBlock(text="Choose when and what I write to you. Only you see this."),
            InputBlock(
                block_id="wanted",
                label="Write to me when",
                optional=True,
                element=CheckboxesElement(
                    action_id="wanted", options=options, initial_options=wanted or None
                ),
            ),
            _time_field("quiet_from", "Quiet from", member),
            _time_field("quiet_until", "Quiet until", member),
            ContextBlock(
                elements=[
                    MarkdownTextObject(
                        text=f"{zone} What comes in your quiet hours waits until they end.".strip()
                    )
                ]
            ),
        ],
    )


def _time_field(name: str, label: str, member: Member) -> InputBlock:
    chosen = getattr(member, name)
    return InputBlock(
        block_id=name,
        label=label,
        optional=True,
        element=TimePickerElement(
            action_id=name,
            placeholder="18:00" if name == "quiet_from" else "07:00",
            initial_time=f"{chosen:%H:%M}" if chosen else None,
        ),
    )


def stopped() -> Message:
    """Return the answer to `stop`."""
    return plain("I won't write to you unasked any more. Say `start` and I will again.")


def started() -> Message:
    """Return the answer to `start`."""
    return plain("I will write to you again. `/staffroom settings` lets you choose when and what.")
