"""Which words said to the bot are a command, and which are only kind."""

import re

import pytest

from handlers.blocks.communities.helping import HELP
from handlers.request.words import command_in, is_courtesy


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("thanks <@U0BEN> because you stayed", ("/thanks", "<@U0BEN> because you stayed")),
        ("Thank you, <@U0BEN> for it", ("/thanks", "<@U0BEN> for it")),
        ("thank you <@U0BEN> for it", ("/thanks", "<@U0BEN> for it")),
        ("thanks to @ben for it\nand more", ("/thanks", "@ben for it\nand more")),
        ("thanks <!subteam^S1> for it", ("/thanks", "<!subteam^S1> for it")),
        ("/thanks private <@U0BEN> for it", ("/thanks", "private <@U0BEN> for it")),
        ("thanks journal", ("/thanks", "journal")),
        ("thanks Ben for the ride", ("/thanks", "Ben for the ride")),
        ("thank Ben Ames and Chris because x", ("/thanks", "Ben Ames and Chris because x")),
        ("thank you, Ben, for it", ("/thanks", "Ben, for it")),
        ("private thanks to @ben for it", ("/thanks", "private @ben for it")),
        ("Journal!", ("/thanks", "journal")),
        ("material https://example.org Rubric", ("/material", "https://example.org Rubric")),
        ("materials", ("/material", "list")),
        ("materials I need", None),
        ("private @ben for it", ("/thanks", "private @ben for it")),
        ("private matters", None),
        ("shower @ana her birthday", ("/thanks", "shower @ana her birthday")),
        ("my data", ("/staffroom", "me")),
        ("Delete my data!", ("/staffroom", "me")),
        ("show me all my data", ("/staffroom", "me")),
        ("my data from today", None),
        ("digest network", ("/staffroom", "digest network")),
        ("Network digest?", ("/staffroom", "digest network")),
        ("digest networks are great", None),
        ("export these, please", None),
    ],
)
def test_words_that_name_somebody_or_something_are_a_command(words, command):
    assert command_in(words) == command


@pytest.mark.parametrize("line", HELP)
def test_every_word_of_help_is_understood_without_a_slash(line):
    first, *others = re.findall(r"`([^`]+)`", line)
    command = first.split()[0]

    assert command_in(first.lstrip("/"))[0] == command
    for words in others:
        said = words if words.startswith("private") else f"{command} {words}"
        assert command_in(said.lstrip("/"))[0] == command
        assert words != words.lower() or command_in(words) is not None


@pytest.mark.parametrize(
    "words",
    [
        "thanks",
        "Thanks!",
        "thank you so much",
        "thanks, that helped",
        "thx!",
        "thanks for that",
        "thank you for this",
        "thanks so much for helping",
        "thanks a lot for that, and see you tomorrow for lunch",
        "thanks, see you tomorrow",
    ],
)
def test_kind_words_stay_kind_words(words):
    assert command_in(words) is None
    assert is_courtesy(words)
