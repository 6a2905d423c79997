"""What words of thanks have to be, before anybody reads them."""

import pytest

from models.errors import RuleError
from models.thanks.wording import EFFECT_LENGTH, TEXT_LENGTH, Wording


def refused(**words) -> tuple[str | None, str]:
    with pytest.raises(RuleError) as error:
        Wording.of(**words)
    return error.value.field, str(error.value)


def test_words_are_kept_as_typed_and_empty_ones_as_nothing():
    wording = Wording.of(text="  covering 🎉 my class\r\n:tada:", effect="  ", reason=" Covered ")

    assert wording.text == "covering 🎉 my class\n:tada:"
    assert (wording.effect, wording.reason) == (None, "Covered")


@pytest.mark.parametrize(
    "text",
    [
        None,
        " \u200b\n",
        ":clap::skin-tone-3: :tada:",
        "🎉🙏🏽 ❤️",
        "1️⃣",
        "…!",
        "for",
        "Because :tada:",
    ],
)
def test_thanks_say_what_for_in_words(text):
    field, why = refused(text=text)

    assert field == "text"
    assert "what you are thankful for" in why


@pytest.mark.parametrize("text", ["谢谢你的帮助", "1:1 talk", "ok", "für :wave:"])
def test_any_script_is_words(text):
    assert Wording.of(text=text).text == text


def test_a_letter_is_too_long_and_its_length_is_said():
    assert refused(text="x" * 5000) == (
        "text",
        "This is 5,000 characters long and 500 fit here. Please shorten it a little.",
    )
    assert refused(text="x", effect="x" * (EFFECT_LENGTH + 1))[0] == "effect"
    assert Wording.of(text="x" * TEXT_LENGTH, effect="x" * EFFECT_LENGTH).effect


@pytest.mark.parametrize(
    ("words", "called"),
    [("telling @channel", "@channel"), ("<!here> now", "@here"), ("to @EVERYONE", "@EVERYONE")],
)
def test_no_words_of_thanks_call_a_whole_channel(words, called):
    assert f"leave {called} out" in refused(text=words)[1]
    assert refused(text="helping", effect=words)[0] == "effect"


def test_an_address_or_a_longer_word_calls_nobody():
    assert Wording.of(text="mail to ana@here.org and @hereford").text


def test_a_reason_is_one_of_a_short_list():
    assert refused(text="helping", reason="x" * 41)[0] == "reason"
