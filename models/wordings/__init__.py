"""Wordings: what facilitators let the bot say in their own words."""
