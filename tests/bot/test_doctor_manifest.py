"""The doctor notices a manifest that Slack would refuse, or with which nothing would work."""

import pytest
import yaml

from bot.doctor.findings import BAD, GOOD
from bot.doctor.manifest import MANIFEST, read_manifest


def test_our_own_manifest_is_in_order():
    manifest, finding = read_manifest(MANIFEST)

    assert finding.mark is GOOD
    assert "commands" in manifest.required
    assert manifest.required.isdisjoint(manifest.optional)


def changed(tmp_path, change):
    """Return the path of a manifest that somebody has changed."""
    content = yaml.safe_load(MANIFEST.read_text())
    change(content)
    path = tmp_path / "manifest.yml"
    path.write_text(yaml.safe_dump(content))
    return path


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda content: content.pop("settings"), "settings is missing"),
        (lambda content: content["features"].update(slash_commands=None), "form is wrong"),
        (lambda content: content["settings"].update(socket_mode_enabled=False), "Socket Mode"),
        (
            lambda content: content["settings"]["interactivity"].update(is_enabled=False),
            "no button would work",
        ),
        (
            lambda content: content["features"]["slash_commands"][0].update(command="staffroom"),
            "has to begin with /",
        ),
        (
            lambda content: content["features"]["shortcuts"][0].update(name="Share " * 5),
            "too long",
        ),
        (
            lambda content: content["oauth_config"]["scopes"]["bot"].append("commands"),
            "commands is there 2 times",
        ),
    ],
)
def test_a_manifest_slack_would_refuse_is_noticed(tmp_path, change, words):
    _, finding = read_manifest(changed(tmp_path, change))

    assert finding.mark is BAD
    assert words in finding.words


@pytest.mark.parametrize("text", ["a: [", "just words", ""])
def test_a_manifest_that_is_none_is_noticed(tmp_path, text):
    path = tmp_path / "manifest.yml"
    path.write_text(text)

    manifest, finding = read_manifest(path)

    assert (manifest, finding.mark) == (None, BAD)
