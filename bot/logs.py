"""The log: what happened, never what was written, and no secrets."""

import logging

from bot.config import Config

SECRETS = ("slack_bot_token", "slack_app_token", "slack_signing_secret")
# At INFO these tell of every ping; at DEBUG slack_sdk prints payloads, members' words included.
TALKATIVE = ("slack_bolt", "slack_sdk", "apscheduler", "aiohttp", "aiosqlite", "alembic")


class Redacting(logging.Formatter):
    """Replaces secrets wherever they turn up, in tracebacks as well."""

    def __init__(self, secrets: list[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "•••")
        return line


def set_up_logging(config: Config) -> None:
    """Log to standard error at the configured level."""
    secrets = [getattr(config, name) for name in SECRETS]
    handler = logging.StreamHandler()
    handler.setFormatter(
        Redacting([secret.get_secret_value() for secret in secrets if secret is not None])
    )
    logging.basicConfig(level=config.log_level, handlers=[handler], force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
