"""The form in which a problem is shared, and what opens it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock, Option, StaticSelectElement
from slack_sdk.models.views import View

from handlers.blocks.forms import filled
from handlers.blocks.problems.fields import WITHOUT_NAME, fields, form, plain_section, warning
from handlers.blocks.text import excerpt, plain
from models.communities import Community
from models.problems import LENGTHS
from models.student_data import Suspicion

# The two shortcuts of the manifest, and the button that opens the form.
SHARE = "problems.share"
SHARE_MESSAGE = "problems.share_message"
OPEN = "problems.open"
# What comes back when the form is sent.
SHARE_FORM = "problems.share_form"

# Slack's limits for the options of a select, and for the text of one.
OPTIONS_AT_MOST, OPTION_LENGTH = 100, 75


def share_form(
    *,
    place: str | None,
    typed: Mapping[str, Any],
    metadata: str,
    communities: Sequence[Community] = (),
    suspicions: Sequence[Suspicion] = (),
) -> View:
    """Return the form for a new problem.

    `place` names the channel, such as #math-circle; without it the member chooses among
    `communities`. `typed` are answers by field name; `suspicions` make it ask once more.
    """
    goes_to = place or "the community you choose"
    blocks = [
        plain_section(
            f"This goes to {goes_to}. Everyone there can read it and answer in its thread."
        ),
        *_shortened(typed),
        *warning(suspicions, typed),
        *_choice_of(communities, typed.get("community_id")),
        *fields(typed),
        WITHOUT_NAME.drawn(is_ticked=bool(typed.get("without_name"))),
    ]
    return form(SHARE_FORM, "Share a problem", "Share", blocks, metadata)


def share_form_at_once(*, place: str, typed: Mapping[str, str], metadata: str) -> dict[str, Any]:
    """Return the form for one community, drawn once a place and then only filled in.

    slack_sdk takes about a millisecond to draw it, more than all the rest of opening it.
    """
    return filled(_blank_share_form(place), typed, metadata)


@lru_cache(maxsize=1000)
def _blank_share_form(place: str) -> dict[str, Any]:
    return dict(share_form(place=place, typed={}, metadata="").to_dict())


def _choice_of(communities: Sequence[Community], chosen: str | None) -> list[InputBlock]:
    if not communities:
        return []
    options = {
        str(community.id): Option(
            value=str(community.id), text=plain(excerpt(community.name, OPTION_LENGTH))
        )
        for community in communities[:OPTIONS_AT_MOST]
    }
    select = StaticSelectElement(
        action_id="community_id",
        placeholder=plain("Choose a community"),
        options=list(options.values()),
        initial_option=options.get(chosen or ""),
    )
    return [InputBlock(block_id="community_id", label=plain("Community"), element=select)]


def _shortened(typed: Mapping[str, Any]) -> list[Block]:
    """Return what happened to a text that is too long for its field."""
    length, most = len(typed.get("happening") or ""), LENGTHS["happening"]
    if length <= most:
        return []
    return [
        plain_section(
            f"Your text has {length:,} characters and {most:,} fit here, so its end is missing. "
            "I send you the rest in private."
        )
    ]
