"""How the settings of a community look: one line for each form, with the button that opens it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.blocks.communities.helping import SETTINGS, settings_button
from handlers.blocks.digests.fields import DAYS
from handlers.blocks.digests.ids import CUSTOMS as DIGEST
from handlers.blocks.digests.network_forms import network_button
from handlers.blocks.digests.weekly import comes_words
from handlers.blocks.exports.keeping import export_button, keeping_button
from handlers.blocks.hangouts.facts import grey_line
from handlers.blocks.hangouts.ids import PLAN
from handlers.blocks.materials.archiving import archive_button
from handlers.blocks.message import Message
from handlers.blocks.request import SET_UP
from handlers.blocks.text import escape, first_upper, mention, section
from handlers.blocks.thanks.ids import CUSTOMS as THANKS
from handlers.blocks.thanks.ids import SHOWER
from handlers.blocks.wordings.ids import WORDINGS
from models.communities import Community
from models.digests.customs import DigestCustoms
from models.hangouts.series import Series
from models.thanks.customs import Customs

PRIVATELY = "Only you see this"
# Each is a line with a button; nobody reads more of them.
CHOICES_AT_MOST = 20


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What is chosen in a community; `reworded` is how many texts are in its own words."""

    community: Community
    series: Series | None
    digest: DigestCustoms | None
    thanks: Customs
    reworded: int
    is_for_lead: bool


def settings_menu(chosen: Chosen) -> Message:
    """Return what can be set, as it is now, each with its button."""
    community, number = chosen.community, str(chosen.community.id)
    first = f"Settings of *{escape(community.name)}* (<#{community.channel_id}>)"
    rows = [
        ("The community", _who(community), SET_UP, community.channel_id),
        ("Hangouts", _rhythm(chosen.series), PLAN, number),
        ("Weekly digest", comes_words(community, chosen.digest).text, DIGEST, number),
        ("Thanks", _prompt(chosen.thanks), THANKS, number),
        ("What I say", _words(chosen.reworded), WORDINGS, number),
    ]
    lines = [f"*{name}*\n{state}" for name, state, _, _ in rows]
    blocks: list[Block] = [section(first)]
    for line, (_, _, action_id, value) in zip(lines, rows, strict=True):
        row = section(line)
        row.accessory = ButtonElement(text="Change", action_id=action_id, value=value)
        blocks.append(row)
    last = [
        ButtonElement(text="Open a shower", action_id=SHOWER, value=number),
        archive_button(community),
        ButtonElement(text="My settings", action_id=SETTINGS, value=""),
    ]
    if chosen.is_for_lead:
        last += [network_button(), export_button(), keeping_button()]
    privately = grey_line([PRIVATELY])
    return Message.of([first, *lines, PRIVATELY], [*blocks, ActionsBlock(elements=last), privately])


def _who(community: Community) -> str:
    people = ", ".join(mention(one) for one in community.facilitators)
    run = f"facilitated by {people}" if people else "nobody facilitates it now"
    return f"Name, time zone {community.tz}, {run}."


def _rhythm(series: Series | None) -> str:
    if series is None or series.ended_at is not None:
        return "None is planned."
    return f"{first_upper(rhythm_words(series))}."


def rhythm_words(series: Series) -> str:
    """Return when its hangouts are, such as "every other Thursday at 16:00"."""
    weeks = series.every_weeks
    often = {1: "every", 2: "every other"}.get(weeks, f"every {weeks} weeks on")
    return f"{often} {DAYS[series.first_on.weekday()]} at {series.at:%H:%M}"


def each_week(weekday: int | None, at: time | None) -> str:
    """Return such as "each Monday at 07:30", or nothing for what does not come by itself."""
    return "" if weekday is None or at is None else f"each {DAYS[weekday]} at {at:%H:%M}"


def _prompt(customs: Customs) -> str:
    asked = each_week(customs.prompt_weekday, customs.prompt_at)
    if not asked:
        return "The reasons to choose from, and the emoji. I ask nothing by myself."
    return f"I ask {asked} whom to thank."


def _words(reworded: int) -> str:
    if not reworded:
        return "Invitation, reminder, digest and thanks, in our words."
    return "Some of it is in your words." if reworded < 4 else "All of it is in your words."


def which_settings(communities: Sequence[Community]) -> Message:
    """Return the communities somebody looks after, each with the way to its settings."""
    first = "Which community’s settings?"
    blocks: list[Block] = [section(first)]
    lines = []
    for community in communities[:CHOICES_AT_MOST]:
        lines.append(f"*{escape(community.name)}* (<#{community.channel_id}>)")
        row = section(lines[-1])
        row.accessory = settings_button(community)
        blocks.append(row)
    more = "Others: type /staffroom settings in their channels."
    rest = [grey_line([more])] if len(communities) > CHOICES_AT_MOST else []
    return Message.of([first, *lines, more if rest else ""], [*blocks, *rest])


def nothing_to_set(*, is_for_lead: bool) -> Message:
    """Return the answer to whoever looks after no community; a lead still has the records."""
    text = "You look after no community. Type /staffroom setup in a channel to make it one."
    buttons = [ButtonElement(text="My settings", action_id=SETTINGS, value="")]
    if is_for_lead:
        buttons += [network_button(), export_button(), keeping_button()]
    return Message.of([text], [section(text), ActionsBlock(elements=buttons)])
