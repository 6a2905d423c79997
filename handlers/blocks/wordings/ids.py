"""Ids: the buttons and forms of a community's own words."""

# A community's number, or "" for the one that is meant.
WORDINGS = "wordings.show"
# "number:spot" of a community and one of models.wordings.wording.Spot.
REWORD = "wordings.reword"
OURS = "wordings.ours"
# The form that shows how it will look, before it is kept.
KEEP = "wordings.keep"
