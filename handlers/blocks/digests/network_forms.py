"""How leads set up network digests: the list of them, and the form of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    InputBlock,
    Option,
    OptionGroup,
    StaticMultiSelectElement,
)
from slack_sdk.models.views import View

from handlers.blocks.digests.fields import DAYS, day_field, place_field, time_field
from handlers.blocks.digests.ids import NETWORK_END, NETWORK_PLAN, NETWORK_PREVIEW, NETWORKS
from handlers.blocks.digests.networks import network_comes
from handlers.blocks.forms import TextField, carried
from handlers.blocks.hangouts.answers import in_lines
from handlers.blocks.hangouts.facts import grey_line, phrase
from handlers.blocks.hangouts.forms import place_of
from handlers.blocks.message import Message
from handlers.blocks.text import escape, excerpt, paragraph, plain, section, words
from models.communities import Community
from models.digests.networks import ALL, NAME_LENGTH, NetworkDigest
from models.digests.weekly import USUAL_AT, USUAL_WEEKDAY
from models.time import zone

# Slack takes so many choices in a group, and so many characters in a choice (slack-facts 1.1).
CHOICES_AT_MOST, CHOICE_LENGTH = 100, 75
# Each is a few lines with its buttons; nobody reads more of them.
SHOWN_AT_MOST = 15
NAME = TextField(name="name", label="Name", max_length=NAME_LENGTH, placeholder="North schools")
WHAT_IT_IS = (
    "Once a week I sum up several communities in a channel of their own: open questions first, "
    "then hangouts, pilots and materials. Private communities, thanks and what only members see "
    "stay out of it. Where nothing is new, I post nothing."
)


def network_button() -> ButtonElement:
    """Return the button that leads to a lead's network digests."""
    return ButtonElement(text="Network digest", action_id=NETWORKS, value="")


def network_form(
    network: NetworkDigest | None, offered: Sequence[Community], tz: str | None
) -> View:
    """Return the form with what is chosen now, or with what suits most.

    `tz` is the zone of the lead who sets a new one up.
    """
    clocks = f"By your own clocks, those of {zone(tz).key}."
    if network is not None and network.ended_at is None:
        clocks = f"By the clocks of {network.tz}, where it was set up."
    weekday = network.weekday if network else USUAL_WEEKDAY
    where = "An open channel that I am in; type /invite @Staffroom there first."
    return View(
        type="modal",
        callback_id=NETWORK_PLAN,
        title=plain("Network digest"),
        submit=plain("Keep"),
        close=plain("Not now"),
        blocks=[
            paragraph(words(WHAT_IT_IS)),
            NAME.drawn(network.name if network else None),
            place_field(network.channel_id if network else None, where, is_optional=False),
            _communities(network, offered),
            day_field(weekday, "When all of its communities have a day off there is none."),
            time_field(network.at if network else USUAL_AT, clocks, is_optional=False),
        ],
        private_metadata=carried(network_id=network.id if network else None),
    )


def _communities(network: NetworkDigest | None, offered: Sequence[Community]) -> InputBlock:
    every = Option(value=ALL, text=plain("All of them, also those to come"))
    options = {one.id: Option(value=str(one.id), text=plain(_choice(one))) for one in offered}
    chosen = [every]
    if network is not None and network.community_ids is not None:
        chosen = [options[one] for one in network.community_ids if one in options]
    return InputBlock(
        block_id="community_ids",
        label=plain("Communities"),
        hint=plain("Private ones are never summed up, so they are not here."),
        element=StaticMultiSelectElement(
            action_id="community_ids",
            option_groups=[OptionGroup(label="Whole network", options=[every]), *_groups(options)],
            initial_options=chosen or None,
        ),
    )


def _choice(community: Community) -> str:
    return excerpt(f"{community.name} ({place_of(community)})", CHOICE_LENGTH)


def _groups(options: Mapping[int, Option]) -> list[OptionGroup]:
    """Return the choices in groups as large as Slack takes; a large network has several."""
    every = list(options.values())
    starts = range(0, len(every), CHOICES_AT_MOST)
    return [
        OptionGroup(
            label="Communities" if len(starts) == 1 else f"Communities from {first + 1} on",
            options=every[first : first + CHOICES_AT_MOST],
        )
        for first in starts
    ]


def network_list(networks: Sequence[NetworkDigest], names: Mapping[int, str]) -> Message:
    """Return a lead's network digests, each with its buttons; `names` are those of communities."""
    first = "These digests sum up several communities." if networks else "There is none any more."
    blocks: list[Block] = [section(first)]
    lines = []
    for network in networks[:SHOWN_AT_MOST]:
        lines.append(
            f"*{escape(network.name)}* in <#{network.channel_id}>\n{_facts(network, names)}"
        )
        blocks += [section(lines[-1]), ActionsBlock(elements=_buttons(network))]
    more = "There are more; end one to see the others." if networks[SHOWN_AT_MOST:] else ""
    new = ButtonElement(text="New network digest", action_id=NETWORK_PLAN, value="")
    notes = [grey_line([more])] if more else []
    return Message.of([first, *lines, more], [*blocks, *notes, ActionsBlock(elements=[new])])


def _facts(network: NetworkDigest, names: Mapping[int, str]) -> str:
    return escape(f"{often(network)} {_whom(network, names)} {network_comes(network)}")


def often(network: NetworkDigest) -> str:
    return f"Each {DAYS[network.weekday or 0]} at {network.at:%H:%M} ({network.tz})."


def _whom(network: NetworkDigest, names: Mapping[int, str]) -> str:
    if network.community_ids is None:
        return "It sums up all open communities, also those to come."
    known = sorted((names[one] for one in network.community_ids if one in names), key=str.casefold)
    return f"It sums up {', '.join(known)}." if known else "None of its communities is open now."


def _buttons(network: NetworkDigest) -> list[ButtonElement]:
    number = str(network.id)
    sure = ConfirmObject(
        title=plain("End this digest?"),
        text=plain("It comes no more. What it has posted stays."),
        confirm=plain("End it"),
        deny=plain("Keep it"),
    )
    return [
        ButtonElement(text="Change", action_id=NETWORK_PLAN, value=number),
        ButtonElement(text="How it would look", action_id=NETWORK_PREVIEW, value=number),
        ButtonElement(text="End", action_id=NETWORK_END, value=number, confirm=sure),
    ]


def network_kept(network: NetworkDigest) -> Message:
    """Tell a lead what holds from now on."""
    first = phrase(f"Kept. {often(network)} When nothing is new, it does not come.")
    preview = ButtonElement(
        text="How it would look", action_id=NETWORK_PREVIEW, value=str(network.id)
    )
    change = ButtonElement(text="Change", action_id=NETWORK_PLAN, value=str(network.id))
    return in_lines([first, phrase(network_comes(network))], [preview, change])


def network_ended(network: NetworkDigest) -> Message:
    """Tell a lead that it comes no more, and how it would come again."""
    again = ButtonElement(text="Begin again", action_id=NETWORK_PLAN, value=str(network.id))
    return in_lines([phrase(f"{network.name} comes no more. What it has posted stays.")], [again])
