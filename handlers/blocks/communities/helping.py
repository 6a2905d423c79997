"""How help looks: what one can do here, in a few lines."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ContextBlock,
    MarkdownTextObject,
)

from handlers.blocks.communities.ids import COMMUNITY
from handlers.blocks.communities.setting_up import SHARE
from handlers.blocks.message import Message
from handlers.blocks.request import SET_UP
from handlers.blocks.text import escape, section
from models.communities import Community

SETTINGS = "members.settings"
# What one can do, a line each; a phone shows them without scrolling.
HELP = (
    "`/problem How do I get quiet students to talk?` shares a problem of practice",
    "`/problem list`, `mine`, `unanswered`, `next` or `find exit tickets` shows what is there",
    "`/hangout` shows what is coming; `join`, `present`, `notes WORDS`, `protocols`",
    "Facilitators: `/hangout plan`, `move`, `skip`, `cancel`, `swap`, `signup`, `voices`, `end`",
    "`/practice` is the tool belt of small things to try; `find WORDS`, `add`, `menu`",
    "`/pilot start` tries one with one class; `/pilot log 18/26` notes what you saw; `finish`",
    "`/thanks @Ana because …` thanks a colleague; `private @Ana …`, `journal`; "
    "facilitators: `shower @Ana`, `customs`",
    "`/material LINK` keeps a lesson, a rubric or a video; `find WORDS`, `list`, `mine`",
    "`/staffroom digest` shows this week’s; `me` shows, exports or deletes what I keep about you",
    "`/staffroom setup`, `settings` or `status` is for this channel and for you",
    "Leads: `/staffroom digest network` sums up several communities; `export` is for the records, "
    "`retention` for how long they stay",
    "`/staffroom stop` keeps me from writing to you unasked, `start` lets me again",
)
# How many communities a sentence names.
NAMED_AT_MOST = 5


def help_text(
    here: Community | None,
    *,
    mine: Sequence[Community] = (),
    is_direct: bool = False,
    may_change: bool = False,
) -> Message:
    """Return what one can do, in a few lines with an example.

    `here` is the channel's community, `mine` are the member's; `may_change` says whether they may
    change the settings of `here`.
    """
    where = where_we_are(here, mine, is_direct=is_direct)
    lines = "\n".join(f"• {line}" for line in HELP)
    direct = "The same words work in a message to me, or after `@Staffroom` in a thread."
    buttons = [
        ButtonElement(text="Share a problem", action_id=SHARE, value=""),
        ButtonElement(text="My settings", action_id=SETTINGS, value=""),
    ]
    if here is None and not is_direct:
        buttons.append(ButtonElement(text="Set up this channel", action_id=SET_UP, value="here"))
    elif here is not None and may_change:
        buttons.append(settings_button(here))
    return Message(
        f"{where}\n{lines}\n{direct}",
        [
            section(f"{where}\n{lines}"),
            ActionsBlock(elements=buttons),
            ContextBlock(elements=[MarkdownTextObject(text=direct)]),
        ],
    )


def settings_button(community: Community) -> ButtonElement:
    """Return the way to the settings of a community, for those who look after it."""
    return ButtonElement(text="Community settings", action_id=COMMUNITY, value=str(community.id))


def where_we_are(here: Community | None, mine: Sequence[Community], *, is_direct: bool) -> str:
    """Return the sentence that says which communities this is about."""
    if here is not None:
        return f"This channel is the community *{escape(here.name)}*."
    names = ", ".join(f"*{escape(one.name)}* (<#{one.channel_id}>)" for one in mine[:NAMED_AT_MOST])
    names += " and more" if len(mine) > NAMED_AT_MOST else ""
    yours = f"Your communities: {names}." if mine else "You are not in a community yet."
    return yours if is_direct else f"This channel is not a community yet. {yours}"


def not_a_word(word: str, nearest: str | None) -> Message:
    """Return the nearest right form of a word that is not known."""
    known = f"Did you mean `/staffroom {nearest}`?" if nearest else "`/staffroom help` lists all."
    text = f"I do not know “{escape(word)}”. {known}"
    return Message(text, [section(text)])
