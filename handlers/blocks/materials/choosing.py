"""The choices in the forms about materials: what it is, its licence, who sees it, where it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import InputBlock, Option, RadioButtonsElement, StaticSelectElement

from handlers.blocks.text import excerpt, plain
from models.communities import Community
from models.materials.material import Circle, Kind
from models.materials.wording import Licence

# Slack's limits for the options of a select, and for the text of one.
OPTIONS_AT_MOST, OPTION_LENGTH = 100, 75
# What the choice among the licences holds where nothing is said about one.
NO_LICENCE = "none"

# What each kind is called wherever one is chosen.
KINDS = {
    Kind.LESSON: "Lesson",
    Kind.PROTOCOL: "Protocol",
    Kind.RUBRIC: "Rubric",
    Kind.VIDEO: "Video",
    Kind.SLIDES: "Slide deck",
    Kind.OTHER: "Something else",
}


def kind_select(chosen: str | None) -> InputBlock:
    return select("kind", "What is it?", KINDS, chosen, Kind.OTHER)


def licence_select(chosen: str | None) -> InputBlock:
    choices = {str(licence): str(licence) for licence in Licence} | {NO_LICENCE: "I don’t know"}
    return select("licence", "Licence", choices, chosen, NO_LICENCE)


def community_select(communities: Sequence[Community], chosen: object) -> InputBlock:
    """Return the question in which community it goes; `chosen` is an id."""
    choices = {str(community.id): community.name for community in communities}
    return select("community_id", "Community", choices, str(chosen or ""))


def circle_choice(chosen: str | None) -> InputBlock:
    """Return the question who may see it."""
    options = {
        Circle.COMMUNITY: Option(
            value=Circle.COMMUNITY, text=plain("The members of the community")
        ),
        Circle.NETWORK: Option(
            value=Circle.NETWORK,
            text=plain("The whole network"),
            description=plain("Everyone in this Slack finds it"),
        ),
    }
    is_wide = chosen == Circle.NETWORK
    radio = RadioButtonsElement(
        action_id="circle",
        options=list(options.values()),
        initial_option=options[Circle.NETWORK if is_wide else Circle.COMMUNITY],
    )
    return InputBlock(block_id="circle", label=plain("Who may see it?"), element=radio)


def select(
    name: str,
    label: str,
    choices: Mapping[Any, str],
    chosen: str | None,
    usual: str | None = None,
) -> InputBlock:
    """Return a list to choose one of; `choices` are words by value, as many as Slack takes.

    Without a `usual` one, none is chosen at first.
    """
    options = {
        str(value): Option(value=str(value), text=plain(excerpt(words, OPTION_LENGTH)))
        for value, words in list(choices.items())[:OPTIONS_AT_MOST]
    }
    element = StaticSelectElement(
        action_id=name,
        placeholder=plain("Choose one"),
        options=list(options.values()),
        initial_option=options.get(chosen or "", options.get(usual or "")),
    )
    return InputBlock(block_id=name, label=plain(label), element=element)
