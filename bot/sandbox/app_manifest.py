"""What the bot told Slack about itself: its commands, shortcuts, events and rights."""

from __future__ import annotations

from typing import Any

# The right a bot needs before Slack sends it an event (docs.slack.dev/reference/events).
EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "channel_archive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_id_changed": "channels:read",
    "channel_rename": "channels:read",
    "channel_unarchive": "channels:read",
    "file_deleted": "files:read",
    "group_archive": "groups:read",
    "group_deleted": "groups:read",
    "group_rename": "groups:read",
    "group_unarchive": "groups:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "team_join": "users:read",
    "user_change": "users:read",
}


class AppManifest:
    """A read-only look into a manifest, as parsed from manifest.yml."""

    def __init__(self, manifest: dict[str, Any]) -> None:
        features = manifest.get("features", {})
        settings = manifest.get("settings", {})
        scopes = manifest.get("oauth_config", {}).get("scopes", {})
        home = features.get("app_home", {})
        self.bot_name: str = features.get("bot_user", {}).get("display_name", "bot")
        self.commands: dict[str, dict[str, Any]] = {
            command["command"]: command for command in features.get("slash_commands", [])
        }
        self.shortcuts: dict[str, dict[str, Any]] = {
            shortcut["callback_id"]: shortcut for shortcut in features.get("shortcuts", [])
        }
        self.events = set(settings.get("event_subscriptions", {}).get("bot_events", []))
        self.required_scopes = set(scopes.get("bot", []))
        self.optional_scopes = set(scopes.get("bot_optional", []))
        self.has_home = bool(home.get("home_tab_enabled"))
        self.has_messages_tab = bool(home.get("messages_tab_enabled"))
        self.reads_direct_messages = self.has_messages_tab and not home.get(
            "messages_tab_read_only_enabled", True
        )

    @property
    def scopes(self) -> set[str]:
        return self.required_scopes | self.optional_scopes
