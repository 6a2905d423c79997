"""Ids: the buttons and forms of pilots, which other features may offer as well."""

import json

from slack_sdk.models.blocks import ButtonElement

# Opens the form for a new pilot. Its value is JSON as `start_value` makes it.
START = "pilots.start"
# Opens the form to log a value; the value is a pilot's id, or "" to choose. Also the shortcut's id.
LOG = "pilots.log"
# A pilot's id each.
SHOW = "pilots.show"
FINISH = "pilots.finish"
SHARE = "pilots.share"
CHAMPION = "pilots.champion"
MORE = "pilots.more"
PAUSE = "pilots.pause"
RESUME = "pilots.resume"
STOP_ASKING = "pilots.stop_asking"
LIST = "pilots.list"
# What the ⋯ menu offers, each as if a button with that id and the pilot's id had been pressed.
# Starting listens to the first two, observing to the next two, finishing and sharing to the rest.
EDIT = "pilots.edit"
DELETE = "pilots.delete"
OBSERVATIONS = "pilots.observations"
NOTE_CHANGE = "pilots.note_change"
REOPEN = "pilots.reopen"
TAKE_BACK = "pilots.take_back"


def start_button(text: str = "Start a pilot", **facts: int | None) -> ButtonElement:
    """Return the button that opens the form for a new pilot; `facts` as `start_value` has them."""
    return ButtonElement(text=text, action_id=START, value=start_value(**facts))


def start_value(
    *,
    practice_id: int | None = None,
    inspired_by_id: int | None = None,
    problem_id: int | None = None,
    adapts_id: int | None = None,
) -> str:
    """Return the value of a START button; an empty one starts from nothing.

    `adapts_id` is the pilot of which this is the next cycle.
    """
    facts = {
        "practice_id": practice_id,
        "inspired_by_id": inspired_by_id,
        "problem_id": problem_id,
        "adapts_id": adapts_id,
    }
    return json.dumps({name: fact for name, fact in facts.items() if fact is not None})
