"""Ids: the buttons and forms of thanks, which other features may offer as well."""

import json
from collections.abc import Sequence

from slack_sdk.models.blocks import ButtonElement

# Opens the form. Its value is JSON as `start_value` makes it, or a draft's id. Also the id of the
# global shortcut.
START = "thanks.start"
# The message shortcut.
FOR_MESSAGE = "thanks.for_message"
# The number of a word of thanks each.
KEEP_PRIVATE = "thanks.keep_private"
SECOND = "thanks.second"
UNDO = "thanks.undo"
EDIT = "thanks.edit"
# On the card, a menu of "edit:", "undo:" or "delete:" and the number.
MORE = "thanks.more"
DELETE = "thanks.delete"
# "" for the first page, or the page as listing makes it.
JOURNAL = "thanks.journal"
EXPORT = "thanks.export"
# A community's number, or "" for the one that is meant.
CUSTOMS = "thanks.customs"
SHOWER = "thanks.shower"


def thank_button(text: str = "Say thanks", **facts: object) -> ButtonElement:
    """Return the button that opens the form; `facts` as `start_value` has them."""
    return ButtonElement(text=text, action_id=START, value=start_value(**facts))  # type: ignore[arg-type]  # the same names


def start_value(
    *,
    receiver_ids: Sequence[str] = (),
    about_kind: str | None = None,
    about_id: int | None = None,
    back_of_id: int | None = None,
    shower_id: int | None = None,
    community_id: int | None = None,
    is_private: bool = False,
) -> str:
    """Return the value of a START button; an empty one starts from nothing. It may be forged.

    Ten receivers and all the numbers stay under the 2,000 characters a value takes.
    """
    facts = {
        "receiver_ids": list(receiver_ids),
        "about_kind": about_kind,
        "about_id": about_id,
        "back_of_id": back_of_id,
        "shower_id": shower_id,
        "community_id": community_id,
        "is_private": is_private,
    }
    return json.dumps({name: fact for name, fact in facts.items() if fact})
