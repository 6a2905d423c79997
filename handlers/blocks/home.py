"""How App Home looks: what needs the member first, then what is theirs, then where to look."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    MarkdownTextObject,
)
from slack_sdk.models.views import View

from handlers.blocks.communities import SHARE, settings_button
from handlers.blocks.materials.archiving import archive_button
from handlers.blocks.members import SETTINGS
from handlers.blocks.request import SET_UP
from handlers.blocks.text import escape, section
from handlers.blocks.thanks.ids import CUSTOMS, SHOWER
from models.communities import Community
from models.members import Member

# views.publish takes at most 100 blocks.
BLOCKS_AT_MOST = 100
# Nobody reads more; a section takes 3,000 characters, and a name may have 80.
NAMED_AT_MOST = 12
# A lead may change every community; the others' settings are a command away in their channels.
SETTINGS_AT_MOST = 3
NOTHING_YET = (
    "You are not in a community yet. A community is a channel in which colleagues bring problems "
    "of practice to each other, for example *#math-circle*. Join one, or set one up."
)


def home_page(
    member: Member, communities: Sequence[Community], parts: Sequence[Sequence[Block]]
) -> View:
    """Return the page; `parts` is what each feature shows of the member's own."""
    blocks: list[Block] = [section(_greeting(member, communities))]
    share = ButtonElement(text="Share a problem", action_id=SHARE, value="", style="primary")
    set_up = ButtonElement(text="Set up a community", action_id=SET_UP, value="home")
    settings = ButtonElement(text="My settings", action_id=SETTINGS, value="")
    blocks.append(ActionsBlock(elements=[share if communities else set_up, settings]))
    run_by_me = [one for one in communities if one.is_run_by(member)]
    for community in run_by_me[:SETTINGS_AT_MOST]:
        blocks += _looked_after(community)
    for part in parts:
        if part:
            blocks += [DividerBlock(), *part]
    about = "Everything here works by message too: write `help` in the Messages tab."
    footer = ContextBlock(elements=[MarkdownTextObject(text=about)])
    return View(type="home", blocks=[*blocks[: BLOCKS_AT_MOST - 1], footer])


def _looked_after(community: Community) -> list[Block]:
    """Return what a facilitator can do for a community, besides what they do for themselves."""
    line = section(f"You look after *{escape(community.name)}*")
    line.accessory = settings_button(community)
    value = str(community.id)
    buttons = [
        ButtonElement(text="How we thank", action_id=CUSTOMS, value=value),
        ButtonElement(text="Open a shower", action_id=SHOWER, value=value),
        archive_button(community),
    ]
    return [line, ActionsBlock(elements=buttons)]


def _greeting(member: Member, communities: Sequence[Community]) -> str:
    hello = f"*Hello {escape(member.name)}*" if member.name else "*Hello*"
    if not communities:
        return f"{hello}\n{NOTHING_YET}"
    shown = [
        f"{escape(community.name)} (<#{community.channel_id}>)"
        for community in communities[:NAMED_AT_MOST]
    ]
    names = ", ".join(shown) + (" and more" if len(communities) > NAMED_AT_MOST else "")
    return f"{hello}\nYour communities: {names}"
