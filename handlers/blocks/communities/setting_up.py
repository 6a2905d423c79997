"""How the form that sets up a community looks, and what surrounds it."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConversationFilter,
    ConversationSelectElement,
    ExternalDataSelectElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    SectionBlock,
    UserMultiSelectElement,
)
from slack_sdk.models.views import View

from handlers.blocks.forms import carried
from handlers.blocks.hangouts.ids import PLAN
from handlers.blocks.message import Message
from handlers.blocks.request import SET_UP
from handlers.blocks.text import escape, plain, section
from models.communities import NAME_LENGTH, Community

SHARE = "problems.open"


def set_up_form(
    *,
    is_known: bool,
    name: str,
    tz: str,
    facilitators: Sequence[str],
    channel_id: str | None,
    typed_in: str | None = None,
) -> View:
    """Return the form that makes a channel a community, or changes those of one that is known.

    Without a `channel_id` the form asks for the channel as well. `typed_in` comes back with it:
    "public" or "private" when it was asked for in the channel itself.
    """
    where = f"<#{channel_id}>" if channel_id else "the channel you choose"
    sentence = (
        f"These are the settings of {where}. Its members see the name; nothing is posted."
        if is_known
        else f"This makes {where} a community. Only you see what follows; nothing is posted."
    )
    blocks: list[Block] = [SectionBlock(text=sentence)]
    if channel_id is None:
        blocks.append(_channel_field())
    blocks += [_name_field(name), _zone_field(tz), _facilitators_field(facilitators)]
    return View(
        type="modal",
        callback_id=SET_UP,
        title="Community settings" if is_known else "Set up a community",
        submit="Keep" if is_known else "Set up",
        close="Not now",
        private_metadata=carried(
            channel_id=channel_id, typed_in=typed_in, is_known=is_known or None
        ),
        blocks=blocks,
    )


def with_trouble(form: View, trouble: str) -> View:
    """Return the form with what was wrong with what was sent above its fields."""
    form.blocks = [SectionBlock(text=trouble), *(form.blocks or [])]
    return form


def _channel_field() -> InputBlock:
    return InputBlock(
        block_id="channel_id",
        label="Channel",
        hint=plain("I have to be in it: type /invite @Staffroom there first."),
        element=ConversationSelectElement(
            action_id="channel_id",
            placeholder="#math-circle",
            filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
        ),
    )


def _name_field(name: str) -> InputBlock:
    return InputBlock(
        block_id="name",
        label="Name of the community",
        element=PlainTextInputElement(
            action_id="name",
            max_length=NAME_LENGTH,
            placeholder="Math circle",
            initial_value=name[:NAME_LENGTH] or None,
        ),
    )


def _zone_field(tz: str) -> InputBlock:
    return InputBlock(
        block_id="tz",
        label="Time zone",
        hint=plain("Type a city, such as Denver. All the community's hours follow it."),
        element=ExternalDataSelectElement(
            action_id="tz",
            min_query_length=2,
            placeholder="Denver",
            initial_option=zone_option(tz) if tz else None,
        ),
    )


def _facilitators_field(facilitators: Sequence[str]) -> InputBlock:
    return InputBlock(
        block_id="facilitators",
        label="Facilitators",
        hint=plain("They can change these settings and help with every problem."),
        element=UserMultiSelectElement(
            action_id="facilitators", initial_users=list(facilitators) or None
        ),
    )


def zone_option(tz: str) -> Option:
    """Return a time zone as one reads it: the city first."""
    region, _, city = tz.rpartition("/")
    label = f"{city} ({region})" if region else tz
    return Option(value=tz, text=label.replace("_", " ")[:75])


def set_up_done(community: Community) -> Message:
    """Return what the person who set up the community sees, with the next useful step."""
    text = (
        f"<#{community.channel_id}> is now the community *{escape(community.name)}*. "
        "Nothing was posted there. Plan the first hangouts, or share a problem; what else there is "
        "to choose stands in our conversation."
    )
    number = str(community.id)
    plan = ButtonElement(text="Plan hangouts", action_id=PLAN, value=number, style="primary")
    share = ButtonElement(text="Share a problem", action_id=SHARE, value="")
    return Message(text, [section(text), ActionsBlock(elements=[plan, share])])


def settings_kept(community: Community) -> Message:
    text = f"The settings of *{escape(community.name)}* are kept."
    return Message(text, [section(text)])


def invited(channel_id: str, *, is_perhaps_for_digest: bool = False) -> Message:
    """Return the first words to whoever invites the bot into a channel.

    Who looks after a community or the network may want nothing but a digest there.
    """
    text = (
        f"Thank you for inviting me to <#{channel_id}>. I help colleagues bring problems of "
        "practice to each other. Nobody else sees this, and I say nothing in the channel unasked.\n"
        "One form makes the channel a community; it takes a minute."
    )
    if is_perhaps_for_digest:
        text += (
            " If you want me there for a digest alone, leave that, and choose the channel in the "
            "digest’s form."
        )
    button = ButtonElement(
        text="Set up this channel", action_id=SET_UP, value=channel_id, style="primary"
    )
    return Message(text, [SectionBlock(text=text), ActionsBlock(elements=[button])])
