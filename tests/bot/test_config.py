"""The environment is read once, and everything wrong with it is said at once."""

import pytest

from bot.config import Config, ConfigError
from bot.config import load as load_config

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-secret", "SLACK_APP_TOKEN": "xapp-secret"}


@pytest.fixture
def load(monkeypatch, tmp_path):
    """Load the configuration of an environment that says just this."""

    def load(env, dotenv=tmp_path / "none", **asked) -> Config:
        for name in Config.model_fields:
            monkeypatch.delenv(name.upper(), raising=False)
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        return load_config(dotenv, **asked)

    return load


def test_two_tokens_are_enough(load):
    config = load(TOKENS)

    assert config.slack_bot_token.get_secret_value() == "xoxb-secret"
    assert config.slack_api_url == "https://slack.com/api/"
    assert config.database_url.startswith("sqlite:///")


def test_everything_wrong_is_named_at_once(load):
    wrong = {"DATABASE_URL": "mysql://x/y", "LOG_LEVEL": "loud", "SLACK_API_URL": "slack"}

    with pytest.raises(ConfigError) as caught:
        load(wrong)

    for name in (*TOKENS, *wrong):
        assert name in str(caught.value)


def test_swapped_tokens_are_noticed_and_not_repeated(load):
    swapped = {"SLACK_BOT_TOKEN": "xapp-secret", "SLACK_APP_TOKEN": "xoxb-secret"}

    with pytest.raises(ConfigError) as caught:
        load(swapped)

    assert "begins with xoxb-" in str(caught.value)
    assert "secret" not in str(caught.value).replace("App-Level", "")


def test_secrets_never_show(load):
    assert "secret" not in repr(load(TOKENS)).replace("slack_signing_secret", "")


def test_the_environment_wins_over_the_file(load, tmp_path):
    dotenv = tmp_path / ".env"
    dotenv.write_text("SLACK_BOT_TOKEN=xoxb-file\nSLACK_APP_TOKEN=xapp-file\nLOG_LEVEL=\n")

    config = load({"SLACK_BOT_TOKEN": "xoxb-env"}, dotenv=dotenv)

    assert config.slack_bot_token.get_secret_value() == "xoxb-env"
    assert config.slack_app_token.get_secret_value() == "xapp-file"
    assert config.log_level == "INFO"


@pytest.mark.parametrize("given", ["http://127.0.0.1:9/api", "http://127.0.0.1:9/api/"])
def test_the_address_of_a_local_slack_may_end_in_a_slash_or_not(load, given):
    config = load(TOKENS | {"SLACK_API_URL": given})

    assert config.slack_api_url == "http://127.0.0.1:9/api/"
    assert config.is_local_slack


def test_what_copying_brought_along_is_left_out(load):
    config = load(TOKENS | {"SLACK_BOT_TOKEN": " xoxb-secret\n"})

    assert config.slack_bot_token.get_secret_value() == "xoxb-secret"


@pytest.mark.parametrize("token", ["xoxb-se cret", "xoxb-se\ncret", "xoxb-"])
def test_a_token_that_cannot_be_one_is_named_and_not_repeated(load, token):
    with pytest.raises(ConfigError, match="SLACK_BOT_TOKEN") as caught:
        load(TOKENS | {"SLACK_BOT_TOKEN": token})

    assert "cret" not in str(caught.value)


def test_who_needs_no_token_is_not_asked_for_one(load):
    config = load({}, needs=("database_url",))

    assert config.database_url == "sqlite:///staffroom.db"


def test_a_file_that_is_no_text_is_said(load, tmp_path):
    dotenv = tmp_path / ".env"
    dotenv.write_bytes(b"SLACK_BOT_TOKEN=\xff\xfe")

    with pytest.raises(ConfigError, match="cannot be read"):
        load({}, dotenv=dotenv)


@pytest.mark.parametrize("url", ["http://127.0.0.1:99999/api/", "ftp://x/api/", "http:///api/"])
def test_an_address_that_leads_nowhere_is_named(load, url):
    with pytest.raises(ConfigError, match="SLACK_API_URL"):
        load(TOKENS | {"SLACK_API_URL": url})


def test_a_databases_password_never_shows(load):
    config = load(TOKENS | {"DATABASE_URL": "postgresql://ana:hush@db/staffroom"})

    assert "hush" not in repr(config)
    assert "hush" in config.secrets
