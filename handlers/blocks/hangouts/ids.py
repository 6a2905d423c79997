"""The ids of buttons and forms about hangouts. A button's value is the hangout's id."""

JOIN = "hangouts.join"
PRESENT = "hangouts.present"
CANNOT = "hangouts.cannot"
# Holds the seat no more, but still comes.
GIVE_BACK = "hangouts.give_back"
# Takes a seat that was offered from the waiting list.
CONFIRM = "hangouts.confirm"
# Opens the pre-flight form of a seat.
PREPARE = "hangouts.prepare"
# On a problem: its value is the problem's id.
BRING = "hangouts.bring"
# Its value is a hangout's id, or empty for the next one of the community one is in.
SIGN_UP = "hangouts.sign_up"
# Runs the sub-word in the button's value, as if it had been typed.
RUN = "hangouts.run"
# What comes back when these forms are sent.
PREPARE_FORM = "hangouts.prepare_form"
BRING_FORM = "hangouts.bring_form"
SIGN_UP_FORM = "hangouts.sign_up_form"
# Shows what is coming; its value is the community's id.
COMING = "hangouts.coming"
# The menu of facilitators; its choices are "plan:", "move:", "call_off:", "restore:" or "swap:"
# and an id (changing.py reads them).
LEAD = "hangouts.lead"
# Its value is the community's id, or empty for the community one is in.
PLAN = "hangouts.plan"
MOVE = "hangouts.move"
CALL_OFF = "hangouts.call_off"
GIVE_IT_AGAIN = "hangouts.give_it_again"
SWAP = "hangouts.swap"
ACCEPT_SWAP = "hangouts.accept_swap"
DECLINE_SWAP = "hangouts.decline_swap"
NOTES = "hangouts.notes"
# Show the notes of another hangout in place of these; the value is that hangout's id.
EARLIER_NOTES = "hangouts.earlier_notes"
LATER_NOTES = "hangouts.later_notes"
CAME = "hangouts.came"
DID_NOT_COME = "hangouts.did_not_come"
CALENDAR_FILE = "hangouts.calendar_file"
# Leads to where a hangout meets; Slack tells us of it, and wants an answer.
OPEN_PLACE = "hangouts.open_place"
VOICES = "hangouts.voices"
END = "hangouts.end"
# What the ids of button rows begin with that belong to a list of several hangouts.
_LIST_ROW = "hangouts.coming"


def list_row(hangout_id: int) -> str:
    """Return the block id of a hangout's buttons in a list of several."""
    return f"{_LIST_ROW}.{hangout_id}"


def is_list_row(block_id: object) -> bool:
    """Say whether a button stands in a list, which is to stay as long as it is used."""
    return str(block_id).startswith(f"{_LIST_ROW}.")
