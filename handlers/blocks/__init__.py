"""What members see in Slack: pure functions from records to Block Kit."""
