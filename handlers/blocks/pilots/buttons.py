"""The buttons under a pilot: at most three, and the rest in the menu beside them."""

from __future__ import annotations

from slack_sdk.models.blocks import ActionsBlock, ButtonElement, Option, OverflowMenuElement

from handlers.blocks.members import MUTE
from handlers.blocks.pilots.ids import (
    CHAMPION,
    DELETE,
    EDIT,
    FINISH,
    LOG,
    MORE,
    NOTE_CHANGE,
    OBSERVATIONS,
    PAUSE,
    REOPEN,
    RESUME,
    SHARE,
    SHOW,
    START,
    STOP_ASKING,
    TAKE_BACK,
    start_value,
)
from handlers.blocks.text import plain
from models.pilots.pilot import Circle, Decision, Pilot, Rhythm

# What the menu may offer. Everyone sees that of a card; who may do what is asked on the press.
CHOICES = {
    SHOW: "Look closer",
    LOG: "Log a value",
    OBSERVATIONS: "My values",
    NOTE_CHANGE: "Note a change on the chart",
    EDIT: "Edit the plan",
    FINISH: "Finish",
    REOPEN: "Reopen",
    PAUSE: "Pause asking",
    RESUME: "Ask again",
    TAKE_BACK: "Take back",
    DELETE: "Delete",
}


# What the menu of a letter offers besides; the second is about no pilot but about all letters.
OF_LETTERS = {
    STOP_ASKING: "Stop asking about this pilot",
    MUTE: "No letters about any pilot",
}


def menu_choice(value: str) -> tuple[str | None, str]:
    """Return the id of what was chosen in a menu, None for a forged one, and what it is about."""
    choice, _, about = value.rpartition(":")
    return (choice if choice in CHOICES | OF_LETTERS else None), about


def card_buttons(pilot: Pilot) -> ActionsBlock:
    """Return what everybody who sees the card can do with it."""
    value = start_value(practice_id=pilot.practice_id, inspired_by_id=pilot.id)
    doing = [REOPEN] if pilot.finished_at is not None else [LOG, FINISH]
    return ActionsBlock(
        elements=[
            ButtonElement(text="Try this", action_id=START, value=value),
            ButtonElement(text="Champion", action_id=CHAMPION, value=str(pilot.id)),
            _menu(pilot, [SHOW, *doing, TAKE_BACK]),
        ]
    )


def own_buttons(pilot: Pilot) -> ActionsBlock:
    """Return what its teacher can do with it, the next step first."""
    is_over, has_card = pilot.finished_at is not None, pilot.shared_at is not None
    first = _next_cycle(pilot) if is_over else [log_button(pilot), finish_button(pilot)]
    sharing = _button("Take back", TAKE_BACK, pilot) if has_card else share_button(pilot)
    choices = [FINISH, REOPEN] if is_over else [NOTE_CHANGE, *_ask(pilot), EDIT]
    # One that others find without a card is first made private, then deleted.
    last = TAKE_BACK if pilot.circle != Circle.ME and not has_card else DELETE
    return ActionsBlock(elements=[*first, sharing, _menu(pilot, [OBSERVATIONS, *choices, last])])


def log_button(pilot: Pilot) -> ButtonElement:
    return _button("Log", LOG, pilot)


def finish_button(pilot: Pilot) -> ButtonElement:
    return _button("Finish", FINISH, pilot)


def share_button(pilot: Pilot) -> ButtonElement:
    return _button("Share", SHARE, pilot)


def show_button(pilot: Pilot) -> ButtonElement:
    return _button("Look closer", SHOW, pilot)


def next_cycle_button(pilot: Pilot) -> ButtonElement:
    """Return the button that starts the next cycle, with the same measure."""
    value = start_value(adapts_id=pilot.id)
    return ButtonElement(text="Start the next cycle", action_id=START, value=value)


def _next_cycle(pilot: Pilot) -> list[ButtonElement]:
    return [next_cycle_button(pilot)] if pilot.decision == Decision.ADAPT else []


def _ask(pilot: Pilot) -> list[str]:
    if pilot.is_stopped:
        return [RESUME]
    if pilot.rhythm == Rhythm.NEVER:
        return []
    return [RESUME if pilot.paused_at is not None else PAUSE]


def _button(text: str, action_id: str, pilot: Pilot) -> ButtonElement:
    return ButtonElement(text=text, action_id=action_id, value=str(pilot.id))


def _menu(pilot: Pilot, choices: list[str]) -> OverflowMenuElement:
    """Return the menu; Slack takes five choices (slack-facts 1.3)."""
    labels = CHOICES | ({FINISH: "Change the outcome"} if pilot.finished_at is not None else {})
    options = [
        Option(value=f"{choice}:{pilot.id}", text=plain(labels[choice])) for choice in choices
    ]
    return OverflowMenuElement(action_id=MORE, options=options)
