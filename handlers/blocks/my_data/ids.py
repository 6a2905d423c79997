"""Ids: the buttons and forms of one's own data."""

SHOW = "my_data.show"
EXPORT = "my_data.export"
DELETE = "my_data.delete"
