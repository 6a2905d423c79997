"""What the environment has to tell the bot, read from it and from `.env`."""

from collections.abc import Collection
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.database import full_url

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
TOKEN_HELP = {
    "slack_bot_token": "OAuth & Permissions → Bot User OAuth Token, begins with xoxb-",
    "slack_app_token": "Basic Information → App-Level Tokens, scope connections:write, "
    "begins with xapp-",
}
DOTENV = Path(".env")


class ConfigError(Exception):
    """The environment lacks something, or has something wrong; the text names all of it."""


def _api_url(value: str) -> str:
    try:
        parts = urlsplit(value)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname)
        is_address = is_address and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address:
        raise ValueError("is not a web address such as https://slack.com/api/")
    return value.rstrip("/") + "/"


def _database_url(value: str) -> str:
    full_url(value)
    return value


def _level(value: str) -> str:
    if value.upper() not in LEVELS:
        raise ValueError(f"must be one of {', '.join(LEVELS)}")
    return value.upper()


def _trimmed(value: object) -> object:
    """Return a token without what copying it brought along."""
    if not isinstance(value, str):
        return value
    value = value.strip()
    if any(character.isspace() or not character.isprintable() for character in value):
        raise ValueError("has a space or line break inside; copy it again")
    return value


def _bot_token(value: SecretStr) -> SecretStr:
    if value.get_secret_value() in ("xoxb-", ""):
        raise ValueError(f"is not filled in yet ({TOKEN_HELP['slack_bot_token']})")
    if value.get_secret_value().startswith("xapp-"):
        raise ValueError("holds an app-level token (xapp-…); the bot token begins with xoxb-")
    return value


def _app_token(value: SecretStr) -> SecretStr:
    if value.get_secret_value() in ("xapp-", ""):
        raise ValueError(f"is not filled in yet ({TOKEN_HELP['slack_app_token']})")
    if value.get_secret_value().startswith("xox"):
        raise ValueError("holds a bot or user token; the app-level token begins with xapp-")
    return value


Trimmed = Annotated[SecretStr, BeforeValidator(_trimmed)]


class Config(BaseSettings):
    """Everything that differs between one installation and the next. Secrets never show."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    slack_bot_token: Annotated[Trimmed, AfterValidator(_bot_token)]
    slack_app_token: Annotated[Trimmed, AfterValidator(_app_token)]
    slack_signing_secret: Trimmed | None = None
    slack_api_url: Annotated[str, AfterValidator(_api_url)] = "https://slack.com/api/"
    # The URL may hold a password, so it stays out of `repr` as well.
    database_url: Annotated[str, Field(repr=False), AfterValidator(_database_url)] = (
        "sqlite:///staffroom.db"
    )
    log_level: Annotated[str, AfterValidator(_level)] = "INFO"
    port: Annotated[int, Field(ge=0, le=65535)] = 3000

    @property
    def is_local_slack(self) -> bool:
        """Say whether the bot talks to a Slack on this machine."""
        host = urlsplit(self.slack_api_url).hostname or ""
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"

    @property
    def secrets(self) -> list[str]:
        """What must never show, wherever it turns up."""
        tokens = (self.slack_bot_token, self.slack_app_token, self.slack_signing_secret)
        secrets = [token.get_secret_value() for token in tokens if token is not None]
        if password := full_url(self.database_url).password:
            # A driver may quote the password as it is, a URL has it encoded.
            secrets += [password, *urlsplit(self.database_url).netloc.split("@")[:1]]
        return secrets


# What a command that does not need a setting may take for it.
STAND_INS = {
    name: field.default if not field.is_required() else "not-set"
    for name, field in Config.model_fields.items()
}


def load(dotenv: Path = DOTENV, needs: Collection[str] = tuple(Config.model_fields)) -> Config:
    """Return the configuration; what the environment says wins over the `.env` file.

    Raises ConfigError that names every missing or wrong value at once, of those the caller `needs`.
    """
    config, wrong = load_what_is_there(dotenv)
    named = [sentence for name, sentence in wrong.items() if name in needs]
    if named:
        lines = "\n".join(f"  {sentence}" for sentence in named)
        raise ConfigError(
            f"The configuration is not complete:\n{lines}\n"
            "Set them in the environment or in a file .env (see .env.example)."
        )
    return config


def load_what_is_there(dotenv: Path = DOTENV) -> tuple[Config, dict[str, str]]:
    """Return the configuration and a sentence for each value that is missing or wrong.

    Those values have stand-ins. Raises ConfigError only if the file itself cannot be read.
    """
    # Typed loosely, because pydantic fills in what is not given from the environment.
    read: Any = Config
    try:
        return read(_env_file=dotenv), {}
    except ValidationError as error:
        wrong = _sentences(error)
    except (OSError, UnicodeError) as error:
        raise ConfigError(f"{dotenv} cannot be read: {error}") from None
    stand_ins = {name: STAND_INS[name] for name in wrong}
    return read(_env_file=dotenv, **stand_ins), wrong


def _sentences(error: ValidationError) -> dict[str, str]:
    sentences = {}
    for problem in error.errors(include_input=False, include_url=False):
        name = str(problem["loc"][0])
        if problem["type"] == "missing":
            sentences[name] = f"{name.upper()} is missing ({TOKEN_HELP[name]})"
        else:
            what = problem["msg"].removeprefix("Value error, ")
            sentences[name] = f"{name.upper()}: {what}"
    return sentences
