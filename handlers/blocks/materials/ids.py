"""Ids: the buttons and forms of materials, which other features may offer as well."""

import json

from slack_sdk.models.blocks import ButtonElement

# Opens the form. Its value is JSON as `save_value` makes it, or a draft's id.
SAVE = "materials.save"
# The message shortcut.
SAVE_MESSAGE = "materials.save_message"
# A material's number each.
SHOW = "materials.show"
USED = "materials.used"
REMIX = "materials.remix"
ATTACH = "materials.attach"
EDIT = "materials.edit"
DELETE = "materials.delete"
STILL_HOLDS = "materials.still_holds"
HOLDS_NO_MORE = "materials.holds_no_more"
# On a card, a menu of "edit:", "attach:", "delete:" … and the number.
MORE = "materials.more"
# Opens the form that searches; LIST and PAGE turn pages in place.
FIND = "materials.find"
LIST = "materials.list"
PAGE = "materials.page"
# Attaches one to what `about_value` names, in the button's value: opens a form that asks which.
ATTACH_HERE = "materials.attach_here"
ARCHIVE = "materials.archive"


def save_button(text: str = "Save a material", **facts: str | int | None) -> ButtonElement:
    """Return the button that opens the form; `facts` as `save_value` has them."""
    return ButtonElement(text=text, action_id=SAVE, value=save_value(**facts))  # type: ignore[arg-type]  # the same names


def save_value(
    *,
    remix_of_id: int | None = None,
    about_kind: str | None = None,
    about_id: int | None = None,
    community_id: int | None = None,
) -> str:
    """Return the value of a SAVE button; an empty one starts from nothing. It may be forged."""
    facts = {
        "remix_of_id": remix_of_id,
        "about_kind": about_kind,
        "about_id": about_id,
        "community_id": community_id,
    }
    return json.dumps({name: fact for name, fact in facts.items() if fact})


def about_value(about_kind: str, about_id: int | str) -> str:
    """Return the value of an ATTACH_HERE button; kinds as models.materials has them."""
    return f"{about_kind}:{about_id}"
