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

from handlers.blocks.communities import SHARE
from handlers.blocks.communities.ids import COMMUNITY
from handlers.blocks.members import SETTINGS
from handlers.blocks.my_data.erasing import my_data_button
from handlers.blocks.request import SET_UP
from handlers.blocks.text import escape, listed, section
from models.communities import Community
from models.members import Member

# views.publish takes at most 100 blocks.
BLOCKS_AT_MOST = 100
# Nobody reads more; a section takes 3,000 characters, and a name may have 80.
NAMED_AT_MOST = 12
# So that what somebody has much of does not push the rest of the page out.
PART_AT_MOST = 30
# How many of the communities one looks after a sentence names.
LOOKED_AFTER_NAMED = 3
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
    buttons = [share if communities else set_up, settings, my_data_button()]
    if member.is_lead or _run_by(member, communities):
        # One way for all of them; with several it asks which.
        buttons.append(ButtonElement(text="Community settings", action_id=COMMUNITY, value=""))
    blocks.append(ActionsBlock(elements=buttons))
    for part in parts:
        if part:
            blocks += [DividerBlock(), *part[:PART_AT_MOST]]
    about = "Everything here works by message too: write `help` in the Messages tab."
    footer = ContextBlock(elements=[MarkdownTextObject(text=about)])
    return View(type="home", blocks=[*blocks[: BLOCKS_AT_MOST - 1], footer])


def _greeting(member: Member, communities: Sequence[Community]) -> str:
    hello = f"*Hello {escape(member.name)}*" if member.name else "*Hello*"
    if not communities:
        return f"{hello}\n{NOTHING_YET}"
    shown = [
        f"{escape(community.name)} (<#{community.channel_id}>)"
        for community in communities[:NAMED_AT_MOST]
    ]
    names = ", ".join(shown) + (" and more" if len(communities) > NAMED_AT_MOST else "")
    mine = [f"*{escape(one.name)}*" for one in _run_by(member, communities)]
    looks_after = f"\nYou look after {listed(mine[:LOOKED_AFTER_NAMED])}" if mine else ""
    looks_after += " and more" if len(mine) > LOOKED_AFTER_NAMED else ""
    return f"{hello}\nYour communities: {names}{looks_after}"


def _run_by(member: Member, communities: Sequence[Community]) -> list[Community]:
    return [one for one in communities if one.is_run_by(member)]
