"""The log: what happened, never what was written, and no secrets."""

import logging
import re
import sys

from bot.config import Config

OURS = {"bot", "handlers", "models", "__main__"}
# Tokens of any workspace, and the tickets of Socket Mode, which let somebody in just as well.
LOOKS_SECRET = re.compile(r"\bx(?:ox[a-z]|app|wfp)(?:\.xox[a-z])?-[\w-]{4,}|(?<=ticket=)[\w-]+")
# Databases quote the values they choke on: members' words among them.
QUOTED_VALUES = (
    re.compile(r"\[parameters: .*?\](?=\n\(Background|\n*\Z)", re.DOTALL),
    re.compile(r"(?<=^DETAIL:).*$", re.MULTILINE),
    re.compile(r"(?<=invalid input for query argument ).*$", re.MULTILINE),
)
HIDDEN = "•••"


class Discreet(logging.Formatter):
    """Hides secrets and quoted values wherever they turn up, in tracebacks as well."""

    def __init__(self, secrets: list[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        # The longest first, should one contain another.
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, HIDDEN)
        for pattern in (LOOKS_SECRET, *QUOTED_VALUES):
            line = pattern.sub(HIDDEN, line)
        return line


def is_fit_to_print(record: logging.LogRecord) -> bool:
    """Say whether a record is one of ours, or a library's warning that quotes nobody.

    Levels do not keep libraries quiet: Bolt gives each of its loggers the level of the root, and at
    DEBUG it and slack_sdk print payloads, members' words included. What nobody listens for is
    logged by bot/socket_mode.py; Bolt's warning of it quotes what was typed into a search.
    """
    if record.name.partition(".")[0] in OURS:
        return True
    return record.levelno >= logging.WARNING and not str(record.msg).startswith("Unhandled request")


def set_up_logging(config: Config) -> None:
    """Log to standard error at the configured level."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Discreet(config.secrets))
    handler.addFilter(is_fit_to_print)
    logging.basicConfig(level=config.log_level, handlers=[handler], force=True)
    logging.captureWarnings(True)
