"""What the environment has to tell the bot, read from it and from `.env`."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.database import full_url

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
TOKEN_HELP = {
    "slack_bot_token": "OAuth & Permissions → Bot User OAuth Token, begins with xoxb-",
    "slack_app_token": "Basic Information → App-Level Tokens, scope connections:write, "
    "begins with xapp-",
}


class ConfigError(Exception):
    """The environment lacks something, or has something wrong; the text names all of it."""


def _api_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("is not a web address such as https://slack.com/api/")
    return value.rstrip("/") + "/"


def _database_url(value: str) -> str:
    full_url(value)
    return value


def _level(value: str) -> str:
    if value.upper() not in LEVELS:
        raise ValueError(f"must be one of {', '.join(LEVELS)}")
    return value.upper()


def _bot_token(value: SecretStr) -> SecretStr:
    if value.get_secret_value() == "xoxb-":
        raise ValueError("is still the example's")
    if value.get_secret_value().startswith("xapp-"):
        raise ValueError("holds an app-level token (xapp-…); the bot token begins with xoxb-")
    return value


def _app_token(value: SecretStr) -> SecretStr:
    if value.get_secret_value() == "xapp-":
        raise ValueError("is still the example's")
    if value.get_secret_value().startswith("xox"):
        raise ValueError("holds a bot or user token; the app-level token begins with xapp-")
    return value


class Config(BaseSettings):
    """Everything that differs between one installation and the next. Secrets never show."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    slack_bot_token: Annotated[SecretStr, AfterValidator(_bot_token)]
    slack_app_token: Annotated[SecretStr, AfterValidator(_app_token)]
    slack_signing_secret: SecretStr | None = None
    slack_api_url: Annotated[str, AfterValidator(_api_url)] = "https://slack.com/api/"
    database_url: Annotated[str, AfterValidator(_database_url)] = "sqlite:///staffroom.db"
    log_level: Annotated[str, AfterValidator(_level)] = "INFO"
    port: Annotated[int, Field(ge=0, le=65535)] = 3000

    @property
    def is_local_slack(self) -> bool:
        """Say whether the bot talks to a Slack on this machine."""
        return urlsplit(self.slack_api_url).hostname in ("127.0.0.1", "localhost", "::1")


def load(dotenv: Path = Path(".env")) -> Config:
    """Return the configuration; what the environment says wins over the `.env` file.

    Raises ConfigError that names every missing or wrong value at once.
    """
    try:
        return Config(_env_file=dotenv)  # type: ignore[call-arg]  # pydantic fills in the rest
    except ValidationError as error:
        raise ConfigError(_explain(error)) from None


def _explain(error: ValidationError) -> str:
    lines = ["The configuration is not complete:"]
    for problem in error.errors(include_input=False, include_url=False):
        name = str(problem["loc"][0])
        if problem["type"] == "missing":
            lines.append(f"  {name.upper()} is missing ({TOKEN_HELP[name]})")
        else:
            what = problem["msg"].removeprefix("Value error, ")
            lines.append(f"  {name.upper()}: {what}")
    lines.append("Set them in the environment or in a file .env (see .env.example).")
    return "\n".join(lines)
