"""Ids: the buttons and forms of the tool belt, which other features may offer as well."""

import json

# A practice's id each.
SHOW = "practices.show"
SPREAD = "practices.spread"
EDIT = "practices.edit"
# The value is "" or a search's words.
BROWSE = "practices.browse"
# The value is "", a draft's id, or what `add_value` makes.
ADD = "practices.add"
MENU = "practices.menu"


def add_value(pilot_id: int) -> str:
    """Return the value of an ADD button that begins with what one's own pilot tried."""
    return json.dumps({"pilot_id": pilot_id})
