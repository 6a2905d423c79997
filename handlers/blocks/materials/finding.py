"""The form that searches: words, and what narrows them, chosen from what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from slack_sdk.models.blocks import Block, InputBlock, Option, StaticMultiSelectElement
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField
from handlers.blocks.materials.choosing import KINDS
from handlers.blocks.text import excerpt, first_upper, paragraph, plain, words
from models.materials.facets import Facets
from models.materials.filters import VALUES_AT_MOST, WORDS_LENGTH, Sought

FIND_FORM = "materials.find_form"
# Slack's limits for the text and the value of an option (slack-facts 1.3).
OPTION_LENGTH = 75
_WORDS = TextField(
    name="words",
    label="Words",
    max_length=WORDS_LENGTH,
    placeholder="fractions number line",
    hint="The best come first, and misspelled words are forgiven.",
    is_optional=True,
)


def find_form(facets: Facets, sought: Sought, metadata: str) -> View:
    """Return the form with a search already in it; a field nobody could choose from is left out."""
    intro = "I look through the materials you may see, and show only you what I find."
    fields = [
        _choice("kind", "Kind", {str(kind): named for kind, named in KINDS.items()}, sought.kind),
        _choice("subject", "Subject", _by_name(facets.subjects), sought.subject),
        _choice("grade", "Grade", _by_name(facets.grades), sought.grade),
        _choice("topic", "Topic", _by_name(facets.topics), sought.topic),
    ]
    blocks: list[Block] = [paragraph(words(intro)), _WORDS.drawn(sought.words)]
    return View(
        type="modal",
        callback_id=FIND_FORM,
        private_metadata=metadata,
        title=plain("Find a material"),
        submit=plain("Find"),
        close=plain("Cancel"),
        blocks=[*blocks, *(field for field in fields if field is not None)],
    )


def _choice(
    name: str, label: str, offered: Mapping[str, str], chosen: Iterable[str]
) -> InputBlock | None:
    """Return a list to choose from; `offered` are words by value."""
    options = {
        value: Option(value=value, text=plain(excerpt(named, OPTION_LENGTH)))
        for value, named in offered.items()
        if len(value) <= OPTION_LENGTH
    }
    if not options:
        return None
    return InputBlock(
        block_id=name,
        label=plain(label),
        optional=True,
        element=StaticMultiSelectElement(
            action_id=name,
            placeholder=plain("Any"),
            options=list(options.values()),
            initial_options=[options[one] for one in chosen if one in options] or None,
            max_selected_items=VALUES_AT_MOST,
        ),
    )


def _by_name(values: Iterable[str]) -> dict[str, str]:
    return {value: first_upper(value) for value in values}
