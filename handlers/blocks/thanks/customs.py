"""How a community's customs of thanks look: the form that changes them, and the weekly prompt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import (
    ButtonElement,
    InputBlock,
    Option,
    StaticSelectElement,
    TimePickerElement,
)
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField, carried
from handlers.blocks.hangouts.answers import in_lines
from handlers.blocks.hangouts.facts import Phrase, phrase
from handlers.blocks.message import Message
from handlers.blocks.text import paragraph, plain, words
from handlers.blocks.thanks.ids import CUSTOMS, thank_button
from models.communities import Community
from models.thanks.customs import Customs
from models.thanks.habits import DAYS, REASONS_AT_MOST

NEVER = "never"
REASONS = TextField(
    name="reasons",
    label="Reasons to choose from",
    # More than the list can hold, so that what is too much is said and not cut.
    max_length=2000,
    placeholder="Covered for me\nShared a material\nListened",
    hint=f"One in each line, up to {REASONS_AT_MOST}. Left empty, the usual ones come back.",
    is_long=True,
    is_optional=True,
)
EMOJI = TextField(
    name="emoji",
    label="Emoji that seconds thanks",
    max_length=100,
    placeholder=":clap:",
    hint="Whoever reacts with it on a card joins in. Left empty, only the button does.",
    is_optional=True,
)


# One a week, in turns; each a question that one sentence answers.
QUESTIONS = (
    "A moment before the week goes on: who made something easier for you?",
    "Whose idea have you used this week?",
    "Who listened when you needed it?",
    "What went well because a colleague was there?",
    "Who shared something that saved you an evening?",
    "Which small thing of a colleague did your students notice?",
)
PAUSED = (
    "The weekly question rests, because nobody answered it for some weeks. Keeping this form "
    "brings it back; choose no weekly prompt to leave it."
)


def customs_form(community: Community, customs: Customs) -> View:
    """Return the form with what is chosen now; where the weekly prompt rests it says so."""
    first = (
        f"How {community.name} says thanks. Members choose from these reasons; nobody counts "
        "anything."
    )
    shown: Mapping[str, Any] = {
        "reasons": "\n".join(customs.reasons),
        "emoji": f":{customs.emoji}:" if customs.emoji else None,
    }
    return View(
        type="modal",
        callback_id=CUSTOMS,
        title=plain("Customs of thanks"),
        submit=plain("Keep"),
        close=plain("Not now"),
        blocks=[
            paragraph(words(first)),
            *([paragraph(words(PAUSED))] if customs.paused_at else []),
            REASONS.drawn(shown["reasons"]),
            EMOJI.drawn(shown["emoji"]),
            _day(customs.prompt_weekday),
            _time(customs),
        ],
        private_metadata=carried(community_id=community.id),
    )


def _day(weekday: int | None) -> InputBlock:
    never = Option(value=NEVER, text=plain("No weekly prompt"))
    days = [Option(value=str(number), text=plain(day)) for number, day in enumerate(DAYS)]
    return InputBlock(
        block_id="prompt_weekday",
        label=plain("Ask the channel once a week"),
        hint=plain("One message: whom would you like to thank? Days off have none."),
        element=StaticSelectElement(
            action_id="prompt_weekday",
            options=[never, *days],
            initial_option=never if weekday is None else days[weekday],
        ),
    )


def _time(customs: Customs) -> InputBlock:
    at = customs.prompt_at
    return InputBlock(
        block_id="prompt_at",
        label=plain("At"),
        optional=True,
        element=TimePickerElement(
            action_id="prompt_at",
            placeholder="14:30",
            initial_time=f"{at:%H:%M}" if at else None,
        ),
    )


def customs_kept(customs: Customs) -> Message:
    """Tell a facilitator what holds from now on."""
    asked = "I ask nothing in the channel by myself."
    if customs.prompt_weekday is not None and customs.prompt_at is not None:
        day = DAYS[customs.prompt_weekday]
        asked = f"Each {day} at {customs.prompt_at:%H:%M} I ask the channel whom to thank."
    return in_lines(
        [phrase(f"Kept. {asked}"), phrase(f"Reasons: {', '.join(customs.reasons)}.")], []
    )


def prompt_message(week: int, own: Phrase | None = None) -> Message:
    """Ask the channel whom it would like to thank, each `week` in other words than the one before.

    The weeks are counted from any beginning; `own` is how the community itself asks.
    """
    lines = [
        own or phrase(QUESTIONS[week % len(QUESTIONS)]),
        phrase("One sentence is plenty, in public or just between you."),
    ]
    return in_lines(lines, [thank_button()])


def prompt_paused(community: Community) -> Message:
    """Tell a facilitator that the channel is not asked any more, and how to bring that back."""
    lines = [
        phrase(
            "For some weeks nobody in ",
            phrase(community.name, bold=True),
            " has thanked in public after my weekly question, so I let it rest.",
        ),
        phrase("Keep the customs once more and I ask again, on whichever day fits better."),
    ]
    button = ButtonElement(text="Customs of thanks", action_id=CUSTOMS, value=str(community.id))
    return in_lines(lines, [button])
