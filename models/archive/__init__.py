"""The archive: all that is public in a community, to keep for longer than Slack shows it."""
