"""Which words said to the bot are a command, and which are only kind."""

import pytest

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
    ],
)
def test_words_that_name_somebody_or_something_are_a_command(words, command):
    assert command_in(words) == command


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
