"""How setting up a community, help and status look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    ConversationFilter,
    ConversationSelectElement,
    ExternalDataSelectElement,
    HeaderBlock,
    InputBlock,
    MarkdownTextObject,
    Option,
    PlainTextInputElement,
    SectionBlock,
    UserMultiSelectElement,
)
from slack_sdk.models.views import View

from handlers.blocks.forms import carried
from handlers.blocks.message import Message
from handlers.blocks.request import SET_UP
from handlers.blocks.text import escape, excerpt, mention, plain, section, when
from models.communities import NAME_LENGTH, Community
from models.posts import Post
from models.runs import Run

SHARE = "problems.open"
SETTINGS = "members.settings"
TRY_AGAIN = "posts.try_again"
# What a tick said, in a line of the status.
RUN_LENGTH = 120
COMMANDS = (
    ("/problem", "share a problem of practice, or `list`, `mine`, `unanswered`, `find WORDS`"),
    ("/staffroom", "`setup` this channel, `settings` for me, `status`, `next`, `stop`, `help`"),
)


def set_up_form(
    community: Community | None,
    *,
    name: str,
    tz: str,
    facilitators: Sequence[str],
    channel_id: str | None,
) -> View:
    """Return the form that makes a channel a community, or changes its settings.

    Without a `channel_id` the form asks for the channel as well.
    """
    again = community is not None
    where = f"<#{channel_id}>" if channel_id else "the channel you choose"
    sentence = (
        f"These are the settings of {where}. Its members see the name; nothing is posted."
        if again
        else f"This makes {where} a community. Only you see what follows; nothing is posted."
    )
    blocks: list[Block] = [SectionBlock(text=sentence)]
    if channel_id is None:
        blocks.append(_channel_field())
    blocks += [_name_field(name), _zone_field(tz), _facilitators_field(facilitators)]
    return View(
        type="modal",
        callback_id=SET_UP,
        title="Community settings" if again else "Set up a community",
        submit="Keep" if again else "Set up",
        close="Not now",
        private_metadata=carried(channel_id=channel_id),
        blocks=blocks,
    )


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
            initial_option=zone_option(tz),
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
        "Nothing was posted there. Share a first problem, and colleagues see how it works."
    )
    share = ButtonElement(text="Share a problem", action_id=SHARE, value="", style="primary")
    return Message(text, [section(text), ActionsBlock(elements=[share])])


def settings_kept(community: Community) -> Message:
    text = f"The settings of *{escape(community.name)}* are kept."
    return Message(text, [section(text)])


def invited(channel_id: str) -> Message:
    """Return the first words to whoever invites the bot into a channel."""
    text = (
        f"Thank you for inviting me to <#{channel_id}>. I help colleagues bring problems of "
        "practice to each other. Nobody else sees this, and I say nothing in the channel unasked.\n"
        "One form makes the channel a community; it takes a minute."
    )
    button = ButtonElement(
        text="Set up this channel", action_id=SET_UP, value=channel_id, style="primary"
    )
    return Message(text, [SectionBlock(text=text), ActionsBlock(elements=[button])])


def help_text(community: Community | None) -> Message:
    """Return what one can do here, in a few lines with examples."""
    here = (
        f"This channel is the community *{escape(community.name)}*."
        if community
        else "This channel is not a community yet."
    )
    lines = "\n".join(f"• `{command}`: {does}" for command, does in COMMANDS)
    examples = (
        "For example `/problem How do I get quiet students into small-group talk?` or "
        "`/problem find exit tickets`."
    )
    direct = (
        "The same words work in a message to me, or after `@Staffroom` in a thread, where Slack "
        "takes no commands. “⋯ → Make it a problem” turns any message into one."
    )
    text = f"{here}\n{lines}\n{examples}\n{direct}"
    buttons = [ButtonElement(text="Share a problem", action_id=SHARE, value="")]
    if community is None:
        buttons.insert(0, ButtonElement(text="Set up this channel", action_id=SET_UP, value="here"))
    buttons.append(ButtonElement(text="My settings", action_id=SETTINGS, value=""))
    return Message(
        text,
        [
            section(f"{here}\n{lines}"),
            SectionBlock(text=examples),
            ActionsBlock(elements=buttons),
            ContextBlock(elements=[MarkdownTextObject(text=direct)]),
        ],
    )


def not_a_word(word: str, nearest: str | None) -> Message:
    """Return the nearest right form of a word that is not known."""
    known = f"Did you mean `/staffroom {nearest}`?" if nearest else "`/staffroom help` lists all."
    text = f"I do not know “{escape(word)}”. {known}"
    return Message(text, [section(text)])


@dataclass(frozen=True)
class Status:
    """What `/staffroom status` tells: of the community, the posts and the ticks."""

    community: Community | None
    waiting: int
    failed: Sequence[Post]
    runs: Sequence[Run]
    now: datetime


def status_text(status: Status) -> Message:
    """Return how things stand, for members and for whoever looks after the bot."""
    community = status.community
    here = (
        f"*{escape(community.name)}* · {len(_present(community))} members · time zone "
        f"{community.tz} · facilitated by "
        + (", ".join(mention(one) for one in community.facilitators) or "nobody yet")
        if community
        else "This channel is not a community."
    )
    posts = f"Waiting to be posted: {status.waiting} · could not be posted: {len(status.failed)}"
    runs = "\n".join(_run_line(run, status.now) for run in status.runs) or "No tick has run yet."
    blocks: list[Block] = [
        HeaderBlock(text="Status"),
        section(here),
        SectionBlock(text=posts),
    ]
    if status.failed:
        button = ButtonElement(text="Try again", action_id=TRY_AGAIN, value="all")
        blocks.append(ActionsBlock(elements=[button]))
    blocks.append(ContextBlock(elements=[MarkdownTextObject(text=runs, verbatim=True)]))
    return Message.of([here, posts, runs], blocks)


def _present(community: Community) -> list[str]:
    return [one.member_id for one in community.memberships if one.left_at is None]


def _run_line(run: Run, now: datetime) -> str:
    what = f"failed: {run.error}" if run.error else (run.said or "under way")
    took = f"{run.seconds:.2f} s" if run.seconds is not None else "not finished"
    said = escape(excerpt(what, RUN_LENGTH))
    return f"{run.job}: {when(run.started_at, 'UTC')}, {took}, {said}"
