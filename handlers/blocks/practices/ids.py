"""Ids: the buttons and forms of the tool belt, which other features may offer as well."""

# A practice's id each.
SHOW = "practices.show"
SPREAD = "practices.spread"
EDIT = "practices.edit"
# The value is "" or a search's words.
BROWSE = "practices.browse"
ADD = "practices.add"
MENU = "practices.menu"
