"""Ids: buttons about a community, which other features may offer as well."""

# A community's number, or "" for those one looks after.
COMMUNITY = "communities.settings"
# "number:step": the step of the guide is put off.
LATER = "communities.later"
