"""Choosing a practice in a form: a list that offers what fits while one types."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    ExternalDataMultiSelectElement,
    ExternalDataSelectElement,
    Option,
)

from handlers.blocks.text import excerpt, plain
from models.practices.practice import Practice

# The action id of every field in which practices are chosen; asks handlers/practices/listing.py.
CHOOSE = "practices.choose"
# Slack's limits for the options of a list, and for the text of one.
OPTIONS_AT_MOST, OPTION_LENGTH = 100, 75


def practice_select(initial: Practice | None = None) -> ExternalDataSelectElement:
    """Return the list to choose one practice from; the answer is its id."""
    return ExternalDataSelectElement(
        action_id=CHOOSE,
        min_query_length=0,
        placeholder=plain("Exit ticket"),
        initial_option=practice_option(initial) if initial else None,
    )


def several_practices_select(
    initial: Sequence[Practice], *, at_most: int
) -> ExternalDataMultiSelectElement:
    """Return the list to choose practices from; the answer is their ids in the order chosen."""
    return ExternalDataMultiSelectElement(
        action_id=CHOOSE,
        min_query_length=0,
        placeholder=plain("Exit ticket"),
        initial_options=[practice_option(one) for one in initial] or None,
        max_selected_items=at_most,
    )


def practice_option(practice: Practice) -> Option:
    return Option(value=str(practice.id), text=plain(excerpt(practice.name, OPTION_LENGTH)))
